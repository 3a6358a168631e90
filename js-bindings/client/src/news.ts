// What a client tells unasked.
import type { BlockState, ClientNews } from '@mica/bindings';
import { toHex } from './texts.ts';
import { chainOf, draftOf, type Chain, type Draft } from './views.ts';

export type News =
  | { type: 'chain'; chain: Chain }
  | { type: 'block'; chainId: string; height: bigint; hash: string; state: BlockState }
  /** A draft's height or effects have moved: look again before confirming it. */
  | { type: 'draft'; draft: Draft }
  | { type: 'validator'; address: string; subscribed: boolean; lastError: string }
  /** A line for who looks for a fault. */
  | { type: 'log'; text: string };

export function newsOf(news: ClientNews): News {
  switch (news.$) {
    case 'ChainChanged':
      return { type: 'chain', chain: chainOf(news.value) };
    case 'BlockChanged': {
      const { chain_id, height, hash, state } = news;
      return { type: 'block', chainId: toHex(chain_id), height, hash: toHex(hash), state };
    }
    case 'DraftChanged':
      return { type: 'draft', draft: draftOf(news.draft_id, news.effects) };
    case 'ValidatorChanged': {
      const { address, subscribed, last_error: lastError } = news.value;
      return { type: 'validator', address, subscribed, lastError };
    }
    case 'Log':
      return { type: 'log', text: news.value };
  }
}
