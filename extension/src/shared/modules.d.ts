// What the build puts in (extension/build.ts).
declare module 'mica:engine' {
  const create: import('../../../js-bindings/src/host/module.ts').ModuleFactory<
    import('../../../js-bindings/src/host/module.ts').EngineModule
  >;
  export default create;
}
declare module 'mica:vault' {
  const create: import('../../../js-bindings/src/host/module.ts').ModuleFactory<
    import('../../../js-bindings/src/host/module.ts').VaultModule
  >;
  export default create;
}
declare module 'mica:version' {
  const version: string;
  export default version;
}
// Built in as a data: URI.
declare module '*.svg' {
  const uri: string;
  export default uri;
}
