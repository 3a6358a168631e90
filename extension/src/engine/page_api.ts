// What pages may ask (docs/provider.md). A page sees the chains that the person gave its origin,
// nothing while the wallet is locked, and is told so by a code.
import { encode } from '@mica/bindings/codec';
import { fromHex, toHex } from '@mica/bindings/text';
import { CONNECT_EXPIRES_MS, MAX_WAITING, WAITING_EXPIRES_MS } from '@mica/bindings/limits';
import { ProviderError, providerCodes, requestIdTaken } from '@mica/provider';
import type { TransferResult } from '@mica/wallet-contract/api';
import type { PageRequest, PageSender } from '../doors/page.ts';
import type { Pending } from './approvals.ts';
import { Attention } from './attention.ts';
import { Documents } from './documents.ts';
import { endings, type Ending } from './endings.ts';
import { ask, failureOf } from './engine.ts';
import type { Outside } from './outside.ts';
import {
  accountOf,
  balanceJson,
  locked,
  networkId,
  noNetwork,
  notConnected,
  providerError,
  tooManyWaiting,
  transferJson,
} from './page_answers.ts';
import {
  orderOf,
  pageParams,
  signAsked,
  signMessageOf,
  transferAsked,
  type Granted,
  type Params,
} from './page_params.ts';
import { pageLimits, RateLimiter } from './rate_limit.ts';
import {
  askedOf,
  isOpen,
  requestJson,
  type PageOrder,
  type Requests,
  type StoredRequest,
} from './requests.ts';
import type { Session } from './session.ts';
import type { ChainCore } from './views.ts';

export interface PageWorld {
  /** null: no network is open. */
  session(): Session | null;
  requests: Requests;
  isUnlocked(): boolean;
  /** False before a wallet was made, and after it was deleted. */
  hasWallet(): boolean;
  isBlocked(origin: string): boolean;
  networkName(): string;
  outside: Outside;
}

/** How long a page waits for a quorum before it is told that the outcome is unknown. */
export const TELL_UNKNOWN_AFTER_MS = 20_000;

const CONNECT = 'linera_requestAccounts';
const asked = new Set([CONNECT, 'linera_transfer', 'linera_signMessage']);

export class PageApi {
  private readonly limiter: RateLimiter;
  private readonly documents: Documents;
  readonly attention: Attention;
  /** Which documents wait for a request to connect: it ends with the last of them. */
  private readonly connecting = new Map<StoredRequest, Map<string, PageSender>>();

  constructor(private readonly world: PageWorld) {
    this.limiter = new RateLimiter(pageLimits, () => world.outside.now());
    this.attention = new Attention(world.outside);
    this.documents = new Documents(world.outside);
  }

  /**
   * The result, or a ProviderError. Never anything else. `activated`: the person has just done
   * something in the page, so that a window may be raised.
   */
  async request(page: PageSender, request: PageRequest, activated: boolean): Promise<unknown> {
    try {
      const retryAfterMs = this.limiter.take(page.origin);
      if (retryAfterMs > 0) {
        const data = { reason: 'RateLimited', retryAfterMs };
        throw new ProviderError(providerCodes.limitExceeded, 'Too many requests.', data);
      }
      return await this.answer(page, request, activated);
    } catch (error) {
      throw providerError(error);
    }
  }

  private async answer(
    page: PageSender,
    request: PageRequest,
    activated: boolean,
  ): Promise<unknown> {
    const { origin } = page;
    const { method, params } = request;
    if (this.world.isBlocked(origin)) throw endings.blocked();
    if (method === 'linera_getRequest') return this.storedRequest(origin, pageParams(params));
    const session = this.world.session();
    if (!session) throw noNetwork();
    session.sites.touch(origin);
    if (asked.has(method)) return this.askPerson(session, page, request, activated);
    return this.read(session, origin, method, params);
  }

  // --- reads ------------------------------------------------------------------------------------

