import { beforeEach, describe, expect, it } from 'vitest';
import {
  alice,
  certificate,
  chainA,
  chainB,
  hash,
  noEffects,
  nowhere,
  summary,
  token,
} from '../testing/fake_engine.ts';
import { connect, makeWorld, order, shownBlock, site, type World } from '../testing/world.ts';
import { toError } from './page_answers.ts';
import { TELL_UNKNOWN_AFTER_MS } from '@mica/bindings/limits';
import { toAmount, toBlockHeight, toTimestamp } from '@mica/bindings/scalars';
import type { ConfirmedBlockCertificate } from '@mica/bindings/types';
import { chainIdFromText } from '@mica/bindings/text';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
});

const approval = () => world.service.state().approvals[0];
const shown = (of = world) => shownBlock(of);

describe('connecting', () => {
  it('gives the site the chains that the person chose, and no other', async () => {
    const accounts = world.ask('linera_requestAccounts');
    await world.settle();
    expect(world.opened.count).toBe(1);
    await world.methods.approveConnect({ id: approval()!.id, chainIds: [chainA] });
    expect(await accounts).toEqual([`${alice}@${chainA}`]);
    expect(await world.ask('linera_accounts')).toEqual([`${alice}@${chainA}`]);
    await expect(world.ask('linera_getBalance', { chainId: chainB })).rejects.toMatchObject({
      code: 4100,
    });
  });

  it('is 4001 when the person says no, and a second question asks again', async () => {
    const accounts = world.ask('linera_requestAccounts');
    await world.settle();
    await world.methods.reject({ id: approval()!.id });
    await expect(accounts).rejects.toMatchObject({ code: 4001, data: { reason: 'Rejected' } });
    expect(await world.ask('linera_accounts')).toEqual([]);
  });

  it('asks once however often the page asks', async () => {
    const both = [world.ask('linera_requestAccounts'), world.ask('linera_requestAccounts')];
    await world.settle();
    expect(world.service.state().approvals).toHaveLength(1);
    await world.methods.approveConnect({ id: approval()!.id, chainIds: [chainA] });
    expect(await Promise.all(both)).toHaveLength(2);
  });

  it('gives blocks of those chains, and does not tell which others are stored', async () => {
    await connect(world);
    const [ours, theirs, none] = ['1', '2', '3'].map((digit) => digit.repeat(64));
    world.disk.blocks.set(ours!, certificate(summary(chainA, 0n, alice)));
    world.disk.blocks.set(theirs!, certificate(summary(chainB, 0n, alice)));
    const get = (blockHash?: string) => world.ask('linera_getCertificate', { blockHash });
    expect(await get(ours)).toEqual({ certificate: expect.stringContaining(chainA) });
    const errors = await Promise.all([theirs, none].map((hash) => get(hash).catch(toError)));
    expect(errors[0]).toMatchObject({ code: 4100, data: { reason: 'NotConnected' } });
    expect(errors[1]).toEqual(errors[0]);
  });

  it('ends with linera_disconnect', async () => {
    await connect(world);
    await world.ask('linera_disconnect');
    expect(await world.ask('linera_accounts')).toEqual([]);
    await expect(world.ask('linera_getBalance')).rejects.toMatchObject({ code: 4100 });
  });
});

