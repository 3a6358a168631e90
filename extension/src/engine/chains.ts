// The chains that the wallet follows on one network: as the engine has them, and as the person
// named them.
import { ClientError } from '@mica/bindings/client_host';
import { chainIdFromText, ownerFromText, toHex } from '@mica/bindings/text';
import { CHAIN_OWNER, type AccountText } from '@mica/wallet-contract/addresses';
import type { Emitter } from '../shared/emitter.ts';
import type { Base } from './base.ts';
import { ChainBook, networkWith, type ChainRecord } from './chain_book.ts';
import { ask, fail, type Engine } from './engine.ts';
import type { SessionEvents } from './events.ts';
import type { Readings } from './readings.ts';
import { chainCore, type ChainCore } from './views.ts';

type Wanted = Pick<ChainRecord, 'chainId' | 'owner' | 'label'>;

export class Chains {
  /** With `owner` only where this wallet has the key. */
  private readonly seen = new Map<string, ChainCore>();
  /** As the engine has them. */
  private readonly tracked = new Map<string, ChainCore>();
  private book!: ChainBook;
  genesisHash = '';
  private lost = false;

  constructor(
    private readonly engine: Engine,
    private readonly base: Base,
    private readonly readings: Readings,
    private readonly events: Emitter<SessionEvents>,
  ) {}

  async load(genesisHash: string): Promise<void> {
    this.genesisHash = genesisHash;
    this.book = await ChainBook.load(this.base.outside, genesisHash);
    await this.readings.load();
    await this.list();
    const missing = this.book.list().filter(({ chainId }) => !this.has(chainId));
    this.lost = missing.some(({ unfetched }) => !unfetched) && this.seen.size === 0;
    const unnoted = this.values().filter(({ chainId }) => !this.book.get(chainId));
    const first = this.book.list().length + 1;
    await this.book.put(
      ...unnoted.map(({ chainId, owner }, at) => this.newRecord(chainId, owner, first + at)),
    );
    const failed = await this.followAll(missing);
    for (const error of failed.values()) throw error;
    if (missing.length > 0) await this.list();
    await this.book.put(...missing.map((chain) => ({ ...chain, unfetched: undefined })));
  }

  /** The store knew none of those that were followed, and they are fetched again; until read. */
  get storeLost(): boolean {
    return this.lost;
  }
  /** The person has read it. */
  dismissLost(): void {
    this.lost = false;
  }

  get(chainId: string): ChainCore | undefined {
    return this.seen.get(chainId);
  }
  has(chainId: string): boolean {
    return this.seen.has(chainId);
  }
  keys(): string[] {
    return [...this.seen.keys()];
  }
  values(): ChainCore[] {
    return [...this.seen.values()];
  }
  record(chainId: string): ChainRecord | undefined {
    return this.book.get(chainId);
  }

  /** On each chain that this wallet owns, the chain's own and its owner's. */
  ownAccounts(): AccountText[] {
    return this.values().flatMap(({ chainId, owner }) =>
      owner === null ? [] : [CHAIN_OWNER, owner].map((one) => ({ chainId, owner: one })),
    );
  }

  /** The engine's news of one; what sites alone read is not the person's. */
  put(tracked: ChainCore): void {
    if (this.readings.hear(tracked)) return;
    this.tracked.set(tracked.chainId, tracked);
    const mine = tracked.owner !== null && this.base.vault.owns(tracked.owner);
    const chain = mine ? tracked : { ...tracked, owner: null };
    const before = this.seen.get(chain.chainId);
    this.seen.set(chain.chainId, chain);
    this.events.emit('chain', before, chain);
  }

  /** Accounts came or went: what has no key here is only followed. */
  accountsChanged(): void {
    for (const chain of [...this.tracked.values()]) this.put(chain);
  }

