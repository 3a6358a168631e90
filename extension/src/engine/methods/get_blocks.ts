import { MAX_PAGE_BLOCKS } from '@mica/bindings/limits';
import type { BlockJson } from '@mica/provider';
import { blockJson, fitting } from '../page_answers.ts';
import { chainId, count, height, object } from './params.ts';
import { method, ofReading } from './method.ts';

/**
 * `{ chainId?, limit?, below? }`: whole blocks of a connected chain (any other with `readChains`),
 * newest first (10 of them, at most 50; fewer, but one at least, where they are larger than
 * 1,048,576 characters together: go on with `below`). Names are in camelCase; an alternative is
 * named by `type`, with its fields beside it or its content as `value`; hashes, ids and bytes are
 * hex, owners `0x…`, amounts text in attos, heights numbers, timestamps microseconds since 1970. Of
 * a chain that the site was not given the certified blocks alone are told, each as `certified`.
 *
 * ```js
 * const blocks = await provider.request({
 *   method: 'linera_getBlocks',
 *   params: { chainId, limit: 5 },
 * });
 * for (const { blockHash, state, header, body } of blocks) {
 *   console.log(header.height, blockHash, state, body.transactions.length);
 * }
 * ```
 */
export const getBlocks = method({
  name: 'linera_getBlocks',
  access: 'granted',
  params: object({ chainId, below: height, limit: count(10, MAX_PAGE_BLOCKS) }),
  reasons: ['BadAddress', ...ofReading],
  async run(visit, params): Promise<BlockJson[]> {
    const chainId = await visit.readable(params.chainId);
    const { session, origin, granted } = visit;
    const { below, limit } = params;
    if (granted.includes(chainId)) {
      return fitting(await session.history(chainId, below, limit, origin), blockJson);
    }
    // One at most is signed and not certified; how far a block got tells whose it is.
    const entries = await session.history(chainId, below, limit + 1, origin);
    const certified = entries.filter(({ state }) => state !== 'Proposed').slice(0, limit);
    return fitting(certified, (entry) => blockJson({ ...entry, state: 'Certified' }));
  },
});