  accounts(session: Session, origin: string): string[] {
    if (!this.world.isUnlocked()) return [];
    return session.sites.chainsOf(origin).flatMap((chainId) => {
      const chain = session.chains.get(chainId);
      return chain ? [accountOf(chain)] : [];
    });
  }

  private async read(
    session: Session,
    origin: string,
    method: string,
    raw: unknown,
  ): Promise<unknown> {
    switch (method) {
      case 'linera_accounts':
        return this.accounts(session, origin);
      case 'linera_chainId':
        return networkId(session.genesisHash);
      case 'linera_network': {
        const { genesisHash } = session;
        return { id: networkId(genesisHash), name: this.world.networkName(), genesisHash };
      }
      case 'linera_getBalance':
        return balanceJson(this.visibleChain(session, origin, pageParams(raw)));
      case 'linera_getActivity':
        return this.activity(session, origin, pageParams(raw));
      case 'linera_getCertificate':
        return this.certificate(session, origin, pageParams(raw));
      case 'linera_disconnect':
      case 'wallet_revokePermissions':
        await this.revoke(session, origin);
        return null;
      case 'wallet_getPermissions':
        return session.sites.chainsOf(origin).length > 0
          ? [{ invoker: origin, parentCapability: 'linera_accounts' }]
          : [];
      default: {
        const data = { reason: 'UnsupportedMethod' };
        const text = `No such method: ${method}`;
        throw new ProviderError(providerCodes.unsupportedMethod, text, data);
      }
    }
  }

  /** The chain a page means: the one it names, or the only one or first it was given. */
  private visibleChain(session: Session, origin: string, params: Params): ChainCore {
    const granted = session.sites.chainsOf(origin);
    if (granted.length === 0) throw notConnected();
    if (!this.world.isUnlocked()) throw locked();
    const chainId = params.chainId('chainId') ?? granted[0] ?? '';
    if (!granted.includes(chainId)) throw notConnected('This site was not given that chain.');
    const chain = session.chains.get(chainId);
    if (!chain) throw notConnected('That chain is no longer in the wallet.');
    return chain;
  }

  private async activity(session: Session, origin: string, params: Params): Promise<unknown> {
    const { chainId } = this.visibleChain(session, origin, params);
    const below = params.height('below');
    const entries = await session.activity(chainId, below, params.count('limit', 20), origin);
    return entries.map((entry) => ({
      ...entry,
      height: Number(entry.height),
      amount: entry.amount.toString(),
    }));
  }

  private storedRequest(origin: string, params: Params): unknown {
    const request = this.world.requests.get(origin, params.text('id'));
    if (!request) {
      const data = { reason: 'UnknownRequest' };
      throw new ProviderError(providerCodes.invalidParams, 'No such request.', data);
    }
    this.checkMayHear(request);
    return requestJson(request);
  }

  // Of a request whose site was disconnected nothing is told; how one ended only while unlocked.
  private checkMayHear({ origin, network, chainId, hidden, status }: StoredRequest): void {
    const session = this.world.session();
    const unseen =
      session?.genesisHash === network && chainId !== null
        ? !session.sites.maySee(origin, chainId)
        : (hidden ?? false);
    if (unseen) throw notConnected();
    if (!isOpen(status) && !this.world.isUnlocked()) throw locked();
  }

  private async certificate(session: Session, origin: string, params: Params): Promise<unknown> {
    if (session.sites.chainsOf(origin).length === 0) throw notConnected();
    if (!this.world.isUnlocked()) throw locked();
    const value = fromHex(params.hash('blockHash'));
    const command = { $: 'GetCertificate', value } as const;
    const found = await ask(session.engine, command, origin).catch((error: unknown) => {
      if (failureOf(error).code === 'InvalidInput') return null;
      throw error;
    });
    const chainId = found && toHex(found.value.value.header.chain_id);
    // Of other chains it is not told what is stored: that would say whose wallet this is.
    if (!chainId || !session.sites.maySee(origin, chainId)) {
      throw notConnected('No such block of your chains.');
    }
    return { certificate: toHex(encode('ConfirmedBlockCertificate', found.value)) };
  }

