// The wallet behind its windows and the pages. Its parts are put together here, each with those
// below it; what they tell upwards (events.ts) is heard here.
import { MAX_CLOCK_AHEAD_MS, SILENT_STREAM_MS, SLEPT_MS } from '@mica/bindings/limits';
import { untilDone } from '@mica/bindings/wake';
import type { Settings, WalletState } from '@mica/wallet-contract/api';
import { Emitter } from '../shared/emitter.ts';
import type { SignerState } from '../vault/signer_api.ts';
import type { Base } from './base.ts';
import { Belonging } from './belonging.ts';
import { endings } from './endings.ts';
import type { Engine } from './engine.ts';
import type { ServiceEvents } from './events.ts';
import { entryOf } from './networks.ts';
import { Notices } from './notices.ts';
import { Opening, retryAfterMs } from './opening.ts';
import { OpenNetwork } from './open_network.ts';
import type { Outside } from './outside.ts';
import { networkId } from './page_answers.ts';
import { PageApi } from './page_api.ts';
import { Session } from './session.ts';
import { Stored } from './stored.ts';
import { VaultView } from './vault_view.ts';
import type { ChainCore } from './views.ts';
import { Windows } from './windows.ts';

const warn = (error: unknown) => console.warn(error);

export class WalletService implements Base {
  readonly events = new Emitter<ServiceEvents>();
  readonly vault = new VaultView();
  readonly network = new OpenNetwork();
  readonly stored: Stored;
  readonly pages: PageApi;
  readonly opening: Opening;
  readonly windows: Windows;
  private readonly notices: Notices;
  private readonly belonging: Belonging;

  constructor(
    readonly outside: Outside,
    private readonly version: string,
  ) {
    const { events, vault, network } = this;
    const stored = (this.stored = new Stored(outside, events));
    const base: Base = { outside, vault, stored, events };
    const pages = (this.pages = new PageApi({ ...base, network }));
    const newSession = (engine: Engine) => this.newSession(engine);
    this.opening = new Opening({ ...base, network, pages, newSession });
    this.windows = new Windows(base, network);
    this.notices = new Notices(base, this.windows);
    this.belonging = new Belonging(base, this.opening, this.notices);
    events.on('changed', () => this.windows.changed());
    events.on('tellState', () => this.tellState());
    events.on('seen', () => void (this.notices.seen() && this.changed()));
    events.on('opened', () => this.opened());
  }

  private newSession(engine: Engine): Session {
    const { windows, pages } = this;
    const session = new Session(engine, this);
    const { events } = session;
    events.on('changed', () => this.changed());
    events.on('approval', (id) => this.approvalChanged(id));
    events.on('chain', (before, after) => this.chainChanged(before, after));
    events.on('reading', (before, after) => pages.subscriptions.chainMoved(before, after));
    events.on('forgotten', (chainId) => pages.subscriptions.askAgain(chainId));
    events.on('activity', (chainId) => windows.tell('activity', { chainId }));
    events.on('block', (block) => pages.signed.blockChanged(session.genesisHash, block));
    events.on('sites', () => this.sitesChanged());
    return session;
  }

  get session(): Session | null {
    return this.network.session;
  }
  need(): Session {
    return this.network.need();
  }

  /** Resolves when what was stored is there; what cannot be read is tried again. */
  async start(): Promise<void> {
    const { clock } = this.outside;
    await untilDone(() => this.stored.load(), { clock, waitMs: retryAfterMs, failed: warn });
    this.pages.asked.expire();
    await this.endBlamed();
    await this.opening.open();
  }

  // What an engine before aborted on is ended, and never given to this one.
  private async endBlamed(): Promise<void> {
    const { origins } = this.stored.aborts;
    if (origins.length === 0) return;
    for (const origin of origins) await this.pages.asked.endSite(origin, endings.stopped);
    await this.stored.forgetBlamed().catch(warn);
  }

  // --- what the person chooses ------------------------------------------------------------------

  /** Until it is open, or is known not to be. */
  async switchTo(id: string): Promise<void> {
    await this.opening.switchTo(id);
    const { session } = this;
    if (session) this.pages.events.emit(null, 'chainChanged', networkId(session.genesisHash));
    // It is chosen, and tried again; but who asked hears that it is not there.
    this.need();
  }

  async acceptReset(): Promise<void> {
    const { networks } = this.stored;
    const network = networks.current();
    const genesisJson = await this.outside.faucet(network.faucetUrl).genesisConfig();
    await this.opening.close(endings.reset);
    await networks.replace({ ...network, genesisJson, genesisHash: null });
    await this.opening.open();
  }

