// What pages may ask (docs/provider.md). A page sees the chains that the person gave its origin,
// nothing while the wallet is locked, and is told so by a code.
import { encode } from '../../../js-bindings/src/codec/codec.ts';
import { fromHex, toHex } from '../../../js-bindings/src/codec/text.ts';
import {
  ProviderError,
  providerCodes,
  requestIdTaken,
  type BalanceJson,
  type TransferJson,
} from '../../../js-bindings/src/provider/types.ts';
import type { TransferResult } from '../../../js-bindings/src/wallet/api.ts';
import { formatTokens } from '../../../js-bindings/src/wallet/amounts.ts';
import type { PageRequest, PageSender } from '../doors/page.ts';
import { ask, failureOf } from './engine.ts';
import type { Outside } from './outside.ts';
import { orderOf, pageParams, signMessageOf, type Params } from './page_params.ts';
import { MAX_WAITING_PER_ORIGIN, pageLimits, RateLimiter } from './rate_limit.ts';
import { requestJson, type StoredRequest } from './requests.ts';
import type { Session } from './session.ts';
import type { ChainCore } from './views.ts';

export interface PageWorld {
  /** null: no network is open. */
  session(): Session | null;
  isUnlocked(): boolean;
  networkName(): string;
  outside: Outside;
}

/** How long a page waits for a quorum before it is told that the outcome is unknown. */
export const TELL_UNKNOWN_AFTER_MS = 20_000;
/** How long effects may take before the window opens without them. */
const OPEN_ANYWAY_AFTER_MS = 700;

const asked = new Set(['linera_requestAccounts', 'linera_transfer', 'linera_signMessage']);

export const locked = () =>
  new ProviderError(providerCodes.unauthorized, 'The wallet is locked.', { reason: 'Locked' });
const noNetwork = () =>
  new ProviderError(providerCodes.disconnected, 'No network is open.', { reason: 'NoNetwork' });
const notConnected = (what = 'This site is not connected: call linera_requestAccounts first.') =>
  new ProviderError(providerCodes.unauthorized, what, { reason: 'NotConnected' });

export function providerError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const failure = failureOf(error);
  const { code: reason, message, money } = failure;
  const code = reason === 'InvalidInput' ? providerCodes.invalidParams : providerCodes.internal;
  return new ProviderError(code, message, money ? { reason, money } : { reason });
}

export const accountOf = (chain: ChainCore) =>
  chain.owner ? `${chain.owner}@${chain.chainId}` : chain.chainId;

/** CAIP-2: linera: and the first 32 digits of the genesis configuration's hash. */
export const networkId = (genesisHash: string) => `linera:${genesisHash.slice(0, 32)}`;

export function balanceJson(chain: ChainCore): BalanceJson {
  return {
    chainId: chain.chainId,
    balance: formatTokens(chain.chainBalance),
    attos: chain.chainBalance.toString(),
    owners: Object.fromEntries(
      chain.ownerBalances.map(({ owner, balance }) => [owner, balance.toString()]),
    ),
    incoming: chain.incomingAmount.toString(),
  };
}

export const transferJson = (result: TransferResult): TransferJson => ({
  ...result,
  height: Number(result.height),
});

export class PageApi {
  private readonly limiter: RateLimiter;

  constructor(private readonly world: PageWorld) {
    this.limiter = new RateLimiter(pageLimits, () => world.outside.now());
  }

  /** The result, or a ProviderError. Never anything else. */
  async request(page: PageSender, request: PageRequest): Promise<unknown> {
    try {
      const retryAfterMs = this.limiter.take(page.origin);
      if (retryAfterMs > 0) {
        const data = { reason: 'RateLimited', retryAfterMs };
        throw new ProviderError(providerCodes.limitExceeded, 'Too many requests.', data);
      }
      return await this.answer(page.origin, request);
    } catch (error) {
      throw providerError(error);
    }
  }

