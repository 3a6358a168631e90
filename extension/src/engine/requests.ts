// What pages asked for that needs a person or a quorum, over all networks: stored before anything
// happens, found again by the id that the page chose, after a reload, a stopped service worker or a
// restart. Of what a page sent only the checked order is kept, and that until the request ends.
// A request to connect is never stored: it ends with the documents that made it.
import { sha256 } from '@noble/hashes/sha2.js';
import { textOf } from '@mica/bindings/error_text';
import { toHex } from '@mica/bindings/text';
import {
  ENDED_KEPT_MS,
  MAX_ENDED,
  MAX_ENDED_CHARS,
  MAX_ENDED_PER_ORIGIN,
  MAX_WAITING,
  MAX_WAITING_PER_ORIGIN,
} from '@mica/bindings/limits';
import { ProviderError, providerError, type RequestJson, type RequestStatus } from '@mica/provider';
import { WalletError } from '@mica/wallet-contract/api';
import { SerialQueue } from '../shared/serial_queue.ts';
import type { Outside } from './outside.ts';

/** A checked order in the words of the page API: a method's `params` read it again. */
export interface PageOrder extends Record<string, string | string[]> {
  chainId: string;
}

export interface StoredRequest extends RequestJson {
  origin: string;
  /** Hash of its network's genesis. */
  network: string;
  /** Names its parameters (`askedOf`). */
  asked: string;
  /** Null for a request to connect. */
  chainId: string | null;
  /** Null for a request to connect, and when it has ended. */
  order: PageOrder | null;
  createdAt: number;
  endedAt?: number;
  /** The block that was signed for it, by its hash, where that was known, and by its digest. */
  block?: { chainId: string; height: string; hash: string | null; proposed?: string };
  /** The store that knew what was sent is lost since it was signed. */
  storeLost?: boolean;
  /** The site was disconnected from its chain: it is not answered. */
  hidden?: boolean;
}

type NewRequest = Pick<StoredRequest, 'origin' | 'id' | 'method' | 'network' | 'asked' | 'order'>;

const KEY = 'requests';
const keyOf = (origin: string, id: string) => `${origin}/${id}`;
export const isOpen = (status: RequestStatus) => status !== 'done' && status !== 'failed';
const isStored = ({ method }: RequestJson) => method !== 'linera_requestAccounts';

