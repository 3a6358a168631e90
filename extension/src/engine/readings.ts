// Chains that are followed only because sites read them: apart from the person's, within a budget,
// and forgotten when nobody asks any more. A record of each is stored before the engine follows it,
// so that a start after a crash forgets it and never takes it for the person's.
import {
  MAX_READINGS,
  MAX_READINGS_PER_ORIGIN,
  READING_IDLE_MS,
  READING_KEPT_MS,
} from '@mica/bindings/limits';
import { chainIdFromText } from '@mica/bindings/text';
import { WakeUps, type Clock, type Stop } from '@mica/bindings/wake';
import { providerError, type ProviderError } from '@mica/provider';
import type { Emitter } from '../shared/emitter.ts';
import { SerialQueues } from '../shared/serial_queue.ts';
import { failureOf, type Engine } from './engine.ts';
import type { SessionEvents } from './events.ts';
import type { Records } from './records.ts';
import type { Sites } from './sites.ts';
import type { ChainCore } from './views.ts';

const PREFIX = 'reading/';

interface ReadingParts {
  clock: Clock;
  records: Records;
  sites: Pick<Sites, 'readsOthers'>;
  /** Whether the person has it in the wallet: then sites read it too, and it is never forgotten. */
  isOwn(chainId: string): boolean;
}

interface Reading {
  /** The sites that read it, and when each has asked last. */
  readers: Map<string, number>;
  isOpening: boolean;
  /** Settles when it is synchronised. */
  opened: Promise<void>;
}

type Named = [chainId: string, reading: Reading];

export class Readings {
  private readonly all = new Map<string, Reading>();
  /** Those that the engine has for sites alone, as it told them; null: not yet. */
  private readonly followed = new Map<string, ChainCore | null>();
  /** How many documents have subscriptions to each. */
  private readonly holds = new Map<string, number>();
  /** What follows and forgets one chain: one after the other. */
  private readonly turns = new SerialQueues<string>();
  private readonly ends: WakeUps<string>;

  constructor(
    private readonly engine: Engine,
    private readonly parts: ReadingParts,
    private readonly events: Emitter<SessionEvents>,
  ) {
    this.ends = new WakeUps(parts.clock);
  }

  /** Forgets what a start before has left. */
  async load(): Promise<void> {
    for (const [key] of await this.parts.records.list(PREFIX)) {
      const chainId = key.slice(PREFIX.length);
      if (!this.parts.isOwn(chainId)) this.followed.set(chainId, null);
      await this.forget(chainId).catch(warn);
    }
  }

  get(chainId: string): ChainCore | undefined {
    return this.followed.get(chainId) ?? undefined;
  }

  /** The engine's news of one; false: it is none of those that are followed for sites alone. */
  hear(chain: ChainCore): boolean {
    if (!this.followed.has(chain.chainId)) return false;
    const before = this.get(chain.chainId);
    this.followed.set(chain.chainId, chain);
    this.events.emit('reading', before, chain);
    return true;
  }

  // --- sites -------------------------------------------------------------------------------------

  /** For a site that may: resolves when the chain is synchronised, rejects with why it is not. */
  async open(origin: string, chainId: string): Promise<void> {
    const before = this.all.get(chainId);
    if (!before?.readers.has(origin)) this.makeRoom(origin, !before);
    const reading = before ?? this.begin(origin, chainId);
    reading.readers.set(origin, this.parts.clock.now());
    this.endLater(chainId);
    await reading.opened;
  }

  private begin(origin: string, chainId: string): Reading {
    const opened = Promise.resolve();
    const reading: Reading = { readers: new Map(), isOpening: true, opened };
    this.all.set(chainId, reading);
    reading.opened = this.turns.run(chainId, () => this.follow(origin, chainId, reading));
    reading.opened.catch(() => {
      if (this.all.get(chainId) === reading) this.end(chainId);
    });
    return reading;
  }

  // One that the person has is synchronised too: a site is to see no difference.
  private async follow(origin: string, chainId: string, reading: Reading): Promise<void> {
    const mustBeWanted = () => {
      if (this.all.get(chainId) !== reading) throw gone();
    };
    const chain_id = chainIdFromText(chainId);
    try {
      mustBeWanted();
      if (!this.parts.isOwn(chainId)) {
        this.followed.set(chainId, null);
        await this.parts.records.put(keyOf(chainId), { at: this.parts.clock.now() });
        mustBeWanted();
        const nobody = { owner: null, allow_fast_blocks: false };
        await this.engine.command({ $: 'TrackChain', chain_id, ...nobody }, origin);
        mustBeWanted();
      }
      await this.engine.command({ $: 'Synchronize', value: chain_id }, origin);
    } finally {
      reading.isOpening = false;
    }
  }