  // --- what a person decides --------------------------------------------------------------------

  private async askPerson(
    session: Session,
    page: PageSender,
    { id, method, params }: PageRequest,
    activated: boolean,
  ): Promise<unknown> {
    const { requests } = this.world;
    const { origin } = page;
    const fingerprint = () => (method === CONNECT ? '' : askedOf(params));
    const before = requests.get(origin, id);
    // One that failed is over: the page may ask anew under its id.
    if (before && before.status !== 'failed') {
      if (before.method !== method || before.asked !== fingerprint()) throw requestIdTaken();
      this.checkMayHear(before);
      this.connecting.get(before)?.set(page.documentId, page);
      return requests.answer(before);
    }
    const granted = session.sites.chainsOf(origin);
    if (method === CONNECT && granted.length > 0 && this.world.isUnlocked()) {
      return this.accounts(session, origin);
    }
    const order = this.orderOf(session, origin, method, params);
    this.expire();
    if (!requests.hasRoom(origin)) throw tooManyWaiting();
    const network = session.genesisHash;
    const begun = requests.begin({ origin, id, method, network, asked: fingerprint(), order });
    const request = requests.get(origin, id)!;
    if (method === CONNECT) this.connecting.set(request, new Map([[page.documentId, page]]));
    await begun;
    // Whoever closed the network meanwhile has ended it.
    if (isOpen(request.status)) {
      this.start(session, request, activated && !this.attention.isCooling(origin));
    }
    return requests.answer(request);
  }

  // What is stored and shown. Everything that can be refused without a person is; throws.
  private orderOf(
    session: Session,
    origin: string,
    method: string,
    raw: unknown,
  ): PageOrder | null {
    if (method === CONNECT) return null;
    const view = this.granted(session, origin);
    if (view.granted.length === 0 || !this.world.hasWallet()) throw notConnected();
    return method === 'linera_transfer'
      ? transferAsked(orderOf(origin, pageParams(raw), view))
      : signAsked(signMessageOf(origin, pageParams(raw), view));
  }

  private granted(session: Session, origin: string): Granted {
    const chain = (chainId: string) => session.chains.get(chainId);
    return { granted: session.sites.chainsOf(origin), chain };
  }

  /** Puts a stored request into the queue; after a restart too, then it raises no window. */
  start(session: Session, request: StoredRequest, raise: boolean): void {
    const { requests } = this.world;
    this.run(session, request, raise).then(
      (result) => {
        this.attention.agreed(request.origin);
        void this.settled(request, () => requests.finish(request, result));
      },
      (error: unknown) => {
        const failure = providerError(error);
        if (failure.code === providerCodes.userRejected) this.attention.refused(request.origin);
        // What was signed has failed only when that is known.
        const failed = !request.block || failure.data.money === 'Untouched';
        void this.settled(request, () =>
          failed ? requests.fail(request, failure) : requests.unknown(request),
        );
      },
    );
  }

  private async settled(request: StoredRequest, store: () => Promise<void>): Promise<void> {
    const wasUnknown = request.status === 'unknown';
    this.connecting.delete(request);
    await store().catch((error: unknown) => console.warn(error));
    if (wasUnknown) this.tellRequest(request);
  }

  private async run(session: Session, request: StoredRequest, raise: boolean): Promise<unknown> {
    switch (request.method) {
      case CONNECT:
        return this.connect(session, request, raise);
      case 'linera_transfer':
        return this.transfer(session, request, raise);
      default:
        return this.signMessage(session, request, raise);
    }
  }

  private async connect(
    session: Session,
    { origin, createdAt }: StoredRequest,
    raise: boolean,
  ): Promise<unknown> {
    await this.connectApproval(session, origin, createdAt, raise).settled;
    return this.accounts(session, origin);
  }

