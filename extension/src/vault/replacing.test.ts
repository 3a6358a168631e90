// A forgotten password: the phrase makes the wallet anew in place of the locked one. Over a vault
// without cryptography, where the wrap key is the password and each phrase gives owners of its own.
import { FakeClock } from '@mica/bindings/fake_clock';
import { beforeEach, describe, expect, it } from 'vitest';
import { toCryptoHash, toTimestamp } from '@mica/bindings/scalars';
import type {
  AccountOwner,
  KeyScheme,
  VaultAccount,
  VaultAnswer,
  VaultRequest,
} from '@mica/bindings/types';
import { ownerToText } from '@mica/bindings/text';
import { copyOf, secretOf, textOf } from '@mica/wallet-contract/secret';
import { VaultRefusal, type VaultMachine } from './machine.ts';
import { VaultService, type VaultOutside } from './vault_service.ts';

const phraseA = 'test test test test test test test test test test test junk';
const phraseB = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const kdf = { salt: new Uint8Array(16), ops: 3, mem_bytes: 64n << 20n };

function ownerAt(phrase: string, scheme: KeyScheme, index: number): AccountOwner {
  const byte = phrase.length + index;
  return scheme === 'Ed25519'
    ? { $: 'Address32', value: toCryptoHash(new Uint8Array(32).fill(byte)) }
    : { $: 'Address20', value: new Uint8Array(20).fill(byte) };
}

interface Content {
  password: string;
  phrase: string;
  accounts: VaultAccount[];
}
const pack = (content: Content) =>
  secretOf(JSON.stringify(content, (_, v: unknown) => (v instanceof Uint8Array ? [...v] : v)));
const accountAt = (phrase: string, scheme: KeyScheme, index: number, label: string) => ({
  owner: ownerAt(phrase, scheme, index),
  scheme,
  origin: { $: 'Phrase', value: index } as const,
  label,
});

/** What a sealed file is made of, in the clear. */
function unpack(file: Uint8Array): Content {
  const { accounts, ...rest } = JSON.parse(textOf(copyOf(file))) as Content;
  const origins = accounts.map(({ scheme, origin, label }) =>
    accountAt(rest.phrase, scheme, origin.value, label),
  );
  return { ...rest, accounts: origins };
}

class FakeVault {
  open: Content | null = null;
  locks = 0;

  private opened({ vault, wrap_key }: { vault: Uint8Array; wrap_key: Uint8Array }): Content {
    const content = unpack(vault);
    if (content.password === textOf(copyOf(wrap_key))) return content;
    throw new VaultRefusal({
      $: 'Failed',
      failure: 'WrongPassword',
      message: 'wrong',
      throttle: { failures: 9, last_failure: toTimestamp(1n) },
      retry_at: toTimestamp(10_000_000_000n),
    });
  }
  private sealed(content: Content): VaultAnswer {
    this.open = content;
    return { $: 'Sealed', vault: pack(content), accounts: content.accounts };
  }

  ask(_kind: string, _door: string, request: VaultRequest): VaultAnswer {
    switch (request.$) {
      case 'Inspect':
        return { $: 'Parameters', kdf };
      case 'Create': {
        const phrase = textOf(copyOf(request.phrase));
        const first = accountAt(phrase, 'EvmSecp256k1', 0, request.label);
        const password = textOf(copyOf(request.sealing.wrap_key));
        return this.sealed({ password, phrase, accounts: [first] });
      }
      case 'AddAccount': {
        const content = this.opened(request.unlocking);
        const { scheme, label } = request;
        const index = request.index ?? content.accounts.length;
        const added = accountAt(content.phrase, scheme, index, label);
        return this.sealed({ ...content, accounts: [...content.accounts, added] });
      }
      case 'Relabel': {
        const content = this.opened(request.unlocking);
        const named = content.accounts.map((one) =>
          ownerToText(one.owner) === ownerToText(request.owner)
            ? { ...one, label: request.label }
            : one,
        );
        return this.sealed({ ...content, accounts: named });
      }
      case 'LookAhead': {
        const { phrase } = this.opened(request.unlocking);
        const { scheme, from, count } = request;
        const value = Array.from({ length: count }, (_, at) => ownerAt(phrase, scheme, from + at));
        return { $: 'Owners', value };
      }
      case 'Open': {
        this.open = this.opened(request.unlocking);
        return { $: 'Opened', accounts: this.open.accounts, lock_at: toTimestamp(1n) };
      }
      case 'Remember':
        return { $: 'Remembered' };
      case 'Lock':
        this.open = null;
        this.locks += 1;
        return { $: 'Locked', reason: 'Asked' };
      case 'Touch':
        return { $: 'Touched', lock_at: toTimestamp(1n) };
      default:
        throw new Error(request.$);
    }
  }
  tick(): void {}
}

let stored: Map<string, unknown>;
let refuse: string | null;
let hold: boolean;
let vault: FakeVault;

