// What a page can leave behind in storage and in the queue, and how often it raises a window.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  CONNECT_EXPIRES_MS,
  MAX_ENDED,
  MAX_ENDED_PER_ORIGIN,
  MAX_ORDER_BYTES,
  MAX_WAITING,
  MAX_WAITING_PER_ORIGIN,
  WAITING_EXPIRES_MS,
} from '@mica/bindings/limits';
import type { PageSender } from '../doors/page.ts';
import { alice, chainA, chainB, newDisk } from '../testing/fake_engine.ts';
import { connect, makeWorld, order, site, type World } from '../testing/world.ts';
import { COOL_DOWNS_MS } from './attention.ts';
import { toError } from './page_answers.ts';
import type { StoredRequest } from './requests.ts';
import { pageLimits } from './rate_limit.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
});

const padding = 'x'.repeat(60_000);
const approvals = () => world.service.state().approvals;
const stored = (from = world) => (from.storage.get('requests') ?? []) as StoredRequest[];
const storedChars = () =>
  JSON.stringify([...world.storage]).length +
  [...world.disk.records.values()].reduce((sum, value) => sum + value.length, 0);
const another = (number: number): PageSender => ({
  origin: `https://s${number}.example`,
  tabId: number,
  documentId: `other-${number}`,
});
function askAs(page: PageSender, method: string, id: string, params?: unknown, activated = true) {
  const answer = world.service.pages.request(page, { id, method, params }, activated);
  answer.catch(() => undefined);
  return answer;
}

describe('what a page stores', () => {
  it('is the checked order, and not what else it sent', async () => {
    await connect(world);
    void world.ask('linera_transfer', order({ padding, recipient: ` ${chainB} ` }), 'pay');
    await world.settle();
    expect(storedChars()).toBeLessThan(10_000);
    expect(stored()).toMatchObject([
      { id: 'pay', order: { recipient: chainB, attos: '1500000000000000000', chainId: chainA } },
    ]);
  });

  it('is nothing for a request to connect', async () => {
    const before = storedChars();
    void world.ask('linera_requestAccounts', { padding });
    await world.settle();
    expect(approvals()).toHaveLength(1);
    expect(storedChars()).toBe(before);
  });

  it('is bounded over all origins, with a locked wallet too', async () => {
    world.lock();
    const before = storedChars();
    const refused: unknown[] = [];
    for (let number = 0; number < 2000; number += 1) {
      for (const id of ['a', 'b', 'c']) {
        const asked = askAs(another(number), 'linera_requestAccounts', id, { padding });
        asked.catch((error: unknown) => refused.push(toError(error).data));
      }
    }
    await world.settle();
    expect(refused).toHaveLength(6000 - MAX_WAITING);
    expect(refused[0]).toEqual({ reason: 'TooManyWaiting' });
    expect(approvals().length).toBeLessThanOrEqual(MAX_WAITING);
    expect(world.service.stored.requests.waiting()).toHaveLength(MAX_WAITING);
    expect(storedChars()).toBe(before);
  });

  it('is bounded for one origin, whatever ends at once', async () => {
    await connect(world);
    for (let round = 0; round < 3 * MAX_ENDED_PER_ORIGIN; round += 1) {
      void world.ask('linera_transfer', order({ amount: '999' }), `poor-${round}`);
      await world.settle(200);
    }
    expect(stored().length).toBeLessThanOrEqual(MAX_ENDED_PER_ORIGIN + 1);
    expect(stored().at(-1)).toMatchObject({ id: `poor-${3 * MAX_ENDED_PER_ORIGIN - 1}` });
  });

  it('is refused when it is too long to be read', async () => {
    await connect(world);
    const line = 'shop.example wants you to sign in with your Linera account:';
    const message = `${line}\n${alice}\n\n${'ä'.repeat(MAX_ORDER_BYTES / 2)}`;
    await expect(world.ask('linera_signMessage', { message })).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'TooLong' },
    });
    expect(stored()).toEqual([]);
  });

  it('is nothing while there is no wallet', async () => {
    await connect(world);
    world.erase();
    await world.settle();
    await expect(world.ask('linera_transfer', order())).rejects.toMatchObject({ code: 4100 });
    expect(stored()).toEqual([]);
  });

  it('is brought within the limits at the start', async () => {
    const many = (status: StoredRequest['status'], count: number): StoredRequest[] =>
      Array.from({ length: count }, (_, at) => ({
        ...{ origin: `https://${at % 100}.example`, id: `${status}-${at}`, status, asked: '' },
        ...{ method: 'linera_transfer', network: '77'.repeat(32), chainId: chainA },
        ...{ order: { chainId: chainA }, createdAt: 999_000, result: padding.slice(0, 9000) },
      }));
    const storage = new Map<string, unknown>();
    storage.set('requests', [...many('done', 5000), ...many('waiting', 500)]);
    const next = await makeWorld(newDisk(), storage);
    const { requests } = next.service.stored;
    expect(requests.waiting()).toEqual([]);
    await next.settle();
    expect(stored(next).length).toBeLessThanOrEqual(MAX_ENDED);
    expect(JSON.stringify(stored(next)).length).toBeLessThan(2 ** 21);
  });

  it('is taken out of the stores of older versions, but for what was signed', async () => {
    const disk = newDisk();
    const put = (id: string, more: object) => {
      const request = { origin: site.origin, id, method: 'linera_transfer', createdAt: 1, ...more };
      const bytes = new TextEncoder().encode(JSON.stringify(request));
      disk.records.set(`request/${site.origin}/${id}`, bytes);
    };
    for (let at = 0; at < 100; at += 1) put(`w-${at}`, { status: 'waiting', params: { padding } });
    const block = { chainId: chainA, height: '7', hash: '1'.repeat(64) };
    put('signed', { status: 'unknown', params: order({ padding }), block });
    const next = await makeWorld(disk);
    for (let round = 0; round < 50; round += 1) await next.settle();
    expect([...disk.records.keys()].filter((key) => key.startsWith('request/'))).toEqual([]);
    expect(stored(next).map(({ id }) => id)).toEqual(['signed']);
    expect(JSON.stringify(stored(next))).not.toContain('xxxx');
  });
});