  private connectApproval(
    session: Session,
    origin: string,
    createdAt: number,
    raise: boolean,
  ): Pending {
    const open = session.approvals
      .all()
      .find(({ approval: a }) => a.kind === 'connect' && a.origin === origin);
    if (open) return open;
    const id = this.world.outside.newId();
    const suggested = session.sites.chainsOf(origin);
    const pending = session.approvals.add({ kind: 'connect', id, origin, createdAt, suggested });
    if (raise) this.attention.raise(id);
    return pending;
  }

  private async transfer(
    session: Session,
    request: StoredRequest,
    raise: boolean,
  ): Promise<unknown> {
    const { origin } = request;
    const order = orderOf(origin, pageParams(request.order), this.granted(session, origin));
    const pending = session.transfers.start(order);
    const { id } = pending.approval;
    session.byApproval.set(id, request);
    // At once when it must be unlocked first.
    if (raise && this.world.isUnlocked()) this.attention.raiseWhenReady(id);
    else if (raise) this.attention.raise(id);
    this.watchSlowCommit(request);
    try {
      return transferJson((await pending.settled) as TransferResult);
    } finally {
      session.byApproval.delete(id);
    }
  }

  // Never silence: who waits is told when the quorum takes long; the commit goes on.
  private watchSlowCommit(request: StoredRequest): void {
    const since = { at: 0 };
    const look = () => {
      if (request.status === 'waiting') since.at = 0;
      else if (request.status !== 'committing') return;
      else if (since.at === 0) since.at = this.world.outside.now();
      else if (this.world.outside.now() - since.at >= TELL_UNKNOWN_AFTER_MS) {
        void this.world.requests.unknown(request).then(() => this.tellRequest(request));
        return;
      }
      this.world.outside.later(2000, look);
    };
    this.world.outside.later(2000, look);
  }

  private async signMessage(
    session: Session,
    request: StoredRequest,
    raise: boolean,
  ): Promise<unknown> {
    const { origin, createdAt } = request;
    const view = this.granted(session, origin);
    const { owner, domain, text } = signMessageOf(origin, pageParams(request.order), view);
    const id = this.world.outside.newId();
    const pending = session.approvals.add({
      kind: 'signMessage',
      id,
      origin,
      createdAt,
      owner,
      domain,
      text,
    });
    session.byApproval.set(id, request);
    if (raise) this.attention.raise(id);
    try {
      return { owner, signature: await pending.settled };
    } finally {
      session.byApproval.delete(id);
    }
  }

  // --- how requests end by themselves ------------------------------------------------------------

  /**
   * Ends for good what waits and was not signed, of all networks; what was signed goes on, and who
   * waits for it hears that its outcome is unknown.
   */
  async endAll(
    session: Session | null,
    ending: Ending,
    open = this.world.requests.listOpen(),
  ): Promise<void> {
    await this.endThese(session, open, ending);
    const signed = open.filter(({ status }) => status === 'committing');
    await this.eachStored(signed, (request) => this.world.requests.unknown(request));
  }

  /** Too old, or more than there may be. */
  expire(): void {
    const { outside, requests } = this.world;
    const waiting = requests.waiting();
    const old = waiting.filter(({ method, createdAt }, at) => {
      const limit = method === CONNECT ? CONNECT_EXPIRES_MS : WAITING_EXPIRES_MS;
      return at >= MAX_WAITING || outside.now() - createdAt >= limit;
    });
    void this.endThese(this.world.session(), old, endings.expired);
  }

  private async endThese(
    session: Session | null,
    some: StoredRequest[],
    ending: Ending,
  ): Promise<void> {
    const waiting = some.filter(({ status }) => status === 'waiting');
    // First what is shown: it must not be approved while the end is being stored.
    for (const { approval } of session?.approvals.all() ?? []) {
      if (approval.origin === null) continue;
      const request = session?.byApproval.get(approval.id);
      const ended =
        approval.kind === 'connect'
          ? this.connectEnds(approval.origin, waiting)
          : request && waiting.includes(request);
      if (session && ended) endApproval(session, approval.id, ending());
    }
    await this.eachStored(waiting, (request) => this.world.requests.fail(request, ending()));
  }

