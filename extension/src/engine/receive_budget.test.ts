import { expect, it } from 'vitest';
import { FakeClock } from '@mica/bindings/fake_clock';
import { ReceiveBudget } from './receive_budget.ts';

it('a day is that of the fees, not of the calendar', async () => {
  const clock = new FakeClock();
  const budget = new ReceiveBudget(clock);
  for (let at = 0; at < 99; at += 1) budget.note(2n);
  await clock.pass(1000);
  expect(budget.usedUpUntil(2n)).toBeNull();
  budget.note(2n);
  expect(budget.usedUpUntil(2n)).toBe(clock.now() - 1000 + 24 * 3_600_000);
  expect(budget.usedUpUntil(3n)).toBeNull();
  await clock.pass(24 * 3_600_000 - 1000);
  expect(budget.usedUpUntil(2n)).toBeNull();
});
