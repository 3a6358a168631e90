// Following a chain.
import type { ClientCore } from '../core.ts';
import { chainIdOf, ownerOf } from '../texts.ts';

export interface TrackChainArgs {
  chainId: string;
  /** Propose blocks as this owner; null: follow only. Default: the signer's owner, or null. */
  owner?: string | null;
}

/**
 * Follows a chain: it is synchronized, and validators tell of its news from now on and after the
 * next `createClient` on the same store too. Fast rounds are never used.
 *
 * @example
 * await client.trackChain({ chainId, owner: null });
 */
export async function trackChain(
  core: ClientCore,
  { chainId, owner = core.signer?.owner ?? null }: TrackChainArgs,
): Promise<void> {
  const tracked = { owner: owner === null ? null : ownerOf(owner), allow_fast_blocks: false };
  await core.command({ $: 'TrackChain', chain_id: chainIdOf(chainId), ...tracked });
}
