import { beforeEach, describe, expect, it } from 'vitest';
import type { VaultAnswer, VaultRequest } from '../../../js-bindings/generated/types.ts';
import { VaultRefusal, type VaultMachine } from './machine.ts';
import { checkPhrase, makePhrase } from './phrase.ts';
import { VaultService, type VaultOutside } from './vault_service.ts';

const owner = { $: 'Address20', value: new Uint8Array(20).fill(0x11) } as const;
const account = {
  owner,
  scheme: 'EvmSecp256k1',
  origin: { $: 'Phrase', value: 0 },
  label: 'A',
} as const;
const kdf = { salt: new Uint8Array(16), ops: 3, mem_bytes: 64n << 20n };

// The wrap key is the password here, and so is the sealed file.
class FakeVault {
  readonly asked: { door: string; request: VaultRequest }[] = [];
  constructor(private readonly clock: { now: number }) {}

  ask(_kind: string, door: string, request: VaultRequest): VaultAnswer {
    this.asked.push({ door, request });
    const lock_at = BigInt(this.clock.now + 600_000) * 1000n;
    switch (request.$) {
      case 'Inspect':
        return { $: 'Parameters', kdf };
      case 'Create':
        return { $: 'Sealed', vault: request.sealing.wrap_key.slice(), accounts: [account] };
      case 'Open': {
        const { vault, wrap_key, throttle } = request.unlocking;
        if (vault.join() === wrap_key.join()) return { $: 'Opened', accounts: [account], lock_at };
        const failures = throttle.failures + 1;
        throw new VaultRefusal({
          $: 'Failed',
          failure: 'WrongPassword',
          message: 'wrong',
          throttle: { failures, last_failure: BigInt(this.clock.now) * 1000n },
          retry_at: BigInt(this.clock.now + (failures > 1 ? 1000 : 0)) * 1000n,
        });
      }
      case 'Lock':
        return { $: 'Locked', reason: 'Asked' };
      case 'Touch':
      case 'SetSession':
        return { $: 'Touched', lock_at };
      default:
        throw new Error(request.$);
    }
  }
  tick(): void {}
}

let clock: { now: number };
let stored: Map<string, unknown>;
let derived: Uint8Array[];
let vault: FakeVault;

async function open(): Promise<VaultService> {
  const outside: VaultOutside = {
    load: async (key) => stored.get(key) ?? null,
    save: async (key, value) => void stored.set(key, structuredClone(value)),
    deriveKey: async (password) => {
      derived.push(password);
      return password.slice();
    },
    random: (count) => new Uint8Array(count).fill(7),
    now: () => clock.now,
    later: () => undefined,
  };
  vault = new FakeVault(clock);
  const service = new VaultService(vault as unknown as VaultMachine, outside);
  await service.start();
  return service;
}

const phrase = 'test test test test test test test test test test test junk';
const password = 'correct horse';

beforeEach(() => {
  clock = { now: 1_000_000 };
  stored = new Map();
  derived = [];
});

describe('the vault', () => {
  it('is empty, made, and found again locked', async () => {
    const first = await open();
    expect(first.state().status).toBe('empty');
    expect(await first.methods().create({ phrase, password })).toMatchObject({
      status: 'unlocked',
      accounts: [{ owner: `0x${'11'.repeat(20)}`, index: 0 }],
    });
    const second = await open();
    expect(second.state()).toMatchObject({ status: 'locked', accounts: [{ label: 'A' }] });
    expect(await second.methods().unlock({ password })).toMatchObject({ status: 'unlocked' });
    // No password stays behind in what was handed to the derivation.
    expect(derived.flatMap((bytes) => [...bytes]).every((byte) => byte === 0)).toBe(true);
  });

  it('slows wrong passwords down, also across a restart', async () => {
    await (await open()).methods().create({ phrase, password });
    const wrong = (service: VaultService) => service.methods().unlock({ password: 'wrong' });
    const service = await open();
    await expect(wrong(service)).rejects.toMatchObject({ code: 'WrongPassword' });
    await expect(wrong(service)).rejects.toMatchObject({
      failure: { retryAt: clock.now + 1000 },
    });
    const tries = derived.length;
    await expect(wrong(service)).rejects.toMatchObject({ code: 'TooSoon' });
    expect(derived.length).toBe(tries);
    expect(stored.get('throttle')).toMatchObject({ failures: 2 });
    const next = await open();
    await expect(wrong(next)).rejects.toMatchObject({ code: 'WrongPassword' });
    expect(stored.get('throttle')).toMatchObject({ failures: 3 });
    clock.now += 2000;
    await next.methods().unlock({ password });
    expect(stored.get('throttle')).toMatchObject({ failures: 0 });
  });

  it('tells who listens that it was locked', async () => {
    const service = await open();
    await service.methods().create({ phrase, password });
    const heard: string[] = [];
    service.onState(({ status, lockReason }) => heard.push(`${status} ${lockReason}`));
    service.news({ $: 'Locked', reason: 'ClockJump' });
    expect(heard).toEqual(['unlocked null', 'locked ClockJump']);
  });

  it('refuses short passwords, wrong phrases and a second wallet', async () => {
    const { create } = (await open()).methods();
    await expect(create({ phrase, password: 'short' })).rejects.toMatchObject({ code: 'BadInput' });
    const swapped = phrase.replace('test junk', 'junk test');
    await expect(create({ phrase: swapped, password })).rejects.toMatchObject({
      code: 'BadPhrase',
    });
    await create({ phrase, password });
    await expect(create({ phrase, password })).rejects.toMatchObject({ code: 'AlreadyExists' });
  });

  it('lets the engine ask through its own door alone', async () => {
    const service = await open();
    const methods = service.signerMethods(() => undefined);
    expect(Object.keys(methods).sort()).toEqual(['hello', 'sign']);
    const content = new Uint8Array([1]);
    await methods.sign({ owner, content }).catch(() => undefined);
    expect(vault.asked.at(-1)).toMatchObject({ door: 'Engine', request: { $: 'Sign' } });
  });
});

describe('phrases', () => {
  it('are made and checked', () => {
    expect(checkPhrase(makePhrase(12)).ok).toBe(true);
    expect(makePhrase(24).split(' ')).toHaveLength(24);
    expect(checkPhrase(phrase).ok).toBe(true);
    expect(checkPhrase(phrase.replace('junk', 'junkk'))).toMatchObject({ unknownWords: [11] });
    expect(checkPhrase('test test').problem).toContain('12 or 24');
  });
});
