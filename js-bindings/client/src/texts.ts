// The texts of the package's surface to the engine's values and back: ids and hashes as hex, owners
// as 0x…. A text that is none is a ClientError of code InvalidInput, never another exception.
import {
  chainIdFromText,
  hashFromText,
  ownerFromText,
  ownerToText,
  toHex,
  ClientError,
  type AccountOwner,
  type AccountSignature,
  type ChainId,
  type CryptoHash,
} from '@mica/bindings';
import { textOf } from '@mica/bindings/error_text';
import type { Signature } from './signer.ts';

export { ownerToText, toHex };

/** 64 hex digits. */
export const chainIdOf = (text: string): ChainId => checked(() => chainIdFromText(text));
/** 0x and 2, 40 or 64 hex digits; 0x00 is the chain's own balance. */
export const ownerOf = (text: string): AccountOwner => checked(() => ownerFromText(text));
/** 64 hex digits. */
export const hashOf = (text: string): CryptoHash => checked(() => hashFromText(text));

export const accountSignature = (signature: Signature): AccountSignature =>
  signature.scheme === 'Ed25519'
    ? { $: 'Ed25519', signature: signature.signature, public_key: signature.publicKey }
    : { $: 'EvmSecp256k1', signature: signature.signature, address: signature.address };

/** What throws for values that cannot be is the caller's mistake. */
export function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = textOf(error);
    throw new ClientError('InvalidInput', message);
  }
}
