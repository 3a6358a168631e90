// A chain's history.
import { toBlockHeight } from '@mica/bindings';
import { ask } from '@mica/bindings/commands';
import type { ClientCore } from '../core.ts';
import { chainIdOf, checked } from '../texts.ts';
import { blockOf, type BlockEntry } from '../views.ts';

export interface GetBlocksArgs {
  chainId: string;
  /** Blocks below this height only. Default: from the newest on. */
  below?: bigint;
  /** At most so many. Default: 20. */
  limit?: number;
}

/** Blocks of a followed chain, newest first, as this client has verified them. */
export async function getBlocks(
  core: ClientCore,
  { chainId, below, limit = 20 }: GetBlocksArgs,
): Promise<BlockEntry[]> {
  const chain_id = chainIdOf(chainId);
  const from = below === undefined ? null : checked(() => toBlockHeight(below));
  const command = { $: 'GetHistory', chain_id, below: from, limit } as const;
  return (await ask(core, command)).value.map(blockOf);
}
