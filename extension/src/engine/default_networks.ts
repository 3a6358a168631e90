// The networks that a new wallet lists: all of them for trying. Neither genesis is pinned. The
// local one is another each time; for Testnet Conway nobody publishes the hash apart from its
// faucet: the first contact is trusted, which windows say (parts/network_facts.tsx).
import type { StoredNetwork } from './outside.ts';

export const defaultNetworks: StoredNetwork[] = [
  {
    id: 'local',
    name: 'Local network',
    faucetUrl: 'http://127.0.0.1:8080/',
    genesisHash: null,
    genesisJson: null,
  },
  {
    id: 'testnet-conway',
    name: 'Testnet Conway',
    faucetUrl: 'https://faucet.testnet-conway.linera.net/',
    genesisHash: null,
    genesisJson: null,
  },
];
