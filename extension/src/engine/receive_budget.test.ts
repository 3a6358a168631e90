import { expect, it } from 'vitest';
import { FakeClock } from '@mica/bindings/fake_clock';
import type { Block } from '@mica/bindings/types';
import { ownerFromText } from '@mica/bindings/text';
import { CHAIN_OWNER } from '@mica/wallet-contract/addresses';
import { alice, chainA, summary } from '../testing/fake_engine.ts';
import { feesOf, ReceiveBudget } from './receive_budget.ts';
import { chainCore } from './views.ts';

const stranger = `0x${'5'.repeat(40)}`;
const credit = (target: string, amount: bigint, kind = 'Tracked') => ({
  message: { $: 'System', value: { $: 'Credit', target: ownerFromText(target), amount } },
  kind,
});
const receiving = (action: 'Accept' | 'Reject', ...messages: unknown[]) =>
  ({ $: 'ReceiveMessages', value: { action, bundle: { messages } } }) as const;
const block = (...transactions: unknown[]) => ({ body: { transactions } }) as unknown as Block;
const chain = (balance: bigint) => chainCore(summary(chainA, balance, alice));

it('fees are what a block took beside what it brought to the chain and its owner', () => {
  const brings = receiving('Accept', credit(CHAIN_OWNER, 4n), credit(alice, 1n));
  const others = receiving('Accept', credit(stranger, 1000n));
  const refused = receiving(
    'Reject',
    credit(CHAIN_OWNER, 70n),
    credit(CHAIN_OWNER, 2n, 'Protected'),
  );
  expect(feesOf(chain(10n), chain(14n), block(brings, others, refused))).toBe(3n);
  expect(feesOf(chain(10n), chain(50n), block(brings))).toBe(0n);
});

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