  /** A document has a subscription to it: it goes on, also unasked, until that is let go of. */
  hold(chainId: string): Stop {
    this.holds.set(chainId, (this.holds.get(chainId) ?? 0) + 1);
    return () => {
      const others = (this.holds.get(chainId) ?? 0) - 1;
      if (others > 0) return void this.holds.set(chainId, others);
      this.holds.delete(chainId);
      if (this.all.has(chainId)) this.endLater(chainId);
    };
  }

  private makeRoom(origin: string, isNew: boolean): void {
    const all = [...this.all];
    const mine = all.filter(([, { readers }]) => readers.has(origin));
    if (mine.length >= MAX_READINGS_PER_ORIGIN) {
      this.leave(
        origin,
        this.unusedLongest(mine, ({ readers }) => readers.get(origin) ?? 0),
      );
    }
    if (isNew && this.all.size >= MAX_READINGS) {
      this.end(this.unusedLongest(all, ({ readers }) => Math.max(...readers.values())));
    }
  }

  private unusedLongest(some: Named[], askedAt: (reading: Reading) => number): string {
    const since = this.parts.clock.now() - READING_KEPT_MS;
    const free = some.filter(([id, one]) => !this.holds.has(id) && askedAt(one) <= since);
    free.sort(([, a], [, b]) => askedAt(a) - askedAt(b));
    const [first] = free;
    if (!first) throw tooMany();
    return first[0];
  }

  // --- how they end ------------------------------------------------------------------------------

  private endLater(chainId: string): void {
    this.ends.in(chainId, READING_IDLE_MS, () => {
      if (!this.holds.has(chainId)) this.end(chainId);
    });
  }

  /** Some sites may not read others' chains any more. */
  sitesChanged(): void {
    for (const [chainId, { readers }] of [...this.all]) {
      for (const origin of [...readers.keys()]) {
        if (!this.parts.sites.readsOthers(origin)) this.leave(origin, chainId);
      }
    }
  }

  private leave(origin: string, chainId: string): void {
    const readers = this.all.get(chainId)?.readers;
    readers?.delete(origin);
    if (readers?.size === 0) this.end(chainId);
  }

  private end(chainId: string): void {
    const reading = this.all.get(chainId);
    this.all.delete(chainId);
    this.ends.stop(chainId);
    if (!this.followed.has(chainId)) return;
    // What is still being fetched ends at once, not after it has come.
    if (reading?.isOpening) this.forgetInEngine(chainId).catch(warn);
    this.turns.run(chainId, () => this.forget(chainId)).catch(warn);
  }

  private async forget(chainId: string): Promise<void> {
    if (this.followed.has(chainId)) {
      await this.forgetInEngine(chainId);
      this.followed.delete(chainId);
    }
    await this.parts.records.remove(keyOf(chainId));
  }

  private async forgetInEngine(chainId: string): Promise<void> {
    const command = { $: 'ForgetChain', value: chainIdFromText(chainId) } as const;
    await this.engine.command(command).catch((error: unknown) => {
      if (failureOf(error).code !== 'UnknownChain') throw error;
    });
  }

  /** The network is closed. What the engine does not get to, the next start forgets. */
  close(): void {
    this.ends.stopAll();
    this.all.clear();
    for (const chainId of this.followed.keys()) {
      this.forgetInEngine(chainId).catch(() => undefined);
    }
  }

  // --- the person's own --------------------------------------------------------------------------

  /** What makes chains the person's, or ends that: never while one is followed for a site. */
  inTurn<T>(chainIds: string[], act: () => Promise<T>): Promise<T> {
    // In one order, so that two who want several do not wait for each other.
    return [...new Set(chainIds)]
      .sort()
      .reduce((inner, chainId) => () => this.turns.run(chainId, inner), act)();
  }

  /** In its turn: the person has added it, and it stays when no site reads it any more. */
  async handOver(chainId: string): Promise<void> {
    if (!this.followed.has(chainId)) return;
    await this.parts.records.remove(keyOf(chainId));
    this.followed.delete(chainId);
  }

  /** In its turn: the person has forgotten it. Who asks for it again has it followed anew. */
  forgotten(chainId: string): void {
    this.all.delete(chainId);
    this.ends.stop(chainId);
  }
}

const warn = (error: unknown) => console.warn(error);
const keyOf = (chainId: string) => `${PREFIX}${chainId}`;
const gone = (): ProviderError =>
  providerError('internal', 'UnknownChain', 'The wallet does not read that chain any more.');

const tooMany = (): ProviderError =>
  providerError(
    'limitExceeded',
    'TooManyReadings',
    'As many chains of others as may be are being read: ask again later.',
    { retryAfterMs: READING_KEPT_MS },
  );
