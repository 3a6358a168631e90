// Chains of others that sites read: who may, what they cost, how they end, and that none of them is
// ever taken for the person's.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  MAX_READINGS,
  MAX_READINGS_PER_ORIGIN,
  READING_IDLE_MS,
  READING_KEPT_MS,
} from '@mica/bindings/limits';
import { toBlockHeight } from '@mica/bindings/scalars';
import { chainIdFromText, toHex } from '@mica/bindings/text';
import type { PageSender } from '../doors/page.ts';
import {
  alice,
  certificate,
  chainA,
  chainB,
  hash,
  nowhere,
  summary,
} from '../testing/fake_engine.ts';
import { makeWorld, secondFaucet, site, type World } from '../testing/world.ts';
import { toError } from './page_answers.ts';

const applicationId = 'a9'.repeat(32);
const hub = 'd'.repeat(64);
const other: PageSender = { origin: 'https://other.example', tabId: 2, documentId: 'D2' };
/** Chains of others, by number. */
const chain = (number: number) => number.toString(16).padStart(64, 'e');

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await letRead();
});

let ids = 0;
const askAs = (page: PageSender, method: string, params: object): Promise<unknown> => {
  const answer = world.service.pages.request(page, { id: `q-${(ids += 1)}`, method, params }, true);
  answer.catch(() => undefined);
  return answer;
};
const query = (chainId: string, page = site) =>
  askAs(page, 'linera_query', { applicationId, query: '{ value }', chainId });
/** The site sees chain A, and may read others. */
async function letRead(page = site, readsOthers = true): Promise<void> {
  const accounts = askAs(page, 'linera_requestAccounts', { readChains: true });
  await world.settle();
  const { id } = world.service.state().approvals[0]!;
  await world.methods.approveConnect({ id, chainIds: [chainA], readsOthers });
  await accounts;
}
/** Follow and forget, in order, by the ends of the chains' ids. */
const followed = (of = world.engine) =>
  of.commands.flatMap((command) => {
    if (command.$ === 'TrackChain') return [`+${toHex(command.chain_id).slice(-2)}`];
    return command.$ === 'ForgetChain' ? [`-${toHex(command.value).slice(-2)}`] : [];
  });
const records = () => [...world.disk.records.keys()].filter((key) => key.startsWith('reading/'));
const shownChains = () => world.service.state().chains.map(({ chainId }) => chainId);
const refusal = (reason: string) =>
  expect.objectContaining({ data: expect.objectContaining({ reason }) });

describe('a chain of others', () => {
  it('is followed as nobody, synchronised, and then asked', async () => {
    expect(await query(hub)).toMatchObject({ response: '{ value }' });
    const after = world.engine.commands.slice(-4);
    expect(after).toMatchObject([
      { $: 'PutRecord', key: `reading/${hub}` },
      { $: 'TrackChain', chain_id: chainIdFromText(hub), owner: null, allow_fast_blocks: false },
      { $: 'Synchronize', value: chainIdFromText(hub) },
      { $: 'QueryApplication', chain_id: chainIdFromText(hub) },
    ]);
  });
  it('is the fault of the site, should the engine stop on it', async () => {
    const command = vi.spyOn(world.engine, 'command');
    await query(hub);
    for (const $ of ['TrackChain', 'Synchronize', 'QueryApplication']) {
      expect(command).toHaveBeenCalledWith(expect.objectContaining({ $ }), site.origin);
    }
  });
  it('is opened once for all who ask meanwhile', async () => {
    let fetched = () => undefined as void;
    world.engine.tracking = new Promise((resolve) => (fetched = resolve));
    const both = [query(hub), query(hub)];
    await world.settle();
    fetched();
    await Promise.all(both);
    await query(hub);
    expect(world.engine.count('TrackChain')).toBe(1);
    expect(world.engine.count('QueryApplication')).toBe(3);
  });
  it('that nobody knows is told by the failure, and forgotten again', async () => {
    await expect(query(nowhere)).rejects.toEqual(refusal('UnknownChain'));
    world.engine.failNext.set('Synchronize', 'NoQuorum');
    await expect(query(hub)).rejects.toEqual(refusal('NoQuorum'));
    await world.settle();
    expect([records(), world.disk.chains.has(hub)]).toEqual([[], false]);
    expect(await query(hub)).toMatchObject({ response: '{ value }' });
  });
  it('is nowhere among those of the wallet', async () => {
    const heard = vi.fn();
    world.service.session!.events.on('chain', heard);
    await query(hub);
    world.engine.changed({ ...world.disk.chains.get(hub)!, incoming_count: 3 });
    await world.settle();
    expect(shownChains()).toEqual([chainA, chainB]);
    expect(world.service.session!.chains.keys()).toEqual([chainA, chainB]);
    expect(heard).not.toHaveBeenCalled();
    expect(await world.methods.listBackupChains({})).toHaveLength(2);
    expect(await world.methods.checkRecipient({ text: hub })).toMatchObject({ own: false });
    expect(await askAs(site, 'linera_accounts', {})).toEqual([`${alice}@${chainA}`]);
  });
  it('has nothing of money or signing for the site', async () => {
    await query(hub);
    const refused: [string, object][] = [
      ['linera_getBalance', {}],
      ['linera_getActivity', {}],
      ['linera_mutate', { applicationId, query: 'mutation' }],
      ['linera_transfer', { recipient: chainA, amount: '1' }],
      ['linera_simulate', { applicationId, query: 'mutation' }],
      ['linera_signMessage', { message: 'x' }],
    ];
    for (const [method, params] of refused) {
      const told = expect(askAs(site, method, { ...params, chainId: hub }));
      await told.rejects.toEqual(refusal('NotConnected'));
    }
  });
});

