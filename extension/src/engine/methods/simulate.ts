import { chainIdFromText } from '@mica/bindings/text';
import type { Operation } from '@mica/bindings/types';
import type { SimulationJson } from '@mica/provider';
import { ask } from '../engine.ts';
import { effectsJson } from '../page_answers.ts';
import type { ChainCore } from '../views.ts';
import type { Visit } from '../visit.ts';
import { askMutation } from './application.ts';
import {
  chainId,
  invalid,
  object,
  operations,
  optionalApplicationId,
  optionalText,
} from './params.ts';
import { method } from './method.ts';
import { ordered, type AskedOperation } from './operation.ts';

interface Params {
  operations: AskedOperation[] | null;
  applicationId: string | null;
  query: string | null;
}

// Those that are given, or those that the application schedules.
async function operationsOf(
  visit: Visit,
  chain: ChainCore,
  { operations, applicationId, query }: Params,
): Promise<{ response: string | null; operations: Operation[] }> {
  if (operations !== null) {
    if (applicationId === null && query === null) {
      return { response: null, operations: operations.map((one) => ordered(one, chain)) };
    }
    return invalid('Give operations, or applicationId and query, not both.');
  }
  if (applicationId === null || query === null) {
    return invalid('Give operations, or applicationId and query.');
  }
  return askMutation(visit, chain.chainId, { applicationId, query });
}

/**
 * `{ operations, chainId? }`, or `{ applicationId, query, chainId? }` as linera_mutate takes them:
 * what a block with these operations would do on a connected chain that the wallet owns. It is
 * executed here on the chain as it is now; no window opens, nothing is signed, sent or kept, and
 * the chain stays free. Hosts outside that applications ask are asked only where the person has
 * allowed them before. An operation is `{ applicationId, bytes }`, base64 of what the application
 * takes, or `{ recipient, amount | attos, source? }` as linera_transfer takes it; 1 to 100 of them.
 * `fees` and `balances` are in attos, `response` is the service's text, or null.
 *
 * ```js
 * const { fees, balances, messages, operationResults } = await provider.request({
 *   method: 'linera_simulate',
 *   params: { operations: [{ recipient: 'e476…', amount: '1.5' }] },
 * });
 * // balances: [{ owner: '0x00', before: '9500000000000000000', after: '7999…' }]
 * // and events, opened, created, published, oracleResponses, height
 * ```
 */
export const simulate = method({
  name: 'linera_simulate',
  access: 'granted',
  params: object({
    operations,
    applicationId: optionalApplicationId,
    query: optionalText,
    chainId,
  }),
  reasons: [
    'BadAddress',
    'BadAmount',
    'BadData',
    'NothingToDo',
    'NotOwner',
    'Closed',
    'InsufficientBalance',
    'ExecutionFailed',
    'HostNotAllowed',
    'NoHttpAnswer',
    'Unsupported',
  ],
  async run(visit, params): Promise<SimulationJson> {
    const chain = visit.openChain(params.chainId);
    const { response, operations } = await operationsOf(visit, chain, params);
    const chain_id = chainIdFromText(chain.chainId);
    const plan = { chain_id, operations, blobs: [] };
    const { value } = await ask(visit.session.engine, { $: 'Estimate', ...plan }, visit.origin);
    return { chainId: chain.chainId, ...effectsJson(value), response };
  },
});
