import { expect, it } from 'vitest';
import { schedule } from './schedule.mjs';

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

async function trace(works, room) {
  const log = [];
  let weight = 0;
  let most = 0;
  await schedule(works, room, async (work) => {
    weight += work.weight;
    most = Math.max(most, weight);
    log.push(`+${work.name}`);
    await soon();
    log.push(`-${work.name}`);
    weight -= work.weight;
  });
  return { log, most };
}

it('runs side by side what has room', async () => {
  const works = ['a', 'b', 'c'].map((name) => ({ name, weight: 1 }));
  const { log, most } = await trace(works, 2);
  expect(most).toBe(2);
  expect(log.slice(0, 2)).toEqual(['+a', '+b']);
  expect(log).toHaveLength(6);
});

it('leaves alone what fills the room, and lets none overtake it', async () => {
  const works = [
    { name: 'a', weight: 1 },
    { name: 'alone', weight: 2 },
    { name: 'b', weight: 1 },
  ];
  const { log } = await trace(works, 2);
  expect(log).toEqual(['+a', '-a', '+alone', '-alone', '+b', '-b']);
});
