// What the vault has said of itself.
import type { VaultState } from '@mica/wallet-contract/api';
import { fail } from './engine.ts';

export class VaultView {
  state: VaultState = {
    status: 'starting',
    accounts: [],
    lockAt: null,
    lockReason: null,
    retryAt: null,
  };
  /** Which wallet it holds. */
  private wallet: string | null = null;

  hear(state: VaultState, wallet: string | null): void {
    this.state = state;
    this.wallet = wallet;
  }

  get isUnlocked(): boolean {
    return this.state.status === 'unlocked';
  }
  /** False before a wallet was made, and after it was deleted. */
  get hasWallet(): boolean {
    return this.state.status !== 'empty';
  }

  owners(): string[] {
    return this.state.accounts.map(({ owner }) => owner);
  }
  /** Whether it has the key; until it has spoken, whatever was noted. */
  owns(owner: string): boolean {
    return this.state.status === 'starting' || this.owners().includes(owner);
  }

  /** For what takes its time: fails once the wallet that it was for has been deleted. */
  sameWallet(): () => void {
    const { wallet } = this;
    return () => {
      if (this.wallet !== wallet)
        fail('Conflict', 'The wallet was deleted meanwhile.', {
          ...{ reason: 'WalletRemoved', money: 'Untouched' },
        });
    };
  }
}
