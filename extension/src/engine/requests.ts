// What pages asked for that needs a person or a quorum: stored before anything happens, found again
// by the id that the page chose, after a reload, a stopped service worker or a restart.
import {
  ProviderError,
  providerCodes,
  type RequestJson,
  type RequestStatus,
} from '../../../js-bindings/src/provider/types.ts';
import type { Records } from './records.ts';

export interface StoredRequest extends RequestJson {
  origin: string;
  params: unknown;
  createdAt: number;
  /** The block that was signed for it. */
  block?: { chainId: string; height: string; hash: string };
}

/** Answers stay for a day, and at most so many per site. */
export const KEEP_MS = 24 * 3600 * 1000;
export const KEEP_PER_ORIGIN = 100;

const keyOf = (origin: string, id: string) => `request/${origin}/${id}`;
export const isOpen = (status: RequestStatus) => status !== 'done' && status !== 'failed';

interface Waiter {
  promise: Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

function newWaiter(): Waiter {
  let resolve!: Waiter['resolve'];
  let reject!: Waiter['reject'];
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

export class Requests {
  private readonly all = new Map<string, StoredRequest>();
  private readonly waiters = new Map<string, Waiter>();
  /** Those that ended when nothing could be stored: for the next `begin` or `load`. */
  readonly unstored = new Set<StoredRequest>();

  constructor(
    private readonly records: Records,
    private readonly now: () => number,
  ) {}

  /** Returns those that are still open. `ended`: told already, but not stored as that. */
  async load(ended: Iterable<StoredRequest> = []): Promise<StoredRequest[]> {
    const old = this.now() - KEEP_MS;
    for (const [key, request] of await this.records.list<StoredRequest>('request/')) {
      if (!isOpen(request.status) && request.createdAt < old) await this.records.remove(key);
      else this.all.set(key, request);
    }
    for (const request of ended) {
      this.all.set(keyOf(request.origin, request.id), request);
      await this.save(request);
    }
    return [...this.all.values()].filter((request) => isOpen(request.status));
  }

  get(origin: string, id: string): StoredRequest | undefined {
    return this.all.get(keyOf(origin, id));
  }

  countOpen(origin: string): number {
    let count = 0;
    for (const request of this.all.values()) {
      if (request.origin === origin && request.status === 'waiting') count += 1;
    }
    return count;
  }

  async begin(origin: string, id: string, method: string, params: unknown): Promise<StoredRequest> {
    const request: StoredRequest = {
      origin,
      id,
      method,
      params,
      status: 'waiting',
      createdAt: this.now(),
    };
    this.all.set(keyOf(origin, id), request);
    try {
      await this.saveEnded();
      await this.prune(origin);
      await this.save(request);
    } catch (error) {
      this.all.delete(keyOf(origin, id));
      // Who asked the same meanwhile hears it too.
      this.settle(request, (waiter) => waiter.reject(error));
      throw error;
    }
    return request;
  }

  async update(request: StoredRequest, change: Partial<StoredRequest>): Promise<void> {
    Object.assign(request, change);
    await this.save(request);
  }

  finish(request: StoredRequest, result: unknown): Promise<void> {
    const change = { status: 'done', result, error: undefined } as const;
    return this.end(request, change, (waiter) => waiter.resolve(result));
  }

  fail(request: StoredRequest, error: ProviderError): Promise<void> {
    const { code, message, data } = error;
    const change = { status: 'failed', error: { code, message, data } } as const;
    return this.end(request, change, (waiter) => waiter.reject(error));
  }

  /** Sent, but nobody knows yet: who waits is told so, the request stays open. */
  unknown(request: StoredRequest): Promise<void> {
    const change = { status: 'unknown' } as const;
    return this.end(request, change, (waiter) => waiter.reject(outcomeUnknown(request.id)));
  }

  // Who waits hears it even when it cannot be stored.
  private async end(
    request: StoredRequest,
    change: Partial<StoredRequest>,
    tell: (waiter: Waiter) => void,
  ): Promise<void> {
    try {
      await this.update(request, change);
    } catch (error) {
      this.unstored.add(request);
      throw error;
    } finally {
      this.settle(request, tell);
    }
  }

  /** The network closes: who waits is told, and asks again by id when it is open. */
  letGo(error: ProviderError): void {
    for (const { reject } of this.waiters.values()) reject(error);
    this.waiters.clear();
  }

  /** The answer, now or later. */
  answer(request: StoredRequest): Promise<unknown> {
    if (request.status === 'done') return Promise.resolve(request.result);
    if (request.status === 'unknown') return Promise.reject(outcomeUnknown(request.id));
    if (request.status === 'failed' && request.error) {
      const { code, message, data } = request.error;
      return Promise.reject(new ProviderError(code, message, data));
    }
    const key = keyOf(request.origin, request.id);
    const waiter = this.waiters.get(key) ?? newWaiter();
    this.waiters.set(key, waiter);
    return waiter.promise;
  }

  /** The open requests whose block lies there. */
  atBlock(chainId: string, height: bigint): StoredRequest[] {
    return [...this.all.values()].filter(
      ({ status, block }) =>
        isOpen(status) && block?.chainId === chainId && block.height === String(height),
    );
  }

  private settle(request: StoredRequest, act: (waiter: Waiter) => void): void {
    const key = keyOf(request.origin, request.id);
    const waiter = this.waiters.get(key);
    this.waiters.delete(key);
    if (waiter) act(waiter);
  }

  private save(request: StoredRequest): Promise<void> {
    return this.records.put(keyOf(request.origin, request.id), request);
  }

  // Else it would wait again after a restart, beside all that was begun since.
  private async saveEnded(): Promise<void> {
    for (const request of [...this.unstored]) {
      await this.save(request);
      this.unstored.delete(request);
    }
  }

  private async prune(origin: string): Promise<void> {
    const closed = [...this.all.entries()]
      .filter(([, request]) => request.origin === origin && !isOpen(request.status))
      .sort(([, a], [, b]) => a.createdAt - b.createdAt);
    for (const [key] of closed.slice(0, Math.max(0, closed.length - KEEP_PER_ORIGIN))) {
      this.all.delete(key);
      await this.records.remove(key);
    }
  }
}

export function outcomeUnknown(requestId: string): ProviderError {
  return new ProviderError(
    providerCodes.internal,
    'The block was sent, but no quorum has answered: outcome unknown, still trying.',
    { reason: 'OutcomeUnknown', money: 'Unknown', requestId },
  );
}

/** As the page sees it. */
export function requestJson(request: StoredRequest): RequestJson {
  const { id, method, status, result, error } = request;
  return { id, method, status, result, error };
}
