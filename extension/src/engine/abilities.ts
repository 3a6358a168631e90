// The first module of the engine's worker.
import { storeFolder } from '@mica/storage-idb';
import { drop, notForEngine, onlyDatabases } from '../shared/abilities.ts';

drop(notForEngine);
// Not those of the extension's own storage.
onlyDatabases(storeFolder(''), indexedDB);
