import { receiptJson } from '../page_answers.ts';
import { askMutation, outcomeOf } from './application.ts';
import { blockReasons } from './block_method.ts';
import { applicationId, chainId, object, text } from './params.ts';
import { method } from './method.ts';

/**
 * `{ applicationId, query, chainId? }`: asks the application as linera_query does, and proposes the
 * operations that it schedules, in one block of the chain. The person sees what they do before
 * anything is signed. The receipt is that of linera_transfer, with `operationResults` (hex, one of
 * each operation of the block), its `events`, and the service's `response`, which is that of before
 * the block, or null where the wallet was restarted in between.
 *
 * ```js
 * const { height, blockHash, certificate, operationResults } = await provider.request({
 *   method: 'linera_mutate',
 *   params: {
 *     applicationId,
 *     query: JSON.stringify({ query: 'mutation { increment(value: 3) }' }),
 *   },
 *   id: 'move-12',
 * });
 * ```
 */
export const mutate = method({
  name: 'linera_mutate',
  access: 'person',
  params: object({ applicationId, query: text, chainId }),
  reasons: ['BadAddress', ...blockReasons],
  order: (visit, params) => ({ ...params, chainId: visit.openChain(params.chainId).chainId }),
  async run({ visit, block }, params) {
    const chain = visit.openChain(params.chainId);
    const { response, operations } = await askMutation(visit, chain.chainId, params);
    const { origin } = visit;
    const { chainId, owner: signer } = chain;
    const receipt = await block({ origin, chainId, signer, operations, blobs: [] });
    return { ...receiptJson(receipt), ...outcomeOf(receipt), response };
  },
  ofReceipt: (receipt) => ({ ...receiptJson(receipt), ...outcomeOf(receipt), response: null }),
});
