// Passwords and phrases as bytes that can be wiped: a string cannot, and lies wherever the engine
// has copied it until something else is written there.
import type { Secret } from './api.ts';

/** Of a new password: code points. */
export const MIN_PASSWORD_CHARS = 8;

/** Of the vault's parameters and results. */
const FIELDS = new Set(['password', 'newPassword', 'backupPassword', 'phrase', 'passphrase']);

/** Blank, and in no memory that the garbage collector moves (as small arrays are). */
export const blankSecret = (length: number): Secret => new Uint8Array(new ArrayBuffer(length));

/** What has moved away is left alone. */
export const wipe = (secret: Secret): void => void (secret.length > 0 && secret.fill(0));

export function secretOf(text: string): Secret {
  const all = blankSecret(3 * text.length);
  const { written } = new TextEncoder().encodeInto(text, all);
  return all.subarray(0, written);
}

/** A string again: for what is shown, or must be compared or normalised as text. */
export const textOf = (secret: Secret): string => new TextDecoder().decode(secret);

export function copyOf(secret: Uint8Array): Secret {
  const copy = blankSecret(secret.length);
  copy.set(secret);
  return copy;
}

/** The words between white space, one string each: the whole phrase is never one. */
export function wordsOf(phrase: Secret): string[] {
  const words: string[] = [];
  for (let at = 0, from = 0; at <= phrase.length; at += 1) {
    if (at < phrase.length && phrase[at]! > 0x20) continue;
    if (at > from) words.push(textOf(phrase.subarray(from, at)));
    from = at + 1;
  }
  return words;
}

/**
 * The words of a phrase as people note it down: numbered, with commas, in capitals. Letters alone
 * count, lower case, NFKD; what is invisible is left out.
 */
export const phraseWordsOf = (phrase: Secret): string[] =>
  wordsOf(phrase).flatMap((piece) => {
    const visible = piece
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{Cf}/gu, '');
    return visible.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '');
  });

/** Those among parameters or in a result. */
export function secretsIn(value: unknown): Secret[] {
  if (typeof value !== 'object' || value === null) return [];
  const fields = Object.entries(value).filter(([name]) => FIELDS.has(name));
  return fields.map(([, one]) => one as Secret).filter((one) => one instanceof Uint8Array);
}
