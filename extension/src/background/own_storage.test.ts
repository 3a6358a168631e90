import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { IdbPlace, OwnStorage, type StoragePlace } from './own_storage.ts';

class Shelf implements StoragePlace {
  readonly values = new Map<string, unknown>();
  broken = false;
  async get(key: string): Promise<unknown> {
    if (this.broken) throw new Error('broken');
    return structuredClone(this.values.get(key)) ?? null;
  }
  async set(key: string, value: unknown): Promise<void> {
    if (this.broken) throw new Error('broken');
    this.values.set(key, structuredClone(value));
  }
  async keys(): Promise<string[]> {
    if (this.broken) throw new Error('broken');
    return [...this.values.keys()];
  }
}

let first: Shelf;
let second: Shelf;
let own: OwnStorage;
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  first = new Shelf();
  second = new Shelf();
  own = new OwnStorage([first, second]);
});

describe("the extension's own storage", () => {
  it('has nothing at first, and what was saved after that', async () => {
    expect(await own.load('vault')).toBeNull();
    await own.save('vault', { sealed: '00' });
    expect(await own.load('vault')).toEqual({ sealed: '00' });
    expect(first.values).toEqual(second.values);
  });

  it.each([0, 1])('outlives place %i, and fills it again', async (lost) => {
    await own.save('vault', 'one');
    [first, second][lost]!.values.clear();
    expect(await own.load('vault')).toBe('one');
    expect(first.values).toEqual(second.values);
  });

  it.each([0, 1])('takes what was saved last when place %i fell back', async (lost) => {
    await own.save('vault', 'old');
    const old = structuredClone(first.values.get('vault'));
    await own.save('vault', 'new');
    [first, second][lost]!.values.set('vault', old);
    expect(await own.load('vault')).toBe('new');
    expect(first.values).toEqual(second.values);
  });

  it('does not bring back what was removed', async () => {
    await own.save('vault', 'old');
    const old = structuredClone(first.values.get('vault'));
    await own.save('vault', null);
    second.values.set('vault', old);
    expect(await own.load('vault')).toBeNull();
  });

  it('needs one place, and says when there is none', async () => {
    first.broken = true;
    await own.save('vault', 'one');
    expect(await own.load('vault')).toBe('one');
    second.broken = true;
    await expect(own.save('vault', 'two')).rejects.toThrow('broken');
    await expect(own.load('vault')).rejects.toThrow('broken');
    first.broken = second.broken = false;
    expect(await own.load('vault')).toBe('one');
  });

  it.each(['mica/engine/requests', 'mica/vault/fastSigned'])(
    'has stored %s only when both places took it',
    async (key) => {
      await own.save(key, 'before');
      second.broken = true;
      await expect(own.save(key, 'signed')).rejects.toThrow('broken');
      second.broken = false;
      await own.save(key, 'signed');
      first.broken = true;
      // Read alone, the other place is not behind.
      expect(await own.load(key)).toBe('signed');
    },
  );

  it('has nothing only where both places say so', async () => {
    expect(await own.load('vault')).toBe(null);
    first.broken = true;
    await expect(own.load('vault')).rejects.toThrow('the other has nothing');
  });

  it('counts on when two are saved at once', async () => {
    await Promise.all([own.save('settings', 'one'), own.save('settings', 'two')]);
    expect(first.values.get('settings')).toEqual({ saved: 1, value: 'two' });
    expect(second.values).toEqual(first.values);
  });

  it('writes nothing that is there already', async () => {
    await own.save('networks', [{ id: 'local' }]);
    await own.save('networks', [{ id: 'local' }]);
    expect(first.values.get('networks')).toMatchObject({ saved: 0 });
    second.values.clear();
    await own.save('networks', [{ id: 'local' }]);
    expect(second.values).toEqual(first.values);
  });

  it('reads what was stored before there were two places', async () => {
    first.values.set('vault', { sealed: '00' });
    expect(await own.load('vault')).toEqual({ sealed: '00' });
    await own.save('vault', 'next');
    expect(second.values.get('vault')).toEqual({ saved: 1, value: 'next' });
  });

  it('lists what is stored, in whichever place', async () => {
    await own.save('chains/1', ['one']);
    await own.save('chains/2', ['two']);
    await own.save('network', 'local');
    await own.save('chains/2', null);
    first.values.delete('chains/1');
    expect(await own.keys('chains/')).toEqual(['chains/1']);
    const place = new IdbPlace(new IDBFactory());
    await place.set('chains/1', 'one');
    expect(await place.keys()).toEqual(['chains/1']);
  });

  it('keeps values in IndexedDB', async () => {
    const factory = new IDBFactory();
    const one = new OwnStorage([new IdbPlace(factory)]);
    expect(await one.load('vault')).toBeNull();
    await one.save('vault', { sealed: '00' });
    expect(await new OwnStorage([new IdbPlace(factory)]).load('vault')).toEqual({ sealed: '00' });
  });

  it('opens its database anew when the browser has closed it', async () => {
    const factory = new IDBFactory();
    const place = new IdbPlace(factory);
    await Promise.all([place.set('vault', 'one'), place.set('networks', 'two')]);
    // Asks for it to be closed, as who removes the data of a site does.
    const deleted = factory.deleteDatabase('mica/own');
    await new Promise((done) => (deleted.onsuccess = done));
    expect(await place.get('vault')).toBeNull();
    await place.set('vault', 'three');
    expect(await new IdbPlace(factory).get('vault')).toBe('three');
  });
});
