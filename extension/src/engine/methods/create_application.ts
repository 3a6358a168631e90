import { blobHash } from '@mica/bindings/blobs';
import { MAX_APPLICATION_TEXT_BYTES } from '@mica/bindings/limits';
import { moduleIdToText } from '@mica/bindings/modules';
import { toHex } from '@mica/bindings/text';
import type { ReceiptJson } from '@mica/provider';
import { certifiedBlock } from '../certified.ts';
import { createApplication as operationOf } from '../operations.ts';
import { blockMethod } from './block_method.ts';
import { applicationIds, chainId, invalid, jsonText, moduleId, object } from './params.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

/**
 * `{ moduleId, parameters?, instantiationArgument?, requiredApplicationIds?, chainId? }`: creates
 * an application of a published module, and instantiates it, with a block of `chainId` (the first
 * connected chain). `parameters` and `instantiationArgument` are JSON as text (`"null"` without),
 * 16,384 bytes together at most; `requiredApplicationIds` are those that it calls, at most 64. The
 * receipt is that of linera_transfer and `applicationId`: 64 hex digits.
 *
 * ```js
 * const { applicationId } = await provider.request({
 *   method: 'linera_createApplication',
 *   params: { moduleId, instantiationArgument: JSON.stringify(5) },
 *   id: 'counter',
 * });
 * ```
 */
export const createApplication = blockMethod({
  name: 'linera_createApplication',
  params: object({
    moduleId,
    parameters: jsonText('parameters'),
    instantiationArgument: jsonText('instantiationArgument'),
    requiredApplicationIds: applicationIds,
    chainId,
  }),
  reasons: ['BadAddress', 'BadData', 'TooLong'],
  block(visit, { chainId, ...asked }) {
    const chain = visit.openChain(chainId);
    const parameters = utf8(asked.parameters);
    const argument = utf8(asked.instantiationArgument);
    if (parameters.length + argument.length > MAX_APPLICATION_TEXT_BYTES) {
      const most = `at most ${MAX_APPLICATION_TEXT_BYTES} bytes together`;
      return invalid(`parameters and instantiationArgument have ${most}.`, 'TooLong');
    }
    const { moduleId, requiredApplicationIds } = asked;
    return {
      origin: visit.origin,
      chainId: chain.chainId,
      signer: chain.owner,
      operations: [operationOf({ moduleId, parameters, argument, requiredApplicationIds })],
      blobs: [],
    };
  },
  stored: ({ chainId }, { moduleId, ...asked }) => ({
    ...asked,
    moduleId: moduleIdToText(moduleId),
    chainId,
  }),
  result: (receipt) => ({ ...receipt, applicationId: createdIn(receipt) }),
});

/** The block's own blob that describes it. */
function createdIn(receipt: ReceiptJson): string {
  const blobs = certifiedBlock(receipt).body.blobs.flat();
  const created = blobs.find(({ blob_type }) => blob_type === 'ApplicationDescription');
  if (!created) throw new Error('this block creates no application');
  return toHex(blobHash(created));
}
