// An engine worker without Wasm and without a network, to look at windows before there is a Client:
// MICA_FAKE_ENGINE=1 tsx extension/build.ts
import { runWallet } from '../engine/worker_main.ts';
import { chainA, chainB, FakeEngine, newDisk, summary, token } from './fake_engine.ts';

const disk = newDisk();
disk.chains.set(chainB, summary(chainB, 5n * token, null));

runWallet({
  faucet: () => ({
    genesisConfig: async () => '{"network_name":"test"}',
    claim: async () => chainA,
    chainOf: async () => chainA,
  }),
  deleteStores: async () => disk.chains.clear(),
  openEngine: async (_genesis, { onNews }) => new FakeEngine(disk, onNews),
});
