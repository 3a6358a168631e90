// The one queue of things that wait for a person. An entry is settled once: with a result, or with
// the error that whoever asked gets.
import type { Approval, ApprovalSummary } from '@mica/wallet-contract/api';
import { WalletError } from '@mica/wallet-contract/api';
import { providerError } from '@mica/provider';
import type { Emitter } from '../shared/emitter.ts';
import type { SessionEvents } from './events.ts';

export interface Pending<A extends Approval = Approval> {
  approval: A;
  settled: Promise<unknown>;
  finish(result: unknown): void;
  fail(error: Error): void;
}

export const userRejected = () =>
  providerError('userRejected', 'Rejected', 'The person said no; nothing was sent.', {
    money: 'Untouched',
  });

export const hostRefused = (origin: string) =>
  providerError(
    'userRejected',
    'HostRefused',
    `The person did not let the wallet ask ${origin}, which the block needs; nothing was sent.`,
    { money: 'Untouched' },
  );

/** So many ended ones are remembered, for other windows that show them. */
const ENDED_KEPT = 20;

export class Approvals {
  private readonly queue = new Map<string, Pending>();
  /** How those ended that are not in the queue any more: null is a yes. */
  private readonly ended = new Map<string, Error | null>();

  constructor(private readonly events: Emitter<SessionEvents>) {}

  add<A extends Approval>(approval: A): Pending<A> {
    let finish!: (result: unknown) => void;
    let fail!: (error: Error) => void;
    const settled = new Promise<unknown>((resolve, reject) => {
      finish = (result) => {
        this.take(approval.id, null);
        resolve(result);
        this.touch(approval.id);
      };
      fail = (error) => {
        this.take(approval.id, error);
        reject(error);
        this.touch(approval.id);
      };
    });
    settled.catch(() => undefined);
    const pending: Pending<A> = { approval, settled, finish, fail };
    this.queue.set(approval.id, pending as Pending);
    this.touch(approval.id);
    return pending;
  }

  private take(id: string, end: Error | null): void {
    if (!this.queue.delete(id)) return;
    this.ended.set(id, end);
    for (const oldest of this.ended.keys()) {
      if (this.ended.size <= ENDED_KEPT) break;
      this.ended.delete(oldest);
    }
  }

  /** Why it does not wait any more; null: nobody knows. */
  endOf(id: string): 'agreed' | Error | null {
    const end = this.ended.get(id);
    return end === null ? 'agreed' : (end ?? null);
  }

  /** It has changed. */
  touch(id: string): void {
    this.events.emit('approval', id);
  }

  find(id: string): Pending | undefined {
    return this.queue.get(id);
  }

  get<K extends Approval['kind']>(id: string, kind: K): Pending<Extract<Approval, { kind: K }>> {
    const pending = this.queue.get(id);
    if (pending?.approval.kind !== kind) {
      throw new WalletError({ code: 'NotFound', message: 'This is no longer waiting.' });
    }
    return pending as unknown as Pending<Extract<Approval, { kind: K }>>;
  }

  /** Oldest first. */
  all(): Pending[] {
    return [...this.queue.values()];
  }

  summaries(): ApprovalSummary[] {
    return this.all().map(({ approval: { id, kind, origin, createdAt } }) => ({
      id,
      kind,
      origin,
      createdAt,
    }));
  }
}
