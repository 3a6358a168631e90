// What a page that embeds Mica loads: one bundle, beside engine.wasm and vault.wasm.
export * from '../../../js-bindings/src/index.ts';
export * from '../../../storage-idb/src/index.ts';
export { VaultHost } from '../../../js-bindings/src/host/vault_host.ts';
export { default as createEngine } from 'mica:engine';
export { default as createVault } from 'mica:vault';
