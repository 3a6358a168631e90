// A host outside is asked only after a person said yes to exactly that host; what was asked and
// answered is shown with the block; a no, or nobody to ask, is told by name.
import { beforeEach, describe, expect, it } from 'vitest';
import type { HostQuestion } from '@mica/bindings/ask_host';
import { MAX_ALLOWED_HOSTS, SHOWN_BODY_BYTES } from '@mica/bindings/limits';
import type { Operation } from '@mica/bindings/types';
import { applicationIdFromText } from '@mica/bindings/text';
import type { BlockApproval } from './blocks.ts';
import { publishDataBlob } from './operations.ts';
import { chainA } from '../testing/fake_engine.ts';
import {
  connect,
  makeWorld,
  order,
  secondFaucet,
  shownBlock,
  type World,
} from '../testing/world.ts';

const applicationId = '5'.repeat(64);
const prices = 'https://prices.example';
const mutation = { applicationId, query: 'mutation { move }' };
const question = (more: Partial<HostQuestion> = {}): HostQuestion => ({
  method: 'GET',
  url: `${prices}/v1?of=x`,
  headers: [{ name: 'x-key', value: new Uint8Array([1]) }],
  body: new Uint8Array(3),
  timeout_ms: 1000n,
  max_response_bytes: 1000n,
  ...more,
});

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
  world.opened.count = 0;
});

/** The site's block, which asks this while it is executed. */
async function moved(...asks: Partial<HostQuestion>[]): Promise<{ answer: Promise<unknown> }> {
  world.engine.asksNext = asks.map(question);
  const answer = world.ask('linera_mutate', mutation);
  await world.settle(1000);
  return { answer };
}
const allow = async (origin = prices) => {
  const { id } = await shownBlock(world);
  await world.methods.allowHost({ id, origin });
  await world.settle();
};
const hosts = () => world.service.state().hosts.map(({ origin }) => origin);
const answerLines = ({ effects }: BlockApproval) => effects?.answers;

