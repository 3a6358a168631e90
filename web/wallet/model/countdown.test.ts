import { FakeClock } from '@mica/bindings/fake_clock';
import { expect, it } from 'vitest';
import { countdown } from './countdown.ts';

it('a countdown moves with each second that is left, and ends', async () => {
  const clock = new FakeClock(0);
  const told: number[] = [];
  countdown(2300, (now) => told.push(now), clock);
  await clock.pass(60_000);
  expect(told).toEqual([0, 300, 1300, 2300]);
  expect(clock.waiting).toBe(0);
});

it('one that is left stops, and one that is over never starts', async () => {
  const clock = new FakeClock(5000);
  const told: number[] = [];
  const stop = countdown(9000, (now) => told.push(now), clock);
  stop();
  countdown(0, (now) => told.push(now), clock);
  expect([told, clock.waiting]).toEqual([[5000, 5000], 0]);
});
