// Questions that are asked again whenever a chain moves: what a page is pushed, and what they cost.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  MAX_PUSHED_CHARS,
  MAX_SUBSCRIPTIONS,
  MAX_SUBSCRIPTIONS_PER_ORIGIN,
} from '@mica/bindings/limits';
import { toBlockHeight } from '@mica/bindings/scalars';
import type { PageSender } from '../doors/page.ts';
import { chainA, chainB } from '../testing/fake_engine.ts';
import { connect, makeWorld, secondFaucet, site, type World } from '../testing/world.ts';

const applicationId = 'a9'.repeat(32);
const query = '{ value }';

let world: World;
let value = 1;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
  value = 1;
  world.engine.service = () => `v${value}`;
});

const subscribe = (id = 'sub', more = {}) =>
  world.ask('linera_subscribe', { applicationId, query, ...more }, id);
/** Another page of the site. */
const askAs = (page: PageSender, id: string) => {
  const asked = { id, method: 'linera_subscribe', params: { applicationId, query } };
  return world.service.pages.request(page, asked, false);
};
/** What was pushed since it was looked at last. */
function pushed(documentId = site.documentId) {
  const told = world.toPage.splice(0).filter((one) => one.documentId === documentId);
  const values = told.map(({ message }) => message['value'] as { type?: string; data: object });
  return values.filter(({ type }) => type === 'linera_subscription').map(({ data }) => data);
}
const moved = (chainId = chainA) => {
  const chain = world.disk.chains.get(chainId)!;
  world.engine.changed({
    ...chain,
    next_block_height: toBlockHeight(chain.next_block_height + 1n),
  });
};
const asked = () => world.engine.count('QueryApplication');

describe('a subscription', () => {
  it('is named by its request, answers at once, and then where the answer differs', async () => {
    expect(await subscribe()).toBe('sub');
    expect(pushed()).toEqual([]);
    await world.settle();
    expect(pushed()).toEqual([{ subscription: 'sub', height: 0, response: 'v1' }]);
    moved();
    await world.settle();
    expect(pushed()).toEqual([]);
    expect(asked()).toBe(2);
    value = 2;
    moved();
    await world.settle();
    expect(pushed()).toEqual([{ subscription: 'sub', height: 2, response: 'v2' }]);
  });
  it('is asked when the inbox has changed, not by other news', async () => {
    await subscribe();
    await world.settle();
    const before = asked();
    moved(chainB);
    world.engine.changed({ ...world.disk.chains.get(chainA)!, synchronized: false });
    await world.settle();
    expect(asked()).toBe(before);
    world.engine.changed({ ...world.disk.chains.get(chainA)!, incoming_count: 1 });
    await world.settle();
    expect(asked()).toBe(before + 1);
  });
  it('has one question under way, and after many blocks one more', async () => {
    await subscribe();
    await world.settle();
    const answers: ((text: string) => void)[] = [];
    world.engine.service = () => new Promise((resolve) => answers.push(resolve));
    for (let block = 0; block < 5; block += 1) {
      moved();
      await world.settle();
    }
    expect(answers).toHaveLength(1);
    answers[0]?.('old');
    await world.settle();
    expect(answers).toHaveLength(2);
    answers[1]?.('new');
    await world.settle();
    expect(answers).toHaveLength(2);
    expect(pushed().slice(-2)).toMatchObject([{ response: 'old' }, { response: 'new' }]);
  });
  it('never asks two questions at a time', async () => {
    await subscribe('one');
    await subscribe('two');
    await world.settle();
    let open = 0;
    let most = 0;
    world.engine.service = async () => {
      most = Math.max(most, (open += 1));
      await Promise.resolve();
      open -= 1;
      return 'x';
    };
    moved();
    await world.settle();
    expect([most, asked()]).toEqual([1, 4]);
  });
  it('tells that the application failed, once, and goes on', async () => {
    await subscribe();
    await world.settle();
    pushed();
    world.engine.failNext.set('QueryApplication', 'ExecutionFailed');
    moved();
    await world.settle();
    expect(pushed()).toMatchObject([
      { subscription: 'sub', height: 1, error: { data: { reason: 'ExecutionFailed' } } },
    ]);
    moved();
    await world.settle();
    expect(pushed()).toMatchObject([{ response: 'v1' }]);
  });
  it('that fails at once does not begin', async () => {
    world.engine.failNext.set('QueryApplication', 'ExecutionFailed');
    await expect(subscribe()).rejects.toMatchObject({ data: { reason: 'ExecutionFailed' } });
    moved();
    await world.settle();
    expect(asked()).toBe(1);
    await expect(subscribe('x', { applicationId: 'x' })).rejects.toMatchObject({
      data: { reason: 'BadAddress' },
    });
    await expect(subscribe('x', { chainId: chainB })).rejects.toMatchObject({
      data: { reason: 'NotConnected' },
    });
  });
  it('is the same under its id, and another is refused', async () => {
    await subscribe();
    await world.settle();
    pushed();
    expect(await subscribe()).toBe('sub');
    await world.settle();
    expect([pushed(), asked()]).toEqual([[], 1]);
    await expect(subscribe('sub', { query: '{ other }' })).rejects.toMatchObject({
      data: { reason: 'RequestIdTaken' },
    });
  });
});

