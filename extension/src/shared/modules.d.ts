// What the build puts in (extension/build.ts), beside the Wasm products' glue, which @mica/bindings
// declares.
declare module 'mica:version' {
  const version: string;
  export default version;
}
// Built in as a data: URI.
declare module '*.svg' {
  const uri: string;
  export default uri;
}
