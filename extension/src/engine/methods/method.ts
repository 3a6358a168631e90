// What a provider method is: one file for each in this folder, listed in index.ts. A page's
// parameters are checked by `params` before anything else looks at them.
import type { GenericSchema } from 'valibot';
import type { MethodName, ProviderReason, ResultOf } from '@mica/provider';
import type { BlockReceipt } from '@mica/wallet-contract/api';
import type { BlockOrder } from '../blocks.ts';
import type { PageOrder } from '../requests.ts';
import type { Visit } from '../visit.ts';

type Awaitable<T> = T | Promise<T>;

interface Named<M extends MethodName, P> {
  name: M;
  params: GenericSchema<unknown, P>;
  /** Why it may be refused, besides what its access and broken parameters are refused for. */
  reasons: readonly ProviderReason[];
}

/** Nobody needs to have agreed; what it tells is no secret of the person's. */
interface PublicMethod<M extends MethodName, P> extends Named<M, P> {
  access: 'public';
  run(visit: Visit, params: P): Awaitable<ResultOf<M>>;
}

/** Of the chains that the site was given, while the wallet is unlocked. */
interface GrantedMethod<M extends MethodName, P> extends Named<M, P> {
  access: 'granted';
  run(visit: Visit, params: P): Awaitable<ResultOf<M>>;
}

/** A person decides, in a window of the wallet; kept across restarts until then. */
export interface PersonMethod<M extends MethodName, P> extends Named<M, P> {
  access: 'person';
  /** It makes the connection: held in memory, and over when its pages are left. */
  connects?: true;
  /**
   * Its parameters are too large to be stored: they are held while it waits, and a request that
   * still waits when the wallet is started anew is over.
   */
  large?: true;
  /** The answer, where the person has given it before; null: ask. */
  known?(visit: Visit, params: P): ResultOf<M> | null;
  /** What is stored, readable by `params` again. All that needs no person is refused here. */
  order(visit: Visit, params: P): PageOrder | null;
  run(asking: Asking, params: P): Promise<ResultOf<M>>;
  /** Of a block that was certified after a restart. */
  ofReceipt?(receipt: BlockReceipt): ResultOf<M>;
}

export type Method<M extends MethodName = MethodName, P = unknown> =
  PublicMethod<M, P> | GrantedMethod<M, P> | PersonMethod<M, P>;

/** What a method may put before the person; each settles with what the person decides. */
export interface Asking {
  visit: Visit;
  /** `readsOthers`: the site asks to read chains that are not in this wallet too. */
  connect(readsOthers: boolean): Promise<null>;
  signText(asked: { owner: string; domain: string; text: string }): Promise<string>;
  block(order: BlockOrder): Promise<BlockReceipt>;
}

/** Why a chain is not followed that the site reads and was not given. */
export const ofReading = [
  'UnknownChain',
  'NoQuorum',
  'TooManyReadings',
] as const satisfies readonly ProviderReason[];

/** Takes the types of the parameters from the schema. */
export const method = <M extends MethodName, P>(its: Method<M, P>): Method<M, P> => its;
