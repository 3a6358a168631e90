// Following many chains at once.
import { ClientError, toHex } from '@mica/bindings';
import { ask } from '@mica/bindings/commands';
import type { ClientCore } from '../core.ts';
import { chainIdOf, ownerOf } from '../texts.ts';

export interface TrackChainsArgs {
  chainIds: string[];
  /** Propose blocks as this owner; null: follow only. Default: the signer's owner, or null. */
  owner?: string | null;
}

/** A chain that is not followed, and why. */
export interface UntrackedChain {
  chainId: string;
  error: ClientError;
}

/**
 * Follows many chains as `trackChain` does one, in far less time than one after the other. Gives
 * those that it cannot follow; the others are followed.
 *
 * @example
 * const untracked = await client.trackChains({ chainIds });
 */
export async function trackChains(
  core: ClientCore,
  { chainIds, owner = core.signer?.owner ?? null }: TrackChainsArgs,
): Promise<UntrackedChain[]> {
  const tracked = { owner: owner === null ? null : ownerOf(owner), allow_fast_blocks: false };
  const value = chainIds.map((chainId) => ({ chain_id: chainIdOf(chainId), ...tracked }));
  const { value: failed } = await ask(core, { $: 'TrackChains', value });
  return failed.map(({ chain_id, failure: { code, message, money, detail } }) => ({
    chainId: toHex(chain_id),
    error: new ClientError(code, message, money, detail),
  }));
}
