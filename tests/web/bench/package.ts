// What a page that embeds Mica loads, beside each module's glue and Wasm.
export * from '@mica/bindings';
export * from '@mica/storage-idb';
export { VaultHost } from '@mica/bindings/vault_host';
