// How the one network that is open gets opened, tried again and closed.
import type { ClientNews } from '@mica/bindings/client_host';
import { backoff, WakeUp } from '@mica/bindings/wake';
import { ProviderError } from '@mica/provider';
import type { ChainView, NetworkState, WalletFailure } from '@mica/wallet-contract/api';
import type { Approvals } from './approvals.ts';
import type { Base } from './base.ts';
import { endings, endReason, type Ending } from './endings.ts';
import { fail, failureOf, type Engine } from './engine.ts';
import { takeOverOld } from './old_requests.ts';
import type { OpenNetwork } from './open_network.ts';
import type { StoredNetwork } from './outside.ts';
import type { Session } from './session.ts';

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60_000;
const ANSWER_FIRST_MS = 200;

export const retryAfterMs = backoff(FIRST_RETRY_MS, LONGEST_RETRY_MS);

/** Who works with the network that is open, and hears of it before anything else happens. */
interface NetworkUser {
  opened(session: Session): Promise<void>;
  closed(session: Session | null, ending: Ending): Promise<void>;
}

interface OpeningParts extends Base {
  /** What it sets. */
  network: OpenNetwork;
  pages: NetworkUser;
  newSession(engine: Engine): Session;
}

export class Opening {
  /** Counts openings and closings: what an earlier one comes to is not heard. */
  private turn = 0;
  /** Something could not be stored: opened only when that is over. */
  private needsRoom = false;
  /** What windows show meanwhile. */
  private before: ChainView[] = [];
  private settingAside = false;
  /** Those of the network that was closed last. */
  private lastApprovals: Approvals | null = null;

  /** What is tried again, or closed, unless something else is opened or closed before. */
  private readonly again: WakeUp;
  private readonly closing: WakeUp;
  private tries = 0;

  constructor(private readonly parts: OpeningParts) {
    const { clock } = parts.outside;
    this.again = new WakeUp(clock, () => void this.open(this.tries + 1));
    this.closing = new WakeUp(clock, () => void this.closeFull());
  }

  /** A new turn: what an earlier one had still to do is not done. */
  private takeTurn(): number {
    this.again.stop();
    this.closing.stop();
    this.turn += 1;
    return this.turn;
  }

  private get session(): Session | null {
    return this.parts.network.session;
  }

  chainStates(): ChainView[] {
    return this.session?.chainStates() ?? this.before;
  }

  /** Opens the chosen network; goes on trying while its faucet cannot be reached. */
  async open(tries = 0): Promise<void> {
    const turn = this.takeTurn();
    // A full disk is said until there is room.
    if (!this.needsRoom) this.say('opening', null);
    try {
      await this.openOnce(turn);
    } catch (error) {
      if (turn === this.turn) this.failed(error, tries);
    }
  }

  private say(status: NetworkState['status'], failure: WalletFailure | null): void {
    Object.assign(this.parts.network, { status, failure });
    this.parts.events.emit('changed');
  }

  private failed(error: unknown, tries: number): void {
    const { money, ...failure } = failureOf(error);
    // Of a network that waits for room nobody can say that for all chains.
    const why = this.needsRoom || !money ? failure : { ...failure, money };
    const { code } = why;
    if (code !== 'StorageCorrupt' && code !== 'NetworkReset') this.retry(tries);
    this.say(
      code === 'FaucetFailed' ? 'offline' : code === 'NetworkReset' ? 'reset' : 'failed',
      why,
    );
  }

  private retry(tries: number): void {
    this.tries = tries;
    this.again.in(retryAfterMs(tries));
  }

  private async openOnce(turn: number): Promise<void> {
    const { outside, stored, newSession } = this.parts;
    const network = stored.networks.current();
    const genesis =
      network.genesisJson ?? (await outside.faucet(network.faucetUrl).genesisConfig());
    if (turn !== this.turn) return;
    let session: Session | null = null;
    const early: ClientNews[] = [];
    const engine = await outside.openEngine(genesis, {
      onNews: (news) => (session ? session.news(news) : void early.push(news)),
      askHost: async (question) => {
        if (!session) throw new Error('the network is not open yet');
        return session.hosts.ask(question);
      },
      onStorageFailure: (failure) => this.storageFailed(turn, failure),
      leftOut: stored.aborts.validators,
      setAsideDamage: this.settingAside,
    });
    try {
      if (turn !== this.turn) return await engine.close();
      session = newSession(engine);
      await session.load(genesis);
      await takeOverOld(stored.requests, session);
      if (this.needsRoom) await session.records.put('room', { at: outside.clock.now() });
      for (const news of early) session.news(news);
      if (turn !== this.turn) return await engine.close();
      await this.opened(session, { ...network, genesisJson: genesis });
    } catch (error) {
      // Its own, whatever was opened meanwhile: an engine left open keeps the store.
      if (session && this.session === session) this.parts.network.session = null;
      await engine.close();
      throw error;
    }
    if (network.genesisJson !== null) void this.compareGenesis(turn, network);
  }

