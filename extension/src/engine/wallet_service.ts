// The wallet behind its windows and the pages: owns the networks, the settings and the one opened
// session, and tells everybody what changed.
import { MAX_CLOCK_AHEAD_MS, type ClientNews } from '@mica/bindings/client_host';
import {
  WalletError,
  type ChainState,
  type NetworkEntry,
  type NetworkState,
  type Settings,
  type VaultState,
  type WalletEvents,
  type WalletFailure,
  type WalletState,
} from '@mica/wallet-contract/api';
import { formatTokens } from '@mica/wallet-contract/amounts';
import { providerCodes } from '@mica/provider';
import type { Aborts } from '../background/restarts.ts';
import type { SignerState } from '../vault/signer_api.ts';
import type { Approvals } from './approvals.ts';
import { Belonging } from './belonging.ts';
import { BlockedSites } from './blocked_sites.ts';
import { defaultNetworks } from './default_networks.ts';
import { endings, type Ending } from './endings.ts';
import { failureOf, type Engine } from './engine.ts';
import type { Badge, Outside, StoredNetwork } from './outside.ts';
import { networkId } from './page_answers.ts';
import { PageApi } from './page_api.ts';
import { Requests } from './requests.ts';
import { Session } from './session.ts';
import { defaultSettings, loadSettings, saveSettings } from './settings.ts';
import { SignedRequests } from './signed_requests.ts';
import type { ChainCore } from './views.ts';

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60_000;
const ANSWER_FIRST_MS = 200;
/** Windows say every 5 s that they are seen (extension/src/window.ts). */
const SEEN_FOR_MS = 12_000;

const warn = (error: unknown) => console.warn(error);

export type Emit = <K extends keyof WalletEvents>(name: K, value: WalletEvents[K]) => void;

export class WalletService {
  readonly pages: PageApi;
  readonly requests: Requests;
  private readonly blocked: BlockedSites;
  private readonly signed: SignedRequests;
  session: Session | null = null;
  settings = defaultSettings;
  networks = defaultNetworks;
  private networkId = 'local';
  private status: NetworkState['status'] = 'opening';
  private failure: WalletFailure | null = null;
  private vault: VaultState = {
    status: 'starting',
    accounts: [],
    lockAt: null,
    lockReason: null,
    retryAt: null,
  };
  /** When each said last that somebody sees it. */
  private readonly windows = new Map<Emit, number>();
  /** Credits that came since a window was last open. */
  private unseen = 0;
  private opening = 0;
  /** Something could not be stored: opened only when that is over. */
  private needsRoom = false;
  /** What windows show meanwhile. */
  private chainsBefore: ChainState[] = [];
  private settingAside = false;
  private busyNetwork: WalletState['busyNetwork'] = null;
  /** Of engines before this one. */
  private aborts: Aborts = { validators: [], origins: [] };
  private told = false;

  private readonly belonging: Belonging;

  constructor(
    readonly outside: Outside,
    private readonly version: string,
  ) {
    this.requests = new Requests(outside, () => outside.now());
    this.blocked = new BlockedSites(outside);
    this.pages = new PageApi({
      session: () => this.session,
      requests: this.requests,
      isUnlocked: () => this.isUnlocked(),
      hasWallet: () => this.vault.status !== 'empty',
      isBlocked: (origin) => this.blocked.has(origin),
      networkName: () => this.network().name,
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
      open: () => this.open(),
    });
  }

  async start(): Promise<void> {
    await this.load();
    await this.open();
  }

  /** Once: whoever comes first reads what was stored. */
  private load(): Promise<void> {
    return (this.loading ??= this.loadStored());
  }
  private loading: Promise<void> | null = null;

  private async loadStored(): Promise<void> {
    this.settings = await loadSettings(this.outside);
    this.aborts = (await this.outside.load<Aborts>('aborts')) ?? this.aborts;
    this.networks = (await this.outside.load<StoredNetwork[]>('networks')) ?? defaultNetworks;
    this.networkId = (await this.outside.load<string>('network')) ?? this.networkId;
    await this.blocked.load();
    await this.requests.load();
    this.pages.asked.expire();
    await this.endBlamed();
  }

  isUnlocked(): boolean {
    return this.vault.status === 'unlocked';
  }
  network(): StoredNetwork {
    const found = this.networks.find(({ id }) => id === this.networkId) ?? this.networks[0];
    if (!found) throw new WalletError({ code: 'NoNetwork', message: 'There is no network.' });
    return found;
  }
  need(): Session {
    if (this.session) return this.session;
    const notYet = { code: 'NoNetwork', message: 'The network is not open yet.' } as const;
    throw new WalletError(this.failure ?? notYet);
  }

