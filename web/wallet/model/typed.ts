// A password while it is typed: code points in memory that can be wiped, where a string would be
// copied and left behind with every key.
import type { Secret } from '../../../js-bindings/src/wallet/api.ts';
import { blankSecret, wipe } from '../../../js-bindings/src/wallet/secret.ts';
import { useCallback, useEffect, useState } from 'react';

export type Typed = Uint32Array<ArrayBuffer>;

const blank = (length: number): Typed => new Uint32Array(new ArrayBuffer(4 * length));
export const nothing = blank(0);

/** `value` with `text` in the place of what stands from `start` to `end`. */
export function edited(value: Typed, start: number, end: number, text: string): Typed {
  const points = [...text].map((character) => character.codePointAt(0)!);
  const next = blank(value.length - (end - start) + points.length);
  next.set(value.subarray(0, start));
  next.set(points, start);
  next.set(value.subarray(end), start + points.length);
  return next;
}
export const typedOf = (text: string): Typed => edited(nothing, 0, 0, text);

/** For who wants to see it; a string, so not before. */
export const shownText = (value: Typed): string => String.fromCodePoint(...value);

export const sameTyped = (a: Typed, b: Typed): boolean =>
  a.length === b.length && a.every((point, at) => point === b[at]);

function utf8(point: number): number[] {
  if (point < 0x80) return [point];
  const rest = (bits: number) => 0x80 | ((point >> bits) & 0x3f);
  if (point < 0x800) return [0xc0 | (point >> 6), rest(0)];
  if (point < 0x10000) return [0xe0 | (point >> 12), rest(6), rest(0)];
  return [0xf0 | (point >> 18), rest(12), rest(6), rest(0)];
}

/** A copy for the vault. */
export function secretOfTyped(value: Typed): Secret {
  const all = blankSecret(4 * value.length);
  let at = 0;
  for (const point of value) for (const byte of utf8(point)) all[at++] = byte;
  const secret = blankSecret(at);
  secret.set(all.subarray(0, at));
  wipe(all);
  return secret;
}

/** State of a password field: what is replaced is wiped, and all of it when the screen goes. */
export function useTyped(): [Typed, (next: Typed) => void, () => void] {
  const [value, setValue] = useState(nothing);
  useEffect(() => () => void value.fill(0), [value]);
  const clear = useCallback(() => setValue(nothing), []);
  return [value, setValue, clear];
}
