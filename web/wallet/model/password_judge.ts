// How many guesses a password takes, by zxcvbn: common passwords, their usual disguises, rows of
// keys, dates. The list is large: only model/password.ts imports this, when it is needed.
import { zxcvbn, zxcvbnOptions } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** More are strong anyway, and the time grows with their square. */
const JUDGED_CHARS = 64;
/** What anybody tries first here. */
const own = ['mica', 'linera', 'wallet', 'micawallet', 'lineramica', 'conway', 'testnet'];

zxcvbnOptions.setOptions({ dictionary: { ...dictionary, own }, graphs: adjacencyGraphs });

/** 0 and 1: below 10^3 and 10^6 guesses; 2: below 10^8; 3: below 10^10; 4. */
export function scoreOf(password: string): number {
  const { score } = zxcvbn([...password].slice(0, JUDGED_CHARS).join(''));
  // The judge keeps what it judged last, and the engine what a pattern matched last.
  zxcvbn('nothing');
  return score;
}
