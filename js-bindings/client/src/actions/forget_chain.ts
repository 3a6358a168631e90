// The end of following a chain.
import type { ClientCore } from '../core.ts';
import { chainIdOf } from '../texts.ts';

export interface ForgetChainArgs {
  chainId: string;
}

/** Follows the chain no more. Its money stays where it is. */
export async function forgetChain(core: ClientCore, { chainId }: ForgetChainArgs): Promise<void> {
  await core.command({ $: 'ForgetChain', value: chainIdOf(chainId) });
}
