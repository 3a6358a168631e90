import { describe, expect, it } from 'vitest';
import type { WalletState } from '@mica/wallet-contract/api';
import { chain, chainA, network, networks } from '../fake/fake_data.ts';
import { scenes } from '../fake/scenes.ts';
import { shown } from '../fake/shown.tsx';
import { ClaimScreen } from '../screens/claim.tsx';
import { NetworkNotice } from './network_notice.tsx';

const offline = (change: Partial<WalletState> = {}) =>
  shown(<NetworkNotice />, {
    wallet: { state: { ...scenes['offline']!.wallet!.state, ...change } },
  });

describe('a network that cannot be reached', () => {
  it('leads who has nothing yet to the public one, which is for trying', async () => {
    const html = await offline();
    expect(html).toContain('Use Testnet Conway');
    expect(html).toContain('its tokens are test money');
  });
  it('leads nobody away from their chains, nor to a network of this computer', async () => {
    const state = { chains: [chain(chainA)] };
    expect(await offline(state)).not.toContain('use-testnet');
    expect(await offline(state)).toContain('Your money is safe');
    const failed = network({ ...networks[1], status: 'offline' });
    expect(await offline({ network: failed })).not.toContain('use-testnet');
  });
});

it('where one starts, the genesis of the first contact is shown, and said to be that', async () => {
  const html = await shown(<ClaimScreen />, scenes['noChain']);
  expect(html).toContain('genesis hash 5f3c');
  expect(html).toContain('believed at the first contact');
  expect(html).toContain('worth nothing');
});
