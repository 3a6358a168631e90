// BIP-39 phrases as words and bytes; the list is @scure/bip39's. Its functions take and give whole
// phrases as strings, which cannot be wiped.
import { sha256 } from '@noble/hashes/sha2.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { blankSecret, wordsOf } from '../../../js-bindings/src/wallet/secret.ts';
import type { Secret } from '../../../js-bindings/src/wallet/api.ts';

const WORD_BITS = 11;
const indices = new Map(wordlist.map((word, index) => [word, index]));

// The bits of `bytes`, `width` at a time.
function split(bytes: Uint8Array, width: number, count: number): number[] {
  const out: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= width && out.length < count;) {
      bits -= width;
      out.push(held >>> bits);
      held &= (1 << bits) - 1;
    }
  }
  return out;
}

/** From 16 or 32 random bytes, which are wiped; one bit of checksum for each 32. */
export function makePhrase(entropy: Uint8Array): Secret {
  const all = blankSecret(entropy.length + 1);
  all.set(entropy);
  all[entropy.length] = sha256(entropy)[0]!;
  entropy.fill(0);
  const count = (entropy.length * 8 + entropy.length / 4) / WORD_BITS;
  const words = split(all, WORD_BITS, count).map((index) => wordlist[index]!);
  all.fill(0);
  return joinWords(words);
}

/** Words of the list, with single spaces between. */
export function joinWords(words: string[]): Secret {
  const phrase = blankSecret(words.reduce((sum, { length }) => sum + length + 1, -1));
  let at = 0;
  for (const word of words) {
    if (at > 0) phrase[at++] = 0x20;
    for (let i = 0; i < word.length; i += 1) phrase[at++] = word.charCodeAt(i);
  }
  return phrase;
}

/** Lower case, NFKD. */
export const normalWords = (phrase: Secret): string[] =>
  wordsOf(phrase)
    .flatMap((word) => word.normalize('NFKD').toLowerCase().split(/\s+/))
    .filter((word) => word !== '');

export interface PhraseCheck {
  ok: boolean;
  unknownWords: number[];
  problem: string | null;
}

export function checkWords(words: string[]): PhraseCheck {
  const unknownWords = words.flatMap((word, at) => (indices.has(word) ? [] : [at]));
  const problem = problemOf(words, unknownWords);
  return { ok: problem === null, unknownWords, problem };
}

function problemOf(words: string[], unknownWords: number[]): string | null {
  const first = unknownWords[0];
  if (first !== undefined) return `Word ${first + 1} is not in the list of words.`;
  if (![12, 15, 18, 21, 24].includes(words.length)) {
    return `A phrase has 12 or 24 words; these are ${words.length}.`;
  }
  if (!hasChecksum(words)) {
    return 'The words do not belong together: one is wrong, or two changed places.';
  }
  return null;
}

function hasChecksum(words: string[]): boolean {
  const entropy = blankSecret((words.length * 4) / 3);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const word of words) {
    held = (held << WORD_BITS) | indices.get(word)!;
    for (bits += WORD_BITS; bits >= 8 && at < entropy.length;) {
      bits -= 8;
      entropy[at++] = held >>> bits;
      held &= (1 << bits) - 1;
    }
  }
  const good = sha256(entropy)[0]! >>> (8 - words.length / 3) === held;
  entropy.fill(0);
  return good;
}
