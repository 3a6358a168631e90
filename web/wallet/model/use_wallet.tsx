// useWallet(): what every screen works with. The state and the two doors behind it.
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { textOf } from '@mica/bindings/error_text';
import {
  WalletError,
  type ChainView,
  type VaultApi,
  type VaultState,
  type WalletApi,
  type WalletFailure,
  type WalletHost,
  type WalletState,
} from '@mica/wallet-contract/api';
import { countdown } from './countdown.ts';
import type { WalletStore } from './store.ts';

const Store = createContext<WalletStore | null>(null);

export function WalletProvider({ store, children }: { store: WalletStore; children: ReactNode }) {
  useEffect(() => store.start(), [store]);
  return <Store.Provider value={store}>{children}</Store.Provider>;
}

export function useStore(): WalletStore {
  const store = useContext(Store);
  if (!store) throw new Error('WalletProvider is missing');
  return store;
}

/** Null parts until the workers have answered: for the root alone. */
export function useSnapshot() {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

interface WalletHook {
  state: WalletState;
  vault: VaultState;
  wallet: WalletApi & WalletHost['wallet'];
  keys: VaultApi & WalletHost['vault'];
  host: WalletHost;
  /** The chain that home, send and receive are about. */
  chain: ChainView | null;
}

export function useWallet(): WalletHook {
  const { host } = useStore();
  const { state, vault } = useSnapshot();
  if (!state || !vault) throw new Error('the wallet has not started');
  const chain = state.chains.find(({ isDefault }) => isDefault) ?? state.chains[0] ?? null;
  return { state, vault, wallet: host.wallet, keys: host.vault, host, chain };
}

export const useHost = (): WalletHost => useStore().host;

export function failureOf(error: unknown): WalletFailure {
  if (error instanceof WalletError) return error.failure;
  return { code: 'Internal', message: textOf(error) };
}

export interface Action {
  busy: boolean;
  failure: WalletFailure | null;
  /** Runs one thing at a time; resolves to whether it went well. */
  run(act: () => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

/** A button's work: busy meanwhile, and what went wrong. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<WalletFailure | null>(null);
  const running = useRef(false);
  const run = useCallback(async (act: () => Promise<unknown>) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      await act();
      return true;
    } catch (error) {
      setFailure(failureOf(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setFailure(null), []);
  return { busy, failure, run, clear };
}

/** Milliseconds since 1970, once a second while `until` is ahead. */
export function useNow(until: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    return countdown(until ?? 0, setNow);
  }, [until]);
  return now;
}
