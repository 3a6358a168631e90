import { toHex } from '@mica/bindings/text';
import type { ReceiptJson } from '@mica/provider';
import { MAX_DATA_BLOB_BYTES } from '@mica/bindings/limits';
import { certifiedOperation } from '../certified.ts';
import { publishDataBlob as operationOf } from '../operations.ts';
import { toBase64 } from '../page_answers.ts';
import { blockMethod } from './block_method.ts';
import { base64, chainId, invalid, object } from './params.ts';

/**
 * `{ bytes, chainId? }`: publishes a blob of data with a block of `chainId` (the first connected
 * chain). `bytes` is base64 with padding, of 1 to 32,768 bytes. The receipt is that of
 * linera_transfer and `blobId`: `"Data:"` and the blob's hash, by which it can be read then.
 *
 * ```js
 * const { blobId, height, blockHash, certificate } = await provider.request({
 *   method: 'linera_publishDataBlob',
 *   params: { bytes: btoa('hello') },
 *   id: 'note-7',
 * });
 * ```
 */
export const publishDataBlob = blockMethod({
  name: 'linera_publishDataBlob',
  params: object({ bytes: base64, chainId }),
  reasons: ['BadAddress', 'BadData', 'TooLong'],
  block(visit, { bytes, ...params }) {
    const chain = visit.openChain(params.chainId);
    if (bytes.length === 0) return invalid('There is nothing in it.', 'BadData');
    if (bytes.length > MAX_DATA_BLOB_BYTES) {
      return invalid(`A blob has at most ${MAX_DATA_BLOB_BYTES} bytes.`, 'TooLong');
    }
    return {
      origin: visit.origin,
      chainId: chain.chainId,
      signer: chain.owner,
      operations: [operationOf(bytes)],
      blobs: [bytes],
    };
  },
  stored: (order, { bytes }) => ({ chainId: order.chainId, bytes: toBase64(bytes) }),
  result: (receipt) => ({ ...receipt, blobId: `Data:${publishedIn(receipt)}` }),
});

/** The hash of the blob that the certified block publishes. */
const publishedIn = (receipt: ReceiptJson): string =>
  toHex(certifiedOperation(receipt, 'PublishDataBlob').blob_hash);
