import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FakeFs, fakeModule } from './fake_fs.ts';
import {
  deleteStore,
  IdbMount,
  listStores,
  MemoryDisk,
  MemoryMount,
  StoreError,
  storeFolder,
} from './index.ts';
import { NodeMount } from './node.ts';
import type { StoreMount } from './index.ts';

Object.assign(globalThis, { IDBKeyRange });
const folder = storeFolder('ab');
const log = (commit: number) => `log-${commit.toString(16).padStart(16, '0')}`;
const idx = (commit: number) => log(commit).replace('log', 'idx');
const seg = (commit: number) => `${log(commit).replace('log', 'seg')}-0000`;
const temporary = mkdtempSync(join(tmpdir(), 'mica-mount-'));
afterAll(() => rmSync(temporary, { recursive: true }));

interface World {
  open(): Promise<{ mount: StoreMount; fs: FakeFs }>;
  fail(error: StoreError | undefined): void;
}

function memoryWorld(): World {
  const disk = new MemoryDisk();
  return {
    async open() {
      const module = fakeModule();
      return { mount: await MemoryMount.open(module, folder, disk), fs: module.FS };
    },
    fail: (error) => (disk.failure = error),
  };
}

// IndexedDB whose transactions abort when told to.
function idbWorld(): World {
  const indexedDB = new IDBFactory();
  let failure: StoreError | undefined;
  return {
    async open() {
      const module = fakeModule();
      const mount = await IdbMount.open(module, folder, { indexedDB, locks: null });
      const database = (mount as unknown as { database: IDBDatabase }).database;
      const begin = database.transaction.bind(database);
      database.transaction = (...args: Parameters<IDBDatabase['transaction']>) => {
        const transaction = begin(...args);
        if (failure && args[1] === 'readwrite') {
          const { code } = failure;
          Object.defineProperty(transaction, 'error', {
            get: () => ({ name: code === 'quota' ? 'QuotaExceededError' : 'AbortError' }),
          });
          queueMicrotask(() => transaction.abort());
          transaction.commit = () => {};
        }
        return transaction;
      };
      return { mount, fs: module.FS };
    },
    fail: (error) => (failure = error),
  };
}

let folders = 0;
function nodeWorld(): World {
  const path = join(temporary, `n${folders++}`);
  return {
    async open() {
      const module = fakeModule();
      return { mount: await NodeMount.open(module, folder, path), fs: module.FS };
    },
    fail() {},
  };
}

const bytes = (...values: number[]) => new Uint8Array(values);
function put(fs: FakeFs, name: string, contents: Uint8Array) {
  fs.writeFile(`${folder}/${name}`, contents);
  return { name, removed: false };
}
const removed = (name: string) => ({ name, removed: true });
const hotNames = (fs: FakeFs) =>
  fs
    .readdir(folder)
    .filter((name) => name.length > 2)
    .sort();