describe('what waits for a person', () => {
  it('ends with the document that asked to connect', async () => {
    const asked = world.ask('linera_requestAccounts', undefined, 'mine');
    await world.settle();
    world.service.pages.detach('some-other');
    expect(approvals()).toHaveLength(1);
    world.service.pages.detach(site.documentId);
    await expect(asked).rejects.toMatchObject({ data: { reason: 'PageLeft' } });
    expect(approvals()).toEqual([]);
  });

  it('stays while another document waits for the same', async () => {
    void world.ask('linera_requestAccounts', undefined, 'mine');
    const second = { ...site, documentId: 'D2', tabId: 2 };
    void askAs(second, 'linera_requestAccounts', 'mine');
    void askAs({ ...site, documentId: 'D3' }, 'linera_requestAccounts', 'other');
    await world.settle();
    world.service.pages.detach(site.documentId);
    world.service.pages.detach('D3');
    await world.settle();
    expect(approvals()).toHaveLength(1);
    world.service.pages.detach('D2');
    await world.settle();
    expect(approvals()).toEqual([]);
  });

  it('expires', async () => {
    const accounts = world.ask('linera_requestAccounts');
    await world.settle(CONNECT_EXPIRES_MS);
    world.service.tick();
    const expired = { data: { reason: 'Expired', money: 'Untouched' } };
    await expect(accounts).rejects.toMatchObject(expired);
    await connect(world);
    const paid = world.ask('linera_transfer', order(), 'pay');
    await world.settle(WAITING_EXPIRES_MS - 60_000);
    world.service.tick();
    expect(approvals()).toHaveLength(1);
    await world.settle(60_000);
    world.service.tick();
    await expect(paid).rejects.toMatchObject(expired);
    await world.settle();
    expect(approvals()).toEqual([]);
    expect(world.engine.count('DropDraft')).toBe(1);
  });

  it('leaves room again once it has ended', async () => {
    for (let number = 0; number < MAX_WAITING; number += 1) {
      void askAs(another(number), 'linera_requestAccounts', 'a');
    }
    await world.settle();
    const late = askAs(another(99), 'linera_requestAccounts', 'a');
    await expect(late).rejects.toMatchObject({ data: { reason: 'TooManyWaiting' } });
    world.service.pages.detach(another(0).documentId);
    void askAs(another(99), 'linera_requestAccounts', 'b');
    await world.settle();
    expect(approvals().map(({ origin }) => origin)).toContain(another(99).origin);
  });

  it('does not cost more to count when much has ended', async () => {
    await connect(world);
    const asked = Array.from({ length: 10 }, () => world.ask('linera_transfer', order()));
    const ends = await Promise.allSettled([...asked.slice(MAX_WAITING_PER_ORIGIN)]);
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
    expect(world.service.stored.requests.listOpen()).toHaveLength(MAX_WAITING_PER_ORIGIN);
  });
});

