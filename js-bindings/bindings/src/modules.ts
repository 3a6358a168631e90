// Modules as they are published: two blobs of compressed bytecode, and what names both.
import type { ModuleId } from '../generated/types.ts';
import { blobHash } from './blobs.ts';
import { decode, encode } from './codec/index.ts';
import { fromHex, toHex } from './codec/text.ts';

/** Upstream's (linera-base/src/data_types.rs, Bytecode::compress). */
const BEST_LEVEL = 19;

const load = async () => (await import('@hpcc-js/wasm-zstd')).Zstd.load();
let encoder: ReturnType<typeof load> | null = null;

/** Zstandard; the encoder is loaded once, when it is needed. */
export async function compressed(bytes: Uint8Array, level = BEST_LEVEL): Promise<Uint8Array> {
  encoder ??= load();
  return (await encoder).compress(bytes, level);
}

interface PackedModule {
  moduleId: ModuleId;
  /** Contents of the blobs that the operation publishes. */
  blobs: Uint8Array[];
}

/** Contract and service are WebAssembly, as the compiler wrote them. */
export async function packModule(
  { contract, service }: { contract: Uint8Array; service: Uint8Array },
  level = BEST_LEVEL,
): Promise<PackedModule> {
  const code = await compressed(contract, level);
  const serviceCode = await compressed(service, level);
  const moduleId: ModuleId = {
    contract_blob_hash: blobHash({ blob_type: 'ContractBytecode', bytes: code }),
    service_blob_hash: blobHash({ blob_type: 'ServiceBytecode', bytes: serviceCode }),
    vm_runtime: 'Wasm',
  };
  return { moduleId, blobs: [code, serviceCode] };
}

/** 130 hex digits, as upstream writes it: both blobs' hashes and the kind of machine. */
export const moduleIdToText = (id: ModuleId): string => toHex(encode('ModuleId', id));
/** Null for any other text. */
export function moduleIdFromText(text: string): ModuleId | null {
  try {
    return decode('ModuleId', fromHex(text));
  } catch {
    return null;
  }
}
