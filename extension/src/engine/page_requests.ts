// What pages ask a person: stored, put into the queue of approvals, and ended, by the person or by
// what happens to network, site and wallet meanwhile.
import {
  CONNECT_EXPIRES_MS,
  MAX_WAITING,
  MAX_WAITING_LARGE,
  MAX_WAITING_LARGE_PER_ORIGIN,
  TELL_UNKNOWN_AFTER_MS,
  WAITING_EXPIRES_MS,
} from '@mica/bindings/limits';
import { WakeUps } from '@mica/bindings/wake';
import { providerCodes, requestIdTaken, type MethodName, type ProviderError } from '@mica/provider';
import type { Approval, BlockReceipt } from '@mica/wallet-contract/api';
import type { PageRequest, PageSender } from '../doors/page.ts';
import type { Pending } from './approvals.ts';
import type { Attention } from './attention.ts';
import type { BlockOrder } from './blocks.ts';
import { endings, type Ending } from './endings.ts';
import { methods } from './methods/index.ts';
import type { Asking, PersonMethod } from './methods/method.ts';
import { paramsBy } from './methods/params.ts';
import { pageError, tooManyWaiting } from './page_answers.ts';
import type { PageEvents } from './page_events.ts';
import { askedOf, isOpen, type Requests, type StoredRequest } from './requests.ts';
import type { Session } from './session.ts';
import type { PageParts, Visit } from './visit.ts';

type AnyPersonMethod = PersonMethod<MethodName, unknown>;

/** A request that waits in a window, or whose block is on its way. */
interface Running {
  session: Session;
  approvalId: string | null;
}

/** Checked parameters that are not stored. */
interface HeldParams {
  params: unknown;
}

const isLarge = ({ method }: StoredRequest) => {
  const its = methods.get(method);
  return its?.access === 'person' && its.large === true;
};
const connects = ({ method }: StoredRequest) => {
  const its = methods.get(method);
  return its?.access === 'person' && its.connects === true;
};

export class PageRequests {
  private readonly running = new Map<StoredRequest, Running>();
  /** Whose blocks are on their way: told when that takes long. */
  private readonly slow: WakeUps<StoredRequest>;
  /** Which documents wait for a request to connect: it ends with the last of them. */
  private readonly connecting = new Map<StoredRequest, Map<string, PageSender>>();

  constructor(
    private readonly parts: PageParts,
    private readonly attention: Attention,
    private readonly events: PageEvents,
    private readonly visit: (session: Session, origin: string) => Visit,
  ) {
    this.slow = new WakeUps(parts.outside.clock);
  }
  private get requests(): Requests {
    return this.parts.stored.requests;
  }

  /** The answer, once it has been given. `activated`: a window may be raised. */
  async ask(
    visit: Visit,
    page: PageSender,
    method: AnyPersonMethod,
    { id, params }: PageRequest,
    activated: boolean,
  ): Promise<unknown> {
    const { requests } = this;
    const { origin, session } = visit;
    // However it is written, it asks for the same.
    const asked = askedOf(method.connects ? paramsBy(method.params, params) : params);
    const before = requests.get(origin, id);
    // One that failed is over: the page may ask anew under its id.
    if (before && before.status !== 'failed') {
      if (before.method !== method.name || before.asked !== asked) throw requestIdTaken();
      visit.mustHear(before);
      this.connecting.get(before)?.set(page.documentId, page);
      return requests.answer(before);
    }
    if (!method.connects) visit.mustBeConnected();
    const checked = paramsBy(method.params, params);
    const known = method.known?.(visit, checked) ?? null;
    if (known !== null) return known;
    const order = method.order(visit, checked);
    this.expire();
    if (!requests.hasRoom(origin)) throw tooManyWaiting();
    if (method.large && !this.hasRoomForLarge(origin)) throw tooManyWaiting();
    const network = session.genesisHash;
    const begun = requests.begin({ origin, id, method: method.name, network, asked, order });
    const request = requests.get(origin, id)!;
    if (method.connects) this.connecting.set(request, new Map([[page.documentId, page]]));
    await begun;
    // Whoever closed the network meanwhile has ended it.
    if (isOpen(request.status)) {
      const raise = activated && !this.attention.isCooling(origin);
      const isHeld = method.large ?? method.connects ?? false;
      this.start(session, request, raise, isHeld ? { params: checked } : null);
    }
    return requests.answer(request);
  }

