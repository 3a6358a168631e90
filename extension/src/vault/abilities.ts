// The first module of the vault's workers: takes what they need, and leaves nothing else.
import { drop, notForVault } from '../shared/abilities.ts';

/** The vault's Wasm, on its way. */
export const compiling = WebAssembly.compileStreaming(
  fetch(new URL('vault.wasm', self.location.href)),
);
compiling.catch((error: unknown) => console.error('mica:', error));

const { Worker } = globalThis;
/** Argon2id in a worker of its own: the only other one there can be. */
export const newKdfWorker = (): Worker =>
  new Worker(new URL('kdf_worker.js', self.location.href), { type: 'module' });

drop(notForVault);
