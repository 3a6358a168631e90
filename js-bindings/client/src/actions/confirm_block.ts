// A draft becomes a certified block.
import { ask } from '@mica/bindings/commands';
import type { ClientCore } from '../core.ts';
import { committedOf, type ConfirmedBlock } from '../views.ts';

/**
 * Has the draft signed, sends it, and resolves once a quorum has confirmed it. A `ClientError` says
 * in `money` what became of the money; code OutcomeUnknown: it is signed and on its way, go on with
 * `retryPending` and make no other block of it. DraftGone: its chain has moved.
 */
export async function confirmBlock(
  core: ClientCore,
  { id }: { id: bigint },
): Promise<ConfirmedBlock> {
  return committedOf(await ask(core, { $: 'CommitDraft', value: id }));
}
