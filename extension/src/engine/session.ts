// One opened network: its engine, the chains in it, the sites connected to them, what they asked
// for, and what waits for a person.
import { chainIdFromText, ownerFromText } from '@mica/bindings/text';
import { CHAIN_OWNER, type AccountText } from '@mica/wallet-contract/addresses';
import { MAX_PAGE_ENTRIES } from '@mica/bindings/limits';
import type { HistoryEntry } from '@mica/bindings/types';
import type { ClientNews } from '@mica/bindings/client_host';
import { chainIdToText, toHex } from '@mica/bindings/text';
import type {
  ActivityEntry,
  ChainState,
  FailureCode,
  Settings,
  ValidatorState,
} from '@mica/wallet-contract/api';
import { Approvals } from './approvals.ts';
import { Blocks } from './blocks.ts';
import { ChainBook, networkWith, type ChainRecord, type NamedNetwork } from './chain_book.ts';
import { ChainTurns } from './chain_turns.ts';
import { ask, fail, type Engine } from './engine.ts';
import type { Outside } from './outside.ts';
import { Receiver } from './receiver.ts';
import { Recipients } from './recipients.ts';
import { Records } from './records.ts';
import type { Requests, StoredRequest } from './requests.ts';
import { Sites } from './sites.ts';
import { activityEntry, chainCore, validatorState, type ChainCore } from './views.ts';

export interface SessionWorld {
  requests: Requests;
  isUnlocked(): boolean;
  /** Whether the vault has its key; until the vault has spoken, whatever was noted. */
  owns(owner: string): boolean;
  settings(): Settings;
  /** Of the list, with known genesis. */
  networks(): NamedNetwork[];
  /** Something a window shows has changed. */
  changed(): void;
  approvalChanged(id: string): void;
  chainChanged(before: ChainCore | undefined, after: ChainCore): void;
  activityChanged(chainId: string): void;
  /** A stored request's block has got further. */
  blockOf(request: StoredRequest, entry: ActivityEntry['state'], hash: string): void;
}

const CHAIN_CLOSED = 'This chain is closed: nothing can be sent from it any more.';

function ownAccounts(chains: Iterable<ChainCore>): AccountText[] {
  return [...chains].flatMap(({ chainId, owner }) =>
    owner === null ? [] : [CHAIN_OWNER, owner].map((one) => ({ chainId, owner: one })),
  );
}

export class Session {
  /** With `owner` only where this wallet has the key. */
  readonly chains = new Map<string, ChainCore>();
  /** As the engine has them. */
  private readonly tracked = new Map<string, ChainCore>();
  readonly validators = new Map<string, ValidatorState>();
  readonly records: Records;
  readonly sites: Sites;
  readonly approvals: Approvals;
  readonly blocks: Blocks;
  readonly receiver: Receiver;
  private readonly turns: ChainTurns;
  genesisHash = '';
  private lost = false;
  private book!: ChainBook;

  constructor(
    readonly engine: Engine,
    private readonly outside: Outside,
    private readonly world: SessionWorld,
  ) {
    const now = () => outside.clock.now();
    this.records = new Records(engine);
    this.sites = new Sites(this.records, now);
    this.approvals = new Approvals((id) => world.approvalChanged(id));
    this.turns = new ChainTurns(outside.clock);
    this.blocks = new Blocks(engine, {
      approvals: this.approvals,
      recipients: new Recipients(engine, () => ownAccounts(this.chains.values())),
      turns: this.turns,
      isUnlocked: () => world.isUnlocked(),
      network: () => this.genesisHash,
      refuseCopy: (chainId) => this.refuseCopy(chainId),
      withdraw: (block) => outside.unapprove(this.genesisHash, block),
      isOwnChain: (chainId) => this.chains.has(chainId),
      chainFree: (chainId) => this.receiver.consider(chainId),
      now,
      newId: () => outside.newId(),
    });
    this.receiver = new Receiver(engine, {
      mayAct: (chainId) => world.isUnlocked() && !this.blocks.holds(chainId),
      wantsReceiving: () => world.settings().autoReceive,
      feeCap: () => world.settings().receiveFeeCap,
      chain: (chainId) => this.chains.get(chainId),
      changed: () => world.changed(),
      free: (chainId) => this.turns.happened(chainId),
      clock: outside.clock,
    });
  }

