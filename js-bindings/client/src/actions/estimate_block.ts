// What a block would do, without making one.
import { ask } from '@mica/bindings/commands';
import type { ClientCore } from '../core.ts';
import { chainIdOf } from '../texts.ts';
import { estimateOf, type Estimate } from '../views.ts';
import type { PrepareBlockArgs } from './prepare_block.ts';

export type EstimateBlockArgs = Omit<PrepareBlockArgs, 'receiveIncoming'>;

/**
 * Executes a block locally on the chain as it is here, and keeps nothing: unlike `prepareBlock` it
 * takes no draft, and the chain stays free. Rejects as `prepareBlock` does.
 *
 * @example
 * const { fees, effects } = await client.estimateBlock({ chainId, operations });
 */
export async function estimateBlock(
  core: ClientCore,
  { chainId, operations, blobs = [] }: EstimateBlockArgs,
): Promise<Estimate> {
  const { value } = await ask(core, {
    $: 'Estimate',
    chain_id: chainIdOf(chainId),
    operations,
    blobs,
  });
  return estimateOf(value);
}
