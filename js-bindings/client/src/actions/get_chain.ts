// One followed chain.
import { ClientError } from '@mica/bindings';
import type { ClientCore } from '../core.ts';
import { chainIdOf, toHex } from '../texts.ts';
import type { Chain } from '../views.ts';
import { getChains } from './get_chains.ts';

export interface GetChainArgs {
  chainId: string;
}

/**
 * What this client knows of a chain, without asking anybody: see `synchronize`. Rejects with a
 * `ClientError` of code UnknownChain for a chain that it does not follow.
 */
export async function getChain(core: ClientCore, { chainId }: GetChainArgs): Promise<Chain> {
  const wanted = toHex(chainIdOf(chainId));
  const found = (await getChains(core)).find((chain) => chain.chainId === wanted);
  if (!found) throw new ClientError('UnknownChain', `${wanted} is not followed: trackChain first`);
  return found;
}
