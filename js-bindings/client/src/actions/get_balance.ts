// A balance in attos.
import { ownerToText, ownerOf } from '../texts.ts';
import type { ClientCore } from '../core.ts';
import { getChain } from './get_chain.ts';

export interface GetBalanceArgs {
  chainId: string;
  /** An account on the chain, "0x…". Default: the chain's own balance. */
  owner?: string;
}

/**
 * Attos (10^18 are one token) of the newest block that this client has verified; what waits in the
 * inbox is not in it.
 *
 * @example
 * formatAmount(await client.getBalance({ chainId })); // "99.5"
 */
export async function getBalance(
  core: ClientCore,
  { chainId, owner }: GetBalanceArgs,
): Promise<bigint> {
  const chain = await getChain(core, { chainId });
  if (owner === undefined) return chain.balance;
  const named = ownerToText(ownerOf(owner));
  return named === '0x00' ? chain.balance : (chain.ownerBalances[named] ?? 0n);
}