  // --- the network ------------------------------------------------------------------------------

  /** Opens the chosen network; goes on trying while its faucet cannot be reached. */
  async open(tries = 0): Promise<void> {
    this.opening += 1;
    const turn = this.opening;
    // A full disk is said until there is room.
    if (!this.needsRoom) {
      this.status = 'opening';
      this.failure = null;
      this.changed();
    }
    try {
      await this.openOnce(turn);
    } catch (error) {
      if (turn !== this.opening) return;
      const { money, ...failure } = failureOf(error);
      // Of a network that waits for room nobody can say that for all chains.
      this.failure = this.needsRoom || !money ? failure : { ...failure, money };
      const faucet = this.failure.code === 'FaucetFailed';
      this.status = faucet ? 'offline' : this.failure.code === 'NetworkReset' ? 'reset' : 'failed';
      if (this.failure.code !== 'StorageCorrupt' && this.status !== 'reset') this.retry(tries);
      this.changed();
    }
  }

  private retry(tries: number): void {
    const turn = this.opening;
    const wait = Math.min(FIRST_RETRY_MS * 2 ** tries, LONGEST_RETRY_MS);
    this.outside.later(wait, () => {
      if (turn === this.opening) void this.open(tries + 1);
    });
  }

  private async openOnce(turn: number): Promise<void> {
    const network = this.network();
    const genesis =
      network.genesisJson ?? (await this.outside.faucet(network.faucetUrl).genesisConfig());
    if (turn !== this.opening) return;
    let session: Session | null = null;
    const early: ClientNews[] = [];
    const engine = await this.outside.openEngine(genesis, {
      onNews: (news) => (session ? session.news(news) : void early.push(news)),
      onStorageFailure: (failure) => this.storageFailed(turn, failure),
      leftOut: this.aborts.validators,
      setAsideDamage: this.settingAside,
    });
    try {
      if (turn !== this.opening) return await engine.close();
      session = this.newSession(engine);
      await session.load(genesis);
      await this.signed.takeOver(session);
      if (this.needsRoom) await session.records.put('room', { at: this.outside.now() });
      for (const news of early) session.news(news);
      if (turn !== this.opening) return await engine.close();
      await this.opened(session, { ...network, genesisJson: genesis });
    } catch (error) {
      if (!this.session) await engine.close();
      throw error;
    }
    if (network.genesisJson !== null) void this.compareGenesis(turn, network);
  }

  private newSession(engine: Engine): Session {
    return new Session(engine, this.outside, {
      requests: this.requests,
      isUnlocked: () => this.isUnlocked(),
      owns: (owner) => this.vault.status === 'starting' || this.vaultAccounts().includes(owner),
      settings: () => this.settings,
      networks: () => this.networks,
      changed: () => this.changed(),
      approvalChanged: (id) => this.approvalChanged(id),
      chainChanged: (before, after) => this.chainChanged(before, after),
      activityChanged: (chainId) => this.tellWindows('activity', { chainId }),
      blockOf: (request, state, hash) => void this.signed.blockOf(request, state, hash),
    });
  }

  private async opened(session: Session, network: StoredNetwork): Promise<void> {
    this.session = session;
    this.status = 'ready';
    this.failure = null;
    this.forgetFullDisk();
    await this.remember({ ...network, genesisHash: session.genesisHash });
    this.pages.events.emit(null, 'connect', { chainId: networkId(session.genesisHash) });
    if (session.storeLost && this.settings.notifications) {
      const text = 'This browser had lost the stored chains. Your money is safe.';
      this.outside.notify('Chains are fetched again', text);
    }
    for (const { origin } of session.sites.list()) {
      if (this.blocked.has(origin)) await session.sites.revoke(origin).catch(warn);
    }
    this.pages.asked.expire();
    for (const request of this.requests.listOpen()) {
      if (request.network !== session.genesisHash) continue;
      if (request.status === 'waiting') this.pages.asked.start(session, request, false);
      else void this.signed.lookForBlock(session, request).catch(warn);
    }
    this.pages.sitesChanged();
    session.resume();
    this.changed();
  }

  // The engine's store takes nothing more. Who waits is answered first; then from storage again,
  // until there is room.
  private storageFailed(turn: number, failure: WalletFailure): void {
    if (turn !== this.opening || !this.session) return;
    this.needsRoom = true;
    this.status = 'failed';
    this.failure = { code: failure.code, message: failure.message };
    this.changed();
    this.outside.later(ANSWER_FIRST_MS, () => {
      if (turn === this.opening) void this.closeFull();
    });
  }

  private async closeFull(): Promise<void> {
    const { session } = this;
    this.chainsBefore = session?.chainStates() ?? [];
    await this.close(endings.closed);
    this.retry(0);
    this.changed();
  }

