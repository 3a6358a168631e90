// The written-down phrase is asked for again, at a few places.

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
