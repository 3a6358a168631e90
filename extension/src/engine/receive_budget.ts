// What receiving by itself may cost in a day. Each block is held to the person's cap by the core;
// whoever sends often makes many blocks.
import type { Block } from '@mica/bindings/types';
import { ownerToText } from '@mica/bindings/text';
import type { Clock } from '@mica/bindings/wake';
import { RECEIVE_CAPS_PER_DAY } from '@mica/bindings/limits';
import { CHAIN_OWNER } from '@mica/wallet-contract/addresses';
import type { ChainCore } from './views.ts';

const DAY_MS = 24 * 3_600_000;

export class ReceiveBudget {
  /** Of the last day, oldest first. */
  private spent: { at: number; fees: bigint }[] = [];

  constructor(private readonly clock: Clock) {}

  note(fees: bigint): void {
    if (fees > 0n) this.spent.push({ at: this.clock.now(), fees });
  }

  /** `cap`: of one block. Null: there is room; else when there is more of it. */
  usedUpUntil(cap: bigint): number | null {
    const since = this.clock.now() - DAY_MS;
    this.spent = this.spent.filter(({ at }) => at > since);
    const [oldest] = this.spent;
    const sum = this.spent.reduce((all, { fees }) => all + fees, 0n);
    return oldest && sum >= cap * BigInt(RECEIVE_CAPS_PER_DAY) ? oldest.at + DAY_MS : null;
  }
}

const isOwn = (account: string, { owner }: ChainCore) =>
  account === CHAIN_OWNER || account === owner;

const balanceOf = (chain: ChainCore): bigint =>
  chain.ownerBalances
    .filter(({ owner }) => isOwn(owner, chain))
    .reduce((sum, { balance }) => sum + balance, chain.chainBalance);

/** What a receiving block took from the chain and its owner, beside what it brought them. */
export function feesOf(before: ChainCore, after: ChainCore, { body }: Block): bigint {
  let brought = 0n;
  for (const transaction of body.transactions) {
    if (transaction.$ !== 'ReceiveMessages') continue;
    const { bundle, action } = transaction.value;
    for (const { message, kind } of bundle.messages) {
      if (message.$ !== 'System' || message.value.$ !== 'Credit') continue;
      const isTaken = action === 'Accept' || kind === 'Protected';
      if (isTaken && isOwn(ownerToText(message.value.target), after)) {
        brought += message.value.amount;
      }
    }
  }
  const fees = balanceOf(before) + brought - balanceOf(after);
  return fees > 0n ? fees : 0n;
}
