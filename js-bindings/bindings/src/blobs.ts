// What names a blob, and what names the modules that two blobs make.
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { BlobContent, CryptoHash } from '../generated/types.ts';
import { encode, toCryptoHash } from './codec/index.ts';

/** core/types/ids.h, hash_of(BlobContent): the type's name and BCS are hashed. */
export function blobHash(blob: BlobContent): CryptoHash {
  const name = new TextEncoder().encode('BlobContent::');
  return toCryptoHash(keccak_256(Uint8Array.from([...name, ...encode('BlobContent', blob)])));
}

export const dataBlobHash = (bytes: Uint8Array): CryptoHash =>
  blobHash({ blob_type: 'Data', bytes });
