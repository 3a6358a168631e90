// The keys of a phrase, derived independently of the core: BIP-39, BIP-32, the EVM's addresses.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { mnemonicToEntropy, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const HARDENED = 0x80000000;
const PATH = [44 + HARDENED, 60 + HARDENED, HARDENED, 0, 0]; // m/44'/60'/0'/0/0

const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytes32 = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

function child(key: Uint8Array, chainCode: Uint8Array, index: number): [Uint8Array, Uint8Array] {
  const at = Buffer.alloc(4);
  at.writeUInt32BE(index);
  const parent =
    index >= HARDENED ? Buffer.concat([Buffer.alloc(1), key]) : secp256k1.getPublicKey(key, true);
  const both = hmac(sha512, chainCode, Buffer.concat([parent, at]));
  const { n } = secp256k1.Point.CURVE();
  return [bytes32((number(both.subarray(0, 32)) + number(key)) % n), both.subarray(32)];
}

interface PhraseSecrets {
  entropy: Buffer;
  seed: Buffer;
  key: Buffer;
  /** Of the key: 0x and 40 hex digits. */
  address: string;
}

export function secretsOf(phrase: string): PhraseSecrets {
  const seed = mnemonicToSeedSync(phrase);
  const master = hmac(sha512, Buffer.from('Bitcoin seed'), seed);
  let [key, chainCode] = [master.subarray(0, 32), master.subarray(32)];
  for (const index of PATH) [key, chainCode] = child(key, chainCode, index);
  const publicKey = secp256k1.getPublicKey(key, false).subarray(1);
  return {
    entropy: Buffer.from(mnemonicToEntropy(phrase, wordlist)),
    seed: Buffer.from(seed),
    key: Buffer.from(key),
    address: `0x${Buffer.from(keccak_256(publicKey)).subarray(12).toString('hex')}`,
  };
}
