// Which fast-round blocks were signed, newest of each chain and network. Apart from the engine's
// store, and written before the signature leaves: whoever has lost the one still has the other.
import type { FastSigned } from '@mica/bindings/types';
import { keyOfFast, loadFastSigned, saveFastSigned, type VaultStore } from './vault_file.ts';

export class FastRecord {
  private readonly byChain: Map<string, FastSigned>;

  private constructor(
    private readonly store: VaultStore,
    signed: readonly FastSigned[],
  ) {
    this.byChain = new Map(signed.map((fast) => [keyOfFast(fast), fast]));
  }

  static async load(store: VaultStore): Promise<FastRecord> {
    return new FastRecord(store, await loadFastSigned(store));
  }

  all(): FastSigned[] {
    return [...this.byChain.values()];
  }

  /** Stored when this resolves. */
  async keep(fast: FastSigned): Promise<void> {
    this.byChain.set(keyOfFast(fast), fast);
    await saveFastSigned(this.store, this.byChain.values());
  }
}
