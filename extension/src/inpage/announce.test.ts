import { beforeEach, describe, expect, it } from 'vitest';
import type { Provider, ProviderInfo } from '@mica/provider';
import { standardWallet } from './announce.ts';

const info = { name: 'Mica', icon: 'data:,', rdns: 'x', uuid: 'y' } as unknown as ProviderInfo;

let listeners: Map<string, (value: unknown) => void>;
let asked: string[];
let granted: string[];

const provider = {
  async request({ method }: { method: string }) {
    asked.push(method);
    if (method === 'linera_chainId') return 'linera:one';
    if (method === 'linera_requestAccounts') granted = ['a@1'];
    if (method === 'linera_disconnect') granted = [];
    return granted;
  },
  on: (event: string, listener: (value: unknown) => void) => void listeners.set(event, listener),
} as unknown as Provider;

const settled = () => new Promise((done) => setTimeout(done));

beforeEach(() => {
  listeners = new Map();
  asked = [];
  granted = [];
});

function register() {
  const { wallet, taken } = standardWallet(info, provider);
  const changes: unknown[] = [];
  const events = wallet.features['standard:events'] as {
    on(event: string, listener: (change: object) => void): () => void;
  };
  events.on('change', (change) => changes.push(Object.keys(change)));
  expect([asked, [...listeners]]).toEqual([[], []]);
  taken();
  const addresses = () => wallet.accounts.map(({ address, chains }) => `${address} ${chains}`);
  return { wallet, changes, addresses };
}

describe('the wallet of Wallet Standard', () => {
  it('names its network and what was granted before anybody connects', async () => {
    granted = ['a@1'];
    const { wallet, changes, addresses } = register();
    await settled();
    expect(wallet.chains).toEqual(['linera:one']);
    expect(addresses()).toEqual(['a@1 linera:one']);
    expect(asked).toEqual(['linera_chainId', 'linera_accounts']);
    expect(changes).toEqual([['chains', 'accounts'], ['accounts']]);
  });

  it('tells of another network, with its accounts', async () => {
    granted = ['a@1'];
    const { wallet, changes, addresses } = register();
    await settled();
    changes.length = 0;
    listeners.get('chainChanged')?.('linera:two');
    expect(wallet.chains).toEqual(['linera:two']);
    expect(addresses()).toEqual(['a@1 linera:two']);
    expect(changes).toEqual([['chains', 'accounts']]);
    listeners.get('accountsChanged')?.([]);
    expect(wallet.accounts).toEqual([]);
    listeners.get('accountsChanged')?.([]);
    expect(changes).toEqual([['chains', 'accounts'], ['accounts']]);
  });

  it('connects and disconnects', async () => {
    const { wallet, addresses } = register();
    await settled();
    expect(addresses()).toEqual([]);
    const { connect } = wallet.features['standard:connect'] as { connect(): Promise<unknown> };
    await connect();
    expect(addresses()).toEqual(['a@1 linera:one']);
    const off = wallet.features['standard:disconnect'] as { disconnect(): Promise<void> };
    await off.disconnect();
    expect(addresses()).toEqual([]);
  });
});
