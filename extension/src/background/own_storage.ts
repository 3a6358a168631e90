// The extension's own values (vault file, networks, settings, lists of chains), each in two places.
// After a crash Chromium may lose what was written later to either of them
// (docs/formats/store.md); what was saved last counts, and the other place is brought up to it.
import { answer, finished } from '@mica/storage-idb';
import { SerialQueue } from '../shared/serial_queue.ts';

export interface StoragePlace {
  /** null: nothing is stored under this key. */
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  keys(): Promise<string[]>;
}

/** `saved` counts up with every saving of a key; null is a value too: what was removed. */
interface Saved {
  saved: number;
  value: unknown;
}

/**
 * What was asked for and signed: a place that fell behind, read alone, would have it done twice. It
 * is stored only where every place took it.
 */
const everywhere: ReadonlySet<string> = new Set(['mica/engine/requests', 'mica/vault/fastSigned']);

const nothing: Saved = { saved: -1, value: null };

// What was stored before there were two places has no count.
function asSaved(found: unknown): Saved {
  if (found === null) return nothing;
  const { saved } = found as Partial<Saved>;
  return typeof saved === 'number' ? (found as Saved) : { saved: 0, value: found };
}

const same = (one: Saved, value: unknown): boolean =>
  one.saved >= 0 && JSON.stringify(one.value) === JSON.stringify(value);

export class OwnStorage {
  // Two savings at once would give one count to two values.
  private readonly savings = new SerialQueue();

  constructor(private readonly places: readonly StoragePlace[]) {}

  /** Rejects if no place can be read, or one cannot and the other has nothing. */
  async load(key: string): Promise<unknown> {
    const found = await this.read(key);
    const newest = this.newest(found);
    // That nothing is stored is believed of both places only: somebody may delete on hearing it.
    if (newest.saved < 0 && found.length < this.places.length) {
      throw new Error(`${key}: one place cannot be read, and the other has nothing`);
    }
    for (const [place, one] of found) {
      if (one.saved < newest.saved) await place.set(key, newest).catch(this.warn);
    }
    return newest.value;
  }

  /**
   * JSON values. Does nothing if both places have it, rejects if neither takes it; of `everywhere`,
   * if one does not. One after the other: a kill in the middle of a writing spoils one place.
   */
  save(key: string, value: unknown): Promise<void> {
    return this.savings.run(() => this.write(key, value));
  }

  /** Of what is stored, in either place; rejects unless both can tell. */
  async keys(prefix: string): Promise<string[]> {
    const found = new Set((await Promise.all(this.places.map((place) => place.keys()))).flat());
    const there: string[] = [];
    for (const key of found) {
      if (key.startsWith(prefix) && (await this.load(key)) !== null) there.push(key);
    }
    return there.sort();
  }

  private async write(key: string, value: unknown): Promise<void> {
    const found = await this.read(key);
    const { saved } = this.newest(found);
    const next: Saved = { saved: saved + 1, value };
    if (found.length === this.places.length && found.every(([, one]) => same(one, value))) return;
    let refused: unknown;
    let stored = 0;
    for (const place of this.places) {
      await place.set(key, next).then(
        () => (stored += 1),
        (error: unknown) => this.warn((refused = error)),
      );
    }
    const needed = everywhere.has(key) ? this.places.length : 1;
    if (stored < needed) throw refused;
  }

  private async read(key: string): Promise<[StoragePlace, Saved][]> {
    const all = await Promise.allSettled(this.places.map((place) => place.get(key)));
    const found = this.places.flatMap((place, at): [StoragePlace, Saved][] => {
      const one = all[at]!;
      return one.status === 'fulfilled' ? [[place, asSaved(one.value)]] : [];
    });
    const [failed] = all.filter((one) => one.status === 'rejected');
    if (failed) this.warn(failed.reason);
    if (found.length === 0) throw failed!.reason;
    return found;
  }

  private newest(found: [StoragePlace, Saved][]): Saved {
    return found.reduce((best, [, one]) => (one.saved > best.saved ? one : best), nothing);
  }

  private readonly warn = (error: unknown): void => console.warn('mica: own storage:', error);
}

export const chromePlace: StoragePlace = {
  get: async (key) => (await chrome.storage.local.get(key))[key] ?? null,
  set: (key, value) => chrome.storage.local.set({ [key]: value }),
  keys: async () => Object.keys(await chrome.storage.local.get(null)),
};

const DATABASE = 'mica/own';
const VALUES = 'values';

/** One connection for the worker's life; when the browser has closed it, another. */
export class IdbPlace implements StoragePlace {
  private opened: Promise<IDBDatabase> | null = null;

  constructor(private readonly factory: IDBFactory) {}

  async get(key: string): Promise<unknown> {
    const read = (values: IDBObjectStore) => values.get(key) as IDBRequest<unknown>;
    return (await this.within('readonly', read)) ?? null;
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.within('readwrite', (values) => values.put(value, key));
  }

  async keys(): Promise<string[]> {
    return (await this.within('readonly', (values) => values.getAllKeys())).map(String);
  }

  private async within<T>(
    mode: IDBTransactionMode,
    act: (values: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const database = await (this.opened ??= this.open());
    const transaction = database.transaction(VALUES, mode, { durability: 'strict' });
    const [result] = await Promise.all([
      answer(act(transaction.objectStore(VALUES))),
      finished(transaction, DATABASE),
    ]);
    return result;
  }

  private open(): Promise<IDBDatabase> {
    const opening = this.factory.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(VALUES);
    const database = answer<IDBDatabase>(opening);
    const closed = () => (this.opened = null);
    void database.then((opened) => {
      opened.onclose = closed;
      opened.onversionchange = () => {
        opened.close();
        closed();
      };
    }, closed);
    return database;
  }
}
