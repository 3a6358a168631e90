// The wallet behind its windows and the pages: holds the parts together, and tells everybody what
// changed.
import { SILENT_STREAM_MS, SLEPT_MS } from '@mica/bindings/limits';
import { MAX_CLOCK_AHEAD_MS } from '@mica/bindings/client_host';
import { pause } from '@mica/bindings/wake';
import { providerError } from '@mica/provider';
import type { Settings, VaultState, WalletState } from '@mica/wallet-contract/api';
import type { Aborts } from '../background/restarts.ts';
import type { SignerState } from '../vault/signer_api.ts';
import { Belonging } from './belonging.ts';
import { BlockedSites } from './blocked_sites.ts';
import { endings, type Ending } from './endings.ts';
import { fail, type Engine } from './engine.ts';
import { entryOf, Networks } from './networks.ts';
import { Notices } from './notices.ts';
import { Opening, retryAfterMs } from './opening.ts';
import type { Outside } from './outside.ts';
import { networkId } from './page_answers.ts';
import { PageApi } from './page_api.ts';
import { Requests } from './requests.ts';
import { Session } from './session.ts';
import { defaultSettings, loadSettings, saveSettings } from './settings.ts';
import { SignedRequests } from './signed_requests.ts';
import type { ChainCore } from './views.ts';
import { Windows } from './windows.ts';

const warn = (error: unknown) => console.warn(error);

export class WalletService {
  readonly requests: Requests;
  readonly pages: PageApi;
  readonly networks: Networks;
  readonly opening: Opening;
  readonly windows: Windows;
  private readonly notices: Notices;
  private readonly blocked: BlockedSites;
  private readonly signed: SignedRequests;
  private readonly belonging: Belonging;
  private settings = defaultSettings;
  private vault: VaultState = {
    status: 'starting',
    accounts: [],
    lockAt: null,
    lockReason: null,
    retryAt: null,
  };
  /** Which wallet the vault holds. */
  private wallet: string | null = null;
  /** Of engines before this one. */
  private aborts: Aborts = { validators: [], origins: [] };

  constructor(
    readonly outside: Outside,
    private readonly version: string,
  ) {
    const isUnlocked = () => this.isUnlocked();
    this.requests = new Requests(outside, () => outside.clock.now());
    this.blocked = new BlockedSites(outside);
    this.networks = new Networks(outside, () => this.changed());
    this.windows = new Windows({
      clock: outside.clock,
      askedByPages: () => this.askedByPages(),
      seen: () => this.notices.seen() && this.changed(),
      tellState: () => {
        outside.badge(this.notices.badge(this.session));
        this.windows.tell('state', this.state());
      },
    });
    this.notices = new Notices({
      outside,
      isUnlocked,
      wantsNotices: () => this.settings.notifications,
      isLookedAt: () => this.windows.isLookedAt(),
    });
    this.opening = new Opening({
      outside,
      networks: this.networks,
      newSession: (engine) => this.newSession(engine),
      loaded: (session) => this.signed.takeOver(session),
      opened: (session) => this.opened(session),
      closed: (session, ending) => this.closed(session, ending),
      leftOut: () => this.aborts.validators,
      changed: () => this.changed(),
    });
    this.pages = new PageApi({
      session: () => this.session,
      requests: this.requests,
      isUnlocked,
      hasWallet: () => this.vault.status !== 'empty',
      isBlocked: (origin) => this.blocked.has(origin),
      networkName: () => this.networks.current().name,
      outside,
    });
    this.signed = new SignedRequests({
      requests: this.requests,
      session: () => this.session,
      isRunning: (request, session) => this.pages.asked.isRunning(request, session),
      tell: (request) => this.pages.events.requestEnded(request),
    });
    this.belonging = new Belonging(outside, {
      close: () => this.closeForgotten(),
      open: () => this.opening.open(),
    });
  }