describe('what cannot be stored', () => {
  it('leaves no site connected that was told it is not', async () => {
    await connect(world);
    world.service.pages.attach(site);
    world.engine.failNext.set('PutRecord', 'StorageFailed');
    await expect(world.ask('linera_disconnect')).rejects.toMatchObject({ code: -32603 });
    expect(await world.ask('linera_accounts')).toEqual([]);
    expect(world.toPage.at(-1)?.message).toMatchObject({ event: 'accountsChanged', value: [] });
    await world.ask('linera_disconnect');
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    expect(await next.ask('linera_accounts')).toEqual([]);
  });

  it('brings no refused request back beside the newer ones', async () => {
    await connect(world);
    const first = world.ask('linera_transfer', order(), 'first').catch(toError);
    await world.settle();
    world.own.fails = true;
    await world.methods.reject({ id: world.service.need().approvals.all()[0]!.approval.id });
    await world.settle();
    world.own.fails = false;
    expect(await first).toMatchObject({ code: 4001 });
    void world.ask('linera_transfer', order(), 'second').catch(toError);
    await world.settle();
    const next = await makeWorld(world.disk, world.storage);
    const get = (id: string) => next.service.stored.requests.get(site.origin, id)?.status;
    expect([get('first'), get('second')]).toEqual(['failed', 'waiting']);
  });

  it('fails for everybody who asked for it', async () => {
    await connect(world);
    world.own.fails = true;
    const both = [1, 2].map(() => world.ask('linera_transfer', order(), 'mine'));
    const failed = { status: 'rejected', reason: { data: { reason: 'StorageFailed' } } };
    expect(await Promise.allSettled(both)).toMatchObject([failed, failed]);
  });
});

describe('a locked wallet', () => {
  it('tells a page nothing private', async () => {
    await connect(world);
    world.lock();
    expect(await world.ask('linera_accounts')).toEqual([]);
    for (const method of ['linera_getBalance', 'linera_getActivity']) {
      await expect(world.ask(method)).rejects.toMatchObject({
        code: 4100,
        data: { reason: 'Locked' },
      });
    }
    expect(await world.ask('linera_chainId')).toMatch(/^linera:[0-9a-f]{32}$/);
  });

  it('opens its window for a request, prepares it after unlocking', async () => {
    await connect(world);
    world.lock();
    world.opened.count = 0;
    const result = world.ask('linera_transfer', order());
    await world.settle();
    expect(world.opened.count).toBe(1);
    expect((await shown()).status).toBe('locked');
    expect(world.engine.count('PrepareBlock')).toBe(0);
    world.unlock();
    await world.settle();
    const { id, revision } = await shown();
    await world.methods.confirmBlock({ id, revision });
    expect(await result).toMatchObject({ chainId: chainA, height: 0 });
  });
});

