// Bytecode is published compressed: Zstandard, at upstream's level (linera-base/src/data_types.rs,
// Bytecode::compress). The encoder is loaded when it is needed.
const LEVEL = 19;

export async function compressed(bytes: Uint8Array): Promise<Uint8Array> {
  const { Zstd } = await import('@hpcc-js/wasm-zstd');
  const zstd = await Zstd.load();
  return zstd.compress(bytes, LEVEL);
}