  async saveSettings(change: Partial<Settings>): Promise<void> {
    await this.stored.settings.change(change);
    this.session?.resume();
    this.changed();
  }

  async blockSite(origin: string): Promise<void> {
    const stored = this.stored.blocked.add(origin, this.outside.clock.now());
    this.changed();
    await this.pages.asked.endSite(origin, endings.blocked);
    await stored;
    await this.session?.sites.revoke(origin);
  }

  async forgetHost(genesisHash: string, origin: string): Promise<void> {
    const stored = this.stored.hosts.remove(genesisHash, origin);
    this.changed();
    await stored;
  }

  /** Lets it raise windows again too, if it had to wait after a no. */
  async unblockSite(origin: string): Promise<void> {
    const { blocked } = this.stored;
    this.pages.attention.agreed(origin);
    if (!blocked.has(origin)) return;
    // Once more: what could not be stored then must not come back now.
    await this.session?.sites.revoke(origin);
    const stored = blocked.remove(origin);
    this.changed();
    await stored;
  }

  // --- what happens -----------------------------------------------------------------------------

  private opened(): void {
    if (this.session?.chains.storeLost) this.notices.storeLost();
    this.session?.resume();
  }

  /** Pages of the version before were told that the wallet is gone: nothing of theirs waits on. */
  updated(): Promise<void> {
    return this.pages.asked.endAll(endings.updated, this.stored.requests.openBefore());
  }

  private tickedAt = Number.MAX_SAFE_INTEGER;
  /** Once a minute. */
  tick(): void {
    const now = this.outside.clock.now();
    const slept = now - this.tickedAt > SLEPT_MS;
    this.tickedAt = now;
    if (slept) this.session?.engine.online();
    else this.session?.engine.replaceSilentStreams(SILENT_STREAM_MS);
    this.pages.asked.expire();
    this.changed();
  }

  vaultChanged({ wallet, keepFollowed, ...said }: SignerState): void {
    const { vault } = this;
    const before = vault.state.status;
    const owners = vault.owners().join();
    vault.hear(said, wallet);
    const others = owners !== vault.owners().join();
    if (before === 'starting' || others) this.session?.chains.accountsChanged();
    void this.belonging.of(wallet, keepFollowed);
    if (before !== said.status && vault.isUnlocked) this.session?.resume();
    if (before === said.status ? others : before !== 'starting') this.pages.sitesChanged();
    else if (before !== said.status) this.pages.subscriptions.sitesChanged();
    this.changed();
  }

  private approvalChanged(id: string): void {
    const approval = this.session?.approvals.find(id)?.approval;
    this.pages.approvalChanged(id, approval);
    if (!approval) this.session?.considerAll();
    this.windows.tell('approval', { id });
    this.changed();
  }

  private chainChanged(before: ChainCore | undefined, after: ChainCore): void {
    const more = after.incomingAmount - (before?.incomingAmount ?? 0n);
    if (before && more > 0n && after.owner) this.notices.cameIn(more);
    this.pages.signed.lookAgain(after);
    this.pages.events.balanceChanged(after);
    this.pages.subscriptions.chainMoved(before, after);
  }

  private sitesChanged(): void {
    this.pages.sitesChanged();
    this.changed();
  }

  // --- what windows are told --------------------------------------------------------------------

  changed(): void {
    this.events.emit('changed');
  }

  private tellState(): void {
    this.outside.badge(this.notices.badge(this.session), this.stored.settings.current.language);
    this.windows.tell('state', this.state());
  }

  private wrongClock(): number | null {
    const ahead = this.session?.engine.clockAheadMs ?? 0;
    return Math.abs(ahead) > MAX_CLOCK_AHEAD_MS ? ahead : null;
  }

  state(): WalletState {
    const { session, opening, network } = this;
    const { networks, blocked, hosts, settings } = this.stored;
    return {
      vault: this.vault.state,
      network: {
        ...entryOf(networks.current()),
        status: network.status,
        failure: network.failure,
        validators: [...(session?.validators.values() ?? [])],
        clockAheadMs: this.wrongClock(),
        storeLost: session?.chains.storeLost ?? false,
      },
      busyNetwork: networks.busy,
      networks: networks.list.map(entryOf),
      chains: opening.chainStates(),
      approvals: session?.approvals.summaries() ?? [],
      sites: session?.sites.list() ?? [],
      blockedSites: blocked.list(),
      hosts: hosts.list(),
      settings: settings.current,
      version: this.version,
    };
  }
}
