// A draft that is not wanted.
import type { ClientCore } from '../core.ts';

/** Forgets the draft; nothing of it was signed. */
export async function discardBlock(core: ClientCore, { id }: { id: bigint }): Promise<void> {
  await core.command({ $: 'DropDraft', value: id });
}
