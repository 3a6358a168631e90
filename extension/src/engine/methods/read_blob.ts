import { MAX_READ_BLOB_BYTES } from '@mica/bindings/limits';
import { hashFromText } from '@mica/bindings/text';
import { ask } from '../engine.ts';
import { toBase64 } from '../page_answers.ts';
import { blobType, hash, invalid, object } from './params.ts';
import { method } from './method.ts';

/**
 * `{ hash, type? }`: what was published under this hash, as base64. `type` is `'Data'` (default),
 * `'ContractBytecode'`, `'ServiceBytecode'`, `'ApplicationDescription'`, `'Committee'` or
 * `'ChainDescription'`. The wallet asks validators for what it does not have, and checks the hash.
 * A blob of more than 1,048,576 bytes is refused as `TooLong`.
 *
 * ```js
 * const { bytes } = await provider.request({
 *   method: 'linera_readBlob',
 *   params: { hash: blobId.replace('Data:', '') },
 * });
 * const text = atob(bytes);
 * ```
 */
export const readBlob = method({
  name: 'linera_readBlob',
  access: 'granted',
  params: object({ hash, type: blobType }),
  reasons: ['NotFound', 'TooLong'],
  async run({ session, origin }, { hash, type }) {
    const blob_id = { hash: hashFromText(hash), blob_type: type };
    const { value } = await ask(session.engine, { $: 'ReadBlob', value: blob_id }, origin);
    const { bytes } = value;
    if (bytes.length > MAX_READ_BLOB_BYTES) {
      const most = `pages are given at most ${MAX_READ_BLOB_BYTES}`;
      return invalid(`The blob has ${bytes.length} bytes: ${most}.`, 'TooLong');
    }
    return { type, bytes: toBase64(bytes) };
  },
});
