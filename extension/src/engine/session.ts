// One opened network: its engine, the chains in it, the sites connected to them, and what waits for
// a person.
import { toBlockHeight } from '@mica/bindings/scalars';
import { chainIdFromText, chainIdToText, toHex } from '@mica/bindings/text';
import { MAX_PAGE_ENTRIES } from '@mica/bindings/limits';
import type { HistoryEntry } from '@mica/bindings/types';
import type { ClientNews } from '@mica/bindings/client_host';
import type { ActivityEntry, ChainView, ValidatorView } from '@mica/wallet-contract/api';
import { Emitter } from '../shared/emitter.ts';
import { Approvals } from './approvals.ts';
import type { Base } from './base.ts';
import { Blocks } from './blocks.ts';
import { Chains } from './chains.ts';
import type { Ending } from './endings.ts';
import { ask, fail, type Engine } from './engine.ts';
import type { SessionEvents } from './events.ts';
import { Hosts } from './hosts.ts';
import { Readings } from './readings.ts';
import { Receiver } from './receiver.ts';
import { Recipients } from './recipients.ts';
import { Records } from './records.ts';
import { Sites } from './sites.ts';
import { activityEntry, blockStates, chainCore, validatorState, type ChainCore } from './views.ts';

const CHAIN_CLOSED = 'This chain is closed: nothing can be sent from it any more.';

export class Session {
  readonly events = new Emitter<SessionEvents>();
  readonly validators = new Map<string, ValidatorView>();
  readonly records: Records;
  readonly sites: Sites;
  readonly readings: Readings;
  readonly chains: Chains;
  readonly approvals: Approvals;
  readonly blocks: Blocks;
  readonly hosts: Hosts;
  readonly receiver: Receiver;
  /** What closed it. */
  ending: Ending | null = null;

  constructor(
    readonly engine: Engine,
    base: Base,
  ) {
    const { events } = this;
    this.hosts = new Hosts(
      base,
      () => this.genesisHash,
      (asking) => this.blocks.askPerson(asking),
    );
    const { outside, vault, stored } = base;
    this.records = new Records(engine);
    this.sites = new Sites(this.records, outside, events);
    const approvals = (this.approvals = new Approvals(events));
    const { records, sites } = this;
    const isOwn = (chainId: string) => this.chains.record(chainId) !== undefined;
    const ofReadings = { clock: outside.clock, records, sites, isOwn };
    const readings = (this.readings = new Readings(engine, ofReadings, events));
    const chains = (this.chains = new Chains(engine, base, readings, events));
    const recipients = new Recipients(engine, chains);
    const parts = { outside, vault, stored, chains };
    const ofBlocks = { ...parts, approvals, recipients };
    const blocks = (this.blocks = new Blocks(engine, ofBlocks, events));
    this.receiver = new Receiver(engine, { ...parts, blocks }, events);
    events.on('chain', (_before, { chainId }) => this.receiver.consider(chainId));
    events.on('sites', () => readings.sitesChanged());
    events.on('chainFree', (chainId) => this.receiver.consider(chainId));
  }

  get genesisHash(): string {
    return this.chains.genesisHash;
  }

  async load(genesisJson: string): Promise<void> {
    const network = await ask(this.engine, {
      $: 'OpenNetwork',
      genesis_json: genesisJson,
      entropy: crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n,
    });
    await this.sites.load();
    await this.chains.load(toHex(network.description.genesis_config_hash));
    const { value: validators } = await ask(this.engine, { $: 'GetValidators' });
    for (const health of validators) this.putValidator(validatorState(health));
  }

  news(news: ClientNews): void {
    switch (news.$) {
      case 'ChainChanged':
        this.chains.put(chainCore(news.value));
        break;
      case 'ValidatorChanged':
        this.putValidator(validatorState(news.value));
        break;
      case 'DraftChanged':
        this.blocks.draftChanged(news.draft_id, news.effects);
        break;
      case 'BlockChanged': {
        const { height } = news;
        const [chainId, hash] = [chainIdToText(news.chain_id), toHex(news.hash)];
        this.events.emit('block', { chainId, height, hash, state: blockStates[news.state] });
        this.events.emit('activity', chainId);
        break;
      }
      case 'Log':
        console.debug(news.value);
        return;
    }
    this.events.emit('changed');
  }

  private putValidator(validator: ValidatorView): void {
    this.validators.set(validator.publicKey, validator);
  }

  /** Its network is not open any more: what is still being read fails with `ending`. */
  async close(ending: Ending): Promise<void> {
    this.ending = ending;
    this.receiver.stop();
    this.readings.close();
    await this.engine.close();
  }

  /** Unlocked, or settings changed: what waited goes on. */
  resume(): void {
    this.receiver.forgetFailures();
    this.blocks.advance();
    this.considerAll();
  }

  /** Of the next block, as far as the engine has told; of chains that sites read too. */
  heightOf(chainId: string): bigint {
    const chain = this.chains.get(chainId) ?? this.readings.get(chainId);
    return chain?.nextBlockHeight ?? 0n;
  }

  /** What may be received on some chain now. */
  considerAll(): void {
    for (const chainId of this.chains.keys()) this.receiver.consider(chainId);
  }

  /** Oldest first. */
  chainStates(): ChainView[] {
    const states = this.chains.values().map((chain): ChainView => {
      const record = this.chains.record(chain.chainId);
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
    const added = (chainId: string) => this.chains.record(chainId)?.addedAt ?? 0;
    states.sort((a, b) => added(a.chainId) - added(b.chainId));
    const first = states.find(({ isDefault }) => isDefault) ?? states.find(({ owner }) => owner);
    if (first) first.isDefault = true;
    return states;
  }

  /** For a block of it that a window asks for. */
  ownChain(chainId: string): ChainCore & { owner: string } {
    const chain = this.chains.get(chainId);
    if (!chain?.owner) {
      return fail('NotOwner', 'This wallet does not own that chain.', { money: 'Untouched' });
    }
    if (chain.closed) {
      return fail('ExecutionFailed', CHAIN_CLOSED, { money: 'Untouched', reason: 'ChainClosed' });
    }
    return { ...chain, owner: chain.owner };
  }

  /** No site sees it any more either. */
  async forget(chainId: string): Promise<void> {
    await this.chains.forget(chainId);
    for (const site of this.sites.list()) {
      const left = site.chainIds.filter((id) => id !== chainId);
      if (left.length === site.chainIds.length) continue;
      if (left.length > 0) await this.sites.grant(site.origin, left);
      else await this.sites.revoke(site.origin);
    }
    this.events.emit('forgotten', chainId);
    this.events.emit('changed');
  }

  /** Newest first. `asker`: the page's origin, if it is for one. */
  async history(
    chainId: string,
    below: bigint | null,
    limit: number,
    asker: string | null = null,
  ): Promise<HistoryEntry[]> {
    const most = Math.max(1, Math.min(MAX_PAGE_ENTRIES, Math.trunc(limit)));
    const from = below === null ? null : toBlockHeight(below);
    const command = { chain_id: chainIdFromText(chainId), below: from, limit: most };
    return (await ask(this.engine, { $: 'GetHistory', ...command }, asker)).value;
  }

  async activity(...which: Parameters<Session['history']>): Promise<ActivityEntry[]> {
    return (await this.history(...which)).map(activityEntry);
  }
}
