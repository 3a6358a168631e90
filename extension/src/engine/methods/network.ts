import { networkId } from '../page_answers.ts';
import { object } from './params.ts';
import { method } from './method.ts';

/**
 * `{ id, name, genesisHash }` of the network; `id` is that of linera_chainId. Needs no connection.
 *
 * ```js
 * const { name, genesisHash } = await provider.request({ method: 'linera_network' });
 * ```
 */
export const network = method({
  name: 'linera_network',
  access: 'public',
  params: object({}),
  reasons: [],
  run({ session: { genesisHash }, parts }) {
    const { name } = parts.stored.networks.current();
    return { id: networkId(genesisHash), name, genesisHash };
  },
});
