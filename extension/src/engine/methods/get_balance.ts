import { balanceJson } from '../page_answers.ts';
import { chainId, object } from './params.ts';
import { method } from './method.ts';

/**
 * `{ chainId? }`; without it, the first connected chain.
 *
 * ```js
 * const { balance, attos, owners, incoming } = await provider.request({
 *   method: 'linera_getBalance',
 *   params: { chainId },
 * });
 * // balance: "9.5" tokens of the chain itself; attos: "9500000000000000000" (1 token = 10^18)
 * // owners: { "0x…": attos }; incoming: attos that are on their way in
 * ```
 */
export const getBalance = method({
  name: 'linera_getBalance',
  access: 'granted',
  params: object({ chainId }),
  reasons: ['BadAddress'],
  run: (visit, params) => balanceJson(visit.chain(params.chainId)),
});