describe('a transfer', () => {
  beforeEach(() => connect(world));

  it('shows the effects of the very block, and resolves with its certificate', async () => {
    const result = world.ask('linera_transfer', order());
    await world.settle();
    const one = await shown();
    expect(one.status).toBe('ready');
    expect(one.origin).toBe(site.origin);
    expect(one.effects?.balances[0]).toMatchObject({
      before: 10n * token,
      after: (85n * token) / 10n,
    });
    expect(one.block).toBeInstanceOf(Uint8Array);
    expect(one.warnings).toEqual([]);
    await world.methods.confirmBlock({ id: one.id, revision: one.revision });
    const got = (await result) as { certificate: string; blockHash: string };
    expect(got.certificate).toMatch(/^[0-9a-f]+$/);
    expect(got.blockHash).toBe(one.effects?.blockHash);
    expect(JSON.parse(JSON.stringify(got))).toEqual(got);
  });

  it('sends nothing when the person says no', async () => {
    const result = world.ask('linera_transfer', order());
    await world.settle();
    await world.methods.reject({ id: approval()!.id });
    await expect(result).rejects.toMatchObject({ code: 4001, data: { money: 'Untouched' } });
    expect(world.engine.count('CommitDraft')).toBe(0);
    expect(world.engine.count('DropDraft')).toBe(1);
  });

  it('must be confirmed as it was shown', async () => {
    void world.ask('linera_transfer', order());
    await world.settle();
    const before = await shown();
    world.engine.news({
      $: 'DraftChanged',
      draft_id: 1n,
      effects: {
        ...noEffects,
        block: {
          chain_id: chainIdFromText(chainA),
          epoch: 0,
          transactions: [],
          height: toBlockHeight(1n),
          timestamp: toTimestamp(0n),
          authenticated_signer: null,
          previous_block_hash: null,
        },
        block_hash: hash(9),
      },
    });
    const late = world.methods.confirmBlock({ id: before.id, revision: 1 });
    await expect(late).rejects.toMatchObject({ code: 'Conflict' });
    const after = await shown();
    expect(after.warnings.map(({ code }) => code)).toContain('EffectsChanged');
    await world.methods.confirmBlock({ id: after.id, revision: after.revision });
    expect(world.engine.count('CommitDraft')).toBe(1);
  });

  it('warns loudly of a chain that nobody knows, or that could not be asked for', async () => {
    void world.ask('linera_transfer', order({ recipient: nowhere }));
    await world.settle();
    expect((await shown()).warnings).toMatchObject([
      { level: 'danger', code: 'UnknownRecipient' },
      { level: 'note', code: 'FirstTime' },
    ]);
    await world.methods.reject({ id: approval()!.id });
    world.engine.checkAnswer = 'NotSure';
    void world.ask('linera_transfer', order({ recipient: 'd'.repeat(64) }));
    await world.settle();
    expect((await shown()).warnings).toMatchObject([
      { level: 'danger', code: 'RecipientUnchecked' },
      { code: 'FirstTime' },
    ]);
  });

  it.each([
    ['an owner where a chain is meant', { recipient: alice }, 'BadAddress', /owner's address/],
    ['a chain id with 0x', { recipient: `0x${chainB}@` }, 'BadAddress', /no address/],
    [
      'an owner with a wrong character',
      { recipient: `0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe1@${chainB}` },
      'BadAddress',
      /is wrong/,
    ],
    ['a short chain id', { recipient: chainB.slice(1) }, 'BadAddress', /no address/],
    ['no recipient', { recipient: undefined }, 'BadAddress', /must be text/],
    ['a number', { amount: 1.5 }, 'BadAmount', /decimal text/],
    ['a negative amount', { amount: '-1' }, 'BadAmount', /decimal text/],
    ['a line', { amount: '1\n' }, 'BadAmount', /decimal text/],
    ['nothing', { amount: '0.0' }, 'BadAmount', /zero/],
    ['19 decimals', { amount: `0.${'1'.repeat(19)}` }, 'BadAmount', /decimal text/],
    ['two amounts', { attos: '5' }, 'BadAmount', /not both/],
    ["somebody else's account", { source: `0x${'22'.repeat(20)}` }, 'NotOwner', /not this wallet/],
  ])('refuses %s before anybody is asked', async (_name, change, reason, text) => {
    world.opened.count = 0;
    await expect(world.ask('linera_transfer', order(change))).rejects.toMatchObject({
      code: -32602,
      message: expect.stringMatching(text),
      data: { reason, money: 'Untouched' },
    });
    expect(world.opened.count).toBe(0);
  });

  it.each([
    ['2.', 2n * token],
    ['.5', token / 2n],
  ])('takes the amount %s as windows do', async (amount, attos) => {
    void world.ask('linera_transfer', order({ amount }));
    await world.settle();
    expect((await shown()).operations).toMatchObject([{ operation: { amount: attos } }]);
  });

  it('does not touch a chain that the site was not given', async () => {
    await expect(world.ask('linera_transfer', order({ chainId: chainB }))).rejects.toMatchObject({
      code: 4100,
    });
  });

  it('says what is wrong with too much money', async () => {
    const result = world.ask('linera_transfer', order({ amount: '11' }));
    await world.settle();
    await expect(result).rejects.toMatchObject({
      code: -32603,
      data: { reason: 'InsufficientBalance', money: 'Untouched' },
    });
    expect(approval()).toBeUndefined();
  });

  it('waits its turn on a chain', async () => {
    void world.ask('linera_transfer', order());
    void world.ask('linera_transfer', order({ amount: '2' }));
    await world.settle();
    expect(world.engine.count('PrepareBlock')).toBe(1);
    await world.methods.reject({ id: approval()!.id });
    await world.settle();
    expect(world.engine.count('PrepareBlock')).toBe(2);
    expect((await shown()).operations).toMatchObject([{ operation: { amount: 2n * token } }]);
  });
});

describe('requests by id', () => {
  beforeEach(() => connect(world));

  it('can be found again by a reloaded page, while open and when done', async () => {
    const first = world.ask('linera_transfer', order(), 'mine');
    await world.settle();
    expect(await world.ask('linera_getRequest', { id: 'mine' })).toMatchObject({
      status: 'waiting',
    });
    const again = world.ask('linera_transfer', order(), 'mine');
    await world.settle();
    expect(world.service.state().approvals).toHaveLength(1);
    const { id, revision } = await shown();
    await world.methods.confirmBlock({ id, revision });
    expect(await again).toEqual(await first);
    expect(await world.ask('linera_getRequest', { id: 'mine' })).toMatchObject({
      status: 'done',
      result: await first,
    });
    expect(await world.ask('linera_transfer', order(), 'mine')).toEqual(await first);
    expect(world.engine.count('CommitDraft')).toBe(1);
  });

  it('are not another request under the same id', async () => {
    void world.ask('linera_transfer', order(), 'mine');
    await world.settle();
    const other = world.ask('linera_transfer', order({ amount: '9' }), 'mine');
    await expect(other).rejects.toMatchObject({ data: { reason: 'RequestIdTaken' } });
  });

  it('survive a restart and are asked again', async () => {
    void world.ask('linera_transfer', order(), 'mine');
    await world.settle();
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    expect(next.service.state().approvals).toHaveLength(1);
    const again = next.ask('linera_transfer', order(), 'mine');
    await next.settle();
    const { id } = next.service.state().approvals[0]!;
    await next.methods.confirmBlock({ id, revision: 1 });
    expect(await again).toMatchObject({ chainId: chainA });
  });

  it('that were signed but never sent are said to be so after a restart', async () => {
    world.engine.holdCommits = true;
    void world.ask('linera_transfer', order(), 'mine');
    await world.settle();
    const { id, revision } = await shown();
    void world.methods.confirmBlock({ id, revision });
    await world.settle();
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    expect(await next.ask('linera_getRequest', { id: 'mine' })).toMatchObject({
      status: 'failed',
      error: { data: { reason: 'NotSent', money: 'Untouched' } },
    });
  });

  // Signed, and the wallet stopped; meanwhile a block was certified at that height.
  async function stoppedWhile(change: (block: ConfirmedBlockCertificate['value']) => void) {
    world.engine.holdCommits = true;
    world.engine.effectsNext = { block_hash: null };
    void world.ask('linera_transfer', order(), 'mine');
    await world.settle();
    const { id, revision } = await shown();
    void world.methods.confirmBlock({ id, revision });
    await world.settle();
    const chain = world.disk.chains.get(chainA)!;
    const { block } = world.engine.lastEffects!;
    const made = certificate(chain, block.transactions);
    made.value.header.authenticated_signer = block.authenticated_signer;
    change(made.value);
    world.disk.blocks.set('22'.repeat(32), made);
    world.disk.chains.set(chainA, { ...chain, next_block_height: toBlockHeight(1n) });
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    return next.ask('linera_getRequest', { id: 'mine' });
  }

  it('are done by their block, whose hash only validators knew', async () => {
    const hash = '22'.repeat(32);
    const request = await stoppedWhile(() => {});
    expect(request).toMatchObject({ status: 'done', result: { blockHash: hash } });
  });

  it('are displaced by another block, whatever its hash', async () => {
    const request = await stoppedWhile((block) => {
      block.header.timestamp = toTimestamp(7n);
    });
    expect(request).toMatchObject({
      status: 'failed',
      error: { data: { reason: 'Conflict', money: 'Untouched' } },
    });
  });

  it('without a quorum are not silent, and end when the quorum comes', async () => {
    world.service.pages.attach(site);
    world.engine.holdCommits = true;
    const result = world.ask('linera_transfer', order(), 'mine');
    await world.settle();
    const { id, revision } = await shown();
    const confirmed = world.methods.confirmBlock({ id, revision });
    await world.settle(TELL_UNKNOWN_AFTER_MS + 5000);
    await expect(result).rejects.toMatchObject({
      code: -32603,
      data: { reason: 'OutcomeUnknown', money: 'Unknown', requestId: 'mine' },
    });
    expect(await world.ask('linera_getRequest', { id: 'mine' })).toMatchObject({
      status: 'unknown',
    });
    world.engine.release?.();
    await confirmed;
    await world.settle();
    expect(await world.ask('linera_getRequest', { id: 'mine' })).toMatchObject({ status: 'done' });
    const told = world.toPage.filter(({ message }) => message.event === 'message');
    expect(told.at(-1)?.message.value).toMatchObject({ data: { status: 'done' } });
  });
});

describe('a page that floods', () => {
  it('is told when to come back, and costs the others nothing', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 200 }, () => world.ask('linera_accounts')),
    );
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(100);
    expect(refused[0]).toMatchObject({
      reason: { code: -32005, data: { reason: 'RateLimited', retryAfterMs: expect.any(Number) } },
    });
    const other = { ...site, origin: 'https://other.example', documentId: 'D2' };
    const request = { id: 'x', method: 'linera_accounts', params: undefined };
    expect(await world.service.pages.request(other, request, true)).toEqual([]);
  });

  it('cannot fill the queue of windows', async () => {
    await connect(world);
    const many = Array.from({ length: 10 }, () => world.ask('linera_transfer', order()));
    await world.settle();
    expect(world.service.state().approvals.length).toBeLessThanOrEqual(3);
    const refused = await Promise.allSettled(many.slice(3));
    for (const one of refused) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: -32005 } });
    }
  });
});

