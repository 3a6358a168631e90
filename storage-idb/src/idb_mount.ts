// The store in IndexedDB, in the place and record format of Emscripten's IDBFS (database named
// like the mount point, object store FILE_DATA, {timestamp, mode, contents}), but with a flush
// of its own: IDBFS's syncfs reads all keys each time, never answers when the quota is full,
// and can tear a snapshot.
import { StoreError, StoreMount, isHotFile, storeFolder } from './mount.ts';
import type { MountFs, MountModule } from './mount.ts';

const DB_VERSION = 21; // IDBFS's
const FILES = 'FILE_DATA';
const FILE_MODE = 0o100600;

export interface IdbMountOptions {
  indexedDB?: IDBFactory;
  /** null: the caller knows that there is no second writer (tests). */
  locks?: LockManager | null;
  /** How long to wait for a context that is going away; then 'busy'. */
  lockWaitMs?: number;
  /** Ask the browser not to evict; an extension has "unlimitedStorage" instead. */
  persist?: boolean;
}

interface FileRecord {
  timestamp: Date;
  mode: number;
  contents: Uint8Array;
}

export class IdbMount extends StoreMount {
  /** Whether the browser promised not to evict this origin; false if never asked. */
  persistent = false;
  #gone = false;

  private constructor(
    fs: MountFs,
    folder: string,
    private readonly database: IDBDatabase,
    private readonly unlock: () => void,
  ) {
    super(fs, folder);
    const gone = () => {
      this.#gone = true;
      database.close();
    };
    database.onclose = gone; // the user cleared the site's data
    database.onversionchange = gone;
  }

  /**
   * One writer per folder and browser profile: 'busy' if another context has it open. The module
   * may still be on its way: the database is read meanwhile.
   */
  static async open(
    module: MountModule | PromiseLike<MountModule>,
    folder: string,
    options: IdbMountOptions = {},
  ): Promise<IdbMount> {
    const factory = options.indexedDB ?? globalThis.indexedDB;
    if (!factory) throw new StoreError('unsupported', 'this context has no IndexedDB');
    const opening = openDatabase(factory, folder);
    // A failure is told below, after the lock's.
    const close = () => opening.then((database) => database.close()).catch(() => {});
    opening.catch(() => {});
    const unlock = await takeLock(folder, options).catch((error: unknown) => {
      void close();
      throw error;
    });
    try {
      const database = await opening;
      // Not before the lock is held: until then another may write.
      const hot = await readHot(database, folder);
      const { FS, IDBFS } = await module;
      const mount = new IdbMount(FS, folder, database, unlock);
      if (IDBFS) {
        IDBFS.syncfs = refuseSyncfs;
        FS.mount(IDBFS, {}, folder);
      }
      for (const [name, contents] of hot) mount.place(name, contents);
      if (options.persist) mount.persistent = (await navigator.storage?.persist?.()) ?? false;
      return mount;
    } catch (error) {
      await close();
      unlock();
      throw error;
    }
  }

  protected async store(created: Map<string, Uint8Array>, removed: string[]): Promise<void> {
    const transaction = this.#begin('readwrite');
    const done = finished(transaction, this.folder, () => this.#gone);
    const files = transaction.objectStore(FILES);
    try {
      for (const [name, contents] of created) {
        const record: FileRecord = { timestamp: new Date(), mode: FILE_MODE, contents };
        files.put(record, `${this.folder}/${name}`);
      }
      for (const name of removed) files.delete(`${this.folder}/${name}`);
      transaction.commit?.();
    } catch (error) {
      done.catch(() => {});
      abort(transaction);
      throw asStoreError(error, this.folder);
    }
    await done;
  }

  protected async fetch(name: string): Promise<Uint8Array | undefined> {
    const files = this.#begin('readonly').objectStore(FILES);
    const record = await answer<FileRecord | undefined>(files.get(`${this.folder}/${name}`));
    return record?.contents;
  }

  protected async shut(): Promise<void> {
    this.#gone = true;
    this.database.close();
    this.unlock();
  }

  #begin(mode: 'readonly' | 'readwrite'): IDBTransaction {
    return begin(this.database, this.folder, mode);
  }
}