describe('the person', () => {
  it('is asked once, also where the site is connected already', async () => {
    await letRead(other, false);
    await expect(query(hub, other)).rejects.toEqual(refusal('NotConnected'));
    expect(await askAs(other, 'linera_requestAccounts', {})).toHaveLength(1);
    await letRead(other);
    await query(hub, other);
    expect(await askAs(other, 'linera_requestAccounts', { readChains: true })).toHaveLength(1);
    expect(world.service.state().approvals).toEqual([]);
    const names = await askAs(other, 'wallet_getPermissions', {});
    expect(names).toMatchObject([
      { parentCapability: 'linera_accounts' },
      { parentCapability: 'linera_readChains' },
    ]);
  });
  it('gives no more than was asked for, in one window for all that the site asks', async () => {
    void askAs(other, 'linera_requestAccounts', {});
    await world.settle();
    const { id } = world.service.state().approvals[0]!;
    expect(await world.methods.getApproval({ id })).toMatchObject({ readsOthers: false });
    await world.methods.approveConnect({ id, chainIds: [chainA], readsOthers: true });
    await expect(query(hub, other)).rejects.toEqual(refusal('NotConnected'));
    await world.methods.revokeSite({ origin: other.origin });

    void askAs(other, 'linera_requestAccounts', {});
    void askAs(other, 'linera_requestAccounts', { readChains: true });
    await world.settle();
    const [one, ...more] = world.service.state().approvals;
    expect(more).toEqual([]);
    expect(await world.methods.getApproval({ id: one!.id })).toMatchObject({ readsOthers: true });
  });
  it('is not asked for more under an id that asked for less', async () => {
    const asked = (params?: object) =>
      world.service.pages.request(
        other,
        { id: 'same', method: 'linera_requestAccounts', params },
        true,
      );
    asked().catch(() => undefined);
    asked({ readChains: false }).catch(() => undefined);
    await expect(asked({ readChains: true })).rejects.toEqual(refusal('RequestIdTaken'));
    await world.settle();
    expect(world.service.state().approvals).toHaveLength(1);
  });
  it('keeps the leave by choosing other chains, and cannot give it without a request', async () => {
    const { origin } = site;
    await world.methods.setSiteChains({ origin, chainIds: [chainA, chainB] });
    await world.methods.forgetChain({ chainId: chainA });
    await query(hub);
    await world.methods.setSiteChains({ origin, chainIds: [chainB], readsOthers: false });
    await world.methods.setSiteChains({ origin, chainIds: [chainB], readsOthers: true });
    await expect(query(hub)).rejects.toEqual(refusal('NotConnected'));
  });
  it('has given it once for all starts; sites of older versions have not', async () => {
    const before = world.disk.records.get(`site/${site.origin}`)!;
    const { readsOthers, ...old } = JSON.parse(new TextDecoder().decode(before)) as object & {
      readsOthers: boolean;
    };
    expect(readsOthers).toBe(true);
    world = await makeWorld(world.disk, world.storage);
    world.unlock();
    await query(hub);
    world.disk.records.set(`site/${site.origin}`, new TextEncoder().encode(JSON.stringify(old)));
    world = await makeWorld(world.disk, world.storage);
    world.unlock();
    expect(world.service.state().sites).toMatchObject([{ readsOthers: false }]);
    await expect(query(hub)).rejects.toEqual(refusal('NotConnected'));
  });
});

