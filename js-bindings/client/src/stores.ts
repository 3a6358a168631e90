// Where a client keeps its chains. A store opens its place once the engine is there.
import type { EngineModule } from '@mica/bindings';
import {
  IdbMount,
  MemoryDisk,
  MemoryMount,
  storeFolder,
  type IdbMountOptions,
  type StoreMount,
} from '@mica/storage-idb';

/** Opens the store of one network: nothing of two networks is ever mixed. */
export type OpenStore = (module: EngineModule, genesisHash: string) => Promise<StoreMount>;

/** IndexedDB of the page's origin. Rejects with a StoreError 'busy' where another page has it. */
export const idbStore =
  (options: IdbMountOptions = {}): OpenStore =>
  (module, genesisHash) =>
    IdbMount.open(module, storeFolder(genesisHash), options);

/**
 * Forgets everything with the program. A fresh store knows nothing of a block that was signed and
 * not certified: use a lasting one wherever money is sent from a chain that others use too.
 */
export function memoryStore(): OpenStore {
  const disk = new MemoryDisk();
  return (module, genesisHash) => MemoryMount.open(module, storeFolder(genesisHash), disk);
}
