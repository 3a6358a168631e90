// A vault of one key under Node: the faucet's, and tests'. A person's vault lives in its own worker
// (extension/src/vault). This one remembers fast-round signatures only as long as it lives.
import type { AccountOwner, AccountSignature } from '../../generated/types.ts';
import { toTimestamp } from '../codec/scalars.ts';
import { signingError, type Sign } from './client_host.ts';
import type { VaultModule } from './module.ts';
import { KDF_COST, UNATTENDED, VaultAsker, vaultError } from './vault_asker.ts';

/** The sealed vault and the key that opens it; whoever has both has the money. */
interface SealedVault {
  vault: Uint8Array;
  wrapKey: Uint8Array;
}

export class VaultHost {
  readonly #vault: VaultAsker;
  #owner: AccountOwner | null = null;

  private constructor(module: VaultModule) {
    this.#vault = new VaultAsker(new module.Vault());
  }

  /** From a raw EVM key of 32 bytes; `random` gives that many random bytes. */
  static create(
    module: VaultModule,
    key: Uint8Array,
    random: (count: number) => Uint8Array,
  ): { host: VaultHost; file: SealedVault } {
    const host = new VaultHost(module);
    const wrapKey = random(32);
    const answer = host.#vault.ask({
      $: 'CreateFromKey',
      scheme: 'EvmSecp256k1',
      key,
      sealing: { kdf: { salt: random(16), ...KDF_COST }, wrap_key: wrapKey, nonce: random(24) },
      label: 'node',
      session: UNATTENDED,
    });
    if (answer.$ !== 'Sealed') throw vaultError(answer);
    host.#owner = answer.accounts[0]!.owner;
    return { host, file: { vault: answer.vault, wrapKey } };
  }

  static open(module: VaultModule, file: SealedVault): VaultHost {
    const host = new VaultHost(module);
    const answer = host.#vault.ask({
      $: 'Open',
      unlocking: {
        vault: file.vault,
        wrap_key: file.wrapKey,
        throttle: { failures: 0, last_failure: toTimestamp(0n) },
      },
      session: UNATTENDED,
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