describe('signing text', () => {
  const text = (domain: string) =>
    `${domain} wants you to sign in with your Linera account:\n${alice}\n\n\nURI: https://x/`;
  beforeEach(() => connect(world));

  it('shows sign-in text of the page itself', async () => {
    const signed = world.ask('linera_signMessage', { message: text('shop.example') });
    await world.settle();
    const one = await world.methods.getApproval({ id: approval()!.id });
    expect(one).toMatchObject({ kind: 'text', domain: 'shop.example', owner: alice });
    await world.methods.approveText({ id: one.id, signature: '0xabcd' });
    expect(await signed).toEqual({ owner: alice, signature: '0xabcd' });
  });

  it.each([
    ['another domain', text('bank.example'), 'WrongDomain'],
    ['32 bytes', 'x'.repeat(32), 'BadText'],
    ['anything else', 'hello', 'BadText'],
    ['hidden characters', text('shop.example').replace('URI', 'pay \u202e1\n\nURI'), 'BadText'],
  ])('refuses %s', async (_name, message, reason) => {
    await expect(world.ask('linera_signMessage', { message })).rejects.toMatchObject({
      code: -32602,
      data: { reason },
    });
  });
});

describe('events', () => {
  it('reach the origins that may see them, and stop when locked', async () => {
    await connect(world);
    const other = { origin: 'https://other.example', tabId: 2, documentId: 'D2' };
    world.service.pages.attach(site);
    world.service.pages.attach(other);
    world.toPage.length = 0;
    const chain = world.disk.chains.get(chainA)!;
    world.engine.changed({ ...chain, chain_balance: toAmount(3n * token) });
    expect(world.toPage).toEqual([
      {
        documentId: 'D1',
        message: {
          kind: 'event',
          event: 'balanceChanged',
          value: expect.objectContaining({ balance: '3', attos: (3n * token).toString() }),
        },
      },
    ]);
    world.lock();
    world.toPage.length = 0;
    world.engine.changed({ ...chain, chain_balance: toAmount(4n * token) });
    expect(world.toPage).toEqual([]);
  });

  it('an unknown method is 4200, no network 4900', async () => {
    await expect(world.ask('eth_sendTransaction')).rejects.toMatchObject({ code: 4200 });
    await world.service.opening.close();
    await expect(world.ask('linera_accounts')).rejects.toMatchObject({ code: 4900 });
  });
});