async function open(): Promise<VaultService> {
  const outside: VaultOutside = {
    load: async (key) => stored.get(key) ?? null,
    save: async (key, value) => {
      if (refuse === key) throw new Error('no room');
      stored.set(key, structuredClone(value));
    },
    deriveKey: (password, _kdf, stop) =>
      new Promise((resolve, reject) => {
        stop.onabort = () => reject(stop.reason as Error);
        if (!hold) resolve(copyOf(password));
      }),
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    clock: new FakeClock(),
  };
  vault = new FakeVault();
  const service = new VaultService(vault as unknown as VaultMachine, outside);
  await service.start();
  return service;
}

const made = (phrase: string, password: string, replace = true) => ({
  phrase: secretOf(phrase),
  password: secretOf(password),
  replace,
});
const labels = (service: VaultService) =>
  service.state().accounts.map(({ label, scheme, index }) => `${label} ${scheme} ${index}`);

beforeEach(async () => {
  stored = new Map();
  refuse = null;
  hold = false;
  const first = await open();
  await first.methods().create({ ...made(phraseA, 'forgotten words', false), label: 'Savings' });
  const add = { password: secretOf('forgotten words'), scheme: 'Ed25519', label: 'Shop' } as const;
  await first.methods().addAccount({ ...add, index: 2 });
});

describe('a locked wallet whose password is forgotten', () => {
  it('comes back by its own phrase: same wallet, all accounts and their names', async () => {
    const service = await open();
    const { wallet } = service.signerState();
    const old = { password: secretOf('some other word') };
    await expect(service.methods().unlock(old)).rejects.toMatchObject({ code: 'WrongPassword' });
    const state = await service.methods().create(made(phraseA, 'a new password'));
    expect(state).toMatchObject({ status: 'unlocked', retryAt: null });
    expect(labels(service)).toEqual(['Savings EvmSecp256k1 0', 'Shop Ed25519 2']);
    expect(service.signerState().wallet).toBe(wallet);
    expect(vault.open?.accounts).toHaveLength(2);
    const next = await open();
    await next.methods().unlock({ password: secretOf('a new password') });
    expect(labels(next)).toEqual(['Savings EvmSecp256k1 0', 'Shop Ed25519 2']);
    expect(stored.get('throttle')).toMatchObject({ failures: 0 });
  });

  it('makes room for another one, which is told to be another', async () => {
    stored.set('keepFollowed', true);
    const service = await open();
    const { wallet } = service.signerState();
    await service.methods().create(made(phraseB, 'a new password'));
    expect(labels(service)).toEqual(['Account 1 EvmSecp256k1 0']);
    expect(service.signerState()).toMatchObject({ keepFollowed: false });
    expect(service.signerState().wallet).not.toBe(wallet);
    expect((await open()).signerState().keepFollowed).toBe(false);
  });

  it('stays as it is when the new one cannot be stored, or was not asked to go', async () => {
    const service = await open();
    refuse = 'vault';
    await expect(service.methods().create(made(phraseB, 'a new password'))).rejects.toThrow();
    expect(service.state().status).toBe('locked');
    expect(vault.open).toBeNull();
    refuse = null;
    await expect(
      service.methods().create(made(phraseB, 'a new password', false)),
    ).rejects.toMatchObject({ code: 'AlreadyExists' });
    await service.methods().unlock({ password: secretOf('forgotten words') });
    expect(labels(service)).toEqual(['Savings EvmSecp256k1 0', 'Shop Ed25519 2']);
  });

  it('is not replaced while it is open: its password is known then', async () => {
    const service = await open();
    await service.methods().unlock({ password: secretOf('forgotten words') });
    await expect(service.methods().create(made(phraseB, 'a new password'))).rejects.toMatchObject({
      code: 'AlreadyExists',
    });
  });
});

describe('what takes its time', () => {
  it('can be cancelled, and nothing has changed then', async () => {
    const service = await open();
    const before = structuredClone(stored);
    hold = true;
    const file = secretOf('a file');
    const secrets = {
      backupPassword: secretOf('of the file'),
      password: secretOf('a new password'),
    };
    const restoring = service.methods().openBackup({ file, ...secrets, replace: true });
    await Promise.resolve();
    await service.methods().cancel({});
    await expect(restoring).rejects.toMatchObject({ code: 'Cancelled' });
    expect(stored).toEqual(before);
    hold = false;
    await service.methods().unlock({ password: secretOf('forgotten words') });
  });
});

describe('looking ahead', () => {
  it('names the next accounts of both kinds, and adds none', async () => {
    const service = await open();
    const password = () => secretOf('forgotten words');
    await service.methods().unlock({ password: password() });
    const { accounts } = await service.methods().lookAhead({ password: password(), count: 2 });
    expect(accounts.map(({ scheme, index }) => [scheme, index])).toEqual([
      ['EvmSecp256k1', 1],
      ['EvmSecp256k1', 2],
      ['Ed25519', 3],
      ['Ed25519', 4],
    ]);
    expect(accounts[2]?.owner).toBe(ownerToText(ownerAt(phraseA, 'Ed25519', 3)));
    expect(service.state().accounts).toHaveLength(2);
    const wrong = service.methods().lookAhead({ password: secretOf('wrong'), count: 2 });
    await expect(wrong).rejects.toMatchObject({ code: 'WrongPassword' });
  });
});
