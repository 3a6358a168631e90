import { beforeEach, describe, expect, it } from 'vitest';
import { toBlockHeight, toChainId, toCryptoHash, toTimestamp } from '@mica/bindings/scalars';
import type { VaultAnswer, VaultRequest } from '@mica/bindings/types';
import { FakeClock } from '@mica/bindings/fake_clock';
import { VaultRefusal, type VaultMachine } from './machine.ts';
import { generateMnemonic, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import {
  blankSecret,
  phraseWordsOf,
  secretOf,
  textOf,
  type Secret,
} from '@mica/wallet-contract/secret';
import { checkWords, joinWords, makePhrase } from './phrase.ts';
import { VaultService, type VaultOutside } from './vault_service.ts';

const owner = { $: 'Address20', value: new Uint8Array(20).fill(0x11) } as const;
const account = {
  owner,
  scheme: 'EvmSecp256k1',
  origin: { $: 'Phrase', value: 0 },
  label: 'A',
} as const;
const network = toCryptoHash(new Uint8Array(32).fill(9));
const fast = {
  network,
  chain_id: toChainId(new Uint8Array(32).fill(1)),
  height: toBlockHeight(7n),
  block: toCryptoHash(new Uint8Array(32).fill(2)),
};
const summary = {
  ...{ chain_id: fast.chain_id, height: fast.height, signer: null, operations: [] },
  ...{ accepted_bundles: 0, rejected_bundles: 0 },
};
const signature = {
  $: 'EvmSecp256k1',
  signature: new Uint8Array(65),
  address: owner.value,
} as const;
const kdf = { salt: new Uint8Array(16), ops: 3, mem_bytes: 64n << 20n };

// The wrap key is the password here, and so is the sealed file.
class FakeVault {
  readonly asked: { door: string; request: VaultRequest }[] = [];
  lockAt = Infinity;
  ticks = 0;
  constructor(
    private readonly clock: FakeClock,
    private readonly locked: () => void,
  ) {}

  ask(_kind: string, door: string, request: VaultRequest): VaultAnswer {
    this.asked.push({ door, request });
    if (door === 'Window') this.lockAt = this.clock.time + 600_000;
    const lock_at = BigInt(this.clock.time + 600_000) * 1000n;
    switch (request.$) {
      case 'Inspect':
        return { $: 'Parameters', kdf };
      case 'Create':
        return { $: 'Sealed', vault: request.sealing.wrap_key.slice(), accounts: [account] };
      case 'Open': {
        const { vault, wrap_key, throttle } = request.unlocking;
        if (vault.join() === wrap_key.join())
          return { $: 'Opened', accounts: [account], lock_at: toTimestamp(lock_at) };
        const failures = throttle.failures + 1;
        throw new VaultRefusal({
          $: 'Failed',
          failure: 'WrongPassword',
          message: 'wrong',
          throttle: { failures, last_failure: toTimestamp(BigInt(this.clock.time) * 1000n) },
          retry_at: toTimestamp(BigInt(this.clock.time + (failures > 1 ? 1000 : 0)) * 1000n),
        });
      }
      case 'Remember':
        return { $: 'Remembered' };
      case 'Sign':
        return { $: 'Signature', signature, fast };
      case 'Summarize':
        return { $: 'Summary', block: fast.block, summary };
      case 'Approve':
        return { $: 'Approved', block: fast.block, summary };
      case 'Lock':
        return { $: 'Locked', reason: 'Asked' };
      case 'Touch':
      case 'SetSession':
        return { $: 'Touched', lock_at: toTimestamp(lock_at) };
      case 'RevealPhrase':
        throw new VaultRefusal({
          $: 'Failed',
          failure: 'NoPhrase',
          message: 'none',
          throttle: { failures: 0, last_failure: toTimestamp(0n) },
          retry_at: null,
        });
      case 'SignText':
        return { $: 'TextSignature', signature: new Uint8Array(65) };
      default:
        throw new Error(request.$);
    }
  }
  tick(): void {
    this.ticks += 1;
    if (this.clock.time >= this.lockAt) this.locked();
  }
}

let clock: FakeClock;
let stored: Map<string, unknown>;
let derived: Uint8Array[];
let vault: FakeVault;
let vaults: FakeVault[];
let refuseSaving: boolean;

async function open(): Promise<VaultService> {
  const outside: VaultOutside = {
    load: async (key) => stored.get(key) ?? null,
    save: async (key, value) => {
      if (refuseSaving) throw new Error('no room');
      stored.set(key, structuredClone(value));
    },
    deriveKey: async (password) => {
      // It moves to a worker.
      const moved = structuredClone(password, { transfer: [password.buffer] });
      derived.push(password);
      return moved;
    },
    random: (count) => new Uint8Array(count).fill(7),
    clock,
  };
  const news = () => service.news({ $: 'Locked', reason: 'Idle' });
  vault = new FakeVault(clock, news);
  vaults.push(vault);
  const service: VaultService = new VaultService(vault as unknown as VaultMachine, outside);
  await service.start();
  return service;
}

const words = 'test test test test test test test test test test test junk';

let phrase: Secret;
let password: Secret;

beforeEach(() => {
  phrase = secretOf(words);
  password = secretOf('correct horse');
  clock = new FakeClock();
  stored = new Map();
  derived = [];
  vaults = [];
  refuseSaving = false;
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
    expect(derived.map(({ length }) => length)).toEqual([0, 0]);
    const created = vaults[0]!.asked.find(({ request }) => request.$ === 'Create')!.request;
    const { phrase: kept, sealing } = created as Extract<VaultRequest, { $: 'Create' }>;
    expect([...kept, ...sealing.wrap_key].every((byte) => byte === 0)).toBe(true);
  });

  it('slows wrong passwords down, also across a restart', async () => {
    await (await open()).methods().create({ phrase, password });
    const wrong = (service: VaultService) =>
      service.methods().unlock({ password: secretOf('wrong') });
    const service = await open();
    await expect(wrong(service)).rejects.toMatchObject({ code: 'WrongPassword' });
    await expect(wrong(service)).rejects.toMatchObject({
      failure: { retryAt: clock.time + 1000 },
    });
    const tries = derived.length;
    await expect(wrong(service)).rejects.toMatchObject({ code: 'TooSoon' });
    expect(derived.length).toBe(tries);
    expect(stored.get('throttle')).toMatchObject({ failures: 2 });
    const next = await open();
    await expect(wrong(next)).rejects.toMatchObject({ code: 'WrongPassword' });
    expect(stored.get('throttle')).toMatchObject({ failures: 3 });
    clock.time += 2000;
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

  it('locks itself when nothing was asked for so long, and is woken for that once', async () => {
    const service = await open();
    await service.methods().create({ phrase, password });
    const started = clock.time;
    expect(service.state().lockAt).toBe(started + 600_000);
    await clock.pass(599_999);
    expect([service.state().status, vault.ticks]).toEqual(['unlocked', 0]);
    await clock.pass(10);
    expect(service.state()).toMatchObject({ status: 'locked', lockReason: 'Idle', lockAt: null });
    expect([vault.ticks, clock.waiting]).toEqual([1, 0]);
  });

  it.each(['answered', 'refused'])(
    'locks itself later after a request that was %s',
    async (end) => {
      const service = await open();
      const { create, signText, revealPhrase } = service.methods();
      await create({ phrase, password });
      await clock.pass(300_000);
      if (end === 'answered') {
        await signText({ owner: `0x${'11'.repeat(20)}`, domain: 'https://a.example', text: 'hi' });
      } else {
        await expect(revealPhrase({ password })).rejects.toMatchObject({ code: 'NoPhrase' });
      }
      expect(service.state().lockAt).toBe(clock.time + 600_000);
      await clock.pass(599_999);
      expect([service.state().status, vault.ticks]).toEqual(['unlocked', 0]);
      await clock.pass(10);
      expect(service.state().status).toBe('locked');
      expect([vault.ticks, clock.waiting]).toEqual([1, 0]);
    },
  );

  it('is not woken any more once it was locked or erased', async () => {
    const service = await open();
    await service.methods().create({ phrase, password });
    service.lock();
    expect(clock.waiting).toBe(0);
    await service.methods().unlock({ password });
    expect(clock.waiting).toBe(1);
    await service.methods().erase({ password });
    expect(clock.waiting).toBe(0);
  });

  it('says at once when it will lock by new settings', async () => {
    const service = await open();
    await service.methods().create({ phrase, password });
    clock.time += 5000;
    await service.methods().setSession({ lockAfterMinutes: 10, autoReceive: true });
    expect(service.state().lockAt).toBe(clock.time + 600_000);
  });

  it('keeps its own settings, within bounds', async () => {
    const service = await open();
    await service.methods().create({ phrase, password });
    const { setSession } = service.methods();
    for (const lockAfterMinutes of [0, 0.5, 241, NaN]) {
      await expect(setSession({ lockAfterMinutes })).rejects.toMatchObject({ code: 'BadInput' });
    }
    await setSession({ lockAfterMinutes: 3 });
    expect(stored.get('settings')).toEqual({ lockAfterMinutes: 3, autoReceive: true });
    const lockAfter = async (value: unknown) => {
      stored.set('settings', value);
      await (await open()).methods().unlock({ password });
      const { request } = vault.asked.find(({ request: { $ } }) => $ === 'Open')!;
      return (request as Extract<VaultRequest, { $: 'Open' }>).session.lock_after;
    };
    expect(await lockAfter({ lockAfterMinutes: 3, autoReceive: true })).toBe(180_000_000n);
    expect(await lockAfter({ lockAfterMinutes: 1e9, autoReceive: true })).toBe(600_000_000n);
  });

  it('keeps what it signed in a fast round before the signature goes', async () => {
    const service = await open();
    const sign = () =>
      service
        .signerMethods(() => undefined)
        .sign({ owner, network: network, content: new Uint8Array([1]) });
    refuseSaving = true;
    await expect(sign()).rejects.toThrow('no room');
    refuseSaving = false;
    expect(await sign()).toEqual({ signature });
    await open();
    expect(vault.asked[0]!.request).toEqual({ $: 'Remember', fast_signed: [fast] });
  });

  it('keeps apart what it signed on two networks, and knows records of before', async () => {
    const old = { height: '7', block: '02'.repeat(32) };
    stored.set('fastSigned', { ['01'.repeat(32)]: old });
    const service = await open();
    const remembered = { ...fast, network: new Uint8Array(32) };
    expect(vault.asked[0]!.request).toEqual({ $: 'Remember', fast_signed: [remembered] });
    const { sign } = service.signerMethods(() => undefined);
    await sign({ owner, network: network, content: new Uint8Array([1]) });
    expect(stored.get('fastSigned')).toEqual({
      ['01'.repeat(32)]: old,
      [`${'09'.repeat(32)}/${'01'.repeat(32)}`]: old,
    });
  });

  it('says yes to a chain on one network alone, whatever the engine calls it', async () => {
    const [real, copy] = ['09'.repeat(32), '08'.repeat(32)];
    const block = new Uint8Array([1]);
    const yesOn = async (network: string) => (await open()).methods().approve({ block, network });
    await yesOn(real);
    await yesOn(real);
    const refused = { code: 'Conflict', reason: 'SignedElsewhere', money: 'Untouched' };
    await expect(yesOn(copy)).rejects.toMatchObject({ failure: refused });
    expect(vault.asked.some(({ request }) => request.$ === 'Approve')).toBe(false);
    // What it signed before such yeses were noted says the same.
    stored.delete('chainNetworks');
    stored.set('fastSigned', {
      [`${real}/${'01'.repeat(32)}`]: { height: '7', block: '02'.repeat(32) },
    });
    await expect(yesOn(copy)).rejects.toMatchObject({ failure: refused });
    await yesOn(real);
  });

  it('says no yes that it cannot note down', async () => {
    const { approve } = (await open()).methods();
    refuseSaving = true;
    const yes = { block: new Uint8Array([1]), network: '09'.repeat(32) };
    await expect(approve(yes)).rejects.toThrow('no room');
    await expect(approve(yes)).rejects.toThrow('no room');
    expect(vault.asked.some(({ request }) => request.$ === 'Approve')).toBe(false);
  });

  it('refuses short passwords, wrong phrases and a second wallet', async () => {
    const { create } = (await open()).methods();
    await expect(create({ phrase, password: secretOf('short') })).rejects.toMatchObject({
      code: 'BadInput',
    });
    const swapped = secretOf(words.replace('test junk', 'junk test'));
    await expect(create({ phrase: swapped, password })).rejects.toMatchObject({
      code: 'BadPhrase',
    });
    await create({ phrase, password });
    await expect(create({ phrase, password })).rejects.toMatchObject({ code: 'AlreadyExists' });
  });

  it('lets the engine ask through its own door alone', async () => {
    const service = await open();
    const methods = service.signerMethods(() => undefined);
    expect(Object.keys(methods).sort()).toEqual(['hello', 'sign', 'unapprove']);
    const content = new Uint8Array([1]);
    await methods.sign({ owner, network: network, content }).catch(() => undefined);
    expect(vault.asked.at(-1)).toMatchObject({ door: 'Engine', request: { $: 'Sign' } });
  });
});

describe('erasing', () => {
  it('names each wallet anew, and says what is to be kept', async () => {
    const service = await open();
    expect(service.signerState()).toMatchObject({ wallet: null });
    await service.methods().create({ phrase, password });
    const { wallet } = service.signerState();
    expect(wallet).toMatch(/^[0-9a-f]{32}$/);
    const next = await open();
    expect(next.signerState()).toMatchObject({ wallet, keepFollowed: false });
    await next.methods().erase({ password, keepFollowed: true });
    expect((await open()).signerState()).toMatchObject({ wallet: null, keepFollowed: true });
  });

  it('names a wallet that had no name', async () => {
    stored.set('vault', { sealed: '00', accounts: [] });
    const { wallet } = (await open()).signerState();
    expect(wallet).not.toBeNull();
    expect((await open()).signerState().wallet).toBe(wallet);
  });
});

describe('phrases', () => {
  it('are made and checked', () => {
    const check = (text: string) => checkWords(phraseWordsOf(secretOf(text)));
    expect(check(words)).toEqual({ ok: true, unknownWords: [], problem: null });
    expect(check(` \tTEST${words.slice(4)}\u3000`).ok).toBe(true);
    expect(check(words.replace('junk', 'junkk'))).toMatchObject({
      ...{ problem: 'unknownWords', unknownWords: [11] },
    });
    expect(check(words.replace('junk', 'test')).problem).toBe('checksum');
    const listed = (mark: (word: string, at: number) => string) =>
      check(words.split(' ').map(mark).join(' ')).ok;
    expect(listed((word, at) => `${at + 1}. ${word}`)).toBe(true);
    expect(listed((word) => `"${word}",`)).toBe(true);
    expect(listed((word) => `\u200b- ${word.toUpperCase()}`)).toBe(true);
    expect(check(words.replaceAll(' ', ',')).ok).toBe(true);
    expect(check('test test').problem).toBe('count');
    expect(check('').problem).toBe('count');
  });

  it('are those of another implementation, of any length', () => {
    for (const bits of [128, 160, 192, 224, 256]) {
      for (let i = 0; i < 50; i += 1) {
        const good = generateMnemonic(wordlist, bits).split(' ');
        expect(checkWords(good).ok).toBe(true);
        expect(textOf(joinWords(good))).toBe(good.join(' '));
        const [first, ...rest] = good;
        const moved = [...rest, first!];
        expect(checkWords(moved).ok).toBe(validateMnemonic(moved.join(' '), wordlist));
        const entropy = crypto.getRandomValues(blankSecret(bits / 8));
        const made = makePhrase(entropy);
        expect(validateMnemonic(textOf(made), wordlist)).toBe(true);
        expect(entropy.every((byte) => byte === 0)).toBe(true);
      }
    }
  });
});