describe.each([
  ['memory', memoryWorld],
  ['IndexedDB', idbWorld],
  ['a folder', nodeWorld],
])('a mount on %s', (kind, makeWorld) => {
  it('keeps hot files over a restart and leaves segments on the disk', async () => {
    const world = makeWorld();
    const { mount, fs } = await world.open();
    await mount.flush([
      put(fs, seg(1), bytes(1)),
      put(fs, idx(1), bytes(2)),
      put(fs, log(1), bytes(3, 4)),
    ]);
    expect(hotNames(fs)).toEqual([]);
    await mount.close();
    const again = await world.open();
    expect(hotNames(again.fs)).toEqual([idx(1), log(1)]);
    expect(again.fs.readFile(`${folder}/${log(1)}`)).toEqual(bytes(3, 4));
    again.mount.release();
    expect(hotNames(again.fs)).toEqual([]);
    await again.mount.load(seg(1));
    expect(again.fs.readFile(`${folder}/${seg(1)}`)).toEqual(bytes(1));
    again.mount.unload(seg(1));
    expect(hotNames(again.fs)).toEqual([]);
    await expect(again.mount.load(seg(2))).rejects.toMatchObject({ code: 'missing' });
    expect(again.mount.counters).toMatchObject({ bytesRead: 4, bytesWritten: 0 });
    await again.mount.close();
  });

  it('takes its snapshot when called', async () => {
    const world = makeWorld();
    const { mount, fs } = await world.open();
    const first = mount.flush([put(fs, log(1), bytes(1))]);
    put(fs, log(1), bytes(9));
    fs.unlink(`${folder}/${log(1)}`);
    const second = mount.flush([put(fs, log(2), bytes(2)), removed(log(1))]);
    await Promise.all([first, second]);
    expect(mount.counters.bytesWritten).toBeLessThanOrEqual(2);
    await mount.close();
    const again = await world.open();
    expect(hotNames(again.fs)).toEqual([log(2)]);
    await again.mount.close();
  });

  it('refuses work once closed', async () => {
    const { mount, fs } = await makeWorld().open();
    await mount.close();
    await expect(mount.flush([put(fs, log(1), bytes(1))])).rejects.toMatchObject({
      code: 'closed',
    });
    await expect(mount.load(seg(1))).rejects.toMatchObject({ code: 'closed' });
  });

  it.skipIf(kind === 'a folder')('tells a full disk and tries the same files again', async () => {
    const world = makeWorld();
    const { mount, fs } = await world.open();
    await mount.flush([put(fs, log(1), bytes(1))]);
    world.fail(new StoreError('quota', 'full'));
    const failing = mount.flush([put(fs, log(2), bytes(2)), removed(log(1))]);
    await expect(failing).rejects.toMatchObject({ name: 'StoreError', code: 'quota' });
    expect(hotNames(fs)).toContain(log(2));
    world.fail(undefined);
    await mount.flush([put(fs, log(3), bytes(3))]);
    await mount.close();
    const again = await world.open();
    expect(hotNames(again.fs)).toEqual([log(2), log(3)]);
  });

  it.skipIf(kind === 'a folder')('writes nothing more once it was given up', async () => {
    const world = makeWorld();
    const { mount, fs } = await world.open();
    world.fail(new StoreError('quota', 'full'));
    const failing = mount.flush([put(fs, log(1), bytes(1))]).catch((error: unknown) => {
      mount.abandon();
      world.fail(undefined);
      throw error;
    });
    const waiting = mount.flush([put(fs, log(2), bytes(2))]);
    await expect(failing).rejects.toMatchObject({ code: 'quota' });
    await expect(waiting).rejects.toMatchObject({ code: 'closed' });
    await mount.close();
    expect(hotNames((await world.open()).fs)).toEqual([]);
  });
});