describe('a chain of the wallet that the site was not given', () => {
  it('is refused without the leave in the words for one that nobody knows', async () => {
    await letRead(other, false);
    const refused = [chainB, hub].map((chainId) => query(chainId, other).catch(toError));
    const [own, unknown] = await Promise.all(refused);
    expect(own).toMatchObject({ code: 4100, data: { reason: 'NotConnected' } });
    expect(own).toEqual(unknown);
    expect(world.engine.count('TrackChain')).toBe(0);
  });
  it('is read as any other, counts as one, and is never forgotten', async () => {
    await query(chainB);
    expect(world.engine.commands.at(-2)).toMatchObject({ $: 'Synchronize' });
    for (let at = 1; at < MAX_READINGS_PER_ORIGIN; at += 1) await query(chain(at));
    await expect(query(hub)).rejects.toEqual(refusal('TooManyReadings'));
    await world.settle(READING_IDLE_MS);
    expect(shownChains()).toEqual([chainA, chainB]);
    expect(followed()).not.toContain('-bb');
  });
  it('tells nothing of what was signed and of how far it got', async () => {
    const { disk, engine } = world;
    const made = (height: bigint) =>
      certificate({ ...disk.chains.get(chainB)!, next_block_height: toBlockHeight(height) }).value;
    const states = { Proposed: 2n, Certified: 1n, Delivered: 0n } as const;
    for (const [state, height] of Object.entries(states)) {
      const entry = {
        height: toBlockHeight(height),
        hash: hash(Number(height)),
        block: made(height),
      };
      engine.pending.push({ ...entry, state: state as keyof typeof states });
    }
    const read = (limit: number) => askAs(site, 'linera_getBlocks', { chainId: chainB, limit });
    const certified = { state: 'certified' };
    expect(await read(10)).toMatchObject([certified, certified]);
    expect(await read(1)).toMatchObject([{ ...certified, header: { height: 1 } }]);
    await world.methods.setSiteChains({ origin: site.origin, chainIds: [chainB] });
    expect(await read(1)).toMatchObject([{ state: 'proposed' }]);
  });
});

describe('the budget', () => {
  const fill = async (page = site, first = 0) => {
    for (let at = 0; at < MAX_READINGS_PER_ORIGIN; at += 1) await query(chain(first + at), page);
  };
  it('of a site makes room by the one unused longest, a minute after it was asked', async () => {
    await fill();
    await world.settle(1000);
    for (const at of [0, 2, 3, 4, 5, 6, 7]) await query(chain(at));
    await world.settle(READING_KEPT_MS - 2000);
    const told = await query(hub).catch(toError);
    expect(told).toMatchObject({
      code: -32005,
      data: { reason: 'TooManyReadings', retryAfterMs: READING_KEPT_MS },
    });
    await world.settle(2000);
    await query(hub);
    expect(followed().slice(-2)).toEqual(['-e1', '+dd']);
  });
  it('of all sites is as fair, and one read by two goes with the second', async () => {
    const sites = [site, ...[3, 4, 5].map((tabId) => pageOf(tabId))];
    for (const [at, page] of sites.entries()) {
      if (page !== site) await letRead(page);
      await fill(page, at * MAX_READINGS_PER_ORIGIN);
    }
    await letRead(other);
    await expect(query(hub, other)).rejects.toEqual(refusal('TooManyReadings'));
    expect(world.disk.chains.size).toBe(2 + MAX_READINGS);
    await query(chain(0), other);
    await world.methods.revokeSite({ origin: site.origin });
    await world.settle();
    expect(world.disk.chains.has(chain(0))).toBe(true);
    expect(world.disk.chains.has(chain(1))).toBe(false);
    await world.methods.revokeSite({ origin: other.origin });
    await world.settle();
    expect(world.disk.chains.has(chain(0))).toBe(false);
  });
  const pageOf = (tabId: number): PageSender => ({
    ...{ origin: `https://${tabId}.example`, tabId, documentId: `P${tabId}` },
  });
});

