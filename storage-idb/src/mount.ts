// What a host does for IdbStore (idb_store.h): it puts the hot files into the module's file
// system before the store opens, makes new files durable, and brings cold segments on demand.
// The module's file system holds only what is not durable yet and what was asked for.
//
//   const mount = await IdbMount.open(module, folder);
//   store = open(folder); mount.release();
//   … commit …   await mount.flush(store.takeChanges());   // then Flushed
//   await mount.load(name); store.segmentLoaded(name); mount.unload(name);

/** A file that IdbStore created or removed; IdbStore::take_changes gives them in order. */
export interface FileChange {
  name: string;
  removed: boolean;
}

/**
 * quota: no room, nothing of this flush is durable, and the next flush tries it again.
 * aborted, io: the same for another reason. closed: the mount or the database is closed.
 * busy: another page or process has this store open. missing: a file is not there.
 * unsupported: this context has no IndexedDB or no Web Locks.
 */
export type StoreErrorCode =
  'quota' | 'aborted' | 'io' | 'closed' | 'busy' | 'missing' | 'unsupported';

export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/** The part of Emscripten's FS that a mount needs. */
export interface MountFs {
  mkdirTree(path: string): void;
  readdir(path: string): string[];
  readFile(path: string): Uint8Array;
  writeFile(path: string, bytes: Uint8Array, options?: { canOwn?: boolean }): void;
  unlink(path: string): void;
  mount(type: unknown, options: object, path: string): unknown;
}

/** A module linked with -lidbfs.js, FS and IDBFS exported; IDBFS may be absent. */
export interface MountModule {
  FS: MountFs;
  IDBFS?: { syncfs: unknown };
}

interface Counters {
  flushes: number;
  filesWritten: number;
  filesRemoved: number;
  /** Sum of the contents handed to the disk, failed attempts included. */
  bytesWritten: number;
  bytesRead: number;
}

/** The name under the mount point; one store per genesis hash, so nothing is mixed. */
export const storeFolder = (genesisHash: string) => `/mica/${genesisHash}`;

/** Log and index files are read when the store opens; segments only when asked for. */
export const isHotFile = (name: string) => /^(log|idx)-[0-9a-f]{16}$/.test(name);

export abstract class StoreMount {
  readonly counters: Counters = {
    flushes: 0,
    filesWritten: 0,
    filesRemoved: 0,
    bytesWritten: 0,
    bytesRead: 0,
  };
  #created = new Map<string, Uint8Array>();
  #removed = new Set<string>();
  #loaded = new Set<string>();
  #turn: Promise<void> = Promise.resolve();
  #closed = false;
  #abandoned = false;

  protected constructor(
    private readonly fs: MountFs,
    readonly folder: string,
  ) {
    fs.mkdirTree(folder);
  }

  /** Makes `created` durable in this order, then forgets `removed`; all of it or an error. */
  protected abstract store(created: Map<string, Uint8Array>, removed: string[]): Promise<void>;
  protected abstract fetch(name: string): Promise<Uint8Array | undefined>;
  protected abstract shut(): Promise<void>;

  /**
   * Takes a snapshot of the changed files at once and resolves when it is durable. Flushes do
   * not overlap; those that wait are written together. After an error nothing is lost: the
   * same files go with the next flush, which may be an empty one.
   */
  flush(changes: readonly FileChange[]): Promise<void> {
    try {
      this.#snapshot(changes);
    } catch (error) {
      return Promise.reject(error);
    }
    const turn = this.#turn.then(() => this.#write());
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Brings a segment into the file system; 'missing' if the disk does not have it. */
  async load(name: string): Promise<void> {
    if (this.#closed) throw new StoreError('closed', `${this.folder} is closed`);
    if (this.#created.has(name) || this.fs.readdir(this.folder).includes(name)) return;
    const bytes = await this.fetch(name);
    if (!bytes) throw new StoreError('missing', `${this.folder}/${name} is not there`);
    this.place(name, bytes);
  }

  /** Takes a loaded segment out again; the durable copy stays. */
  unload(name: string): void {
    if (this.#loaded.delete(name)) this.#drop(name);
  }

  /** Takes out all that was put in for opening or by load(). */
  release(): void {
    for (const name of [...this.#loaded]) this.unload(name);
  }

  /** After a failed flush: what was told as failed must not become durable by a later one. */
  abandon(): void {
    this.#abandoned = true;
  }

  /** Waits for running flushes, then lets another context have the store. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#turn;
    await this.shut();
  }

  protected place(name: string, bytes: Uint8Array): void {
    this.counters.bytesRead += bytes.length;
    this.fs.writeFile(`${this.folder}/${name}`, bytes, { canOwn: true });
    this.#loaded.add(name);
  }

  #snapshot(changes: readonly FileChange[]): void {
    if (this.#closed) throw new StoreError('closed', `${this.folder} is closed`);
    for (const { name, removed } of changes) {
      if (removed) {
        this.#created.delete(name);
        this.#removed.add(name);
        this.#loaded.delete(name);
      } else {
        this.#removed.delete(name);
        this.#created.set(name, this.fs.readFile(`${this.folder}/${name}`));
      }
    }
  }

  async #write(): Promise<void> {
    const created = this.#created;
    const removed = this.#removed;
    if (created.size === 0 && removed.size === 0) return;
    if (this.#abandoned) throw new StoreError('closed', `${this.folder} was given up`);
    this.#created = new Map();
    this.#removed = new Set();
    this.counters.flushes += 1;
    for (const bytes of created.values()) this.counters.bytesWritten += bytes.length;
    try {
      await this.store(created, [...removed]);
    } catch (error) {
      this.#putBack(created, removed);
      throw error;
    }
    this.counters.filesWritten += created.size;
    this.counters.filesRemoved += removed.size;
    for (const name of created.keys()) this.#drop(name);
  }

  // What failed goes first, except files that were removed since.
  #putBack(created: Map<string, Uint8Array>, removed: Set<string>): void {
    for (const name of this.#removed) created.delete(name);
    for (const name of this.#created.keys()) removed.delete(name);
    this.#created = new Map([...created, ...this.#created]);
    this.#removed = new Set([...removed, ...this.#removed]);
  }

  #drop(name: string): void {
    try {
      this.fs.unlink(`${this.folder}/${name}`);
    } catch {
      // The store removed it itself meanwhile.
    }
  }
}