  private async opened(session: Session, network: StoredNetwork): Promise<void> {
    const { stored, pages, events } = this.parts;
    this.parts.network.session = session;
    this.forgetFullDisk();
    this.say('ready', null);
    const known = { ...network, genesisHash: session.genesisHash };
    // It is open all the same, and noted the next time.
    await stored.networks.replace(known).catch((error: unknown) => console.warn(error));
    await pages.opened(session);
    events.emit('opened');
    events.emit('changed');
  }

  // The engine's store takes nothing more. Who waits is answered first; then from storage again,
  // until there is room.
  private storageFailed(turn: number, { code, message }: WalletFailure): void {
    if (turn !== this.turn || !this.session) return;
    this.needsRoom = true;
    this.say('failed', { code, message });
    if (!this.closing.isSet) this.closing.in(ANSWER_FIRST_MS);
  }

  private async closeFull(): Promise<void> {
    this.before = this.chainStates();
    const closed = this.close(endings.closed);
    const { turn } = this;
    await closed;
    if (turn === this.turn) this.retry(0);
    this.parts.events.emit('changed');
  }

  private forgetFullDisk(): void {
    this.needsRoom = false;
    this.before = [];
  }

  /** Opens a damaged store with what can be read of it; what cannot is kept aside. */
  async repair(): Promise<void> {
    await this.close();
    this.settingAside = true;
    await this.open();
    this.settingAside = false;
    this.parts.network.need();
  }

  // A known address with another genesis is a network that was reset: said, never mixed.
  private async compareGenesis(turn: number, network: StoredNetwork): Promise<void> {
    const now = await this.parts.outside
      .faucet(network.faucetUrl)
      .genesisConfig()
      .catch(() => null);
    if (now === null || now === network.genesisJson || turn !== this.turn) return;
    // Written otherwise, but the same.
    const { session } = this;
    if (session?.engine.genesisHashOf(now) === session?.genesisHash) return;
    const message =
      `${network.name} was reset: its faucet now shows another beginning. ` +
      'Your old chains stay stored, but they live on the old network.';
    this.say('reset', { code: 'NetworkReset', message });
  }

  /** What waits for a person ends here, and is told so; what was signed goes on when it is open. */
  async close(ending: Ending = endings.closed): Promise<void> {
    this.takeTurn();
    const { network, pages } = this.parts;
    const { session } = network;
    network.session = null;
    if (session) this.lastApprovals = session.approvals;
    await pages.closed(session, ending);
    await session?.close(ending);
  }

  /** The wallet is gone: nothing of before is shown until another is opened. */
  async closeForgotten(): Promise<void> {
    this.forgetFullDisk();
    this.parts.network.status = 'opening';
    await this.close(endings.removed);
  }

  async switchTo(id: string): Promise<void> {
    const { networks } = this.parts.stored;
    const network = networks.find(id);
    if (!network) return fail('NotFound', 'No such network.');
    const { name } = network;
    await networks.whileBusy({ name, doing: 'switching' }, async () => {
      await this.close(endings.switched);
      this.forgetFullDisk();
      await networks.choose(id);
      await this.open();
    });
    if (!networks.isChosen(id)) {
      const { name: other } = networks.current();
      fail('Conflict', `Another network than ${name} was chosen meanwhile.`, {
        ...{ reason: 'NetworkChanged', params: { of: 'NetworkChanged', network: other } },
        money: 'Untouched',
      });
    }
  }

  /** Says why an approval does not wait any more. */
  failEnded(id: string): never {
    const end = [this.session?.approvals, this.lastApprovals]
      .map((approvals) => approvals?.endOf(id) ?? null)
      .find((one) => one !== null);
    if (end === 'agreed') fail('NotFound', 'It was approved already.', { reason: 'Approved' });
    const reason = end instanceof ProviderError ? endReason(end) : null;
    fail('NotFound', end?.message ?? 'This is no longer waiting.', { ...(reason && { reason }) });
  }
}
