// The page of storage.ts: the store's Wasm harness over IndexedDB, for the driver to call.
import { Harness } from '@mica/storage-idb/harness';
import type { HarnessModule } from '@mica/storage-idb/harness';
import { IdbMount, StoreError } from '@mica/storage-idb';

declare global {
  interface Window {
    acknowledged?(commit: number): void;
    storage: typeof storage;
  }
}

const folder = '/mica/test';
let harness: Harness | undefined;
let stored = 0; // bytes at IDBObjectStore.put, counted where they enter the browser

const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, key) {
  stored += (value as { contents?: Uint8Array }).contents?.length ?? 0;
  return put.call(this, value, key);
};

const opened = () => {
  if (!harness) throw new Error('not open');
  return harness;
};
const tell = (error: unknown) =>
  error instanceof StoreError ? `${error.code}: ${error.message}` : String(error);

const storage = {
  /** Empty, or the error. */
  async open(lockWaitMs = 2000): Promise<string> {
    try {
      const source = '/storage_harness.mjs';
      const module: HarnessModule = await (await import(/* @vite-ignore */ source)).default();
      const mount = await IdbMount.open(module, folder, { lockWaitMs });
      harness = await Harness.open(module, mount);
      return '';
    } catch (error) {
      return tell(error);
    }
  },
  last: () => opened().last(),
  async verify(): Promise<string> {
    return opened()
      .verify()
      .then(() => '', tell);
  },
  /** Commits and flushes; returns the bytes put and each commit's milliseconds. */
  async run(commits: number): Promise<{ bytes: number; ms: number[] }> {
    const before = stored;
    const ms: number[] = [];
    for (let n = 0; n < commits; ++n) {
      const start = performance.now();
      const commit = opened().commit();
      await opened().flush();
      ms.push(performance.now() - start);
      window.acknowledged?.(commit);
    }
    return { bytes: stored - before, ms };
  },
  /** Commits without waiting for each flush, as a busy engine would. */
  async burst(commits: number): Promise<void> {
    const flushes = [];
    for (let n = 0; n < commits; ++n) {
      opened().commit();
      flushes.push(opened().flush());
    }
    await Promise.all(flushes);
  },
  commit: () => opened().commit(),
  flush: () =>
    opened()
      .flush()
      .then(() => '', tell),
  close: () => opened().mount.close(),
  /** Flips one bit of the first record whose name starts so; returns the name. */
  async damage(prefix: string): Promise<string> {
    const database = await ask(indexedDB.open(folder, 21));
    const files = database.transaction('FILE_DATA', 'readwrite').objectStore('FILE_DATA');
    const range = IDBKeyRange.bound(`${folder}/${prefix}`, `${folder}/${prefix}~`);
    const key = String((await ask(files.getAllKeys(range)))[0]);
    const record = await ask(files.get(key));
    record.contents[record.contents.length - 1] ^= 1;
    await ask(files.put(record, key));
    database.close();
    return key.slice(folder.length + 1);
  },
  async names(): Promise<string[]> {
    const database = await ask(indexedDB.open(folder, 21));
    const files = database.transaction('FILE_DATA').objectStore('FILE_DATA');
    const keys = await ask(files.getAllKeys());
    database.close();
    return keys.map((key) => String(key).slice(folder.length + 1));
  },
};

function ask<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

window.storage = storage;
