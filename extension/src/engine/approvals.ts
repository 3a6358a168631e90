// The one queue of things that wait for a person. An entry is settled once: with a result, or with
// the error that whoever asked gets.
import type { Approval, ApprovalSummary, BlockReceipt } from '@mica/wallet-contract/api';
import { WalletError } from '@mica/wallet-contract/api';
import { providerError } from '@mica/provider';
import type { Emitter } from '../shared/emitter.ts';
import type { SessionEvents } from './events.ts';

type Kind = Approval['kind'];
export type ApprovalOf<K extends Kind> = Extract<Approval, { kind: K }>;

/** What a yes gives whoever asked. */
interface ResultOf {
  connect: null;
  /** The signature as hex, with 0x. */
  text: string;
  block: BlockReceipt;
}

/** One that waits, of any kind. */
interface Waiting {
  approval: Approval;
  fail(error: Error): void;
}

export interface Pending<K extends Kind> extends Waiting {
  approval: ApprovalOf<K>;
  settled: Promise<ResultOf[K]>;
  finish(result: ResultOf[K]): void;
}

// add() alone makes them, and gives each the result of its kind.
const isOf =
  <K extends Kind>(kind: K) =>
  (waiting: Waiting): waiting is Pending<K> =>
    waiting.approval.kind === kind;

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
  private readonly queue = new Map<string, Waiting>();
  /** How those ended that are not in the queue any more: null is a yes. */
  private readonly ended = new Map<string, Error | null>();

  constructor(private readonly events: Emitter<SessionEvents>) {}

  add<K extends Kind>(approval: ApprovalOf<K>): Pending<K> {
    const { id } = approval;
    let finish!: (result: ResultOf[K]) => void;
    let fail!: (error: Error) => void;
    const settled = new Promise<ResultOf[K]>((resolve, reject) => {
      finish = (result) => {
        this.take(id, null);
        resolve(result);
        this.touch(id);
      };
      fail = (error) => {
        this.take(id, error);
        reject(error);
        this.touch(id);
      };
    });
    settled.catch(() => undefined);
    const pending: Pending<K> = { approval, settled, finish, fail };
    this.queue.set(id, pending);
    this.touch(id);
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

  find(id: string): Waiting | undefined {
    return this.queue.get(id);
  }

  get<K extends Kind>(id: string, kind: K): Pending<K> {
    const pending = this.queue.get(id);
    if (pending && isOf(kind)(pending)) return pending;
    throw new WalletError({ code: 'NotFound', message: 'This is no longer waiting.' });
  }

  /** Oldest first. */
  all(): Waiting[] {
    return [...this.queue.values()];
  }

  /** The oldest of this kind that this site asks for. */
  askedBy<K extends Kind>(origin: string, kind: K): Pending<K> | undefined {
    return this.all()
      .filter(isOf(kind))
      .find(({ approval }) => approval.origin === origin);
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