describe('a reading ends', () => {
  const isOver = async () => {
    await world.settle();
    expect(followed()).toEqual(['+dd', '-dd']);
    expect([records(), world.disk.chains.has(hub)]).toEqual([[], false]);
    expect(world.clock.waiting).toBe(waiting);
  };
  let waiting = 0;
  beforeEach(async () => {
    await world.settle(1000);
    waiting = world.clock.waiting;
    await query(hub);
  });

  it('half an hour after the last question, without a look in between', async () => {
    expect(world.clock.waiting).toBe(waiting + 1);
    await world.settle(READING_IDLE_MS - 1000);
    await query(hub);
    await world.settle(READING_IDLE_MS - 1000);
    expect(followed()).toEqual(['+dd']);
    await world.settle(1000);
    await isOver();
  });
  it('when the person takes the leave back', async () => {
    const { origin } = site;
    await world.methods.setSiteChains({ origin, chainIds: [chainA], readsOthers: false });
    await isOver();
    expect(await askAs(site, 'linera_getBalance', {})).toMatchObject({ chainId: chainA });
  });
  it('when the site is disconnected', async () => {
    await askAs(site, 'linera_disconnect', {});
    await isOver();
  });
  it('when the site is blocked', async () => {
    await world.methods.blockSite({ origin: site.origin });
    await isOver();
  });
  it('with the network', async () => {
    const { id } = await world.methods.addNetwork({ name: 'second', faucetUrl: secondFaucet });
    await world.methods.switchNetwork({ id });
    await world.settle();
    expect(world.disk.chains.has(hub)).toBe(false);
    expect(world.clock.waiting).toBe(waiting);
  });
  it('at once while it is fetched, and is refused as any other', async () => {
    let fetched = () => undefined as void;
    world.engine.tracking = new Promise((resolve) => (fetched = resolve));
    const answer = query(chain(1));
    await world.settle();
    await askAs(site, 'linera_disconnect', {});
    expect(followed()).toContain('-e1');
    fetched();
    await expect(answer).rejects.toEqual(refusal('NotConnected'));
    await world.settle();
    expect([records(), world.disk.chains.has(chain(1))]).toEqual([[], false]);
  });
});

describe('after a crash', () => {
  beforeEach(() => query(hub));

  it('what was left is forgotten first, and is nobody’s', async () => {
    expect(world.disk.chains.has(hub)).toBe(true);
    world = await makeWorld(world.disk, world.storage);
    expect(shownChains()).toEqual([chainA, chainB]);
    expect([records(), world.disk.chains.has(hub)]).toEqual([[], false]);
    expect(followed()).toEqual(['-dd']);
  });
  it('what was recorded and not yet followed leaves no record', async () => {
    world.disk.chains.delete(hub);
    world = await makeWorld(world.disk, world.storage);
    expect(records()).toEqual([]);
  });
  it('what cannot be forgotten stays nobody’s', async () => {
    world.disk.records.set(`reading/${chainB}`, new TextEncoder().encode('{}'));
    world.storage.forEach((value, key) => {
      if (!key.startsWith('chains/')) return;
      const book = value as { chainId: string }[];
      world.storage.set(
        key,
        book.filter(({ chainId }) => chainId !== chainB),
      );
    });
    world.disk.refusesToForget = true;
    world = await makeWorld(world.disk, world.storage);
    expect(shownChains()).toEqual([chainA]);
    expect(records()).toHaveLength(2);
    world.disk.refusesToForget = false;
    world = await makeWorld(world.disk, world.storage);
    expect([records(), shownChains()]).toEqual([[], [chainA]]);
  });
});

