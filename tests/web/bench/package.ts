// What a page that embeds Mica loads, beside each module's glue and Wasm.
export * from '../../../js-bindings/src/index.ts';
export * from '../../../storage-idb/src/index.ts';
export { VaultHost } from '../../../js-bindings/src/host/vault_host.ts';
