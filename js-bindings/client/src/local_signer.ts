// A signer whose key lives in the vault's Wasm memory. JavaScript sees key, phrase and password
// only as the bytes that the caller hands over, and wipes these.
import {
  ClientError,
  signingError,
  toHex,
  toTimestamp,
  type AccountOwner,
  type KdfParameters,
  type KeyScheme,
  type VaultAnswer,
  type VaultModule,
  type VaultRequest,
} from '@mica/bindings';
import { KDF_COST, UNATTENDED, VaultAsker, vaultError } from '@mica/bindings/vault_asker';
import type { Signature, Signer, SignRequest } from './signer.ts';
import { hashOf, ownerOf, ownerToText } from './texts.ts';

/** Where the key comes from. All bytes are wiped once they are used. */
export interface LocalSignerOptions {
  /** 32 bytes. Neither key nor phrase: a new random key. */
  key?: Uint8Array;
  /** Of `key`. Default: EvmSecp256k1. */
  scheme?: KeyScheme;
  /** A BIP-39 phrase in UTF-8, words apart by one space; its account m/44'/60'/0'/0/0. */
  phrase?: Uint8Array;
  /** Seals the key (Argon2id, 64 MiB; XChaCha20-Poly1305) so that `sealed` can be kept. */
  password?: Uint8Array;
}

export type LoadVault = () => Promise<VaultModule>;

/** A key of this process alone. It signs whatever its client proposes: there is no window. */
export class LocalSigner implements Signer {
  readonly owner: string;

  private constructor(
    private readonly vault: VaultAsker,
    owner: AccountOwner,
    /** The sealed key, to be kept where the program likes; null without a password. */
    readonly sealed: Uint8Array | null,
  ) {
    this.owner = ownerToText(owner);
  }

  static async create(load: LoadVault, options: LocalSignerOptions = {}): Promise<LocalSigner> {
    const { password, scheme = 'EvmSecp256k1', phrase } = options;
    const kdf = { ...KDF_COST, salt: random(16) };
    const wrap_key = password ? await derive(load, password, kdf) : random(32);
    const sealing = { kdf, wrap_key, nonce: random(24) };
    const key = options.key ?? random(32);
    const shared = { sealing, label: '', session: UNATTENDED };
    const vault = await vaultOf(load);
    try {
      const request: VaultRequest = phrase
        ? { $: 'Create', phrase, passphrase: new Uint8Array(), ...shared }
        : { $: 'CreateFromKey', scheme, key, ...shared };
      const answer = answered(vault.ask(request), 'Sealed');
      const sealed = password ? answer.vault : null;
      return new LocalSigner(vault, answer.accounts[0]!.owner, sealed);
    } finally {
      for (const secret of [wrap_key, key, phrase]) secret?.fill(0);
    }
  }

  /** Rejects with a ClientError of code SignerRefused for a wrong password. */
  static async open(load: LoadVault, sealed: Uint8Array, password: Uint8Array) {
    const vault = await vaultOf(load);
    const inspected = vault.ask({ $: 'Inspect', kind: 'Vault', file: sealed });
    const { kdf } = answered(inspected, 'Parameters');
    const wrap_key = await derive(load, password, kdf);
    const throttle = { failures: 0, last_failure: toTimestamp(0n) };
    try {
      const unlocking = { vault: sealed, wrap_key, throttle };
      const opened = answered(vault.ask({ $: 'Open', unlocking, session: UNATTENDED }), 'Opened');
      return new LocalSigner(vault, opened.accounts[0]!.owner, sealed);
    } finally {
      wrap_key.fill(0);
    }
  }

  /** Wipes the key: nothing more is signed. */
  lock(): void {
    this.vault.ask({ $: 'Lock' });
  }

  async sign({ owner, genesisHash, content }: SignRequest): Promise<Signature> {
    const network = hashOf(genesisHash);
    const request = { $: 'Sign', owner: ownerOf(owner), network, content } as const;
    const { signature, fast } = answered(this.vault.ask(request, 'Engine'), 'Signature');
    // What was signed in a fast round has to be remembered for good, and nothing here is.
    if (fast) throw new ClientError('SignerRefused', 'a local signer signs no fast blocks');
    return signatureOf(signature);
  }
}

function signatureOf(signature: Extract<VaultAnswer, { $: 'Signature' }>['signature']): Signature {
  switch (signature.$) {
    case 'EvmSecp256k1': {
      const { signature: bytes, address } = signature;
      return { scheme: 'EvmSecp256k1', signature: bytes, address };
    }
    case 'Ed25519': {
      const { signature: bytes, public_key } = signature;
      return { scheme: 'Ed25519', signature: bytes, publicKey: public_key };
    }
    case 'Secp256k1':
      throw new ClientError('SignerRefused', `no user key: ${toHex(signature.public_key)}`);
  }
}

const vaultOf = async (load: LoadVault) => new VaultAsker(new (await load()).Vault());

// In an instance of its own: Argon2id takes 64 MiB, and Wasm memory never shrinks.
async function derive(load: LoadVault, given: Uint8Array, kdf: KdfParameters): Promise<Uint8Array> {
  const password = normal(given);
  const vault = await vaultOf(load);
  try {
    return answered(vault.ask({ $: 'DeriveKey', password, kdf }), 'Key').wrap_key;
  } finally {
    vault.delete();
    password.fill(0);
    given.fill(0);
  }
}

// NFKC, as the wallet has it; plain ASCII never becomes a string.
function normal(password: Uint8Array): Uint8Array {
  if (password.every((byte) => byte < 0x80)) return password.slice();
  return new TextEncoder().encode(new TextDecoder().decode(password).normalize('NFKC'));
}

function answered<K extends VaultAnswer['$']>(answer: VaultAnswer, kind: K) {
  if (answer.$ === kind) return answer as Extract<VaultAnswer, { $: K }>;
  const code = answer.$ === 'Failed' ? answer.failure : answer.$;
  throw signingError(code, vaultError(answer).message);
}

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
