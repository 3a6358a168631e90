// On which network a person has said yes to blocks of a chain. No block names its network: a copy
// of a chain on another one would get signatures that are good on the first. Whoever shows the
// copy is refused here too, whatever the engine's own books say (engine/chain_book.ts).
import type { FastSigned } from '@mica/bindings/types';
import { toHex } from '@mica/bindings/text';
import { WalletError } from '@mica/wallet-contract/api';
import { loadChainNetworks, saveChainNetworks, type VaultStore } from './vault_file.ts';

export class ChainNetworks {
  private constructor(
    private readonly store: VaultStore,
    /** Chain to network, in hex. */
    private readonly known: Map<string, string>,
  ) {}

  /** `fastSigned`: what was signed says the same, where it names its network. */
  static async load(store: VaultStore, fastSigned: readonly FastSigned[]): Promise<ChainNetworks> {
    const known = await loadChainNetworks(store);
    for (const { chain_id, network } of fastSigned) {
      const chain = toHex(chain_id);
      if (network.some((byte) => byte !== 0) && !known.has(chain)) known.set(chain, toHex(network));
    }
    return new ChainNetworks(store, known);
  }

  /** Stored before it resolves; rejects where the chain belongs to another network. */
  async note(chain: string, network: string): Promise<void> {
    const before = this.known.get(chain);
    if (before === network) return;
    if (before !== undefined) {
      throw new WalletError({
        code: 'Conflict',
        reason: 'SignedElsewhere',
        message: `Blocks of this chain were approved on the network ${before} before.`,
        money: 'Untouched',
      });
    }
    this.known.set(chain, network);
    try {
      await saveChainNetworks(this.store, this.known);
    } catch (error) {
      this.known.delete(chain);
      throw error;
    }
  }
}
