import { networkId } from '../page_answers.ts';
import { object } from './params.ts';
import { method } from './method.ts';

/**
 * Names the network (not a microchain), as CAIP-2: `"linera:" + the first 32 digits of the genesis
 * configuration's hash`. Needs no connection.
 *
 * ```js
 * const network = await provider.request({ method: 'linera_chainId' }); // "linera:6a1b…"
 * ```
 */
export const chainId = method({
  name: 'linera_chainId',
  access: 'public',
  params: object({}),
  reasons: [],
  run: ({ session }) => networkId(session.genesisHash),
});
