// The engine's worker: the Client in Wasm, its host loop, and the wallet service over it.
import { IdbMount, storeFolder } from '@mica/storage-idb';
import createEngine from 'mica:engine';
import { ClientHost } from '../../js-bindings/src/host/client_host.ts';
import { WebTransport } from '../../js-bindings/src/host/transport.ts';
import { toHex } from '../../js-bindings/src/codec/text.ts';
import { openFaucet } from './engine/faucet.ts';
import { runWallet } from './engine/worker_main.ts';

async function storeKey(genesisJson: string): Promise<Uint8Array> {
  const text = new TextEncoder().encode(genesisJson);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', text));
}

runWallet({
  faucet: openFaucet,
  async openEngine(genesisJson, { sign, onNews, onDeath }) {
    const module = await createEngine({ onAbort: onDeath });
    const genesisHash = await storeKey(genesisJson);
    const mount = await IdbMount.open(module, storeFolder(toHex(genesisHash)), {});
    const transport = new WebTransport();
    return ClientHost.open({ module, mount, genesisHash, transport, sign, onNews, onDeath });
  },
});
