// Any block: executed here first.
import type { Operation } from '@mica/bindings';
import { ask } from '@mica/bindings/commands';
import type { ClientCore } from '../core.ts';
import { chainIdOf } from '../texts.ts';
import { draftOf, type Draft } from '../views.ts';

export interface PrepareBlockArgs {
  chainId: string;
  operations: Operation[];
  /** Contents of the data blobs that the operations publish. */
  blobs?: Uint8Array[];
  /** Accept what waits in the inbox in the same block. Default: true. */
  receiveIncoming?: boolean;
}

/**
 * Executes a block locally and shows its effects; nothing is signed or sent. A chain has one draft
 * at a time: end it by `confirmBlock` or `discardBlock`. Rejects with a `ClientError`
 * (InsufficientBalance, ExecutionFailed, Busy, …).
 *
 * @example
 * const draft = await client.prepareBlock({ chainId, operations });
 * if (draft.fees <= most) await client.confirmBlock(draft);
 * else await client.discardBlock(draft);
 */
export async function prepareBlock(
  core: ClientCore,
  { chainId, operations, blobs = [], receiveIncoming = true }: PrepareBlockArgs,
): Promise<Draft> {
  const { draft_id, effects } = await ask(core, {
    $: 'PrepareBlock',
    chain_id: chainIdOf(chainId),
    operations,
    blobs,
    receive_incoming: receiveIncoming,
  });
  return draftOf(draft_id, effects);
}
