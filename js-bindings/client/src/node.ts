// @mica/client/node: the same client under Node 20 and later, without any dependency. Notifications
// come over WebSocket where Node has it (22), else over fetch.
import { readFile } from 'node:fs/promises';
import createEngine from 'mica:engine';
import createVault from 'mica:vault';
import { WebTransport, type VaultModule } from '@mica/bindings';
import { nodeAsker } from '@mica/bindings/ask_host_node';
import { storeFolder } from '@mica/storage-idb';
import { NodeMount, type NodeMountOptions } from '@mica/storage-idb/node';
import { openClient, type Client } from './client.ts';
import type { ClientOptions, Platform } from './core.ts';
import { LocalSigner, type LocalSignerOptions } from './local_signer.ts';
import { memoryStore, type OpenStore } from './stores.ts';

export * from './common.ts';

// Beside the bundle.
const loadVault = async (): Promise<VaultModule> =>
  createVault({ wasmBinary: await readFile(new URL('./vault.wasm', import.meta.url)) });

const platform = (): Platform => ({
  loadEngine: async (onAbort) => {
    const wasmBinary = await readFile(new URL('./engine.wasm', import.meta.url));
    return createEngine({ wasmBinary, onAbort });
  },
  defaultStore: memoryStore(),
  transport: () => new WebTransport(),
  askHost: nodeAsker(),
});

/** A folder on the disk, one for each network; it belongs to one process at a time. */
export const folderStore =
  (path: string, options: NodeMountOptions = {}): OpenStore =>
  (module, genesisHash) =>
    NodeMount.open(module, storeFolder(genesisHash), `${path}/${genesisHash}`, options);

/**
 * Opens a client on one network. Its store is in memory unless another is given. Rejects with a
 * `ClientError`, `FaucetError` or `StoreError`.
 *
 * @example
 * const signer = await createLocalSigner();
 * const client = await createClient({ faucet: 'http://127.0.0.1:8080/', signer });
 */
export const createClient = (options: ClientOptions): Promise<Client> =>
  openClient(options, platform());

/** A signer whose key lives in the vault's Wasm memory: see `LocalSigner`. */
export const createLocalSigner = (options?: LocalSignerOptions): Promise<LocalSigner> =>
  LocalSigner.create(loadVault, options);

/** Opens what a signer with a password had as `sealed`. The password's bytes are wiped. */
export const openLocalSigner = (sealed: Uint8Array, password: Uint8Array): Promise<LocalSigner> =>
  LocalSigner.open(loadVault, sealed, password);
