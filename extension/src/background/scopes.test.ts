import { beforeEach, describe, expect, it } from 'vitest';
import { OwnStorage, type StoragePlace } from './own_storage.ts';
import { mayPass, moveToScopes, scoped, unscoped } from './scopes.ts';

const shelf = (values: Map<string, unknown>): StoragePlace => ({
  get: async (key) => values.get(key) ?? null,
  set: async (key, value) => void values.set(key, value),
  keys: async () => [...values.keys()],
});

describe("a worker's part of the storage", () => {
  it('is its own, whatever it asks for', () => {
    expect(scoped('engine', { kind: 'load', key: 'vault' })).toEqual({
      kind: 'load',
      key: 'engine/vault',
    });
    expect(scoped('engine', { kind: 'save', key: '../vault/vault', value: 1 })).toMatchObject({
      key: 'engine/../vault/vault',
    });
    const question = { kind: 'keys', prefix: '' } as const;
    expect(scoped('vault', question)).toEqual({ kind: 'keys', prefix: 'vault/' });
    expect(unscoped('engine', question, { value: ['engine/chains/1'] })).toEqual({
      value: ['chains/1'],
    });
    expect(unscoped('engine', question, { error: 'x' })).toEqual({ error: 'x' });
  });

  it('is all that the vault may ask for', () => {
    expect(mayPass('vault', { kind: 'toPage', tabId: 1, documentId: 'D', text: '{}' })).toBe(false);
    expect(mayPass('vault', { kind: 'save', key: 'vault', value: null })).toBe(true);
    expect(mayPass('engine', { kind: 'started' })).toBe(false);
    const question = {
      ...{ method: 'GET', url: 'https://a.example/', headers: [], body: new Uint8Array() },
      ...{ timeout_ms: 1n, max_response_bytes: 1n },
    };
    expect(mayPass('vault', { kind: 'askHost', question })).toBe(false);
    expect(mayPass('engine', { kind: 'askHost', question })).toBe(true);
    expect(mayPass('engine', { kind: 'hostAllowed', origin: 'https://a.example' })).toBe(false);
  });
});

describe('what was stored for all', () => {
  let values: Map<string, unknown>;
  let own: OwnStorage;
  beforeEach(async () => {
    values = new Map();
    own = new OwnStorage([shelf(values)]);
    await own.save('mica/vault', { sealed: '00' });
    await own.save('mica/fastSigned', { aa: 1 });
    await own.save('mica/settings', { lockAfterMinutes: 5 });
    await own.save('mica/chains/77', [1]);
  });

  it('of the vault is moved also where a place cannot tell its keys', async () => {
    const other = shelf(new Map());
    const half = new OwnStorage([
      shelf(values),
      { ...other, keys: () => Promise.reject(new Error('closed')) },
    ]);
    await moveToScopes(half);
    expect(await half.load('mica/vault/vault')).toEqual({ sealed: '00' });
    expect(await half.load('mica/vault/fastSigned')).toEqual({ aa: 1 });
    expect(await half.load('mica/format')).toBe(null);
    const whole = new OwnStorage([shelf(values), other]);
    await moveToScopes(whole);
    expect(await whole.load('mica/engine/chains/77')).toEqual([1]);
    expect(await whole.load('mica/format')).toBe(2);
  });

  it('is moved to whom it belongs, once', async () => {
    await moveToScopes(own);
    expect(await own.keys('mica/')).toEqual([
      'mica/engine/chains/77',
      'mica/engine/settings',
      'mica/format',
      'mica/vault/fastSigned',
      'mica/vault/settings',
      'mica/vault/vault',
    ]);
    expect(await own.load('mica/vault/vault')).toEqual({ sealed: '00' });
    await own.save('mica/vault', 'late');
    await moveToScopes(own);
    expect(await own.load('mica/vault/vault')).toEqual({ sealed: '00' });
  });

  it('goes on after it was cut off, without going back', async () => {
    await own.save('mica/vault/vault', { sealed: 'newer' });
    await moveToScopes(own);
    expect(await own.load('mica/vault/vault')).toEqual({ sealed: 'newer' });
  });
});