  // One window may be for several requests.
  private connectEnds(origin: string, ended: StoredRequest[]): boolean {
    const open = this.world.requests
      .waiting()
      .filter((request) => request.method === CONNECT && request.origin === origin);
    return open.every((request) => ended.includes(request));
  }

  private async eachStored(
    some: StoredRequest[],
    act: (request: StoredRequest) => Promise<void>,
  ): Promise<void> {
    await Promise.allSettled(some.map(act));
  }

  // --- events -----------------------------------------------------------------------------------

  /** It listens to events. More than it may ask is not heard. */
  attach(page: PageSender): void {
    const { origin } = page;
    if (this.world.isBlocked(origin) || this.limiter.take(origin) > 0) return;
    const session = this.world.session();
    this.documents.add(page, session ? this.accounts(session, origin) : []);
  }

  /** The document is gone, and with it what only it waits for. */
  detach(documentId: string): void {
    this.documents.remove(documentId);
    const left: StoredRequest[] = [];
    for (const [request, documents] of this.connecting) {
      if (documents.delete(documentId) && documents.size === 0) left.push(request);
    }
    void this.endThese(this.world.session(), left, endings.left);
  }

  /** Asks all documents that cost something whether they are still there; `detach` says no. */
  lookForDead(): void {
    const waiting = [...this.connecting.values()].flatMap((documents) => [...documents.values()]);
    const all = new Map(
      [...this.documents.pages(), ...waiting].map((page) => [page.documentId, page]),
    );
    for (const page of all.values()) this.world.outside.toPage(page, '{"kind":"here?"}');
  }

  emit(origin: string | null, event: string, value: unknown): void {
    this.documents.emit(origin, event, value);
  }

  /** It sees nothing from now on, and is told so, also when that could not be stored. */
  async revoke(session: Session, origin: string): Promise<void> {
    await session.sites.revoke(origin).finally(() => this.accountsChanged());
  }

  /** What sites may see has changed: what they wait for may be over, and they are told. */
  accountsChanged(): void {
    const session = this.world.session();
    if (!session) return;
    const maySee = (origin: string, chainId: string) => session.sites.maySee(origin, chainId);
    const unseen = this.world.requests
      .waiting()
      .filter(({ network }) => network === session.genesisHash)
      .filter(({ origin, chainId }) => chainId !== null && !maySee(origin, chainId));
    void this.endThese(session, unseen, endings.disconnected);
    const warn = (error: unknown) => console.warn(error);
    void this.world.requests.hide(session.genesisHash, maySee).catch(warn);
    this.documents.tellAccounts((origin) => this.accounts(session, origin));
  }

  /** Everything that it waits for ends. */
  async endSite(origin: string, ending: Ending): Promise<void> {
    const its = this.world.requests.waiting().filter((request) => request.origin === origin);
    await this.endThese(this.world.session(), its, ending);
  }

  balanceChanged(chain: ChainCore): void {
    const session = this.world.session();
    if (!session || !this.world.isUnlocked()) return;
    for (const { origin, chainIds } of session.sites.list()) {
      if (chainIds.includes(chain.chainId)) this.emit(origin, 'balanceChanged', balanceJson(chain));
    }
  }

  tellRequest(request: StoredRequest): void {
    const data = requestJson(request);
    this.emit(request.origin, 'message', { type: 'linera_request', data });
  }
}

function endApproval(session: Session, id: string, error: ProviderError): void {
  const pending = session.approvals.find(id);
  if (pending?.approval.kind !== 'transfer') return pending?.fail(error);
  if (pending.approval.status === 'committing') return;
  void session.transfers.end(session.approvals.get(id, 'transfer'), error);
}