  private hasRoomForLarge(origin: string): boolean {
    const waiting = this.requests.waiting().filter(isLarge);
    const mine = waiting.filter((request) => request.origin === origin);
    return waiting.length < MAX_WAITING_LARGE && mine.length < MAX_WAITING_LARGE_PER_ORIGIN;
  }

  /**
   * Puts a stored request into the queue, once; after a restart too, then it raises no window.
   * `held`: what of it is not stored.
   */
  start(
    session: Session,
    request: StoredRequest,
    raise: boolean,
    held: HeldParams | null = null,
  ): void {
    if (this.running.has(request)) return;
    this.running.set(request, { session, approvalId: null });
    const { requests } = this;
    this.run(session, request, raise, held).then(
      (result) => {
        this.attention.agreed(request.origin);
        void this.settled(request, () => requests.finish(request, result));
      },
      (error: unknown) => {
        const failure = pageError(error);
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
    this.slow.stop(request);
    this.running.delete(request);
    this.connecting.delete(request);
    await store().catch((error: unknown) => console.warn(error));
    if (wasUnknown) this.events.requestEnded(request);
  }

  /** Whoever runs it answers it himself. */
  isRunning(request: StoredRequest, session: Session): boolean {
    return this.running.get(request)?.session === session;
  }

  private async run(
    session: Session,
    request: StoredRequest,
    raise: boolean,
    held: HeldParams | null,
  ): Promise<unknown> {
    const method = methods.get(request.method);
    if (method?.access !== 'person') throw new Error(`${request.method} asks nobody`);
    const visit = this.visit(session, request.origin);
    if (method.large && !held) throw endings.notKept();
    const params = held ? held.params : paramsBy(method.params, request.order);
    return method.run(this.asking(visit, request, raise), params);
  }

  // --- what is shown -----------------------------------------------------------------------------

  private asking(visit: Visit, request: StoredRequest, raise: boolean): Asking {
    const { session } = visit;
    return {
      visit,
      connect: (readsOthers) => this.connect(session, request, readsOthers, raise).settled,
      signText: async (text) => {
        const { origin, createdAt } = request;
        const id = this.parts.outside.newId();
        const approval = { kind: 'text', id, origin, createdAt, ...text } as const;
        const pending = session.approvals.add<'text'>(approval);
        this.show(request, pending.approval, raise);
        return pending.settled;
      },
      block: (order) => this.block(session, request, order, raise),
    };
  }

  private show(request: StoredRequest, approval: Approval, raise: boolean): void {
    this.note(request, approval.id);
    if (!raise) return;
    // A block is shown with its effects; at once when the wallet must be unlocked first.
    if (approval.kind === 'block' && this.parts.vault.isUnlocked) {
      this.attention.raiseWhenReady(approval.id);
    } else this.attention.raise(approval.id);
  }

  private note(request: StoredRequest, approvalId: string): void {
    const running = this.running.get(request);
    if (running) running.approvalId = approvalId;
  }

  // One window for all that one site asks at a time.
  private connect(
    session: Session,
    request: StoredRequest,
    readsOthers: boolean,
    raise: boolean,
  ): Pending<'connect'> {
    const { origin, createdAt } = request;
    const open = session.approvals.askedBy(origin, 'connect');
    if (open) {
      this.note(request, open.approval.id);
      if (readsOthers) open.approval.readsOthers = true;
      session.approvals.touch(open.approval.id);
      return open;
    }
    const id = this.parts.outside.newId();
    const suggested = session.sites.chainsOf(origin);
    const pending = session.approvals.add<'connect'>({
      kind: 'connect',
      id,
      origin,
      createdAt,
      suggested,
      readsOthers: readsOthers || session.sites.readsOthers(origin),
    });
    this.show(request, pending.approval, raise);
    return pending;
  }

  private async block(
    session: Session,
    request: StoredRequest,
    order: BlockOrder,
    raise: boolean,
  ): Promise<BlockReceipt> {
    // The request gets to know its block before the block is signed.
    const pending = session.blocks.start(order, async ({ height, ...block }) => {
      await this.requests.committing(request, { ...block, height: height.toString() });
      this.tellIfSlow(request);
    });
    this.show(request, pending.approval, raise);
    return pending.settled;
  }

  // Never silence: who waits is told when the quorum takes long; the commit goes on.
  private tellIfSlow(request: StoredRequest): void {
    this.slow.in(request, TELL_UNKNOWN_AFTER_MS, () => {
      if (request.status !== 'committing') return;
      const tell = () => this.events.requestEnded(request);
      void this.requests.unknown(request).then(tell, console.warn);
    });
  }

  // --- how requests end by themselves ------------------------------------------------------------

  /**
   * Ends for good what waits and was not signed, of all networks; what was signed goes on, and who
   * waits for it hears that its outcome is unknown.
   */
  async endAll(ending: Ending, open = this.requests.listOpen()): Promise<void> {
    await this.end(open, ending);
    const signed = open.filter(({ status }) => status === 'committing');
    await Promise.allSettled(signed.map((request) => this.requests.unknown(request)));
  }

  /** Everything that a site waits for ends. */
  async endSite(origin: string, ending: Ending): Promise<void> {
    const waiting = this.requests.waiting();
    await this.end(
      waiting.filter((request) => request.origin === origin),
      ending,
    );
  }

  /** The document is gone, and with it what only it waits for. */
  left(documentId: string, ending: Ending): void {
    const over: StoredRequest[] = [];
    for (const [request, documents] of this.connecting) {
      if (documents.delete(documentId) && documents.size === 0) over.push(request);
    }
    void this.end(over, ending);
  }

  /** Too old, or more than there may be. */
  expire(): void {
    const { requests } = this;
    const now = this.parts.outside.clock.now();
    const old = requests.waiting().filter((request, at) => {
      const limit = connects(request) ? CONNECT_EXPIRES_MS : WAITING_EXPIRES_MS;
      return at >= MAX_WAITING || now - request.createdAt >= limit;
    });
    void this.end(old, endings.expired);
  }

  /** Sites may see other chains than before: what waits for one that it may not see is over. */
  sitesChanged(session: Session): void {
    const maySee = (origin: string, chainId: string) => session.sites.maySee(origin, chainId);
    const unseen = this.requests
      .waiting()
      .filter(({ network }) => network === session.genesisHash)
      .filter(({ origin, chainId }) => chainId !== null && !maySee(origin, chainId));
    void this.end(unseen, endings.disconnected);
    const warn = (error: unknown) => console.warn(error);
    void this.requests.hide(session.genesisHash, maySee).catch(warn);
  }

  private async end(some: StoredRequest[], ending: Ending): Promise<void> {
    const waiting = some.filter(({ status }) => status === 'waiting');
    // First what is shown: it must not be approved while the end is being stored.
    for (const request of waiting) {
      const its = this.running.get(request);
      if (its?.approvalId && !this.isWanted(its.approvalId, waiting)) {
        endApproval(its.session, its.approvalId, ending());
      }
    }
    const { requests } = this;
    await Promise.allSettled(waiting.map((request) => requests.fail(request, ending())));
  }

  // One window may be for several requests.
  private isWanted(approvalId: string, without: StoredRequest[]): boolean {
    return [...this.running].some(
      ([request, its]) =>
        its.approvalId === approvalId && request.status === 'waiting' && !without.includes(request),
    );
  }
}

function endApproval(session: Session, id: string, error: ProviderError): void {
  const pending = session.approvals.find(id);
  if (pending?.approval.kind === 'block') void session.blocks.end(id, error);
  else pending?.fail(error);
}
