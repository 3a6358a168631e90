// What happens on a chain without a window: receiving what waits in the inbox, and going on with a
// block that was signed but not certified. One thing at a time on a chain; after a failure later.
import type { ClientResult } from '@mica/bindings/types';
import { toAmount } from '@mica/bindings/scalars';
import { chainIdFromText } from '@mica/bindings/text';
import { backoff, WakeUps } from '@mica/bindings/wake';
import type { ChainView, WalletFailure } from '@mica/wallet-contract/api';
import type { Emitter } from '../shared/emitter.ts';
import type { Base } from './base.ts';
import type { Blocks } from './blocks.ts';
import type { Chains } from './chains.ts';
import { failureAt, type Engine } from './engine.ts';
import type { SessionEvents } from './events.ts';
import { ReceiveBudget } from './receive_budget.ts';
import type { ChainCore } from './views.ts';

interface ReceiverParts extends Pick<Base, 'outside' | 'vault' | 'stored'> {
  chains: Pick<Chains, 'get'>;
  blocks: Pick<Blocks, 'holds'>;
}

const waitMs = backoff(1000, 60_000);
/** These do not get better by themselves: the next change of the chain tries again. */
const lasting = new Set([
  'NothingToDo',
  'ExecutionFailed',
  'NotOwner',
  'Unsupported',
  'SignerLocked',
  'SignerRefused',
  'LockedByOther',
]);

export class Receiver {
  readonly busy = new Map<string, NonNullable<ChainView['busy']>>();
  readonly failures = new Map<string, WalletFailure>();
  private readonly tries = new Map<string, number>();
  private readonly waits: WakeUps<string>;
  private readonly budget: ReceiveBudget;
  private stopped = false;
  /** What the chain looked like before what failed for a lasting reason. */
  private readonly given = new Map<string, string>();

  constructor(
    private readonly engine: Engine,
    private readonly parts: ReceiverParts,
    private readonly events: Emitter<SessionEvents>,
  ) {
    this.waits = new WakeUps(parts.outside.clock);
    this.budget = new ReceiveBudget(parts.outside.clock);
  }

  /** Call whenever the chain, the lock or the queue has changed. */
  consider(chainId: string): void {
    const { vault, stored, chains, blocks } = this.parts;
    const chain = chains.get(chainId);
    if (this.stopped || !chain?.owner || chain.closed || this.busy.has(chainId)) return;
    // No block can be made on a state that is not the newest.
    if (chain.notExecuted || !vault.isUnlocked || blocks.holds(chainId)) return;
    if (this.given.get(chainId) === stateOf(chain)) return;
    if (chain.pendingHeight !== null) void this.background(chainId, () => this.retry(chainId));
    else if (waitsFor(chain) > 0 && stored.settings.current.autoReceive) {
      if (this.hasBudget(chainId)) void this.background(chainId, () => this.receiveAlone(chainId));
    }
  }

  /** Without one it waits for the person, or for the budget's next day. */
  private hasBudget(chainId: string): boolean {
    const until = this.budget.usedUpUntil(this.parts.stored.settings.current.receiveFeeCap);
    if (until === null) return true;
    const message = 'Receiving by itself has cost as much today as it may.';
    this.failures.set(chainId, { code: 'Busy', reason: 'ReceiveBudget', message });
    this.events.emit('changed');
    this.waits.in(chainId, until - this.parts.outside.clock.now(), () => this.consider(chainId));
    return false;
  }

  private async receiveAlone(chainId: string): Promise<void> {
    const done = await this.receive(chainId);
    if (done.$ === 'Committed') this.budget.note(done.fees ?? 0n);
  }

  /** Whether somebody asked or not: what fails is told to who asked. */
  async receive(chainId: string): Promise<ClientResult> {
    return this.run(chainId, 'receiving', {
      $: 'ReceiveIncoming',
      chain_id: chainIdFromText(chainId),
      fee_cap: toAmount(this.parts.stored.settings.current.receiveFeeCap),
    });
  }

  async retry(chainId: string): Promise<void> {
    const command = { $: 'RetryPending', value: chainIdFromText(chainId) } as const;
    await this.run(chainId, 'sending', command);
  }

  async synchronize(chainId: string): Promise<void> {
    const command = { $: 'Synchronize', value: chainIdFromText(chainId) } as const;
    await this.run(chainId, 'synchronizing', command);
  }

  private async run(
    chainId: string,
    what: NonNullable<ChainView['busy']>,
    command: Parameters<Engine['command']>[0],
  ): Promise<ClientResult> {
    this.busy.set(chainId, what);
    this.events.emit('changed');
    try {
      const result = await this.engine.command(command);
      this.failures.delete(chainId);
      return result;
    } finally {
      this.busy.delete(chainId);
      this.events.emit('changed');
    }
  }

  private async background(chainId: string, act: () => Promise<void>): Promise<void> {
    const before = this.stateNow(chainId);
    try {
      await act();
      // What changed nothing is not done again at once.
      if (this.stateNow(chainId) === before) this.again(chainId);
      else {
        this.tries.delete(chainId);
        this.consider(chainId);
      }
    } catch (error) {
      this.failed(chainId, failureAt(this.engine, error), before);
    }
  }

  private failed(chainId: string, failure: WalletFailure, before: string): void {
    // Nothing that waits can be received: the chain's state says how much and why.
    if (failure.code === 'NothingToDo') this.failures.delete(chainId);
    else if (failure.code !== 'Busy') this.failures.set(chainId, failure);
    if (lasting.has(failure.code)) {
      this.given.set(chainId, before);
      this.consider(chainId); // what came in meanwhile was not tried
    } else {
      this.again(chainId);
    }
    this.events.emit('changed');
  }

  private stateNow(chainId: string): string {
    const chain = this.parts.chains.get(chainId);
    return chain ? stateOf(chain) : '';
  }

  private again(chainId: string): void {
    if (this.stopped) return;
    const tries = this.tries.get(chainId) ?? 0;
    this.tries.set(chainId, tries + 1);
    this.waits.in(chainId, waitMs(tries), () => this.consider(chainId));
  }

  /** Its network is closed: nothing is tried again. */
  stop(): void {
    this.stopped = true;
    this.waits.stopAll();
  }

  /** A new start: unlocked again, or settings changed. */
  forgetFailures(): void {
    this.given.clear();
    this.tries.clear();
  }
}

const waitsFor = ({ incomingCount, epochChanges, newEvents }: ChainCore) =>
  incomingCount + epochChanges + newEvents;
const stateOf = (chain: ChainCore) =>
  `${chain.nextBlockHeight}/${chain.incomingCount}/${chain.incomingAmount}/` +
  `${chain.epochChanges}/${chain.newEvents}/${chain.pendingHeight}/${chain.locked?.height}`;
