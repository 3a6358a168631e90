// The latest state of both workers, for React. Whole states arrive at each change; nothing is kept
// here that the workers do not know better, but half-filled forms.
import type {
  BackedUpChain,
  ChainIdText,
  Secret,
  VaultState,
  WalletHost,
  WalletState,
} from '@mica/wallet-contract/api';
import { foreignIn } from '@mica/wallet-contract/foreign_text';
import { copyOf, wipe } from '@mica/wallet-contract/secret';
import type { ActivityPages } from './activity_pages.ts';

interface Snapshot {
  /** Null until the first answer. */
  state: WalletState | null;
  vault: VaultState | null;
  /** What was typed into forms before, by their names. */
  drafts: Map<string, unknown> | null;
}

/** The list of activity, left for one of its blocks: the way back leads to where it was. */
interface LeftActivity {
  chainId: ChainIdText;
  pages: ActivityPages;
  /** Pixels. */
  top: number;
}

export class WalletStore {
  leftActivity: LeftActivity | null = null;
  /** Chains of an opened backup that are still to be taken over. */
  importing: BackedUpChain[] = [];
  /** Of a wallet just restored, until its chains were looked for: so that nobody types it twice. */
  private forSearch: Secret | null = null;
  private snapshot: Snapshot = { state: null, vault: null, drafts: null };
  private readonly listeners = new Set<() => void>();
  private stops: (() => void)[] = [];

  constructor(readonly host: WalletHost) {}

  /** Listens before it asks, so that no change falls between. Returns how to stop. */
  start(): () => void {
    const { wallet, vault, drafts } = this.host;
    // Names in them may be somebody else's: of a backup file, a faucet, a validator.
    const setState = (state: WalletState) => this.set({ state: foreignIn(state) });
    const setVault = (state: VaultState) => {
      if (state.status === 'locked') this.keepForSearch(null);
      this.set({ vault: foreignIn(state) });
    };
    this.stops = [wallet.on('state', setState), vault.on('state', setVault)];
    void wallet.getState({}).then((state) => this.snapshot.state ?? setState(state), ignore);
    void vault.getState({}).then((state) => this.snapshot.vault ?? setVault(state), ignore);
    const setDrafts = (kept: Record<string, unknown>) =>
      this.set({ drafts: new Map(Object.entries(kept)) });
    void drafts.load().then(setDrafts, () => setDrafts({}));
    return () => this.stops.forEach((stop) => stop());
  }

  readonly get = (): Snapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Null: the form has served. */
  keepDraft(name: string, value: unknown): void {
    if (value === null) this.snapshot.drafts?.delete(name);
    else this.snapshot.drafts?.set(name, value);
    void this.host.drafts.save(name, value).catch(ignore);
  }
  dropDrafts(): void {
    for (const name of [...(this.snapshot.drafts?.keys() ?? [])]) this.keepDraft(name, null);
  }

  keepForSearch(password: Secret | null): void {
    if (this.forSearch) wipe(this.forSearch);
    this.forSearch = password;
  }
  /** A copy. */
  passwordForSearch(): Secret | null {
    return this.forSearch && copyOf(this.forSearch);
  }

  private set(change: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}

// A worker that is still starting sends its state by itself.
const ignore = () => undefined;