  /** Resolves when what was stored is there; what cannot be read is tried again. */
  async start(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.load();
        break;
      } catch (error) {
        warn(error);
        await pause(retryAfterMs(tries), this.outside.clock);
      }
    }
    await this.opening.open();
  }

  /** Once: whoever comes first reads what was stored. */
  private load(): Promise<void> {
    this.loading ??= this.loadStored().catch((error: unknown) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }
  private loading: Promise<void> | null = null;

  private async loadStored(): Promise<void> {
    this.settings = await loadSettings(this.outside);
    this.aborts = (await this.outside.load<Aborts>('aborts')) ?? this.aborts;
    await this.networks.load();
    await this.blocked.load();
    await this.requests.load();
    this.pages.asked.expire();
    await this.endBlamed();
  }

  get session(): Session | null {
    return this.opening.session;
  }
  need(): Session {
    return this.opening.need();
  }
  isUnlocked(): boolean {
    return this.vault.status === 'unlocked';
  }

  // --- the session ------------------------------------------------------------------------------

  private newSession(engine: Engine): Session {
    return new Session(engine, this.outside, {
      requests: this.requests,
      isUnlocked: () => this.isUnlocked(),
      owns: (owner) => this.vault.status === 'starting' || this.vaultAccounts().includes(owner),
      settings: () => this.settings,
      networks: () => [...this.networks.list],
      changed: () => this.changed(),
      approvalChanged: (id) => this.approvalChanged(id),
      chainChanged: (before, after) => this.chainChanged(before, after),
      activityChanged: (chainId) => this.windows.tell('activity', { chainId }),
      blockOf: (request, state, hash) => void this.signed.blockOf(request, state, hash),
    });
  }

  private async opened(session: Session): Promise<void> {
    this.pages.events.emit(null, 'connect', { chainId: networkId(session.genesisHash) });
    if (session.storeLost) this.notices.storeLost();
    for (const site of session.sites.list()) {
      if (this.blocked.ends(site)) await session.sites.revoke(site.origin).catch(warn);
    }
    this.pages.asked.expire();
    for (const request of this.requests.listOpen()) {
      if (request.network !== session.genesisHash) continue;
      if (request.status === 'waiting') this.pages.asked.start(session, request, false);
      else void this.signed.lookForBlock(session, request).catch(warn);
    }
    this.pages.sitesChanged();
    session.resume();
  }

  private async closed(session: Session | null, ending: Ending): Promise<void> {
    const ended = this.pages.asked.endAll(ending);
    this.pages.subscriptions.end();
    if (session) {
      const { code, message } = providerError(
        'disconnected',
        'NetworkClosed',
        'The network was closed.',
      );
      this.pages.events.emit(null, 'disconnect', { code, message });
    }
    await ended;
  }

  private async closeForgotten(): Promise<void> {
    this.notices.seen();
    await this.load();
    await this.opening.closeForgotten();
    await this.requests.clear();
    await this.blocked.clear();
    this.changed();
  }

  /** Until it is open, or is known not to be. */
  async switchTo(id: string): Promise<void> {
    await this.opening.switchTo(id);
    const { session } = this;
    if (session) this.pages.events.emit(null, 'chainChanged', networkId(session.genesisHash));
    // It is chosen, and tried again; but who asked hears that it is not there.
    this.need();
  }

  async acceptReset(): Promise<void> {
    const network = this.networks.current();
    const genesisJson = await this.outside.faucet(network.faucetUrl).genesisConfig();
    await this.opening.close(endings.reset);
    await this.networks.replace({ ...network, genesisJson, genesisHash: null });
    await this.opening.open();
    this.pages.sitesChanged();
  }

  async saveSettings(change: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    await saveSettings(this.outside, this.settings);
    this.session?.resume();
    this.changed();
  }

  // --- sites that are blocked -------------------------------------------------------------------

  async blockSite(origin: string): Promise<void> {
    const stored = this.blocked.add(origin, this.outside.clock.now());
    this.changed();
    await this.pages.asked.endSite(origin, endings.blocked);
    await stored;
    if (this.session) await this.pages.revoke(this.session, origin);
  }

  /** Lets it raise windows again too, if it had to wait after a no. */
  async unblockSite(origin: string): Promise<void> {
    this.pages.attention.agreed(origin);
    if (!this.blocked.has(origin)) return;
    // Once more: what could not be stored then must not come back now.
    await this.session?.sites.revoke(origin);
    const stored = this.blocked.remove(origin);
    this.changed();
    await stored;
  }

  // --- requests across restarts -----------------------------------------------------------------

  /** Pages of the version before were told that the wallet is gone: nothing of theirs waits on. */
  updated(): Promise<void> {
    return this.pages.asked.endAll(endings.updated, this.requests.openBefore());
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

  // What an engine before aborted on is ended, and never given to this one.
  private async endBlamed(): Promise<void> {
    const { origins } = this.aborts;
    if (origins.length === 0) return;
    for (const origin of origins) await this.pages.asked.endSite(origin, endings.stopped);
    this.aborts = { ...this.aborts, origins: [] };
    await this.outside.save('aborts', this.aborts).catch(warn);
  }

  // --- news -------------------------------------------------------------------------------------

  vaultChanged({ wallet, keepFollowed, ...vault }: SignerState): void {
    const before = this.vault.status;
    const accounts = this.vaultAccounts().join();
    this.vault = vault;
    this.wallet = wallet;
    const others = accounts !== this.vaultAccounts().join();
    if (before === 'starting' || others) this.session?.accountsChanged();
    void this.belonging.of(wallet, keepFollowed);
    if (before !== vault.status) {
      if (vault.status === 'unlocked') this.session?.resume();
      if (before === 'starting') this.pages.subscriptions.sitesChanged();
      else this.pages.sitesChanged();
    } else if (others) {
      this.pages.sitesChanged();
    }
    this.changed();
  }

  vaultAccounts(): string[] {
    return this.vault.accounts.map(({ owner }) => owner);
  }

  /** For what takes its time: fails once the wallet that it was for has been deleted. */
  sameWallet(): () => void {
    const { wallet } = this;
    return () => {
      if (this.wallet !== wallet)
        fail('Conflict', 'The wallet was deleted meanwhile.', 'Untouched');
    };
  }

  private approvalChanged(id: string): void {
    const { session } = this;
    const approval = session?.approvals.find(id)?.approval;
    if (approval?.kind === 'block' && approval.status === 'ready') this.pages.attention.ready(id);
    if (!approval) {
      this.pages.attention.over(id);
      for (const chain of session?.chains.keys() ?? []) session?.receiver.consider(chain);
    }
    this.windows.tell('approval', { id });
    this.changed();
  }

  private chainChanged(before: ChainCore | undefined, after: ChainCore): void {
    const more = after.incomingAmount - (before?.incomingAmount ?? 0n);
    if (before && more > 0n && after.owner) this.notices.cameIn(more);
    this.signed.lookAgain(after);
    this.pages.events.balanceChanged(after);
    this.pages.subscriptions.chainMoved(before, after);
  }

  // --- windows ----------------------------------------------------------------------------------

  askedByPages(): string[] {
    const asked = this.state().approvals.filter(({ origin }) => origin !== null);
    return asked.map(({ id }) => id);
  }

  changed(): void {
    this.windows.changed();
  }

  private wrongClock(): number | null {
    const ahead = this.session?.engine.clockAheadMs ?? 0;
    return Math.abs(ahead) > MAX_CLOCK_AHEAD_MS ? ahead : null;
  }

  state(): WalletState {
    const { session, networks, opening } = this;
    return {
      vault: this.vault,
      network: {
        ...entryOf(networks.current()),
        status: opening.status,
        failure: opening.failure,
        validators: [...(session?.validators.values() ?? [])],
        clockAheadMs: this.wrongClock(),
        storeLost: session?.storeLost ?? false,
      },
      busyNetwork: networks.busy,
      networks: networks.list.map(entryOf),
      chains: opening.chainStates(),
      approvals: session?.approvals.summaries() ?? [],
      sites: session?.sites.list() ?? [],
      blockedSites: this.blocked.list(),
      settings: this.settings,
      version: this.version,
    };
  }
}
