// The engine's worker: the Client in Wasm, its host loop, and the wallet service over it.
import './engine/abilities.ts';
import { deleteStore, IdbMount, listStores, storeFolder } from '@mica/storage-idb';
import createEngine from 'mica:engine';
import { toHex } from '@mica/bindings/text';
import { ClientError, ClientHost } from '@mica/bindings/client_host';
import { leavingOut } from '@mica/bindings/left_out';
import { instantiate } from '@mica/bindings/module';
import { WebTransport } from '@mica/bindings/transport';
import { wakeIn } from '@mica/bindings/wake';
import { openFaucet } from './engine/faucet.ts';
import { runWallet } from './engine/worker_main.ts';

// Before anybody knows which network will be opened.
const compiling = WebAssembly.compileStreaming(fetch(new URL('engine.wasm', location.href)));
compiling.catch((error: unknown) => console.error('mica:', error));

runWallet({
  faucet: openFaucet,
  async deleteStores() {
    for (const folder of await listStores()) await deleteStore(folder);
  },
  async openEngine(genesisJson, hooks) {
    // Later: the host, in whose call it aborted, knows on what.
    const onAbort = (what: unknown) => void wakeIn(0, () => hooks.onDeath(what));
    const module = await instantiate(createEngine, compiling, { onAbort });
    const genesisHash = module.genesisHash(genesisJson);
    if (!genesisHash) throw new ClientError('InvalidInput', 'This is no genesis configuration.');
    const mount = await IdbMount.open(module, storeFolder(toHex(genesisHash)), {});
    const transport = leavingOut(new WebTransport(), hooks.leftOut);
    return ClientHost.open({ ...hooks, module, mount, genesisHash, transport });
  },
});