describe('a window', () => {
  it('is raised once for a request, however often it is asked again', async () => {
    for (let round = 0; round < 30; round += 1) {
      void world.ask('linera_requestAccounts', undefined, 'same');
      await world.settle();
    }
    void world.ask('linera_requestAccounts', undefined, 'joins the first');
    await world.settle();
    expect(world.opened.count).toBe(1);
    await connect(world);
    world.opened.count = 0;
    for (let round = 0; round < 30; round += 1) {
      void world.ask('linera_transfer', order(), 'pay');
      await world.settle(1000);
    }
    expect(world.opened.count).toBe(1);
  });

  it('is not raised by a page in which nobody did anything: the badge says it', async () => {
    void world.ask('linera_requestAccounts', undefined, 'quiet', false);
    await world.settle(5000);
    expect(world.opened.count).toBe(0);
    expect(approvals()).toHaveLength(1);
  });

  it('is not raised for a while after a no, for longer each time', async () => {
    const refuse = async () => {
      void world.ask('linera_requestAccounts');
      await world.settle();
      await world.methods.reject({ id: approvals()[0]!.id });
      await world.settle();
    };
    await refuse();
    expect(world.opened.count).toBe(1);
    for (const [at, wait] of COOL_DOWNS_MS.entries()) {
      await world.settle(wait - 10_000);
      await refuse();
      expect(world.opened.count).toBe(at + 1);
      await world.settle(10_000);
      await refuse();
      expect(world.opened.count).toBe(at + 2);
    }
  });

  it('comes again at once when the person lets the site in again', async () => {
    void world.ask('linera_requestAccounts');
    await world.settle();
    await world.methods.reject({ id: approvals()[0]!.id });
    await world.settle();
    await world.methods.unblockSite({ origin: site.origin });
    void world.ask('linera_requestAccounts');
    await world.settle();
    expect(world.opened.count).toBe(2);
  });

  it('comes again at once after a yes', async () => {
    void world.ask('linera_requestAccounts');
    await world.settle();
    await world.methods.reject({ id: approvals()[0]!.id });
    await connect(world);
    world.opened.count = 0;
    void world.ask('linera_transfer', order());
    await world.settle(1000);
    expect(world.opened.count).toBe(1);
  });

  it('does not come back for requests of before a restart', async () => {
    await connect(world);
    void world.ask('linera_transfer', order(), 'mine');
    await world.settle(1000);
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle(5000);
    expect(next.service.state().approvals).toHaveLength(1);
    expect(next.opened.count).toBe(0);
  });
});

describe('a site that the person has blocked', () => {
  it('loses what it had and what it waits for, and gets nothing any more', async () => {
    await connect(world);
    world.service.pages.attach(site);
    const paid = world.ask('linera_transfer', order());
    await world.settle();
    await world.methods.blockSite({ origin: site.origin });
    const blocked = { code: 4100, data: { reason: 'Blocked' } };
    await expect(paid).rejects.toMatchObject(blocked);
    expect(world.service.state()).toMatchObject({
      ...{ sites: [], approvals: [], blockedSites: [site.origin] },
    });
    world.opened.count = 0;
    for (const method of ['linera_requestAccounts', 'linera_accounts', 'linera_getRequest']) {
      await expect(world.ask(method)).rejects.toMatchObject(blocked);
    }
    expect(world.opened.count).toBe(0);
  });

  it('stays so on every network and after a restart, until it is let in again', async () => {
    await world.methods.blockSite({ origin: site.origin });
    const next = await makeWorld(world.disk, world.storage);
    await expect(next.ask('linera_chainId')).rejects.toMatchObject({ code: 4100 });
    await next.methods.unblockSite({ origin: site.origin });
    expect(await next.ask('linera_chainId')).toMatch(/^linera:/);
    expect(next.service.state().blockedSites).toEqual([]);
  });
});

describe('a block that could not be stored whole', () => {
  it('gives nothing back when the site is let in again', async () => {
    await connect(world);
    world.engine.failNext.set('PutRecord', 'StorageFailed');
    await world.methods.blockSite({ origin: site.origin }).catch(() => undefined);
    const next = await makeWorld(world.disk, new Map(world.storage));
    await expect(next.ask('linera_accounts')).rejects.toMatchObject({ code: 4100 });
    await world.methods.unblockSite({ origin: site.origin });
    const last = await makeWorld(world.disk, world.storage);
    last.unlock();
    expect(await last.ask('linera_accounts')).toEqual([]);
  });
});

describe('listening', () => {
  it('is rate limited like asking', () => {
    const { pages } = world.service;
    for (let number = 0; number < 500; number += 1) {
      pages.attach({ ...site, documentId: `many-${number}` });
    }
    expect(pages.events.documents.pages().length).toBeLessThanOrEqual(pageLimits.burst);
  });
});
