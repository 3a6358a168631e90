// BIP-39 phrases: the word list and the check bits, by @scure/bip39.
import { generateMnemonic, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const known = new Set(wordlist);

export const makePhrase = (words: 12 | 24): string =>
  generateMnemonic(wordlist, words === 12 ? 128 : 256);

/** Lower case, single spaces, NFKD. */
export const normalPhrase = (phrase: string): string =>
  phrase.normalize('NFKD').trim().toLowerCase().split(/\s+/).join(' ');

export interface PhraseCheck {
  ok: boolean;
  unknownWords: number[];
  problem: string | null;
}

export function checkPhrase(phrase: string): PhraseCheck {
  const words = phrase === '' ? [] : phrase.split(' ');
  const unknownWords = words.flatMap((word, at) => (known.has(word) ? [] : [at]));
  return { ...verdict(phrase, words, unknownWords), unknownWords };
}

function verdict(phrase: string, words: string[], unknownWords: number[]) {
  const no = (problem: string) => ({ ok: false, problem });
  const first = unknownWords[0];
  if (first !== undefined) return no(`Word ${first + 1} is not in the list of words.`);
  if (![12, 15, 18, 21, 24].includes(words.length)) {
    return no(`A phrase has 12 or 24 words; these are ${words.length}.`);
  }
  if (!validateMnemonic(phrase, wordlist)) {
    return no('The words do not belong together: one is wrong, or two changed places.');
  }
  return { ok: true, problem: null };
}
