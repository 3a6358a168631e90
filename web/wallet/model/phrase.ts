// The written-down phrase is asked for again, at a few places; what a password must be.
import type { Words } from '../words/words.ts';
import { codePoints, samePassword } from './typed.ts';

/** `count` different positions from 0, in order. */
export function quizPositions(
  words: number,
  count: number,
  random: (below: number) => number = randomBelow,
): number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, words)) chosen.add(random(words));
  return [...chosen].sort((a, b) => a - b);
}

export function wrongAnswers(
  words: string[],
  positions: number[],
  answers: Record<number, string>,
): number[] {
  return positions.filter((at) => (answers[at] ?? '').trim().toLowerCase() !== words[at]);
}

function randomBelow(below: number): number {
  const limit = Math.floor(2 ** 32 / below) * below;
  const one = new Uint32Array(1);
  do crypto.getRandomValues(one);
  while ((one[0] ?? 0) >= limit);
  return (one[0] ?? 0) % below;
}

export const MIN_PASSWORD = 8;

/** Null: good to use. */
export function passwordProblem(password: string, again: string, { say }: Words): string | null {
  if (codePoints(password) < MIN_PASSWORD) {
    return say('password.tooShort', { least: MIN_PASSWORD });
  }
  if (new Set(password).size === 1) {
    return say('password.sameCharacter');
  }
  return samePassword(password, again) ? null : say('password.differ');
}

export type Strength = 'short' | 'weak' | 'fair' | 'strong';

const kinds = [/[a-z]/, /[A-Z]/, /\d/];
const kindOf = (character: string) => kinds.findIndex((kind) => kind.test(character));

/** A hint, no gate: length counts most. */
export function strengthOf(password: string): Strength {
  const length = codePoints(password);
  if (length < MIN_PASSWORD) return 'short';
  const mixed = new Set<number>();
  for (const character of password) mixed.add(kindOf(character));
  const score = length + 3 * mixed.size;
  if (score < 15) return 'weak';
  return score < 22 ? 'fair' : 'strong';
}