/** The folders of the stores in this browser. */
export async function listStores(
  factory: Pick<IDBFactory, 'databases'> = globalThis.indexedDB,
): Promise<string[]> {
  const all = await factory.databases();
  return all.flatMap(({ name }) => (name?.startsWith(storeFolder('')) ? [name] : []));
}

/** For good. 'busy' if another context has it open. */
export async function deleteStore(folder: string, options: IdbMountOptions = {}): Promise<void> {
  const factory = options.indexedDB ?? globalThis.indexedDB;
  const unlock = await takeLock(folder, options);
  try {
    await answer(factory.deleteDatabase(folder));
  } finally {
    unlock();
  }
}

async function takeLock(folder: string, options: IdbMountOptions): Promise<() => void> {
  if (options.locks === null) return () => {};
  const locks = options.locks ?? globalThis.navigator?.locks;
  if (!locks) throw new StoreError('unsupported', 'this context has no Web Locks');
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    const signal = AbortSignal.timeout(options.lockWaitMs ?? 2000);
    locks.request(`mica-store:${folder}`, { signal }, hold).catch((cause) => {
      reject(new StoreError('busy', `${folder} is open in another window or worker`, { cause }));
    });
  });
}

function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, DB_VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      const files = database.objectStoreNames.contains(FILES)
        ? request.transaction!.objectStore(FILES)
        : database.createObjectStore(FILES);
      if (!files.indexNames.contains('timestamp')) files.createIndex('timestamp', 'timestamp');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(asStoreError(request.error, name));
    request.onblocked = () => reject(new StoreError('busy', `${name} is open in an older version`));
  });
}

function begin(
  database: IDBDatabase,
  folder: string,
  mode: 'readonly' | 'readwrite',
): IDBTransaction {
  try {
    return database.transaction([FILES], mode, { durability: 'strict' });
  } catch (error) {
    throw new StoreError('closed', `the database ${folder} was closed`, { cause: error });
  }
}

/** What the store opens with: names and contents of the hot files. */
async function readHot(database: IDBDatabase, folder: string): Promise<[string, Uint8Array][]> {
  const files = begin(database, folder, 'readonly').objectStore(FILES);
  const read = async (prefix: string): Promise<[string, Uint8Array][]> => {
    const start = `${folder}/${prefix}`;
    const range = IDBKeyRange.bound(start, `${start}~`);
    const [keys, records] = await Promise.all([
      answer<IDBValidKey[]>(files.getAllKeys(range)),
      answer<FileRecord[]>(files.getAll(range)),
    ]);
    return keys
      .map((key, at): [string, Uint8Array] => [
        String(key).slice(folder.length + 1),
        records[at]!.contents,
      ])
      .filter(([name]) => isHotFile(name));
  };
  return (await Promise.all(['idx-', 'log-'].map(read))).flat();
}

/** Until its `complete`; rejects with StoreError, 'closed' if the database was `gone`. */
export function finished(
  transaction: IDBTransaction,
  folder: string,
  gone: () => boolean = () => false,
): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => {
      const error = asStoreError(transaction.error, folder);
      reject(gone() ? new StoreError('closed', `${folder} was closed`, { cause: error }) : error);
    };
  });
}

/** Rejects with StoreError. */
export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(asStoreError(request.error, 'IndexedDB'));
  });
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // Already finished; its own error tells.
  }
}

function asStoreError(cause: unknown, folder: string): StoreError {
  if (cause instanceof StoreError) return cause;
  const name = (cause as { name?: string } | null)?.name ?? 'unknown';
  if (name === 'QuotaExceededError') {
    return new StoreError('quota', `no room to store ${folder}: free some disk space`, { cause });
  }
  if (name === 'InvalidStateError') {
    return new StoreError('closed', `the database ${folder} was closed`, { cause });
  }
  return new StoreError('aborted', `IndexedDB refused to store ${folder}: ${name}`, { cause });
}

function refuseSyncfs(_mount: unknown, _populate: boolean, callback: (error: unknown) => void) {
  callback(new StoreError('unsupported', 'this mount is flushed by IdbMount.flush'));
}
