// What names a data blob.
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { CryptoHash } from '../generated/types.ts';
import { encode } from './codec/index.ts';

/** core/types/ids.h, hash_of(BlobContent): the type's name and BCS are hashed. */
export function dataBlobHash(bytes: Uint8Array): CryptoHash {
  const name = new TextEncoder().encode('BlobContent::');
  const content = encode('BlobContent', { blob_type: 'Data', bytes });
  return keccak_256(Uint8Array.from([...name, ...content]));
}