describe('a full disk', () => {
  beforeEach(() => connect(world));

  it('fails the transfer at once with nothing sent, and goes on when there is room', async () => {
    const result = world.ask('linera_transfer', order(), 'pay-1');
    await world.settle();
    const { id, revision } = await shown();
    world.disk.full = true;
    await expect(world.methods.confirmBlock({ id, revision })).rejects.toMatchObject({
      code: 'StorageFull',
    });
    await expect(result).rejects.toMatchObject({
      code: -32603,
      data: { reason: 'StorageFull', money: 'Untouched' },
    });
    await world.settle(30_000);
    const full = world.service.state();
    expect(full.network).toMatchObject({ status: 'failed', failure: { code: 'StorageFull' } });
    expect(full.chains).toHaveLength(2);
    world.disk.full = false;
    await world.settle(120_000);
    await world.settle();
    expect(world.service.state()).toMatchObject({
      network: { status: 'ready', failure: null },
      approvals: [],
    });
    const stored = await world.ask('linera_getRequest', { id: 'pay-1' });
    expect(stored).toMatchObject({ status: 'failed', error: { data: { reason: 'StorageFull' } } });
  });

  it('leaves no request behind that could not be stored', async () => {
    world.own.fails = true;
    await expect(world.ask('linera_transfer', order(), 'pay-2')).rejects.toMatchObject({
      data: { reason: 'StorageFailed', money: 'Untouched' },
    });
    expect(world.service.state().approvals).toEqual([]);
  });

  it('signs no block that it could not note down', async () => {
    const result = world.ask('linera_transfer', order(), 'pay-3');
    await world.settle();
    const { id, revision } = await shown();
    world.own.fails = true;
    await expect(world.methods.confirmBlock({ id, revision })).rejects.toMatchObject({
      failure: { code: 'StorageFailed', money: 'Untouched' },
    });
    await expect(result).rejects.toMatchObject({ data: { money: 'Untouched' } });
    expect(world.engine.count('CommitDraft')).toBe(0);
  });
});

