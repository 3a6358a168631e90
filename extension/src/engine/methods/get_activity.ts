import { MAX_PAGE_ENTRIES } from '@mica/bindings/limits';
import type { ActivityJson } from '@mica/provider';
import { activityJson } from '../page_answers.ts';
import { chainId, count, height, object } from './params.ts';
import { method } from './method.ts';

/**
 * `{ chainId?, limit?, below? }`: what the blocks of a connected chain did, newest first (20 of
 * them, at most 100; `below`: only those below that height). `amount` is in attos, negative for
 * money out; `lines` has a line for each operation and received bundle, the first speaks for the
 * block.
 *
 * ```js
 * const [newest] = await provider.request({ method: 'linera_getActivity', params: { limit: 1 } });
 * // { chainId, height, blockHash, state, time, direction, amount, lines, counterparty }
 * // state: 'proposed', 'certified' or 'delivered'; direction: 'in', 'out', 'self' or 'none'
 * // lines: { kind: 'System', operation: { type: 'Transfer', recipient, amount, … } },
 * //        { kind: 'Received', origin, action, amount, messages } or { kind: 'Application', … }
 * ```
 */
export const getActivity = method({
  name: 'linera_getActivity',
  access: 'granted',
  params: object({ chainId, below: height, limit: count(20, MAX_PAGE_ENTRIES) }),
  reasons: ['BadAddress'],
  async run(visit, params): Promise<ActivityJson[]> {
    const { chainId } = visit.chain(params.chainId);
    const { session, origin } = visit;
    const entries = await session.activity(chainId, params.below, params.limit, origin);
    return entries.map(activityJson);
  },
});