  /** The store knew none of the chains that were followed: they are fetched again. */
  get storeLost(): boolean {
    return this.lost;
  }
  /** The person has read it. */
  dismissStoreLost(): void {
    this.lost = false;
  }

  async load(genesisJson: string): Promise<void> {
    const network = await ask(this.engine, {
      $: 'OpenNetwork',
      genesis_json: genesisJson,
      entropy: crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n,
    });
    this.genesisHash = toHex(network.description.genesis_config_hash);
    await this.sites.load();
    this.book = await ChainBook.load(this.outside, this.genesisHash);
    await this.listChains();
    const missing = this.book.list().filter(({ chainId }) => !this.chains.has(chainId));
    this.lost = missing.some(({ unfetched }) => !unfetched) && this.chains.size === 0;
    const unnoted = [...this.chains.values()].filter(({ chainId }) => !this.book.get(chainId));
    const first = this.book.list().length + 1;
    await this.book.put(
      ...unnoted.map(({ chainId, owner }, at) => this.newRecord(chainId, owner, first + at)),
    );
    for (const { chainId, owner } of missing) await this.follow(chainId, owner);
    if (missing.length > 0) await this.listChains();
    await this.book.put(...missing.map((chain) => ({ ...chain, unfetched: undefined })));
    const { value: validators } = await ask(this.engine, { $: 'GetValidators' });
    for (const health of validators) this.putValidator(validatorState(health));
  }

  news(news: ClientNews): void {
    switch (news.$) {
      case 'ChainChanged':
        this.put(chainCore(news.value));
        break;
      case 'ValidatorChanged':
        this.putValidator(validatorState(news.value));
        break;
      case 'DraftChanged':
        this.blocks.draftChanged(news.draft_id, news.effects);
        break;
      case 'BlockChanged': {
        const chainId = chainIdToText(news.chain_id);
        const state = news.state === 'Certified' ? 'certified' : 'delivered';
        const { requests } = this.world;
        for (const request of requests.atBlock(this.genesisHash, chainId, news.height)) {
          if (news.state === 'Proposed') continue;
          this.world.blockOf(request, state, toHex(news.hash));
        }
        this.world.activityChanged(chainId);
        break;
      }
      case 'Log':
        console.debug(news.value);
        return;
    }
    this.world.changed();
  }

  private put(tracked: ChainCore): void {
    this.tracked.set(tracked.chainId, tracked);
    const mine = tracked.owner !== null && this.world.owns(tracked.owner);
    const chain = mine ? tracked : { ...tracked, owner: null };
    const before = this.chains.get(chain.chainId);
    this.chains.set(chain.chainId, chain);
    this.turns.happened(chain.chainId);
    this.world.chainChanged(before, chain);
    this.receiver.consider(chain.chainId);
  }

  /** Accounts came or went: what has no key here is only followed. */
  accountsChanged(): void {
    for (const chain of [...this.tracked.values()]) this.put(chain);
  }

  private putValidator(validator: ValidatorState): void {
    this.validators.set(validator.publicKey, validator);
  }

  /** Its network is not open any more. */
  async close(): Promise<void> {
    this.receiver.stop();
    await this.engine.close();
  }

  /** Unlocked, or settings changed: what waited goes on. */
  resume(): void {
    this.receiver.forgetFailures();
    this.blocks.advance();
    for (const chainId of this.chains.keys()) this.receiver.consider(chainId);
  }

  // --- chains -----------------------------------------------------------------------------------

