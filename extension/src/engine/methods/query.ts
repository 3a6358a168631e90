import { applicationId, chainId, object, text } from './params.ts';
import { askApplication } from './application.ts';
import { method, ofReading } from './method.ts';

/**
 * `{ applicationId, query, chainId? }`: asks the service of an application about a connected chain
 * (the first, without `chainId`), or about any other with `readChains` (linera_requestAccounts).
 * The wallet runs it itself, on state that it has verified: nothing is signed or sent, and no
 * validator is told. `query` is the text that the application takes, by convention
 * `{ query, variables?, operationName? }` as JSON; `response` is the application's text.
 * A service that asks a host outside is refused (`Unsupported`).
 * `operations` says how many operations a mutation has scheduled: linera_mutate proposes them.
 *
 * ```js
 * const { response } = await provider.request({
 *   method: 'linera_query',
 *   params: { applicationId, query: JSON.stringify({ query: '{ value }' }) },
 * });
 * const { data } = JSON.parse(response);
 * ```
 */
export const query = method({
  name: 'linera_query',
  access: 'granted',
  params: object({ applicationId, query: text, chainId }),
  reasons: ['BadAddress', 'ExecutionFailed', 'Unsupported', ...ofReading],
  async run(visit, params) {
    const chainId = await visit.readable(params.chainId);
    const { response, operations } = await askApplication(visit, chainId, params);
    return { response, operations: operations.length };
  },
});
