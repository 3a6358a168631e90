// BIP-39 phrases as words and bytes; the list is @scure/bip39's. Its functions take and give whole
// phrases as strings, which cannot be wiped.
import { sha256 } from '@noble/hashes/sha2.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { blankSecret } from '@mica/wallet-contract/secret';
import type { PhraseProblem, Secret } from '@mica/wallet-contract/api';

const WORD_BITS = 11;
const indices = new Map(wordlist.map((word, index) => [word, index]));

// The bits of `from`, `width` at a time, into `into`, `newWidth` at a time, until that is full.
function regroup(
  from: ArrayLike<number>,
  width: number,
  into: Uint8Array | Uint16Array,
  newWidth: number,
): void {
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < from.length; i += 1) {
    held = (held << width) | from[i]!;
    for (bits += width; bits >= newWidth && at < into.length;) {
      bits -= newWidth;
      into[at++] = held >>> bits;
      held &= (1 << bits) - 1;
    }
  }
}

// Indices of words, in memory that can be wiped.
const blankIndices = (count: number) => new Uint16Array(new ArrayBuffer(2 * count));

/** From 16 or 32 random bytes, which are wiped; one bit of checksum for each 32. */
export function makePhrase(entropy: Uint8Array): Secret {
  const all = blankSecret(entropy.length + 1);
  all.set(entropy);
  all[entropy.length] = sha256(entropy)[0]!;
  entropy.fill(0);
  const count = (entropy.length * 8 + entropy.length / 4) / WORD_BITS;
  const found = blankIndices(count);
  regroup(all, 8, found, WORD_BITS);
  all.fill(0);
  const words = Array.from(found, (index) => wordlist[index]!);
  found.fill(0);
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

interface PhraseCheck {
  ok: boolean;
  unknownWords: number[];
  problem: PhraseProblem | null;
}

export function checkWords(words: string[]): PhraseCheck {
  const unknownWords = words.flatMap((word, at) => (indices.has(word) ? [] : [at]));
  const problem = unknownWords.length > 0 ? 'unknownWords' : problemOf(words);
  return { ok: problem === null, unknownWords, problem };
}

/** Of words of the list. */
function problemOf(words: string[]): PhraseProblem | null {
  if (![12, 15, 18, 21, 24].includes(words.length)) return 'count';
  return hasChecksum(words) ? null : 'checksum';
}

/** For developers; the window has texts of its own. */
export const wrongPhrase: Record<PhraseProblem, string> = {
  unknownWords: 'A word is not in the list of words.',
  count: 'A phrase has 12, 15, 18, 21 or 24 words.',
  checksum: 'The words do not belong together: one is wrong, or two changed places.',
};

function hasChecksum(words: string[]): boolean {
  const found = blankIndices(words.length);
  words.forEach((word, at) => (found[at] = indices.get(word)!));
  const entropy = blankSecret((words.length * 4) / 3);
  regroup(found, WORD_BITS, entropy, 8);
  const bits = words.length / 3;
  const good = sha256(entropy)[0]! >>> (8 - bits) === (found.at(-1)! & ((1 << bits) - 1));
  entropy.fill(0);
  found.fill(0);
  return good;
}