describe('a block that needs an answer of a host', () => {
  it('is not executed further before the person has seen the question', async () => {
    await moved({ method: 'POST' });
    const shown = await shownBlock(world);
    expect(shown).toMatchObject({
      status: 'asking',
      block: null,
      effects: null,
      host: {
        origin: prices,
        reach: 'public',
        method: 'POST',
        url: `${prices}/v1?of=x`,
        headers: ['x-key'],
        headerCount: 1,
        bodyBytes: 3,
      },
    });
    expect(world.hosts.asked).toEqual([]);
    expect(world.opened.count).toBe(1);
  });

  it('goes on after a yes, and is shown with question and answer', async () => {
    await moved({});
    await allow();
    expect(world.hosts.asked).toEqual([question()]);
    const shown = await shownBlock(world);
    expect(shown).toMatchObject({ status: 'ready', host: null });
    expect(answerLines(shown)).toEqual([
      {
        ...{ kind: 'Http', status: 200, bytes: 2, start: '42' },
        asked: { method: 'GET', url: `${prices}/v1?of=x` },
      },
    ]);
    expect(hosts()).toEqual([prices]);
  });

  it('asks a host that was allowed before without a question', async () => {
    await moved({});
    await allow();
    await world.methods.reject({ id: (await shownBlock(world)).id });
    await world.clock.pass(10 * 60_000);
    await moved({});
    expect(await shownBlock(world)).toMatchObject({ status: 'ready', host: null });
    expect(world.hosts.asked).toHaveLength(2);
  });

  it('asks the person for each host by itself', async () => {
    await moved({}, { url: 'https://other.example/' });
    await allow();
    expect(await shownBlock(world)).toMatchObject({
      status: 'asking',
      host: { origin: 'https://other.example' },
    });
    expect(world.hosts.asked).toHaveLength(1);
  });

  it('takes a yes to another host for none', async () => {
    await moved({});
    const { id } = await shownBlock(world);
    const other = world.methods.allowHost({ id, origin: 'https://other.example' });
    await expect(other).rejects.toMatchObject({ code: 'Conflict' });
    expect(world.hosts.asked).toEqual([]);
    expect(hosts()).toEqual([]);
  });

  it('is over after a no: nothing is asked or signed, and the page hears which host', async () => {
    const { answer } = await moved({});
    await world.methods.reject({ id: (await shownBlock(world)).id });
    await expect(answer).rejects.toMatchObject({
      code: 4001,
      message: expect.stringContaining(prices) as string,
      data: { reason: 'HostRefused', money: 'Untouched' },
    });
    await world.settle();
    expect(world.hosts.asked).toEqual([]);
    expect(world.engine.count('CommitDraft')).toBe(0);
    expect(world.service.state().approvals).toEqual([]);
    // And the chain is free for the next.
    await moved();
    expect(await shownBlock(world)).toMatchObject({ status: 'ready' });
  });

  it('is over when the site is blocked meanwhile', async () => {
    const { answer } = await moved({});
    await world.methods.blockSite({ origin: 'https://shop.example' });
    await expect(answer).rejects.toMatchObject({ data: { reason: 'Blocked' } });
    await world.settle();
    expect(world.hosts.asked).toEqual([]);
  });

  it('fails with the reason when the host does not answer', async () => {
    const { answer } = await moved({});
    world.hosts.answer = () => Promise.reject(new Error('no answer in 1000 ms'));
    await allow();
    await expect(answer).rejects.toMatchObject({
      code: -32603,
      message: expect.stringContaining('no answer in 1000 ms') as string,
      data: { reason: 'NoHttpAnswer', money: 'Untouched' },
    });
  });

  it('never asks over the Internet without encryption', async () => {
    const { answer } = await moved({ url: 'http://prices.example/' });
    await expect(answer).rejects.toMatchObject({
      message: expect.stringContaining('only by https') as string,
      data: { reason: 'NoHttpAnswer' },
    });
    expect(world.hosts.asked).toEqual([]);
  });

  it('asks again where the browser has taken its own leave away', async () => {
    await moved({});
    await allow();
    await world.methods.reject({ id: (await shownBlock(world)).id });
    await world.clock.pass(10 * 60_000);
    world.hosts.answer = async () => 'NotAllowed';
    await moved({});
    expect(await shownBlock(world)).toMatchObject({ status: 'asking' });
    expect(hosts()).toEqual([]);
    expect(world.hosts.dropped).toEqual([prices]);
  });

  it.each([
    ['http://127.0.0.1:9000', 'thisComputer'],
    ['https://localhost', 'thisComputer'],
    ['https://192.168.1.1', 'private'],
    ['https://10.0.0.7:8443', 'private'],
    ['https://printer.local', 'private'],
    ['https://router', 'private'],
    ['https://2130706433', 'thisComputer'],
    ['https://xn--bcher-kva.example', 'public'],
    ['https://172.32.0.1', 'public'],
  ])('says where %s leads', async (url, reach) => {
    await moved({ url: `${url}/` });
    const { host } = await shownBlock(world);
    expect(host).toMatchObject({ origin: new URL(url).origin, reach });
  });

  it('shows of what is very long the beginning', async () => {
    const headers = Array.from({ length: 500 }, (_, at) => ({
      name: `x-${at}`,
      value: new Uint8Array(),
    }));
    await moved({ url: `${prices}/${'a'.repeat(100_000)}`, headers });
    const { host } = await shownBlock(world);
    expect(host?.url.length).toBeLessThan(2100);
    expect(host).toMatchObject({ headerCount: 500 });
    expect(host?.headers.length).toBeLessThan(50);
  });

  it('shows of an answer the beginning, and says of what is no text that it is none', async () => {
    const bodies = [new TextEncoder().encode('ü'.repeat(5000)), new Uint8Array([0xff, 0xc3])];
    world.hosts.answer = async () => ({ status: 200, headers: [], body: bodies.shift()! });
    await moved({}, { url: `${prices}/2` });
    await allow();
    expect(answerLines(await shownBlock(world))).toMatchObject([
      { bytes: 10_000, start: 'ü'.repeat(SHOWN_BODY_BYTES / 2) },
      { bytes: 2, start: null, asked: { url: `${prices}/2` } },
    ]);
  });

  it('is one at a time: a question is shown with the block that it is for', async () => {
    await moved({});
    world.engine.asksNext = [];
    const { signer } = await shownBlock(world);
    const application_id = applicationIdFromText(applicationId);
    const operations: Operation[] = [{ $: 'User', application_id, bytes: new Uint8Array([1]) }];
    const other = world.service
      .need()
      .blocks.start({ origin: null, chainId: 'b'.repeat(64), signer, operations, blobs: [] });
    await world.settle();
    expect(other.approval.status).toBe('locked');
    await allow();
    expect(other.approval.status).toBe('ready');
  });
});

