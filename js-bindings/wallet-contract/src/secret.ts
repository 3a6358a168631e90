// Passwords and phrases as bytes that can be wiped: a string cannot, and lies wherever the engine
// has copied it until something else is written there.

declare const brand: unique symbol;

/**
 * UTF-8 of a password or a phrase. Its memory moves along with the message (port_rpc.ts): who sends
 * it has it no more, who gets it wipes it. Made here alone.
 */
export type Secret = Uint8Array<ArrayBuffer> & { readonly [brand]: 'Secret' };

/** Every one there is: a message's are found by this, whatever they are called in it. */
const known = new WeakSet<object>();

/** The one constructor. */
function secret(bytes: Uint8Array<ArrayBuffer>): Secret {
  known.add(bytes);
  return bytes as Secret;
}

/** Of a new password: code points. */
export const MIN_PASSWORD_CHARS = 8;

/** Blank, and in no memory that the garbage collector moves (as small arrays are). */
export const blankSecret = (length: number): Secret =>
  secret(new Uint8Array(new ArrayBuffer(length)));

/** What has moved away is left alone. */
export const wipe = (secret: Secret): void => void (secret.length > 0 && secret.fill(0));

export function secretOf(text: string): Secret {
  const all = blankSecret(3 * text.length);
  const { written } = new TextEncoder().encodeInto(text, all);
  return secret(all.subarray(0, written));
}

/** A string again: for what is shown, or must be compared or normalised as text. */
export const textOf = (secret: Secret): string => decoded(secret);
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function copyOf(bytes: Uint8Array): Secret {
  const copy = blankSecret(bytes.length);
  copy.set(bytes);
  return copy;
}

/** The words between white space, one string each: the whole phrase is never one. */
export function wordsOf(phrase: Secret): string[] {
  const words: string[] = [];
  for (let at = 0, from = 0; at <= phrase.length; at += 1) {
    if (at < phrase.length && phrase[at]! > 0x20) continue;
    if (at > from) words.push(decoded(phrase.subarray(from, at)));
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

/** Those among parameters or in a result, however deep. */
export function secretsIn(value: unknown): Secret[] {
  if (typeof value !== 'object' || value === null) return [];
  if (known.has(value)) return [value as Secret];
  return ArrayBuffer.isView(value) ? [] : Object.values(value).flatMap(secretsIn);
}

/** Those that a message brought, as its sender named them: a copy of bytes is none by itself. */
export const receivedSecrets = (named: readonly Uint8Array<ArrayBuffer>[]): Secret[] =>
  named.map(secret);
