// Emscripten's glue of the Wasm products; a bundle's build resolves these names to build/wasm.
declare module 'mica:engine' {
  const create: import('./module.ts').ModuleFactory<import('./module.ts').EngineModule>;
  export default create;
}
declare module 'mica:vault' {
  const create: import('./module.ts').ModuleFactory<import('./module.ts').VaultModule>;
  export default create;
}
