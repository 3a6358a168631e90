// How pages find the provider: EIP-6963's events under Linera's name, and Wallet Standard.
import type { Provider, ProviderDetail, ProviderInfo } from '@mica/provider';

const ANNOUNCE = 'linera:announceProvider';
const REQUEST = 'linera:requestProvider';

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
interface Change {
  readonly accounts?: readonly StandardAccount[];
  readonly chains?: readonly string[];
}
type ChangeListener = (change: Change) => void;

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

const UNKNOWN = 'linera:unknown';

interface Registered {
  readonly wallet: StandardWallet;
  /**
   * A page has taken it: the wallet is asked for its network and what was granted, without a
   * window. Pages that look for no wallet cost nothing.
   */
  taken(): void;
}

function newListeners() {
  const listeners = new Set<ChangeListener>();
  return {
    tell(change: Change): void {
      for (const listener of [...listeners]) listener(change);
    },
    on(event: string, listener: ChangeListener) {
      if (event !== 'change') return () => undefined;
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function standardWallet(info: ProviderInfo, provider: Provider): Registered {
  const { tell, on } = newListeners();
  let network = UNKNOWN;
  let addresses: readonly string[] = [];
  let accounts: readonly StandardAccount[] = [];
  const list = () => {
    accounts = Object.freeze(addresses.map(toAccount(network)));
    return accounts;
  };
  const setAccounts = (given: unknown) => {
    const now = Array.isArray(given) ? given.map(String) : [];
    const same = now.join() === addresses.join();
    addresses = now;
    if (!same) tell({ accounts: list() });
  };
  const setNetwork = (given: unknown) => {
    const now = typeof given === 'string' ? given : UNKNOWN;
    if (now === network) return;
    network = now;
    tell({ chains: [network], accounts: list() });
  };
  const ask = async (method: 'linera_accounts' | 'linera_requestAccounts') => {
    setNetwork(await provider.request({ method: 'linera_chainId' }));
    setAccounts(await provider.request({ method }));
  };
  let isTaken = false;
  const taken = () => {
    if (isTaken) return;
    isTaken = true;
    provider.on('accountsChanged', setAccounts);
    provider.on('chainChanged', setNetwork);
    // No wallet yet, or it does not answer: connecting asks again.
    ask('linera_accounts').catch(() => undefined);
  };
  const connect = async ({ silent = false }: { silent?: boolean } = {}) => {
    await ask(silent ? 'linera_accounts' : 'linera_requestAccounts');
    return { accounts };
  };
  const disconnect = async () => {
    await provider.request({ method: 'linera_disconnect' });
    setAccounts([]);
  };
  const wallet: StandardWallet = Object.freeze({
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
  return { wallet, taken };
}

export function registerStandard({ wallet, taken }: Registered): void {
  const callback: Register = ({ register }) => {
    register(wallet);
    taken();
  };
  window.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: callback }));
  window.addEventListener('wallet-standard:app-ready', (event) => {
    callback((event as CustomEvent<Parameters<Register>[0]>).detail);
  });
}
