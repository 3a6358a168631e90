// What a new password must be. How easily it is guessed is said by a list of common ones, which is
// loaded when it is first needed.
import { MIN_PASSWORD_CHARS } from '@mica/wallet-contract/secret';
import type { Words } from '../words/words.ts';
import { codePoints, samePassword } from './typed.ts';

const strengths = ['short', 'guessable', 'weak', 'fair', 'strong'] as const;
export type Strength = (typeof strengths)[number];
/**
 * What is good enough. A wallet's file stays in this browser: 10^6 guesses are the least. A backup
 * file leaves it, and whoever finds it guesses for as long as they like: 10^8.
 */
export type Needed = 'weak' | 'fair';

export async function strengthOf(password: string): Promise<Strength> {
  if (codePoints(password) < MIN_PASSWORD_CHARS) return 'short';
  const { scoreOf } = await import('./password_judge.ts');
  const score = scoreOf(password.normalize('NFKC'));
  return strengths[Math.max(1, score)] ?? 'guessable';
}

/** Null: good to use. */
export async function passwordProblem(
  password: string,
  again: string,
  { say }: Words,
  needed: Needed = 'weak',
): Promise<string | null> {
  if (codePoints(password) < MIN_PASSWORD_CHARS) {
    return say('password.tooShort', { least: MIN_PASSWORD_CHARS });
  }
  if (new Set(password).size === 1) return say('password.sameCharacter');
  const strength = await strengthOf(password);
  if (strengths.indexOf(strength) < strengths.indexOf(needed)) {
    return say(strength === 'weak' ? 'password.tooWeakForFile' : 'password.tooGuessable');
  }
  return samePassword(password, again) ? null : say('password.differ');
}
