// What receiving by itself may cost in a day. Each block is held to the person's cap by the core;
// whoever sends often makes many blocks.
import type { Clock } from '@mica/bindings/wake';
import { RECEIVE_CAPS_PER_DAY } from '@mica/bindings/limits';

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