describe('IdbMount', () => {
  const fakeLocks = () => {
    let held: Promise<unknown> = Promise.resolve();
    return {
      request(_name: string, options: { signal: AbortSignal }, hold: () => Promise<void>) {
        const aborted = new Promise((_, reject) => {
          options.signal.onabort = () => reject(new DOMException('', 'AbortError'));
        });
        const turn = Promise.race([held, aborted]).then(() => {
          options.signal.onabort = null;
          return (held = hold());
        });
        return turn;
      },
    } as unknown as LockManager;
  };

  it('has one writer', async () => {
    const options = { indexedDB: new IDBFactory(), locks: fakeLocks(), lockWaitMs: 20 };
    const first = await IdbMount.open(fakeModule(), folder, options);
    const second = IdbMount.open(fakeModule(), folder, options);
    await expect(second).rejects.toMatchObject({ code: 'busy' });
    await first.close();
    await (await IdbMount.open(fakeModule(), folder, options)).close();
  });

  it('says what a context lacks', async () => {
    const open = IdbMount.open(fakeModule(), folder);
    await expect(open).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('tells that the database went away', async () => {
    const module = fakeModule();
    const indexedDB = new IDBFactory();
    const mount = await IdbMount.open(module, folder, { indexedDB, locks: null });
    indexedDB.deleteDatabase(folder);
    await new Promise((done) => setTimeout(done, 20));
    const flush = mount.flush([put(module.FS, log(1), bytes(1))]);
    await expect(flush).rejects.toMatchObject({ code: 'closed' });
  });

  it('keeps IDBFS records and refuses its syncfs', async () => {
    const indexedDB = new IDBFactory();
    const module = { ...fakeModule(), IDBFS: { syncfs: undefined as unknown } };
    const mount = await IdbMount.open(module, folder, { indexedDB, locks: null });
    await mount.flush([put(module.FS, log(1), bytes(1))]);
    await mount.close();
    const record = await new Promise<{ timestamp: Date; mode: number; contents: Uint8Array }>(
      (resolve) => {
        const request = indexedDB.open(folder, 21);
        request.onsuccess = () => {
          const get = request.result.transaction('FILE_DATA').objectStore('FILE_DATA');
          const found = get.get(`${folder}/${log(1)}`);
          found.onsuccess = () => resolve(found.result);
        };
      },
    );
    expect(record.timestamp).toBeInstanceOf(Date);
    expect(record).toMatchObject({ mode: 0o100600, contents: bytes(1) });
    const syncfs = module.IDBFS.syncfs as (m: unknown, p: boolean, c: (e: unknown) => void) => void;
    const error = await new Promise((resolve) => syncfs(null, false, resolve));
    expect(error).toMatchObject({ code: 'unsupported' });
  });
});

describe('NodeMount', () => {
  const path = () => join(temporary, `n${folders++}`);

  it('lets one process in, and takes over from a dead one', async () => {
    const place = path();
    const mount = await NodeMount.open(fakeModule(), folder, place);
    const second = NodeMount.open(fakeModule(), folder, place);
    await expect(second).rejects.toMatchObject({ code: 'busy' });
    await mount.close();
    writeFileSync(join(place, 'lock'), '1 0');
    await (await NodeMount.open(fakeModule(), folder, place)).close();
    const parent = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    const started = parent.slice(parent.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(join(place, 'lock'), `${process.ppid} ${started}`);
    const third = NodeMount.open(fakeModule(), folder, place);
    await expect(third).rejects.toMatchObject({ code: 'busy' });
  });

  it('removes what a crash left half done', async () => {
    const place = path();
    await (await NodeMount.open(fakeModule(), folder, place)).close();
    for (const name of [`${log(1)}.tmp`, seg(2), seg(3), idx(3)]) {
      writeFileSync(join(place, name), 'x');
    }
    const mount = await NodeMount.open(fakeModule(), folder, place);
    await mount.close();
    expect(readdirSync(place).sort()).toEqual([idx(3), seg(3)].sort());
  });

  it('names the folder it cannot write', async () => {
    const module = fakeModule();
    const place = path();
    const mount = await NodeMount.open(module, folder, place);
    rmSync(place, { recursive: true });
    const flush = mount.flush([put(module.FS, log(1), bytes(1))]);
    await expect(flush).rejects.toMatchObject({
      code: 'io',
      message: expect.stringContaining(place),
    });
  });
});

describe('a store that is deleted', () => {
  it('is gone, and others stay', async () => {
    const indexedDB = new IDBFactory();
    const open = (name: string) => {
      const module = fakeModule();
      return IdbMount.open(module, storeFolder(name), { indexedDB, locks: null });
    };
    for (const name of ['ab', 'cd']) await (await open(name)).close();
    await new Promise((done) => (indexedDB.open('mica/own').onsuccess = done));
    expect(await listStores(indexedDB)).toEqual([storeFolder('ab'), storeFolder('cd')]);
    await deleteStore(storeFolder('ab'), { indexedDB, locks: null });
    expect(await listStores(indexedDB)).toEqual([storeFolder('cd')]);
  });
});
