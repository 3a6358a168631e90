import { providerError } from '@mica/provider';
import { requestJson } from '../requests.ts';
import { object, text } from './params.ts';
import { method } from './method.ts';

/**
 * `{ id }`: what became of a request of this origin. `status` is `waiting` (for the person),
 * `committing`, `unknown` (sent, no quorum yet; the wallet goes on trying), `done` with `result`,
 * or `failed` with `error`. It is found on whatever network the wallet is now. How requests ended
 * is kept for a day, the newest 50 of a site; it is told while the wallet is unlocked and the site
 * is connected to the chain (4100 otherwise). Requests to connect are not kept.
 *
 * ```js
 * const { status, result } = await provider.request({
 *   method: 'linera_getRequest',
 *   params: { id: 'order-1042' },
 * });
 * ```
 */
export const getRequest = method({
  name: 'linera_getRequest',
  access: 'public',
  params: object({ id: text }),
  reasons: ['UnknownRequest', 'NotConnected', 'Locked'],
  run(visit, { id }) {
    const request = visit.parts.stored.requests.get(visit.origin, id);
    if (!request) throw providerError('invalidParams', 'UnknownRequest', 'No such request.');
    visit.mustHear(request);
    return requestJson(request);
  },
});