describe('a chain that the person adds', () => {
  it('is theirs, and outlives the site', async () => {
    await query(hub);
    await world.methods.trackChain({ chainId: hub });
    expect([records(), shownChains()]).toEqual([[], [chainA, chainB, hub]]);
    await askAs(site, 'linera_disconnect', {});
    await world.settle(READING_IDLE_MS);
    world = await makeWorld(world.disk, world.storage);
    expect(shownChains()).toEqual([chainA, chainB, hub]);
    expect(followed()).not.toContain('-dd');
  });
  it.each([true, false])('never loses its owner to a site that asks meanwhile', async (first) => {
    let fetched = () => undefined as void;
    world.engine.tracking = new Promise((resolve) => (fetched = resolve));
    const add = () => world.methods.trackChain({ chainId: hub, owner: alice });
    const both = first ? [add, () => query(hub)] : [() => query(hub), add];
    const done: Promise<unknown>[] = [];
    for (const act of both) {
      done.push(act());
      await world.settle();
    }
    expect(followed()).toEqual(['+dd']);
    fetched();
    await Promise.all(done);
    await askAs(site, 'linera_disconnect', {});
    await world.settle();
    expect([followed(), records()]).toEqual([first ? ['+dd'] : ['+dd', '+dd'], []]);
    expect(world.disk.chains.get(hub)).toMatchObject({ owner: summary(hub, 0n, alice).owner });
  });
  it.each([true, false])('nor does one of many that are added at once', async (first) => {
    let fetched = () => undefined as void;
    world.engine.tracking = new Promise((resolve) => (fetched = resolve));
    const wanted = [hub, 'e'.repeat(64)].map((chainId) => ({ chainId, owner: alice, label: '' }));
    const add = () => world.service.session!.chains.trackAll(wanted);
    const done: Promise<unknown>[] = [];
    for (const act of first ? [add, () => query(hub)] : [() => query(hub), add]) {
      done.push(act());
      await world.settle();
    }
    fetched();
    await Promise.all(done);
    expect(shownChains()).toEqual([chainA, chainB, hub, 'e'.repeat(64)]);
    await askAs(site, 'linera_disconnect', {});
    await world.settle();
    expect(records()).toEqual([]);
    expect(world.disk.chains.get(hub)).toMatchObject({ owner: summary(hub, 0n, alice).owner });
  });
  it('and forgets is followed anew for a site that asks', async () => {
    await query(chainB);
    await world.methods.forgetChain({ chainId: chainB });
    await query(chainB);
    expect(followed()).toEqual(['-bb', '+bb']);
    expect(shownChains()).toEqual([chainA]);
  });
});

describe('a subscription', () => {
  const subscribe = (chainId = hub) =>
    askAs(site, 'linera_subscribe', { applicationId, query: '{ value }', chainId });
  const pushed = () =>
    world.toPage.splice(0).flatMap(({ message }) => {
      const { type, data } = message['value'] as { type?: string; data: object };
      return type === 'linera_subscription' ? [data] : [];
    });
  const moved = async (chainId = hub) => {
    const before = world.disk.chains.get(chainId)!;
    const next_block_height = toBlockHeight(before.next_block_height + 1n);
    world.engine.changed({ ...before, next_block_height });
    await world.settle();
  };
  let value = 1;
  beforeEach(() => {
    value = 1;
    world.engine.service = () => `v${value}`;
  });

  it('hears of the chain and keeps it, until its document is gone', async () => {
    await subscribe();
    await world.settle();
    value = 2;
    await moved();
    await world.settle(2 * READING_IDLE_MS);
    expect(pushed()).toMatchObject([{ response: 'v1' }, { response: 'v2', height: 1 }]);
    world.service.pages.detach(site.documentId);
    await world.settle(READING_IDLE_MS - 1000);
    expect(followed()).toEqual(['+dd']);
    await world.settle(1000);
    expect(followed()).toEqual(['+dd', '-dd']);
  });
  it('ends with the leave, and makes no room for other chains before', async () => {
    await subscribe();
    await world.settle(READING_KEPT_MS);
    for (let at = 1; at < MAX_READINGS_PER_ORIGIN; at += 1) await query(chain(at));
    await expect(query(chain(9))).rejects.toEqual(refusal('TooManyReadings'));
    pushed();
    const { origin } = site;
    await world.methods.setSiteChains({ origin, chainIds: [chainA], readsOthers: false });
    await world.settle();
    expect(world.disk.chains.has(hub)).toBe(false);
    expect(pushed()).toEqual([]);
  });
  it('fetches nothing while the wallet is locked, and begins with the unlocking', async () => {
    world.lock();
    await subscribe();
    await world.settle();
    expect(followed()).toEqual([]);
    world.unlock();
    await world.settle();
    expect(pushed()).toMatchObject([{ response: 'v1' }]);
  });
  it('goes on when the person forgets the chain', async () => {
    await subscribe(chainB);
    await world.methods.forgetChain({ chainId: chainB });
    await world.settle();
    expect(followed()).toEqual(['-bb', '+bb']);
    value = 2;
    await moved(chainB);
    expect(pushed()).toMatchObject([{ response: 'v1' }, { response: 'v2' }]);
  });
  it('to one that nobody knows does not begin', async () => {
    await expect(subscribe(nowhere)).rejects.toEqual(refusal('UnknownChain'));
    await letRead(other, false);
    const params = { applicationId, query: 'x', chainId: hub };
    const refused = askAs(other, 'linera_subscribe', params);
    await expect(refused).rejects.toEqual(refusal('NotConnected'));
  });
});
