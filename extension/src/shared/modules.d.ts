// What the build puts in (extension/build.ts).
declare module 'mica:engine' {
  const create: import('@mica/bindings/module').ModuleFactory<
    import('@mica/bindings/module').EngineModule
  >;
  export default create;
}
declare module 'mica:vault' {
  const create: import('@mica/bindings/module').ModuleFactory<
    import('@mica/bindings/module').VaultModule
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