  async track(chainId: string, owner: string | null, label: string): Promise<void> {
    await this.refuseCopy(chainId);
    await this.readings.inTurn([chainId], async () => {
      await this.follow(chainId, owner);
      await this.added([{ chainId, owner, label }]);
    });
    this.events.emit('changed');
  }

  /** Many at once; those that it cannot follow, and why. */
  async trackAll(wanted: Wanted[]): Promise<Map<string, ClientError>> {
    const ids = wanted.map(({ chainId }) => chainId);
    const failed = await this.readings.inTurn(ids, async () => {
      const failures = await this.followAll(wanted);
      await this.added(wanted.filter(({ chainId }) => !failures.has(chainId)));
      return failures;
    });
    this.events.emit('changed');
    return failed;
  }

  /** In their turn: the engine follows them, and they are the person's. */
  private async added(followed: Wanted[]): Promise<void> {
    for (const { chainId } of followed) await this.readings.handOver(chainId);
    await this.list();
    const first = this.book.list().length + 1;
    await this.book.put(
      ...followed.map(({ chainId, owner, label }, at) => {
        const before = this.book.get(chainId) ?? this.newRecord(chainId, owner, first + at);
        return { ...before, owner, label: label || before.label };
      }),
    );
  }

  async forget(chainId: string): Promise<void> {
    await this.readings.inTurn([chainId], () => this.remove(chainId));
  }

  private async remove(chainId: string): Promise<void> {
    await this.engine.command({ $: 'ForgetChain', value: chainIdFromText(chainId) });
    this.seen.delete(chainId);
    this.tracked.delete(chainId);
    await this.book.remove(chainId);
    this.readings.forgotten(chainId);
  }

  async label(chainId: string, label: string): Promise<void> {
    const record = this.book.get(chainId);
    if (record) await this.book.put({ ...record, label });
    this.events.emit('changed');
  }

  async setDefault(chainId: string): Promise<void> {
    await this.book.setDefault(chainId);
    this.events.emit('changed');
  }

  /** A network that mirrors another one's chain would get yeses that are good on both. */
  async refuseCopy(chainId: string): Promise<void> {
    const { outside, stored } = this.base;
    const others = stored.networks.list.filter((one) => one.genesisHash !== this.genesisHash);
    const other = await networkWith(outside, others, chainId);
    if (!other) return;
    fail(
      'Conflict',
      `This wallet has that chain on the network "${other.name}". A network that shows the same ` +
        'chain may be a copy: what you approve here would move your money there. ' +
        'If you trust this one, forget the chain on the other first.',
      { reason: 'ChainElsewhere', params: { of: 'ChainElsewhere', network: other.name } },
    );
  }

  private newRecord(chainId: string, owner: string | null, number: number): ChainRecord {
    const addedAt = this.base.outside.clock.now();
    return { chainId, owner, label: `Chain ${number}`, isDefault: false, addedAt };
  }

  private async follow(chainId: string, owner: string | null): Promise<void> {
    await this.engine.command({ $: 'TrackChain', ...tracking(chainId, owner) });
  }

  /** Those that it cannot follow, and why. */
  private async followAll(chains: Wanted[]): Promise<Map<string, ClientError>> {
    if (chains.length === 0) return new Map();
    const value = chains.map(({ chainId, owner }) => tracking(chainId, owner));
    const { value: failed } = await ask(this.engine, { $: 'TrackChains', value });
    return new Map(
      failed.map(({ chain_id, failure: { code, message, money, detail } }) => [
        toHex(chain_id),
        new ClientError(code, message, money, detail),
      ]),
    );
  }

  private async list(): Promise<void> {
    const { value: chains } = await ask(this.engine, { $: 'ListChains' });
    for (const chain of chains) this.put(chainCore(chain));
  }
}

// Fast rounds are for chains of this wallet's own.
const tracking = (chainId: string, owner: string | null) => ({
  chain_id: chainIdFromText(chainId),
  owner: owner === null ? null : ownerFromText(owner),
  allow_fast_blocks: owner !== null,
});