/** Tells parameters apart without keeping them. */
export const askedOf = (params: unknown): string =>
  toHex(sha256(new TextEncoder().encode(JSON.stringify(params ?? null))));

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
  /** Those of `all` that have not ended. */
  private readonly open = new Map<string, StoredRequest>();
  /** By the request, not its id: one that failed lets its id go before everybody has heard it. */
  private readonly waiters = new Map<StoredRequest, Waiter>();
  private readonly savings = new SerialQueue();
  /** Those that were open when this one began. */
  private before: StoredRequest[] = [];

  constructor(private readonly outside: Pick<Outside, 'load' | 'save' | 'clock'>) {}

  async load(): Promise<void> {
    this.put((await this.outside.load<StoredRequest[]>(KEY)) ?? []);
    this.before = this.listOpen();
  }

  /** Takes over what an older version stored elsewhere; what is here already stays. */
  async adopt(requests: StoredRequest[]): Promise<void> {
    const unknown = requests.filter(({ origin, id }) => !this.get(origin, id));
    if (unknown.length === 0) return;
    this.put(unknown);
    await this.save();
  }

  private put(requests: StoredRequest[]): void {
    for (const request of requests) {
      const key = keyOf(request.origin, request.id);
      this.all.set(key, request);
      if (isOpen(request.status)) this.open.set(key, request);
    }
    this.trim();
  }

  get(origin: string, id: string): StoredRequest | undefined {
    return this.all.get(keyOf(origin, id));
  }

  /** Not ended, oldest first. */
  listOpen(): StoredRequest[] {
    return [...this.open.values()];
  }
  waiting(): StoredRequest[] {
    return this.listOpen().filter(({ status }) => status === 'waiting');
  }

  /** Of another start of the wallet. */
  openBefore(): StoredRequest[] {
    return this.before.filter(({ status }) => isOpen(status));
  }

  hasRoom(origin: string): boolean {
    const waiting = this.waiting();
    const mine = waiting.filter((request) => request.origin === origin);
    return waiting.length < MAX_WAITING && mine.length < MAX_WAITING_PER_ORIGIN;
  }

  /** Stored when this resolves; joined under its id at once. */
  async begin(asked: NewRequest): Promise<StoredRequest> {
    const chainId = asked.order?.chainId ?? null;
    const request: StoredRequest = {
      ...asked,
      chainId,
      status: 'waiting',
      createdAt: this.outside.clock.now(),
    };
    const key = keyOf(asked.origin, asked.id);
    const before = this.all.get(key);
    this.all.set(key, request);
    this.open.set(key, request);
    try {
      if (isStored(request)) await this.save();
    } catch (refused) {
      this.open.delete(key);
      if (before) this.all.set(key, before);
      else this.all.delete(key);
      const error = new WalletError({ ...(refused as WalletError).failure, money: 'Untouched' });
      // Who asked the same meanwhile hears it too.
      this.settle(request, (waiter) => waiter.reject(error));
      throw error;
    }
    return request;
  }

  /** Before its block is signed. */
  async committing(
    request: StoredRequest,
    block: NonNullable<StoredRequest['block']>,
  ): Promise<void> {
    if (request.status !== 'waiting') {
      throw new WalletError({ code: 'NotFound', message: 'This is no longer waiting.' });
    }
    Object.assign(request, { status: 'committing', block });
    await this.save();
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

  private async end(
    request: StoredRequest,
    change: Partial<StoredRequest>,
    tell: (waiter: Waiter) => void,
  ): Promise<void> {
    // Once: what has ended stays as it was told.
    if (!isOpen(request.status)) return;
    const key = keyOf(request.origin, request.id);
    Object.assign(request, change, { order: null, endedAt: this.outside.clock.now() });
    this.open.delete(key);
    if (!isStored(request)) this.all.delete(key);
    await this.saveAndTell(request, tell);
  }

  /** Signed, but nobody knows yet: who waits is told so, the request stays open. */
  async unknown(request: StoredRequest): Promise<void> {
    if (!isOpen(request.status)) return;
    request.status = 'unknown';
    await this.saveAndTell(request, (waiter) => waiter.reject(outcomeUnknown(request.id)));
  }

  // Who waits hears it even when it cannot be stored.
  private async saveAndTell(request: StoredRequest, tell: (waiter: Waiter) => void): Promise<void> {
    try {
      if (isStored(request)) await this.save();
    } finally {
      this.settle(request, tell);
    }
  }

  /** The answer, now or later. */
  answer(request: StoredRequest): Promise<unknown> {
    if (request.status === 'done') return Promise.resolve(request.result);
    if (request.status === 'unknown') return Promise.reject(outcomeUnknown(request.id));
    if (request.status === 'failed' && request.error) {
      const { code, message, data } = request.error;
      return Promise.reject(new ProviderError(code, message, data));
    }
    const waiter = this.waiters.get(request) ?? newWaiter();
    this.waiters.set(request, waiter);
    return waiter.promise;
  }

  /** The signed requests of a network whose blocks lie there. */
  atBlock(network: string, chainId: string, height: bigint): StoredRequest[] {
    return this.listOpen().filter(
      ({ network: its, block }) =>
        its === network && block?.chainId === chainId && block.height === String(height),
    );
  }

  /** Of one network: hides those that the site may not see any more, shows those it may again. */
  async hide(network: string, maySee: (origin: string, chainId: string) => boolean): Promise<void> {
    let changed = false;
    for (const request of this.all.values()) {
      const { origin, chainId } = request;
      if (request.network !== network || chainId === null) continue;
      const hidden = !maySee(origin, chainId);
      changed ||= hidden !== (request.hidden ?? false);
      request.hidden = hidden;
    }
    if (changed) await this.save();
  }

  /** The wallet is gone: what was asked, paid or signed is nobody's business any more. */
  async clear(): Promise<void> {
    this.all.clear();
    this.open.clear();
    this.before = [];
    await this.save();
  }

  private settle(request: StoredRequest, act: (waiter: Waiter) => void): void {
    const waiter = this.waiters.get(request);
    this.waiters.delete(request);
    if (waiter) act(waiter);
  }

  // Everything at once: what could not be stored before is stored with the next, and many changes
  // make one writing.
  private save(): Promise<void> {
    this.queued ??= this.savings.run(async () => {
      this.queued = null;
      this.trim();
      try {
        await this.outside.save(KEY, [...this.all.values()].filter(isStored));
      } catch (error) {
        const why = textOf(error);
        throw new WalletError({ code: 'StorageFailed', message: `It was not stored: ${why}` });
      }
    });
    return this.queued;
  }
  /** The next writing, which has not begun. */
  private queued: Promise<void> | null = null;

  // Of those that have ended the newest stay; those with a result, which must not be paid again,
  // longer than those without.
  private trim(): void {
    const oldest = this.outside.clock.now() - ENDED_KEPT_MS;
    const ended = [...this.all]
      .filter(([, { status }]) => !isOpen(status))
      .sort(
        ([, a], [, b]) =>
          Number(b.status === 'done') - Number(a.status === 'done') || b.createdAt - a.createdAt,
      );
    const ofOrigin = new Map<string, number>();
    let kept = 0;
    let chars = 0;
    for (const [key, request] of ended) {
      const mine = (ofOrigin.get(request.origin) ?? 0) + 1;
      const size = JSON.stringify(request).length;
      const fits =
        mine <= MAX_ENDED_PER_ORIGIN && kept < MAX_ENDED && chars + size <= MAX_ENDED_CHARS;
      if (fits && (request.endedAt ?? request.createdAt) >= oldest) {
        ofOrigin.set(request.origin, mine);
        kept += 1;
        chars += size;
      } else this.all.delete(key);
    }
  }
}

function outcomeUnknown(requestId: string): ProviderError {
  return providerError(
    'internal',
    'OutcomeUnknown',
    'The block was signed, but no quorum has answered: outcome unknown, still trying.',
    { money: 'Unknown', requestId },
  );
}

/** As the page sees it. */
export function requestJson(request: StoredRequest): RequestJson {
  const { id, method, status, result, error } = request;
  return { id, method, status, result, error };
}
