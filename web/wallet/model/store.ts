// The latest state of both workers, for React. Whole states arrive at each change; nothing is kept
// here that the workers do not know better.
import type {
  BackupChain,
  VaultState,
  WalletHost,
  WalletState,
} from '../../../js-bindings/src/wallet/api.ts';

export interface Snapshot {
  /** Null until the first answer. */
  state: WalletState | null;
  vault: VaultState | null;
}

export class WalletStore {
  /** Chains of an opened backup that are still to be taken over. */
  importing: BackupChain[] = [];
  private snapshot: Snapshot = { state: null, vault: null };
  private readonly listeners = new Set<() => void>();
  private stops: (() => void)[] = [];

  constructor(readonly host: WalletHost) {}

  /** Listens before it asks, so that no change falls between. Returns how to stop. */
  start(): () => void {
    const { wallet, vault } = this.host;
    this.stops = [
      wallet.on('state', (state) => this.set({ state })),
      vault.on('state', (state) => this.set({ vault: state })),
    ];
    void wallet.getState({}).then((state) => this.snapshot.state ?? this.set({ state }), ignore);
    void vault
      .getState({})
      .then((state) => this.snapshot.vault ?? this.set({ vault: state }), ignore);
    return () => this.stops.forEach((stop) => stop());
  }

  readonly get = (): Snapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(change: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}

// A worker that is still starting sends its state by itself.
const ignore = () => undefined;
