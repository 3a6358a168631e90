// Operations of the protocol, from the text forms that windows and pages speak in.
import { dataBlobHash } from '@mica/bindings/blobs';
import type { ModuleId, Operation } from '@mica/bindings/types';
import { toAmount } from '@mica/bindings/scalars';
import { applicationIdFromText, chainIdFromText, ownerFromText } from '@mica/bindings/text';
import type { AccountText } from '@mica/wallet-contract/addresses';

/** `source`: 0x00, the chain's own balance, or an owner's account on the chain. */
export function transferOperation(
  source: string,
  recipient: AccountText,
  amount: bigint,
): Operation {
  const to = {
    chain_id: chainIdFromText(recipient.chainId),
    owner: ownerFromText(recipient.owner),
  };
  const owner = ownerFromText(source);
  return { $: 'System', value: { $: 'Transfer', owner, recipient: to, amount: toAmount(amount) } };
}

/** The blob's content goes beside it (BlockOrder.blobs). */
export const publishDataBlob = (bytes: Uint8Array): Operation => ({
  $: 'System',
  value: { $: 'PublishDataBlob', blob_hash: dataBlobHash(bytes) },
});

export const createApplication = (asked: {
  moduleId: ModuleId;
  parameters: Uint8Array;
  argument: Uint8Array;
  requiredApplicationIds: string[];
}): Operation => ({
  $: 'System',
  value: {
    $: 'CreateApplication',
    module_id: asked.moduleId,
    parameters: asked.parameters,
    instantiation_argument: asked.argument,
    required_application_ids: asked.requiredApplicationIds.map(applicationIdFromText),
  },
});
