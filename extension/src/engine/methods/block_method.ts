// Methods that end in a block: the site names what it wants, the person sees what it does.
import {
  blockFailures,
  type MethodName,
  type ProviderReason,
  type ReceiptJson,
  type ResultOf,
} from '@mica/provider';
import type { BlockReceipt } from '@mica/wallet-contract/api';
import type { BlockOrder } from '../blocks.ts';
import { receiptJson } from '../page_answers.ts';
import type { PageOrder } from '../requests.ts';
import type { Visit } from '../visit.ts';
import type { PersonMethod } from './method.ts';

interface BlockMethod<M extends MethodName, P> extends Pick<
  PersonMethod<M, P>,
  'name' | 'params' | 'reasons'
> {
  /** The block; throws what needs no person to be refused. */
  block(visit: Visit, params: P): BlockOrder;
  /** The same parameters with all that was left open filled in. */
  stored(order: BlockOrder, params: P): PageOrder;
  /** Of the certified block alone: what was asked may be stored no more. */
  result(receipt: ReceiptJson): ResultOf<M>;
}

/** What making and sending any block may be refused for. */
export const blockReasons: readonly ProviderReason[] = [
  'Rejected',
  'HostRefused',
  'Closed',
  ...blockFailures,
];

export const blockMethod = <M extends MethodName, P>({
  block,
  stored,
  result,
  ...its
}: BlockMethod<M, P>): PersonMethod<M, P> => ({
  ...its,
  access: 'person',
  reasons: [...its.reasons, ...blockReasons],
  order: (visit, params) => stored(block(visit, params), params),
  run: async ({ visit, block: ask }, params) =>
    result(receiptJson(await ask(block(visit, params)))),
  ofReceipt: (receipt: BlockReceipt) => result(receiptJson(receipt)),
});
