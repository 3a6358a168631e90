// @mica/client for pages and workers: the engine and the vault run in Wasm where this is called.
import createEngine from 'mica:engine';
import createVault from 'mica:vault';
import {
  fetchAsker,
  instantiate,
  WebTransport,
  type EngineModule,
  type VaultModule,
} from '@mica/bindings';
import { openClient, type Client } from './client.ts';
import type { ClientOptions, Platform } from './core.ts';
import { LocalSigner, type LocalSignerOptions } from './local_signer.ts';
import { idbStore } from './stores.ts';

export * from './common.ts';
export { idbStore } from './stores.ts';

// Beside the bundle; compiled once, whatever is made of them.
const compiled = new Map<string, Promise<WebAssembly.Module>>();
function compile(url: URL): Promise<WebAssembly.Module> {
  const begun = compiled.get(url.href) ?? WebAssembly.compileStreaming(fetch(url));
  compiled.set(url.href, begun);
  begun.catch(() => compiled.delete(url.href));
  return begun;
}

const loadEngine = (onAbort: (reason: unknown) => void): Promise<EngineModule> => {
  const url = new URL('./engine.wasm', import.meta.url);
  return instantiate(createEngine, compile(url), { onAbort });
};
const loadVault = (): Promise<VaultModule> =>
  instantiate(createVault, compile(new URL('./vault.wasm', import.meta.url)));

const platform: Platform = {
  loadEngine,
  defaultStore: idbStore(),
  transport: () => new WebTransport(),
  askHost: fetchAsker(),
};

/**
 * Opens a client on one network. Its store is IndexedDB unless another is given, and belongs to one
 * page of the origin at a time. Rejects with a `ClientError`, `FaucetError` or `StoreError`.
 *
 * @example
 * const signer = await createLocalSigner();
 * const client = await createClient({ faucet: 'https://faucet.example/', signer });
 */
export const createClient = (options: ClientOptions): Promise<Client> =>
  openClient(options, platform);

/** A signer whose key lives in the vault's Wasm memory: see `LocalSigner`. */
export const createLocalSigner = (options?: LocalSignerOptions): Promise<LocalSigner> =>
  LocalSigner.create(loadVault, options);

/** Opens what a signer with a password had as `sealed`. The password's bytes are wiped. */
export const openLocalSigner = (sealed: Uint8Array, password: Uint8Array): Promise<LocalSigner> =>
  LocalSigner.open(loadVault, sealed, password);
