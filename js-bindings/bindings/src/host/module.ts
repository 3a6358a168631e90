// What the Wasm modules offer, as js-bindings/*.cc bind it. Errors of the core are values; what is
// thrown here is a bug or an abort, after which the instance is dead.
import type { FileChange, MountModule } from '@mica/storage-idb';
import type { ChainId, CryptoHash } from '../../generated/types.ts';

/** An object of core/app: after each handle(), poll() until null. */
export interface Machine {
  handle(input: Uint8Array): void;
  poll(): Uint8Array | null;
  delete(): void;
}

export interface NativeStore {
  /** "" or why the store cannot be opened. */
  open(folder: string, genesisHash: CryptoHash, setAsideDamage: boolean): string;
  losses(): string[];
  takeChanges(): FileChange[];
  /** "" or what of the segment cannot be read. */
  segmentLoaded(name: string): string;
  counters(): Record<string, number>;
  delete(): void;
}

export interface EngineModule extends MountModule {
  /** What names a network's store: 32 bytes; null for a genesis that is refused. */
  genesisHash(genesisJson: string): CryptoHash | null;
  Store: new () => NativeStore;
  Client: new (store: NativeStore) => Machine;
}
export interface NodeModule extends EngineModule {
  Validator: new (store: NativeStore) => Machine;
  Vault: new () => Machine;
  /** BCS of a ChainDescription to its id and its JSON; null for other bytes. */
  describeChain(description: Uint8Array): { chainId: ChainId; json: string } | null;
  /** The ids of a genesis' root chains, in order; empty for text that is none. */
  rootChainIds(genesisJson: string): ChainId[];
}
export interface VaultModule {
  Vault: new () => Machine;
}

interface ModuleOptions {
  wasmBinary?: ArrayBuffer | Uint8Array;
  locateFile?: (name: string) => string;
  instantiateWasm?: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ) => object;
  onAbort?: (what: unknown) => void;
}
/** An Emscripten factory (build/wasm/*.mjs). */
export type ModuleFactory<Module> = (options: ModuleOptions) => Promise<Module>;

/**
 * An instance of what may still be compiling: begin that as early as the page can, by
 * WebAssembly.compileStreaming(fetch(…)), and use it again for every further instance.
 */
export function instantiate<Module>(
  factory: ModuleFactory<Module>,
  compiling: Promise<WebAssembly.Module>,
  options: ModuleOptions = {},
): Promise<Module> {
  return new Promise((resolve, reject) => {
    const instantiateWasm: ModuleOptions['instantiateWasm'] = (imports, done) => {
      compiling.then((module) => WebAssembly.instantiate(module, imports)).then(done, reject);
      return {};
    };
    factory({ ...options, instantiateWasm }).then(resolve, reject);
  });
}
