// The networks that a new wallet lists.
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
