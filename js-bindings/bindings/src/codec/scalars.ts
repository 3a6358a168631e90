// The one place where bytes and numbers become values that must not be taken for others of their
// form. Text becomes them in text.ts, what the core wrote in codec.ts.
import type { Amount, BlockHeight, ChainId, CryptoHash, Timestamp } from '../../generated/types.ts';
import { CodecError } from './error.ts';

const HASH_BYTES = 32;
const MAX_U64 = 2n ** 64n - 1n;
const MAX_U128 = 2n ** 128n - 1n;

function hashBytes(bytes: Uint8Array, where: string): Uint8Array {
  if (bytes.length !== HASH_BYTES) throw new CodecError('BadValue', where);
  return bytes;
}
function unsigned(value: bigint, most: bigint, where: string): bigint {
  if (value < 0n || value > most) throw new CodecError('BadValue', where);
  return value;
}

export const toChainId = (bytes: Uint8Array) => hashBytes(bytes, 'chain id') as ChainId;
export const toCryptoHash = (bytes: Uint8Array) => hashBytes(bytes, 'hash') as CryptoHash;
export const toAmount = (attos: bigint) => unsigned(attos, MAX_U128, 'amount') as Amount;
export const toBlockHeight = (height: bigint) => unsigned(height, MAX_U64, 'height') as BlockHeight;
export const toTimestamp = (micros: bigint) => unsigned(micros, MAX_U64, 'time') as Timestamp;

/** Of Date.now(), which may have a fraction. */
export const millisToTimestamp = (ms: number) => toTimestamp(BigInt(Math.trunc(ms)) * 1000n);
