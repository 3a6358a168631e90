// A chain from the faucet.
import { invalid, type ClientCore } from '../core.ts';
import type { Chain } from '../views.ts';
import { getChain } from './get_chain.ts';
import { synchronize } from './synchronize.ts';
import { trackChain } from './track_chain.ts';

export interface ClaimChainArgs {
  /** Who is to own it, "0x…". Default: the signer's owner. */
  owner?: string;
}

/**
 * Claims a chain of this network's faucet, and follows it. The same owner always gets the same one.
 * Rejects with a `FaucetError`, or a `ClientError` (NoQuorum, …).
 *
 * @example
 * const { chainId, balance } = await client.claimChain();
 */
export async function claimChain(
  core: ClientCore,
  { owner = core.signer?.owner }: ClaimChainArgs = {},
): Promise<Chain> {
  if (!core.faucet) throw invalid('this client was created without a faucet');
  if (owner === undefined) throw invalid('claimChain needs an owner or a signer');
  const chainId = await core.faucet.claim(owner);
  await trackChain(core, { chainId, owner });
  await synchronize(core, { chainId });
  return getChain(core, { chainId });
}
