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
  reject(error: ProviderError): void;
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

  constructor(
    private readonly records: Records,
    private readonly now: () => number,
  ) {}

  /** Returns those that are still open. */
  async load(): Promise<StoredRequest[]> {
    const old = this.now() - KEEP_MS;
    for (const [key, request] of await this.records.list<StoredRequest>('request/')) {
      if (!isOpen(request.status) && request.createdAt < old) await this.records.remove(key);
      else this.all.set(key, request);
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
    await this.prune(origin);
    await this.save(request);
    return request;
  }

  async update(request: StoredRequest, change: Partial<StoredRequest>): Promise<void> {
    Object.assign(request, change);
    await this.save(request);
  }

  async finish(request: StoredRequest, result: unknown): Promise<void> {
    await this.update(request, { status: 'done', result, error: undefined });
    this.settle(request, (waiter) => waiter.resolve(result));
  }

  async fail(request: StoredRequest, error: ProviderError): Promise<void> {
    const { code, message, data } = error;
    await this.update(request, { status: 'failed', error: { code, message, data } });
    this.settle(request, (waiter) => waiter.reject(error));
  }

  /** Sent, but nobody knows yet: who waits is told so, the request stays open. */
  async unknown(request: StoredRequest): Promise<void> {
    await this.update(request, { status: 'unknown' });
    this.settle(request, (waiter) => waiter.reject(outcomeUnknown(request.id)));
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
