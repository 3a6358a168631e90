// The vault's object as a question and its answer; and a vault of one key under Node: the faucet's,
// and tests'. A person's vault lives in its own worker
// (extension/src/vault). This one remembers fast-round signatures only as long as it lives.
import type {
  AccountOwner,
  AccountSignature,
  VaultAnswer,
  VaultOutput,
  VaultRequest,
} from '../../generated/types.ts';
import { decode, encode } from '../codec/index.ts';
import { signingError, type Sign } from './client_host.ts';
import type { Machine, VaultModule } from './module.ts';

/** The sealed vault and the key that opens it; whoever has both has the money. */
export interface VaultFile {
  vault: Uint8Array;
  wrapKey: Uint8Array;
}

const NEVER = 2n ** 64n - 1n;
const KDF = { ops: 3, mem_bytes: 64n << 20n }; // recorded in the file; the wrap key is random

/** It answers at once. Requests are wiped after use; what it says unasked is left out. */
export class VaultAsker {
  readonly #machine: Machine;
  #lastId = 0n;

  constructor(module: VaultModule) {
    this.#machine = new module.Vault();
  }

  ask(request: VaultRequest, door: 'Window' | 'Engine' = 'Window'): VaultAnswer {
    this.#lastId += 1n;
    const now = BigInt(Date.now()) * 1000n;
    const input = encode('VaultInput', { id: this.#lastId, now, door, request });
    try {
      this.#machine.handle(input);
    } finally {
      input.fill(0);
    }
    let found: VaultOutput | null = null;
    for (let bytes = this.#machine.poll(); bytes; bytes = this.#machine.poll()) {
      const output = decode('VaultOutput', bytes);
      bytes.fill(0);
      if (output.id === this.#lastId) found = output;
    }
    if (!found) throw new Error('the vault did not answer');
    return found.answer;
  }

  /** The keys are wiped, and the object is of no more use. */
  delete(): void {
    this.#machine.delete();
  }
}

export class VaultHost {
  readonly #vault: VaultAsker;
  #owner: AccountOwner | null = null;

  private constructor(module: VaultModule) {
    this.#vault = new VaultAsker(module);
  }

  /** From a raw EVM key of 32 bytes; `random` gives that many random bytes. */
  static create(
    module: VaultModule,
    key: Uint8Array,
    random: (count: number) => Uint8Array,
  ): { host: VaultHost; file: VaultFile } {
    const host = new VaultHost(module);
    const wrapKey = random(32);
    const answer = host.#vault.ask({
      $: 'CreateFromKey',
      scheme: 'EvmSecp256k1',
      key,
      sealing: { kdf: { salt: random(16), ...KDF }, wrap_key: wrapKey, nonce: random(24) },
      label: 'node',
      session: { lock_after: NEVER, policy: 'SignAll' },
    });
    if (answer.$ !== 'Sealed') throw vaultError(answer);
    host.#owner = answer.accounts[0]!.owner;
    return { host, file: { vault: answer.vault, wrapKey } };
  }

  static open(module: VaultModule, file: VaultFile): VaultHost {
    const host = new VaultHost(module);
    const answer = host.#vault.ask({
      $: 'Open',
      unlocking: {
        vault: file.vault,
        wrap_key: file.wrapKey,
        throttle: { failures: 0, last_failure: 0n },
      },
      session: { lock_after: NEVER, policy: 'SignAll' },
    });
    if (answer.$ !== 'Opened') throw vaultError(answer);
    host.#owner = answer.accounts[0]!.owner;
    return host;
  }

  get owner(): AccountOwner {
    return this.#owner!;
  }

  readonly sign: Sign = ({ owner, network, content }): Promise<AccountSignature> => {
    const answer = this.#vault.ask({ $: 'Sign', owner, network, content }, 'Engine');
    if (answer.$ === 'Signature') return Promise.resolve(answer.signature);
    const code = answer.$ === 'Failed' ? answer.failure : answer.$;
    return Promise.reject(signingError(code, vaultError(answer).message));
  };
}

/** Why the vault gave another answer than was asked for. */
export function vaultError(answer: VaultAnswer): Error {
  return new Error(answer.$ === 'Failed' ? `${answer.failure}: ${answer.message}` : answer.$);
}
