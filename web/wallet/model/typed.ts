// A password or a phrase in its field: the browser's own, so that every keyboard, input method and
// manager works. Its text is taken once, as bytes that can be wiped; the field is emptied.
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Secret } from '@mica/wallet-contract/api';
import { secretOf, textOf } from '@mica/wallet-contract/secret';

type Input = HTMLInputElement | HTMLTextAreaElement;

export interface Typed {
  /** Of the field; what is in it goes with the field. */
  ref(field: Input | null): () => void;
  /** The field's text has changed. */
  changed(): void;
  /** In characters as people count them, nearly: code points. */
  length: number;
  /** Only for what must be judged as text, at once. */
  text(): string;
  /** A copy for the vault. */
  take(): Secret;
  clear(): void;
}

export const codePoints = (text: string): number => [...text].length;

/** As the vault reads it (VaultService): however a keyboard composes it, it is the same. */
export const samePassword = (a: string, b: string): boolean =>
  a.normalize('NFKC') === b.normalize('NFKC');

/** State of one field; `initial` fills it when it appears. */
export function useTyped(initial?: Secret | null): Typed {
  const field = useRef<Input | null>(null);
  const first = useRef(initial);
  const [length, setLength] = useState(0);
  const changed = useCallback(() => setLength(codePoints(field.current?.value ?? '')), []);
  const ref = useCallback(
    (element: Input | null) => {
      field.current = element;
      if (element && first.current?.length) element.value = textOf(first.current);
      changed();
      return () => {
        if (element) element.value = '';
        field.current = null;
      };
    },
    [changed],
  );
  const clear = useCallback(() => {
    if (field.current) field.current.value = '';
    setLength(0);
  }, []);
  const text = useCallback(() => field.current?.value ?? '', []);
  const take = useCallback(() => secretOf(text()), [text]);
  return useMemo(
    () => ({ ref, changed, length, text, take, clear }),
    [ref, changed, length, text, take, clear],
  );
}
