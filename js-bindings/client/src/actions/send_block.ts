// Prepare and confirm, for who looks at the result alone.
import type { ClientCore } from '../core.ts';
import type { ConfirmedBlock } from '../views.ts';
import { confirmBlock } from './confirm_block.ts';
import { prepareBlock, type PrepareBlockArgs } from './prepare_block.ts';

/** `prepareBlock` and at once `confirmBlock`; rejects as they do. */
export async function sendBlock(core: ClientCore, args: PrepareBlockArgs): Promise<ConfirmedBlock> {
  return confirmBlock(core, await prepareBlock(core, args));
}