  private forgetFullDisk(): void {
    this.needsRoom = false;
    this.chainsBefore = [];
  }

  /** Opens a damaged store with what can be read of it; what cannot is kept aside. */
  async repair(): Promise<void> {
    await this.close();
    this.settingAside = true;
    await this.open();
    this.settingAside = false;
    this.need();
  }

  private async remember(network: StoredNetwork): Promise<void> {
    this.networks = this.networks.map((one) => (one.id === network.id ? network : one));
    await this.outside.save('networks', this.networks);
  }

  // A known address with another genesis is a network that was reset: said, never mixed.
  private async compareGenesis(turn: number, network: StoredNetwork): Promise<void> {
    const now = await this.outside
      .faucet(network.faucetUrl)
      .genesisConfig()
      .catch(() => null);
    if (now === null || now === network.genesisJson || turn !== this.opening) return;
    // Written otherwise, but the same.
    if (this.session?.engine.genesisHashOf(now) === this.session?.genesisHash) return;
    this.status = 'reset';
    this.failure = {
      code: 'NetworkReset',
      message:
        `${network.name} was reset: its faucet now shows another beginning. ` +
        'Your old chains stay stored, but they live on the old network.',
    };
    this.changed();
  }

  /** What waits for a person ends here, and is told so; what was signed goes on when it is open. */
  async close(ending: Ending = endings.closed): Promise<void> {
    this.opening += 1;
    const session = this.session;
    this.session = null;
    const ended = this.pages.asked.endAll(ending);
    if (session) {
      this.lastApprovals = session.approvals;
      const gone = { code: providerCodes.disconnected, message: 'The network was closed.' };
      this.pages.events.emit(null, 'disconnect', gone);
    }
    await ended;
    await session?.engine.close();
  }
  /** Those of the network that was closed last. */
  private lastApprovals: Approvals | null = null;

  /** Says why an approval does not wait any more. */
  failEnded(id: string): never {
    const end = [this.session?.approvals, this.lastApprovals]
      .map((approvals) => approvals?.endOf(id) ?? null)
      .find((one) => one !== null);
    const message =
      end === 'agreed'
        ? 'It was approved already.'
        : (end?.message ?? 'This is no longer waiting.');
    throw new WalletError({ code: 'NotFound', message });
  }

  private async closeForgotten(): Promise<void> {
    this.forgetFullDisk();
    this.unseen = 0;
    this.status = 'opening';
    await this.load();
    await this.close(endings.removed);
    await this.requests.clear();
    await this.blocked.clear();
    this.changed();
  }

  async switchTo(id: string): Promise<void> {
    if (!this.networks.some((one) => one.id === id)) {
      throw new WalletError({ code: 'NotFound', message: 'No such network.' });
    }
    const { name } = this.networks.find((one) => one.id === id)!;
    await this.whileBusy({ name, doing: 'switching' }, async () => {
      await this.close(endings.switched);
      this.forgetFullDisk();
      this.networkId = id;
      await this.outside.save('network', id);
      await this.open();
    });
    if (this.networkId !== id) {
      const message = `Another network than ${name} was chosen meanwhile.`;
      throw new WalletError({ code: 'Conflict', message, money: 'Untouched' });
    }
    if (this.session)
      this.pages.events.emit(null, 'chainChanged', networkId(this.session.genesisHash));
    // It is chosen, and tried again; but who asked hears that it is not there.
    this.need();
  }

  /** Windows show it for as long as it takes. */
  async whileBusy<T>(
    busy: NonNullable<WalletState['busyNetwork']>,
    act: () => Promise<T>,
  ): Promise<T> {
    this.busyNetwork = busy;
    this.changed();
    try {
      return await act();
    } finally {
      if (this.busyNetwork === busy) this.busyNetwork = null;
      this.changed();
    }
  }

  async saveNetworks(networks: StoredNetwork[]): Promise<void> {
    this.networks = networks;
    await this.outside.save('networks', networks);
    this.changed();
  }

  async saveSettings(change: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    await saveSettings(this.outside, this.settings);
    this.session?.resume();
    this.changed();
  }

  // --- sites that are blocked -------------------------------------------------------------------