  private async answer(origin: string, { id, method, params }: PageRequest): Promise<unknown> {
    const session = this.world.session();
    if (!session) throw noNetwork();
    session.sites.touch(origin);
    if (asked.has(method)) return this.askPerson(session, origin, id, method, params);
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
      case 'linera_getRequest':
        return this.storedRequest(session, origin, pageParams(raw));
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

  private storedRequest(session: Session, origin: string, params: Params): unknown {
    const request = session.requests.get(origin, params.text('id'));
    if (!request) {
      const data = { reason: 'UnknownRequest' };
      throw new ProviderError(providerCodes.invalidParams, 'No such request.', data);
    }
    return requestJson(request);
  }

  private async certificate(session: Session, origin: string, params: Params): Promise<unknown> {
    if (session.sites.chainsOf(origin).length === 0) throw notConnected();
    if (!this.world.isUnlocked()) throw locked();
    const value = fromHex(params.hash('blockHash'));
    const command = { $: 'GetCertificate', value } as const;
    const found = await ask(session.engine, 'Certificate', command, origin).catch(
      (error: unknown) => {
        if (failureOf(error).code === 'InvalidInput') return null;
        throw error;
      },
    );
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
    origin: string,
    id: string,
    method: string,
    params: unknown,
  ): Promise<unknown> {
    const before = session.requests.get(origin, id);
    if (before) {
      if (before.method !== method || JSON.stringify(before.params) !== JSON.stringify(params)) {
        throw requestIdTaken();
      }
      if (before.status === 'waiting') this.world.outside.openApprovalWindow();
      return session.requests.answer(before);
    }
    const granted = session.sites.chainsOf(origin);
    if (method === 'linera_requestAccounts' && granted.length > 0 && this.world.isUnlocked()) {
      return this.accounts(session, origin);
    }
    this.check(session, origin, method, params);
    if (session.requests.countOpen(origin) >= MAX_WAITING_PER_ORIGIN) {
      const data = { reason: 'TooManyWaiting' };
      const text = 'This site has requests waiting for the person already.';
      throw new ProviderError(providerCodes.limitExceeded, text, data);
    }
    const request = await session.requests.begin(origin, id, method, params);
    // Closed while it was stored: whoever opens the network next takes it up.
    if (this.world.session() !== session) throw noNetwork();
    this.start(session, request);
    this.openWindow(session, request);
    return session.requests.answer(request);
  }

  // Everything that can be refused without a person; throws.
  private check(session: Session, origin: string, method: string, raw: unknown): void {
    if (method === 'linera_requestAccounts') return;
    const granted = session.sites.chainsOf(origin);
    if (granted.length === 0) throw notConnected();
    const view = { granted, chain: (chainId: string) => session.chains.get(chainId) };
    if (method === 'linera_transfer') orderOf(origin, pageParams(raw), view);
    else signMessageOf(origin, pageParams(raw), view);
  }

  /** Puts a stored request into the queue; also after a restart. */
  start(session: Session, request: StoredRequest): void {
    this.run(session, request).then(
      (result) => this.settled(request, () => session.requests.finish(request, result)),
      (error: unknown) => {
        const failure = providerError(error);
        void this.settled(request, () =>
          failure.data.money === 'Unknown' && request.block
            ? session.requests.unknown(request)
            : session.requests.fail(request, failure),
        );
      },
    );
  }

  private async settled(request: StoredRequest, store: () => Promise<void>): Promise<void> {
    const wasUnknown = request.status === 'unknown';
    await store().catch((error: unknown) => console.warn(error));
    if (wasUnknown) this.tellRequest(request);
  }

  private async run(session: Session, request: StoredRequest): Promise<unknown> {
    switch (request.method) {
      case 'linera_requestAccounts':
        return this.connect(session, request);
      case 'linera_transfer':
        return this.transfer(session, request);
      default:
        return this.signMessage(session, request);
    }
  }

  private async connect(session: Session, { origin, createdAt }: StoredRequest): Promise<unknown> {
    const open = session.approvals
      .all()
      .find(({ approval: a }) => a.kind === 'connect' && a.origin === origin);
    const pending =
      open ??
      session.approvals.add({
        kind: 'connect',
        id: this.world.outside.newId(),
        origin,
        createdAt,
        suggested: session.sites.chainsOf(origin),
      });
    await pending.settled;
    return this.accounts(session, origin);
  }

  private async transfer(session: Session, request: StoredRequest): Promise<unknown> {
    const { origin } = request;
    const order = orderOf(origin, pageParams(request.params), {
      granted: session.sites.chainsOf(origin),
      chain: (chainId) => session.chains.get(chainId),
    });
    const pending = session.transfers.start(order);
    const { id } = pending.approval;
    session.byApproval.set(id, request);
    this.watchSlowCommit(session, request);
    try {
      return transferJson((await pending.settled) as TransferResult);
    } finally {
      session.byApproval.delete(id);
    }
  }

  // Never silence: who waits is told when the quorum takes long; the commit goes on.
  private watchSlowCommit(session: Session, request: StoredRequest): void {
    const since = { at: 0 };
    const look = () => {
      if (request.status === 'waiting') since.at = 0;
      else if (request.status !== 'committing') return;
      else if (since.at === 0) since.at = this.world.outside.now();
      else if (this.world.outside.now() - since.at >= TELL_UNKNOWN_AFTER_MS) {
        void session.requests.unknown(request).then(() => this.tellRequest(request));
        return;
      }
      this.world.outside.later(2000, look);
    };
    this.world.outside.later(2000, look);
  }

  private async signMessage(session: Session, request: StoredRequest): Promise<unknown> {
    const { origin, createdAt } = request;
    const order = signMessageOf(origin, pageParams(request.params), {
      granted: session.sites.chainsOf(origin),
      chain: (chainId) => session.chains.get(chainId),
    });
    const pending = session.approvals.add({
      kind: 'signMessage',
      id: this.world.outside.newId(),
      origin,
      createdAt,
      ...order,
    });
    return { owner: order.owner, signature: await pending.settled };
  }

  // At once when it must be unlocked or needs no preparing; else when the effects are there.
  private openWindow(session: Session, request: StoredRequest): void {
    const { outside } = this.world;
    if (request.method !== 'linera_transfer' || !this.world.isUnlocked()) {
      return outside.openApprovalWindow();
    }
    outside.later(OPEN_ANYWAY_AFTER_MS, () => {
      if (session.requests.get(request.origin, request.id)?.status === 'waiting') {
        outside.openApprovalWindow();
      }
    });
  }

  // --- events -----------------------------------------------------------------------------------

  private readonly documents = new Map<string, PageSender>();

  attach(page: PageSender): void {
    this.documents.set(page.documentId, page);
  }
  detach(documentId: string): void {
    this.documents.delete(documentId);
  }

  emit(origin: string | null, event: string, value: unknown): void {
    const text = JSON.stringify({ kind: 'event', event, value });
    for (const page of this.documents.values()) {
      if (origin === null || page.origin === origin) this.world.outside.toPage(page, text);
    }
  }

  /** It sees nothing from now on, and is told so, also when that could not be stored. */
  async revoke(session: Session, origin: string): Promise<void> {
    await session.sites.revoke(origin).finally(() => this.accountsChanged(origin));
  }

  accountsChanged(origin?: string): void {
    const session = this.world.session();
    if (!session) return;
    const origins = new Set([...this.documents.values()].map((page) => page.origin));
    for (const one of origins) {
      if (origin === undefined || origin === one) {
        this.emit(one, 'accountsChanged', this.accounts(session, one));
      }
    }
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

export function toError(error: unknown): { code: number; message: string; data: unknown } {
  const { code, message, data } = providerError(error);
  return { code, message, data };
}
