// What pages may ask (docs/provider.md): finds the method, checks that this site may ask it and its
// parameters, and runs it. A page sees the chains that the person gave its origin, nothing while
// the wallet is locked, and is told so by a code.
import { MAX_DOCUMENTS } from '@mica/bindings/limits';
import { WakeUps } from '@mica/bindings/wake';
import { providerError } from '@mica/provider';
import type { Approval } from '@mica/wallet-contract/api';
import type { PageRequest, PageSender } from '../doors/page.ts';
import { Attention } from './attention.ts';
import { endings, type Ending } from './endings.ts';
import { methods } from './methods/index.ts';
import { paramsBy } from './methods/params.ts';
import { networkId, noNetwork, pageError } from './page_answers.ts';
import { PageEvents } from './page_events.ts';
import { PageRequests } from './page_requests.ts';
import { largeLimits, pageLimits, RateLimiter } from './rate_limit.ts';
import type { Session } from './session.ts';
import { SignedRequests } from './signed_requests.ts';
import { Subscriptions } from './subscriptions.ts';
import { accountsFor, Visit, type DocumentRequest, type PageParts } from './visit.ts';

const warn = (error: unknown) => console.warn(error);

export class PageApi {
  private readonly limiter: RateLimiter;
  private readonly largeLimiter: RateLimiter;
  readonly attention: Attention;
  readonly events: PageEvents;
  readonly asked: PageRequests;
  readonly signed: SignedRequests;
  readonly subscriptions: Subscriptions;
  /** Documents that listen as soon as their site may ask again. */
  private readonly late: WakeUps<string>;

  constructor(private readonly parts: PageParts) {
    const { outside, stored, network } = parts;
    const now = () => outside.clock.now();
    this.limiter = new RateLimiter(pageLimits, now);
    this.largeLimiter = new RateLimiter(largeLimits, now);
    this.late = new WakeUps(outside.clock);
    this.attention = new Attention(outside);
    this.events = new PageEvents(parts);
    this.subscriptions = new Subscriptions(parts);
    const visit = (session: Session, origin: string) => this.visit(session, origin);
    this.asked = new PageRequests(parts, this.attention, this.events, visit);
    this.signed = new SignedRequests(stored.requests, network, this.asked, this.events);
  }

  /**
   * The result, or a ProviderError. Never anything else. `activated`: the person has just done
   * something in the page, so that a window may be raised.
   */
  async request(page: PageSender, request: PageRequest, activated: boolean): Promise<unknown> {
    try {
      takeFrom(this.limiter, page.origin);
      return await this.answer(page, request, activated);
    } catch (error) {
      throw pageError(error);
    }
  }

  private async answer(
    page: PageSender,
    request: PageRequest,
    activated: boolean,
  ): Promise<unknown> {
    const { stored, network } = this.parts;
    if (stored.blocked.has(page.origin)) throw endings.blocked();
    const { session } = network;
    session?.sites.touch(page.origin);
    const visit = this.visit(session, page.origin, { page, id: request.id });
    const method = methods.get(request.method);
    switch (method?.access) {
      case 'public':
        return whileOpen(session, method.run(visit, paramsBy(method.params, request.params)));
      case 'granted':
        visit.mustBeConnected();
        visit.mustBeUnlocked();
        return whileOpen(session, method.run(visit, paramsBy(method.params, request.params)));
      case 'person':
        if (method.large) takeFrom(this.largeLimiter, page.origin);
        return this.asked.ask(visit, page, method, request, activated);
      case undefined: {
        if (!session) throw noNetwork();
        const text = `No such method: ${request.method}`;
        throw providerError('unsupportedMethod', 'UnsupportedMethod', text);
      }
    }
  }

  // --- the network -------------------------------------------------------------------------------

  /** It is the one that is open now: what waited goes on. */
  async opened(session: Session): Promise<void> {
    this.events.emit(null, 'connect', { chainId: networkId(session.genesisHash) });
    const { blocked, requests } = this.parts.stored;
    for (const site of session.sites.list()) {
      if (blocked.ends(site)) await session.sites.revoke(site.origin).catch(warn);
    }
    this.asked.expire();
    for (const request of requests.listOpen()) {
      if (request.network !== session.genesisHash) continue;
      if (request.status === 'waiting') this.asked.start(session, request, false);
      else void this.signed.lookForBlock(session, request).catch(warn);
    }
    this.sitesChanged();
  }

  /** None is open now: nothing waits for a person any more. */
  async closed(session: Session | null, ending: Ending): Promise<void> {
    const ended = this.asked.endAll(ending);
    this.subscriptions.end();
    if (session) {
      const [reason, text] = ['NetworkClosed', 'The network was closed.'] as const;
      const { code, message } = providerError('disconnected', reason, text);
      this.events.emit(null, 'disconnect', { code, message });
    }
    await ended;
  }

  /** Its window may be raised, or is not needed any more. */
  approvalChanged(id: string, approval: Approval | undefined): void {
    if (!approval) this.attention.over(id);
    else if (approval.kind === 'block' && approval.status === 'ready') this.attention.ready(id);
  }

  private visit(
    session: Session | null,
    origin: string,
    call: DocumentRequest | null = null,
  ): Visit {
    return new Visit(this.parts, origin, session, this.subscriptions, call);
  }

  // --- connections -------------------------------------------------------------------------------

  /** What sites may see has changed: what they wait for may be over, and they are told. */
  sitesChanged(): void {
    const { session } = this.parts.network;
    if (!session) return;
    this.asked.sitesChanged(session);
    this.events.accountsChanged();
    this.subscriptions.sitesChanged();
  }

  // --- documents ---------------------------------------------------------------------------------

  /** It listens to events; who asks too much is heard later. */
  attach(page: PageSender): void {
    const { origin, documentId } = page;
    const { stored, network } = this.parts;
    if (stored.blocked.has(origin)) return;
    const retryAfterMs = this.limiter.take(origin);
    if (retryAfterMs > 0) return this.attachLater(page, retryAfterMs);
    this.late.stop(documentId);
    const { session } = network;
    this.events.documents.add(page, session ? accountsFor(this.parts, session, origin) : []);
  }

  private attachLater(page: PageSender, ms: number): void {
    if (this.late.size >= MAX_DOCUMENTS) return;
    this.late.in(page.documentId, ms, () => this.attach(page));
  }

  /** The document is gone, and with it what only it waits for. */
  detach(documentId: string): void {
    this.late.stop(documentId);
    this.events.documents.remove(documentId);
    this.subscriptions.left(documentId);
    this.asked.left(documentId, endings.left);
  }
}

// What fails because its network was closed says so, whatever it was doing.
async function whileOpen<T>(session: Session | null, answer: T | Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw session?.ending?.() ?? error;
  }
}

function takeFrom(limiter: RateLimiter, origin: string): void {
  const retryAfterMs = limiter.take(origin);
  if (retryAfterMs <= 0) return;
  throw providerError('limitExceeded', 'RateLimited', 'Too many requests.', { retryAfterMs });
}
