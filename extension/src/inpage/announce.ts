// How pages find the provider: EIP-6963's events under Linera's name, and Wallet Standard.
import type { Provider, ProviderDetail, ProviderInfo } from '@mica/provider';

export const ANNOUNCE = 'linera:announceProvider';
export const REQUEST = 'linera:requestProvider';

export function announce(info: ProviderInfo, provider: Provider): void {
  const detail: ProviderDetail = Object.freeze({ info: Object.freeze({ ...info }), provider });
  const say = () => window.dispatchEvent(new CustomEvent(ANNOUNCE, { detail }));
  window.addEventListener(REQUEST, say);
  say();
}

// --- Wallet Standard 1.0.0: https://github.com/wallet-standard/wallet-standard ------------------

interface StandardAccount {
  readonly address: string;
  readonly publicKey: Uint8Array;
  readonly chains: readonly string[];
  readonly features: readonly string[];
}
interface StandardWallet {
  readonly version: '1.0.0';
  readonly name: string;
  readonly icon: string;
  readonly chains: readonly string[];
  readonly features: Record<string, object>;
  readonly accounts: readonly StandardAccount[];
}
type Register = (api: { register(wallet: StandardWallet): void }) => void;
type ChangeListener = (change: { accounts: readonly StandardAccount[] }) => void;

const FEATURES = ['linera:request'] as const;

// An account of Wallet Standard: `owner@chain` as its address. Linera's owners are addresses, not
// public keys, so there is none to show.
const toAccount =
  (network: string) =>
  (address: string): StandardAccount =>
    Object.freeze({
      address,
      publicKey: new Uint8Array(),
      chains: [network],
      features: FEATURES,
    });

export function standardWallet(info: ProviderInfo, provider: Provider): StandardWallet {
  const listeners = new Set<ChangeListener>();
  let network = 'linera:unknown';
  let accounts: readonly StandardAccount[] = [];
  let watching = false;
  const set = (addresses: unknown) => {
    const list = Array.isArray(addresses) ? addresses : [];
    accounts = Object.freeze(list.map((one) => toAccount(network)(String(one))));
    for (const listener of [...listeners]) listener({ accounts });
  };
  const watch = () => {
    if (!watching) provider.on('accountsChanged', set);
    watching = true;
  };
  const connect = async ({ silent = false }: { silent?: boolean } = {}) => {
    watch();
    network = String(await provider.request({ method: 'linera_chainId' }));
    const method = silent ? 'linera_accounts' : 'linera_requestAccounts';
    set(await provider.request({ method }));
    return { accounts };
  };
  const disconnect = async () => {
    await provider.request({ method: 'linera_disconnect' });
    set([]);
  };
  const on = (event: string, listener: ChangeListener) => {
    if (event !== 'change') return () => undefined;
    watch();
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return Object.freeze({
    version: '1.0.0',
    name: info.name,
    icon: info.icon,
    get chains() {
      return [network];
    },
    features: Object.freeze({
      'standard:connect': { version: '1.0.0', connect },
      'standard:disconnect': { version: '1.0.0', disconnect },
      'standard:events': { version: '1.0.0', on },
      'linera:connect': { version: '1.0.0', connect },
      'linera:request': {
        version: '1.0.0',
        request: (args: Parameters<Provider['request']>[0]) => provider.request(args),
      },
    }),
    get accounts() {
      return accounts;
    },
  });
}

export function registerStandard(wallet: StandardWallet): void {
  const callback: Register = ({ register }) => register(wallet);
  window.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: callback }));
  window.addEventListener('wallet-standard:app-ready', (event) => {
    callback((event as CustomEvent<Parameters<Register>[0]>).detail);
  });
}