describe('a network that is closed', () => {
  it('ends also what was just being stored', async () => {
    await connect(world);
    const result = world.ask('linera_transfer', order(), 'pay-4');
    await world.service.opening.close();
    const told = { code: 4900, data: { reason: 'NetworkClosed', money: 'Untouched' } };
    await expect(result).rejects.toMatchObject(told);
    await world.service.opening.open();
    await world.settle();
    expect(await world.ask('linera_getRequest', { id: 'pay-4' })).toMatchObject({
      status: 'failed',
      error: told,
    });
    expect(approval()).toBeUndefined();
  });
});

describe('after an abort on what a site asked', () => {
  it('its waiting request is ended, and not taken up again', async () => {
    const world = await makeWorld();
    world.unlock();
    await connect(world);
    world.ask('linera_transfer', order(), 'poison').catch(() => undefined);
    await world.settle();
    world.storage.set('aborts', { validators: [], origins: ['https://shop.example'] });
    const next = await makeWorld(world.disk, world.storage);
    expect(next.storage.get('requests')).toMatchObject([{ id: 'poison', status: 'failed' }]);
    next.unlock();
    await next.settle();
    expect(next.engine.count('PrepareBlock')).toBe(0);
    expect(await next.ask('linera_getRequest', { id: 'poison' })).toMatchObject({
      status: 'failed',
      error: { data: { reason: 'EngineStopped', money: 'Untouched' } },
    });
    expect(next.storage.get('aborts')).toEqual({ validators: [], origins: [] });
  });
});