  async blockSite(origin: string): Promise<void> {
    const stored = this.blocked.add(origin);
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

  /** Once a minute. */
  tick(): void {
    this.pages.asked.expire();
    this.pages.lookForDead();
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
    const others = accounts !== this.vaultAccounts().join();
    if (before === 'starting' || others) this.session?.accountsChanged();
    void this.belonging.of(wallet, keepFollowed);
    if (before !== vault.status) {
      if (vault.status === 'unlocked') this.session?.resume();
      if (before !== 'starting') this.pages.sitesChanged();
    } else if (others) {
      this.pages.sitesChanged();
    }
    this.changed();
  }

  private approvalChanged(id: string): void {
    const { session } = this;
    const approval = session?.approvals.find(id)?.approval;
    if (approval?.kind === 'block' && approval.status === 'ready') {
      this.pages.attention.ready(id);
    }
    if (!approval) this.pages.attention.over(id);
    if (!approval)
      for (const chain of session?.chains.keys() ?? []) session?.receiver.consider(chain);
    this.tellWindows('approval', { id });
    this.changed();
  }

  private chainChanged(before: ChainCore | undefined, after: ChainCore): void {
    const more = after.incomingAmount - (before?.incomingAmount ?? 0n);
    if (before && more > 0n && after.owner) this.cameIn(more);
    this.signed.lookAgain(after);
    this.pages.events.balanceChanged(after);
  }

  private cameIn(amount: bigint): void {
    if (!this.isLookedAt()) this.unseen += 1;
    if (!this.settings.notifications) return;
    const text = formatTokens(amount);
    if (this.isUnlocked()) this.outside.notify('Money received', `${text} has come in.`);
    else this.outside.notify('Money is waiting', `${text} incoming: unlock to receive.`);
  }

  // --- windows ----------------------------------------------------------------------------------

  /** Returns how to leave again; `done`: by itself, because nothing waited. */
  attachWindow(emit: Emit): (done: boolean) => void {
    this.seen(emit);
    this.changed();
    return (done) => {
      this.windows.delete(emit);
      this.knownWhenLeft = new Set(done ? [] : this.askedByPages());
    };
  }
  /** Pages' requests that waited when the last window went. */
  knownWhenLeft: ReadonlySet<string> = new Set();

  askedByPages(): string[] {
    const asked = this.state().approvals.filter(({ origin }) => origin !== null);
    return asked.map(({ id }) => id);
  }

  /** A window that says so every few seconds is being looked at: what came in is no news then. */
  seen(emit: Emit): void {
    this.windows.set(emit, this.outside.now());
    if (this.unseen > 0) this.changed();
    this.unseen = 0;
  }
  private isLookedAt(): boolean {
    const since = this.outside.now() - SEEN_FOR_MS;
    return [...this.windows.values()].some((time) => time > since);
  }

  tellWindows<K extends keyof WalletEvents>(name: K, value: WalletEvents[K]): void {
    for (const emit of this.windows.keys()) emit(name, value);
  }

  /** Many changes at once make one message. */
  changed(): void {
    if (this.told) return;
    this.told = true;
    this.outside.later(20, () => {
      this.told = false;
      this.outside.badge(this.badge());
      this.tellWindows('state', this.state());
    });
  }

  private badge(): Badge {
    const waiting = this.session?.approvals.summaries().length ?? 0;
    if (waiting > 0) return { text: `${waiting}`, tone: 'ask', title: 'Mica: something waits' };
    const chains = [...(this.session?.chains.values() ?? [])];
    const incoming = chains.reduce((sum, chain) => sum + chain.incomingCount, 0);
    if (!this.isUnlocked() && incoming > 0) {
      return { text: `${incoming}`, tone: 'quiet', title: 'Mica: incoming, unlock to receive' };
    }
    if (this.unseen > 0) return { text: `+${this.unseen}`, tone: 'quiet', title: 'Mica: received' };
    return { text: '', tone: 'quiet', title: 'Mica' };
  }

  private wrongClock(): number | null {
    const ahead = this.session?.engine.clockAheadMs ?? 0;
    return Math.abs(ahead) > MAX_CLOCK_AHEAD_MS ? ahead : null;
  }

  state(): WalletState {
    const { session } = this;
    const plain = ({ id, name, faucetUrl, genesisHash }: NetworkEntry): NetworkEntry => ({
      id,
      name,
      faucetUrl,
      genesisHash,
    });
    return {
      vault: this.vault,
      network: {
        ...plain(this.network()),
        status: this.status,
        failure: this.failure,
        validators: [...(session?.validators.values() ?? [])],
        clockAheadMs: this.wrongClock(),
        storeLost: session?.storeLost ?? false,
      },
      busyNetwork: this.busyNetwork,
      networks: this.networks.map(plain),
      chains: session?.chainStates() ?? this.chainsBefore,
      approvals: session?.approvals.summaries() ?? [],
      sites: session?.sites.list() ?? [],
      blockedSites: this.blocked.list(),
      settings: this.settings,
      version: this.version,
    };
  }

  vaultAccounts(): string[] {
    return this.vault.accounts.map(({ owner }) => owner);
  }
}