describe('a subscription ends', () => {
  const isOver = async () => {
    pushed();
    const before = asked();
    value += 1;
    moved();
    await world.settle();
    expect(asked()).toBe(before);
    expect(pushed()).toEqual([]);
  };
  beforeEach(async () => {
    await subscribe();
    await world.settle();
  });

  it('when the page says so', async () => {
    const end = () => world.ask('linera_unsubscribe', { subscription: 'sub' });
    expect(await end()).toBe(true);
    expect(await end()).toBe(false);
    await isOver();
  });
  it('with its document alone', async () => {
    const other = { ...site, documentId: 'D2' };
    await askAs(other, 'sub');
    await world.settle();
    world.service.pages.detach(site.documentId);
    pushed();
    value = 2;
    moved();
    await world.settle();
    expect(world.toPage.map(({ documentId }) => documentId)).not.toContain(site.documentId);
    expect(pushed('D2')).toMatchObject([{ response: 'v2' }]);
  });
  it('with the connection', async () => {
    await world.ask('linera_disconnect');
    await isOver();
  });
  it('when the site may not see the chain any more', async () => {
    await world.methods.setSiteChains({ origin: site.origin, chainIds: [chainB] });
    await isOver();
  });
  it('with the network', async () => {
    const { id } = await world.methods.addNetwork({ name: 'second', faucetUrl: secondFaucet });
    await world.methods.switchNetwork({ id });
    await isOver();
  });
});

describe('while the wallet is locked', () => {
  it('nothing is asked or told; after the unlocking what is new', async () => {
    await subscribe();
    await world.settle();
    pushed();
    world.lock();
    value = 2;
    moved();
    await world.settle();
    expect([asked(), pushed()]).toEqual([1, []]);
    world.unlock();
    await world.settle();
    expect(pushed()).toEqual([{ subscription: 'sub', height: 1, response: 'v2' }]);
  });
  it('an answer under way is kept back', async () => {
    await subscribe();
    await world.settle();
    pushed();
    let answer: (text: string) => void = () => undefined;
    world.engine.service = () => new Promise((resolve) => (answer = resolve));
    moved();
    await world.settle();
    world.lock();
    answer('secret');
    await world.settle();
    expect(pushed()).toEqual([]);
    world.engine.service = () => 'v3';
    world.unlock();
    await world.settle();
    expect(pushed()).toMatchObject([{ response: 'v3' }]);
  });
  it('a subscription can be made, and begins with the unlocking', async () => {
    world.lock();
    expect(await subscribe()).toBe('sub');
    await world.settle();
    expect([asked(), pushed()]).toEqual([0, []]);
    world.unlock();
    await world.settle();
    expect(pushed()).toEqual([{ subscription: 'sub', height: 0, response: 'v1' }]);
  });
  it('also one of before a new start, which begins before the vault has spoken', async () => {
    world = await makeWorld(world.disk, world.storage);
    world.engine.service = () => 'v1';
    expect(await subscribe()).toBe('sub');
    await world.settle();
    expect(pushed()).toEqual([]);
    world.unlock();
    await world.settle();
    expect(pushed()).toMatchObject([{ response: 'v1' }]);
  });
});

describe('the budget', () => {
  it('of one site, over its documents', async () => {
    for (let at = 0; at < MAX_SUBSCRIPTIONS_PER_ORIGIN; at += 1) {
      await askAs({ ...site, documentId: `D${at % 2}` }, `s${at}`);
    }
    const refused = { code: -32005, data: { reason: 'TooManySubscriptions' } };
    await expect(subscribe('more')).rejects.toMatchObject(refused);
    world.service.pages.detach('D0');
    expect(await subscribe('more')).toBe('more');
  });
  it('of all sites', async () => {
    const sites = MAX_SUBSCRIPTIONS / MAX_SUBSCRIPTIONS_PER_ORIGIN;
    for (let at = 0; at <= sites; at += 1) {
      const page = { origin: `https://s${at}.example`, tabId: 2, documentId: `O${at}` };
      await world.service.session!.sites.grant(page.origin, [chainA]);
      for (let number = 0; number < MAX_SUBSCRIPTIONS_PER_ORIGIN; number += 1) {
        const made = askAs(page, `s${number}`);
        if (at < sites) await made;
        else await expect(made).rejects.toMatchObject({ code: -32005 });
      }
    }
  });
  it('of one answer', async () => {
    world.engine.service = () => 'x'.repeat(MAX_PUSHED_CHARS + 1);
    await expect(subscribe()).rejects.toMatchObject({ data: { reason: 'TooLong' } });
    world.engine.service = () => 'x'.repeat(MAX_PUSHED_CHARS);
    expect(await subscribe()).toBe('sub');
  });
});
