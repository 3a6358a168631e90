// The written-down phrase is asked for again, at a few places; what a password must be.
import { sameTyped, type Typed } from './typed.ts';

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
export function passwordProblem(password: Typed, again: Typed): string | null {
  if (password.length < MIN_PASSWORD) {
    return `A password has at least ${MIN_PASSWORD} characters.`;
  }
  if (password.every((point) => point === password[0])) {
    return 'One character over and over is no password.';
  }
  return sameTyped(password, again) ? null : 'The two passwords differ.';
}

export type Strength = 'short' | 'weak' | 'fair' | 'strong';

const kinds = [/[a-z]/, /[A-Z]/, /\d/];
const kindOf = (point: number) => kinds.findIndex((kind) => kind.test(String.fromCodePoint(point)));

/** A hint, no gate: length counts most. */
export function strengthOf(password: Typed): Strength {
  const { length } = password;
  if (length < MIN_PASSWORD) return 'short';
  const mixed = new Set<number>();
  for (const point of password) mixed.add(kindOf(point));
  const score = length + 3 * mixed.size;
  if (score < 15) return 'weak';
  return score < 22 ? 'fair' : 'strong';
}
