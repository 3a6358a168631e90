import { build } from 'esbuild';
import { IDBFactory } from 'fake-indexeddb';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { notForVault, onlyDatabases } from './abilities.ts';

// A worker's scope as browsers have it: some on the object, some on its prototypes.
const probe = `
  import { drop, notForVault } from './abilities.ts';
  import { parentPort } from 'node:worker_threads';
  const proto = Object.getPrototypeOf(globalThis);
  Object.defineProperty(proto, 'importScripts', { value: () => 1, configurable: true });
  globalThis.WebSocket = class {};
  globalThis.indexedDB = {};
  const before = ['fetch', 'importScripts', 'WebSocket', 'indexedDB', 'BroadcastChannel']
    .map((name) => typeof globalThis[name]);
  drop(notForVault);
  const put = [];
  try { globalThis.fetch = () => 1; } catch {}
  put.push(typeof globalThis.fetch);
  try { Object.defineProperty(globalThis, 'fetch', { value: 1 }); } catch {}
  put.push(typeof globalThis.fetch);
  const after = notForVault.global.filter((name) => globalThis[name] !== undefined);
  parentPort.postMessage({ before, after, onPrototype: typeof proto.importScripts, put });
`;

it('takes abilities from a worker, for good', async () => {
  const { outputFiles } = await build({
    stdin: { contents: probe, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
  });
  const worker = new Worker(outputFiles[0]!.text, { eval: true });
  const said = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  expect(said).toEqual({
    before: ['function', 'function', 'function', 'object', 'function'],
    after: [],
    onPrototype: 'undefined',
    put: ['undefined', 'undefined'],
  });
  expect(notForVault.global).toEqual(expect.arrayContaining(['fetch', 'XMLHttpRequest', 'caches']));
});

it("opens the worker's own databases and no other", () => {
  const factory = new IDBFactory();
  onlyDatabases('/mica/', factory);
  expect(() => factory.open('/mica/ab')).not.toThrow();
  expect(() => factory.open('mica/own')).toThrow('not for this worker');
  expect(() => factory.deleteDatabase('mica/own')).toThrow('not for this worker');
});