describe('a leave', () => {
  it('is for the applications of one network', async () => {
    await moved({});
    await allow();
    await world.methods.addNetwork({ name: 'second', faucetUrl: secondFaucet });
    const { networks } = world.service.state();
    await world.methods.switchNetwork({ id: networks.at(-1)!.id });
    await world.settle();
    const { hosts: leave } = world.service.stored;
    expect(leave.has(world.service.need().genesisHash, prices)).toBe(false);
    // The browser keeps its own for as long as one network has it.
    await leave.add('other', prices);
    await leave.remove('other', prices);
    expect(world.hosts.dropped).toEqual([]);
  });
});

describe('who waits behind a question', () => {
  it('has a turn after a no', async () => {
    await moved({});
    const { id, signer, chainId } = await shownBlock(world);
    const operations = [publishDataBlob(new Uint8Array([1]))];
    const next = world.service
      .need()
      .blocks.start({ origin: null, chainId, signer, operations, blobs: [] });
    await world.settle();
    expect(next.approval.status).toBe('locked');
    await world.methods.reject({ id });
    await world.settle();
    expect(next.approval.status).toBe('ready');
  });
});

describe('what opens no window', () => {
  const simulated = () => {
    world.engine.asksNext = [question()];
    return world.ask('linera_simulate', mutation);
  };

  it('asks no host that is not allowed, and says which one', async () => {
    await expect(simulated()).rejects.toMatchObject({
      code: 4100,
      message: expect.stringContaining('prices.example') as string,
      data: { reason: 'HostNotAllowed', money: 'Untouched' },
    });
    expect(world.hosts.asked).toEqual([]);
    expect(world.opened.count).toBe(0);
    expect(world.service.state().approvals).toEqual([]);
  });

  it('asks one that is', async () => {
    await moved({});
    await allow();
    await world.methods.reject({ id: (await shownBlock(world)).id });
    expect(await simulated()).toMatchObject({ chainId: chainA });
  });

  it('is a payment also while a question waits', async () => {
    await moved({});
    const { approvalId } = await world.methods.prepareTransfer({
      ...{ chainId: 'b'.repeat(64), recipient: chainA, amount: 1n },
    });
    await world.settle();
    expect(await world.methods.getApproval({ id: approvalId })).toMatchObject({ status: 'ready' });
  });
});

describe('a service that asks a host', () => {
  it('is refused in words', async () => {
    world.engine.failNext.set('QueryApplication', 'Unsupported');
    const asked = world.ask('linera_query', { applicationId, query: '{ price }' });
    await expect(asked).rejects.toMatchObject({ data: { reason: 'Unsupported' } });
    expect(world.opened.count).toBe(0);
  });
});

describe('the hosts that are allowed', () => {
  it('are kept, and can be taken back', async () => {
    await moved({});
    await allow();
    const again = await makeWorld(world.disk, world.storage);
    const network = again.service.need().genesisHash;
    expect(again.service.state().hosts).toMatchObject([{ network, origin: prices }]);
    await again.methods.forgetHost({ network, origin: prices });
    expect(again.service.state().hosts).toEqual([]);
    expect(again.hosts.dropped).toEqual([prices]);
    expect((await makeWorld(world.disk, world.storage)).service.state().hosts).toEqual([]);
  });

  it('go with the wallet', async () => {
    await moved({});
    await allow();
    world.erase();
    await world.settle();
    expect(hosts()).toEqual([]);
    expect(world.hosts.dropped).toEqual([prices]);
  });

  it('are not without number', async () => {
    const { hosts: all } = world.service.stored;
    for (let at = 0; at <= MAX_ALLOWED_HOSTS; at += 1)
      await all.add('77', `https://h${at}.example`);
    expect(hosts()).toHaveLength(MAX_ALLOWED_HOSTS);
    expect(all.has('77', 'https://h0.example')).toBe(false);
    expect(world.hosts.dropped).toEqual(['https://h0.example']);
  });
});

it('needs no host for a payment', async () => {
  world.engine.asksNext = [];
  void world.ask('linera_transfer', order());
  await world.settle();
  expect(await shownBlock(world)).toMatchObject({ status: 'ready', host: null });
});
