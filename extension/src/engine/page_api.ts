// What pages may ask (docs/provider.md): finds the method, checks that this site may ask it and its
// parameters, and runs it. A page sees the chains that the person gave its origin, nothing while
// the wallet is locked, and is told so by a code.
import { MAX_DOCUMENTS } from '@mica/bindings/limits';
import { WakeUps } from '@mica/bindings/wake';
import { providerError } from '@mica/provider';
import type { PageRequest, PageSender } from '../doors/page.ts';
import { Attention } from './attention.ts';
import { endings } from './endings.ts';
import { methods } from './methods/index.ts';
import { paramsBy } from './methods/params.ts';
import { noNetwork, pageError } from './page_answers.ts';
import { PageEvents } from './page_events.ts';
import { PageRequests } from './page_requests.ts';
import { largeLimits, pageLimits, RateLimiter } from './rate_limit.ts';
import type { Session } from './session.ts';
import { Subscriptions } from './subscriptions.ts';
import { Visit, type Call, type PageWorld } from './visit.ts';

export class PageApi {
  private readonly limiter: RateLimiter;
  private readonly largeLimiter: RateLimiter;
  readonly attention: Attention;
  readonly events: PageEvents;
  readonly asked: PageRequests;
  readonly subscriptions: Subscriptions;
  /** Documents that listen as soon as their site may ask again. */
  private readonly late: WakeUps<string>;

  constructor(private readonly world: PageWorld) {
    const now = () => world.outside.clock.now();
    this.limiter = new RateLimiter(pageLimits, now);
    this.largeLimiter = new RateLimiter(largeLimits, now);
    this.late = new WakeUps(world.outside.clock);
    this.attention = new Attention(world.outside);
    this.events = new PageEvents(world);
    this.subscriptions = new Subscriptions(world);
    const visit = (session: Session, origin: string) => this.visit(session, origin);
    this.asked = new PageRequests(world, this.attention, this.events, visit);
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
    if (this.world.isBlocked(page.origin)) throw endings.blocked();
    const session = this.world.session();
    session?.sites.touch(page.origin);
    const visit = this.visit(session, page.origin, { page, id: request.id });
    const method = methods.get(request.method);
    switch (method?.access) {
      case 'public':
        return method.run(visit, paramsBy(method.params, request.params));
      case 'granted':
        visit.mustBeConnected();
        visit.mustBeUnlocked();
        return method.run(visit, paramsBy(method.params, request.params));
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

  private visit(session: Session | null, origin: string, call: Call | null = null): Visit {
    const { subscriptions } = this;
    const revoke = (its: Session) => this.revoke(its, origin);
    return new Visit(this.world, origin, session, { subscriptions, revoke }, call);
  }

  // --- connections -------------------------------------------------------------------------------

  /** It sees nothing from now on, and is told so, also when that could not be stored. */
  async revoke(session: Session, origin: string): Promise<void> {
    await session.sites.revoke(origin).finally(() => this.sitesChanged());
  }

  /** What sites may see has changed: what they wait for may be over, and they are told. */
  sitesChanged(): void {
    const session = this.world.session();
    if (!session) return;
    this.asked.sitesChanged(session);
    this.events.accountsChanged();
    this.subscriptions.sitesChanged();
  }

  // --- documents ---------------------------------------------------------------------------------

  /** It listens to events; who asks too much is heard later. */
  attach(page: PageSender): void {
    const { origin, documentId } = page;
    if (this.world.isBlocked(origin)) return;
    const retryAfterMs = this.limiter.take(origin);
    if (retryAfterMs > 0) return this.attachLater(page, retryAfterMs);
    this.late.stop(documentId);
    const session = this.world.session();
    this.events.documents.add(page, session ? this.visit(session, origin).accounts() : []);
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

function takeFrom(limiter: RateLimiter, origin: string): void {
  const retryAfterMs = limiter.take(origin);
  if (retryAfterMs <= 0) return;
  throw providerError('limitExceeded', 'RateLimited', 'Too many requests.', { retryAfterMs });
}