  chainStates(): ChainState[] {
    const states = [...this.chains.values()].map((chain): ChainState => {
      const record = this.book.get(chain.chainId);
      const sending = this.blocks.isCommitting(chain.chainId);
      return {
        ...chain,
        label: record?.label ?? '',
        // One whose key has gone is not; one that is only followed may be looked at.
        isDefault: (record?.isDefault ?? false) && (chain.owner !== null || record?.owner === null),
        busy: this.receiver.busy.get(chain.chainId) ?? (sending ? 'sending' : null),
        failure: this.receiver.failures.get(chain.chainId) ?? null,
      };
    });
    const added = (chainId: string) => this.book.get(chainId)?.addedAt ?? 0;
    states.sort((a, b) => added(a.chainId) - added(b.chainId));
    const first = states.find(({ isDefault }) => isDefault) ?? states.find(({ owner }) => owner);
    if (first) first.isDefault = true;
    return states;
  }

  /** For a block of it that a window asks for. */
  ownChain(chainId: string): ChainCore & { owner: string } {
    const chain = this.chains.get(chainId);
    const refuse = (code: FailureCode, why: string) => fail(code, why, 'Untouched');
    if (!chain?.owner) return refuse('NotOwner', 'This wallet does not own that chain.');
    if (chain.closed) return refuse('ExecutionFailed', CHAIN_CLOSED);
    return { ...chain, owner: chain.owner };
  }

  async track(chainId: string, owner: string | null, label: string): Promise<void> {
    await this.refuseCopy(chainId);
    await this.follow(chainId, owner);
    await this.listChains();
    const number = this.book.list().length + 1;
    const before = this.book.get(chainId) ?? this.newRecord(chainId, owner, number);
    await this.book.put({ ...before, owner, label: label || before.label });
    this.world.changed();
  }

  // A network that mirrors another one's chain would get yeses that are good on both.
  private async refuseCopy(chainId: string): Promise<void> {
    const others = this.world.networks().filter((one) => one.genesisHash !== this.genesisHash);
    const other = await networkWith(this.outside, others, chainId);
    if (!other) return;
    fail(
      'Conflict',
      `This wallet has that chain on the network "${other.name}". A network that shows the same ` +
        'chain may be a copy: what you approve here would move your money there. ' +
        'If you trust this one, forget the chain on the other first.',
    );
  }

  private newRecord(chainId: string, owner: string | null, number: number): ChainRecord {
    const addedAt = this.outside.clock.now();
    return { chainId, owner, label: `Chain ${number}`, isDefault: false, addedAt };
  }

  private async follow(chainId: string, owner: string | null): Promise<void> {
    await this.engine.command({
      $: 'TrackChain',
      chain_id: chainIdFromText(chainId),
      owner: owner === null ? null : ownerFromText(owner),
      allow_fast_blocks: owner !== null,
    });
  }

  private async listChains(): Promise<void> {
    const { value: chains } = await ask(this.engine, { $: 'ListChains' });
    for (const chain of chains) this.put(chainCore(chain));
  }

  async forget(chainId: string): Promise<void> {
    await this.engine.command({ $: 'ForgetChain', value: chainIdFromText(chainId) });
    this.chains.delete(chainId);
    this.tracked.delete(chainId);
    await this.book.remove(chainId);
    for (const site of this.sites.list()) {
      const left = site.chainIds.filter((id) => id !== chainId);
      if (left.length === site.chainIds.length) continue;
      if (left.length > 0) await this.sites.grant(site.origin, left);
      else await this.sites.revoke(site.origin);
    }
  }

  async label(chainId: string, label: string): Promise<void> {
    const record = this.book.get(chainId);
    if (record) await this.book.put({ ...record, label });
    this.world.changed();
  }

  async setDefault(chainId: string): Promise<void> {
    await this.book.setDefault(chainId);
    this.world.changed();
  }

  /** Newest first. `asker`: the page's origin, if it is for one. */
  async history(
    chainId: string,
    below: bigint | null,
    limit: number,
    asker: string | null = null,
  ): Promise<HistoryEntry[]> {
    const most = Math.max(1, Math.min(MAX_PAGE_ENTRIES, Math.trunc(limit)));
    const command = { chain_id: chainIdFromText(chainId), below, limit: most };
    return (await ask(this.engine, { $: 'GetHistory', ...command }, asker)).value;
  }

  async activity(...which: Parameters<Session['history']>): Promise<ActivityEntry[]> {
    return (await this.history(...which)).map(activityEntry);
  }
}
