// A followed chain as its validators have it.
import type { ClientCore } from '../core.ts';
import { chainIdOf } from '../texts.ts';

export interface SynchronizeArgs {
  chainId: string;
}

/** Downloads and verifies what a quorum has and this client has not. Rejects with NoQuorum, …. */
export async function synchronize(core: ClientCore, { chainId }: SynchronizeArgs): Promise<void> {
  await core.command({ $: 'Synchronize', value: chainIdOf(chainId) });
}
