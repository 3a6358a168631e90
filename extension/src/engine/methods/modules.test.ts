// Modules published and applications created by pages: what is shown, signed, held and refused.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blobHash } from '@mica/bindings/blobs';
import { decode } from '@mica/bindings/codec';
import {
  LARGE_BURST,
  LARGE_PER_MIN,
  MAX_APPLICATION_TEXT_BYTES,
  MAX_MODULE_BYTES,
  MAX_REQUIRED_APPLICATIONS,
} from '@mica/bindings/limits';
import { moduleIdToText, packModule } from '@mica/bindings/modules';
import { toBlockHeight } from '@mica/bindings/scalars';
import { fromHex, hashFromText, toHex } from '@mica/bindings/text';
import type { ClientCommand } from '@mica/bindings/types';
import type { PageSender } from '../../doors/page.ts';
import { certificate, chainA, chainB } from '../../testing/fake_engine.ts';
import { connect, makeWorld, shownBlock, site, type World } from '../../testing/world.ts';
import type { StoredRequest } from '../requests.ts';

// The encoder is loaded once, which takes longer than any question.
beforeAll(() => packModule({ contract: new Uint8Array(1), service: new Uint8Array(1) }));

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
});

const shown = (of = world) => shownBlock(of);
/** Until compressed and shown: that takes real time. */
async function untilShown(of = world): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    await of.settle();
    const [first] = of.service.state().approvals;
    if (first && (await shown(of)).status === 'ready') return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('nothing was shown');
}
const prepared = () =>
  world.engine.commands.find(({ $ }) => $ === 'PrepareBlock') as Extract<
    ClientCommand,
    { $: 'PrepareBlock' }
  >;
const magic = [0x00, 0x61, 0x73, 0x6d];
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const contract = Uint8Array.from([...magic, 1, ...new Uint8Array(500)]);
const service = Uint8Array.from([...magic, 2, ...new Uint8Array(500)]);
const both = { contract: base64(contract), service: base64(service) };

describe('linera_publishModule', () => {
  const publish = (more = {}, id?: string) =>
    world.ask('linera_publishModule', { ...both, ...more }, id);
  const stored = (from = world) => (from.storage.get('requests') ?? []) as StoredRequest[];

  it('shows the operation, gives the core both blobs, and names the module', async () => {
    const result = publish();
    await untilShown();
    const { moduleId: id, blobs } = await packModule({ contract, service }, 9);
    expect(prepared()).toMatchObject({ operations: [{ value: { module_id: id } }], blobs });
    expect(blobs[0]?.length).toBeLessThan(100);
    expect((await shown()).operations).toMatchObject([{ operation: { $: 'PublishModule' } }]);
    const { id: approval, revision } = await shown();
    await world.methods.confirmBlock({ id: approval, revision });
    expect(await result).toMatchObject({
      chainId: chainA,
      height: 0,
      moduleId: `${toHex(id.contract_blob_hash)}${toHex(id.service_blob_hash)}00`,
    });
  });
  it('stores nothing of what it brings, and is over when the wallet starts anew', async () => {
    const large = base64(Uint8Array.from([...magic, ...new Uint8Array(40_000)]));
    void publish({ contract: large }, 'mine').catch(() => undefined);
    await untilShown();
    expect(stored()).toMatchObject([{ id: 'mine', status: 'waiting' }]);
    expect(JSON.stringify([...world.storage]).length).toBeLessThan(5000);
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    expect(next.service.state().approvals).toEqual([]);
    expect(await next.ask('linera_getRequest', { id: 'mine' })).toMatchObject({
      status: 'failed',
      error: { code: -32603, data: { reason: 'NotKept', money: 'Untouched' } },
    });
    // Asked again under the same id.
    const again = next.ask('linera_publishModule', both, 'mine');
    await untilShown(next);
    const { id, revision } = await shown(next);
    await next.methods.confirmBlock({ id, revision });
    expect(await again).toMatchObject({ height: 0 });
  });
  it('that was signed before has its whole answer then', async () => {
    world.engine.holdCommits = true;
    void publish({}, 'mine').catch(() => undefined);
    await untilShown();
    const { id, revision, effects, block } = await shown();
    void world.methods.confirmBlock({ id, revision }).catch(() => undefined);
    await world.settle();
    const chain = world.disk.chains.get(chainA)!;
    const { transactions } = decode('ProposedBlock', block!);
    world.disk.blocks.set(effects!.blockHash!, certificate(chain, transactions));
    world.disk.chains.set(chainA, { ...chain, next_block_height: toBlockHeight(1n) });
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    expect(await next.ask('linera_getRequest', { id: 'mine' })).toMatchObject({
      status: 'done',
      result: { moduleId: expect.stringMatching(/^[0-9a-f]{130}$/), height: 0 },
    });
  });
  it('waits for the wallet to be unlocked', async () => {
    world.lock();
    const result = publish();
    await world.settle();
    expect(world.engine.count('PrepareBlock')).toBe(0);
    world.unlock();
    await untilShown();
    const { id, revision } = await shown();
    await world.methods.confirmBlock({ id, revision });
    expect(await result).toMatchObject({ height: 0 });
  });
  it.each([
    ['no contract', { contract: undefined }, 'BadData'],
    ['no base64', { service: 'a*==' }, 'BadData'],
    ['what is no WebAssembly', { service: btoa('#!/bin/sh') }, 'BadData'],
    ['nothing in it', { contract: '' }, 'BadData'],
    ['a bad chain', { chainId: 'x' }, 'BadAddress'],
  ])('refuses %s before anybody is asked', async (_name, more, reason) => {
    await expect(publish(more)).rejects.toMatchObject({ code: -32602, data: { reason } });
    expect(world.service.state().approvals).toEqual([]);
  });
  it('refuses too much together, and takes what the limit says', async () => {
    const left = MAX_MODULE_BYTES - contract.length;
    const sized = (bytes: number) =>
      base64(Uint8Array.from([...magic, ...new Uint8Array(bytes - 4)]));
    await expect(publish({ service: sized(left + 1) })).rejects.toMatchObject({
      data: { reason: 'TooLong' },
    });
    void publish({ service: sized(left) }).catch(() => undefined);
    await untilShown();
  });
  it('is not for another chain', async () => {
    await expect(publish({ chainId: chainB })).rejects.toMatchObject({ code: 4100 });
  });
});

describe('what is large', () => {
  const other = (number: number): PageSender => ({
    origin: `https://s${number}.example`,
    tabId: number,
    documentId: `other-${number}`,
  });
  const askAs = async (page: PageSender, id: string) => {
    await world.service.session!.sites.grant(page.origin, [chainA]);
    const request = { id, method: 'linera_publishModule', params: both };
    const answer = world.service.pages.request(page, request, false);
    answer.catch(() => undefined);
    return { answer };
  };
  const tooMany = { code: -32005, data: { reason: 'TooManyWaiting' } };

  it('waits once for each site, and twice for all', async () => {
    await askAs(site, 'one');
    await untilShown();
    await expect((await askAs(site, 'two')).answer).rejects.toMatchObject(tooMany);
    await askAs(other(1), 'one');
    await world.settle();
    await expect((await askAs(other(2), 'one')).answer).rejects.toMatchObject(tooMany);
    const { id } = await shown();
    await world.methods.reject({ id });
    await world.settle();
    const { answer } = await askAs(other(2), 'one');
    const first = await Promise.race([answer.catch(() => 'refused'), world.settle()]);
    expect(first).toBeUndefined();
  });
  it('has a budget of its own, besides that of all requests', async () => {
    const bad = { ...both, contract: 'a*' };
    const ask = () => world.ask('linera_publishModule', bad);
    for (let at = 0; at < LARGE_BURST; at += 1) {
      await expect(ask()).rejects.toMatchObject({ data: { reason: 'BadData' } });
    }
    const retryAfterMs = 60_000 / LARGE_PER_MIN;
    await expect(ask()).rejects.toMatchObject({ data: { reason: 'RateLimited', retryAfterMs } });
    expect(await world.ask('linera_chainId')).toMatch(/^linera:/);
    await world.settle(retryAfterMs);
    await expect(ask()).rejects.toMatchObject({ data: { reason: 'BadData' } });
  });
});

describe('linera_createApplication', () => {
  const moduleId = `${'c0'.repeat(32)}${'5e'.repeat(32)}00`;
  const required = 'a8'.repeat(32);
  const create = (more = {}, id?: string) =>
    world.ask('linera_createApplication', { moduleId, ...more }, id);
  const utf8 = (text: string) => new TextEncoder().encode(text);

  it('shows the operation, and resolves with the receipt and the new id', async () => {
    const result = create({
      parameters: '{"name":"x"}',
      instantiationArgument: '5',
      requiredApplicationIds: [required],
    });
    await world.settle();
    const { id, revision, operations } = await shown();
    expect(operations).toMatchObject([{ operation: { $: 'CreateApplication' } }]);
    const [operation] = prepared().operations;
    expect(operation).toEqual({
      $: 'System',
      value: {
        $: 'CreateApplication',
        module_id: {
          contract_blob_hash: hashFromText('c0'.repeat(32)),
          service_blob_hash: hashFromText('5e'.repeat(32)),
          vm_runtime: 'Wasm',
        },
        parameters: utf8('{"name":"x"}'),
        instantiation_argument: utf8('5'),
        required_application_ids: [{ application_description_hash: fromHex(required) }],
      },
    });
    await world.methods.confirmBlock({ id, revision });
    const description = {
      blob_type: 'ApplicationDescription',
      bytes: new Uint8Array(32).fill(0xde),
    } as const;
    expect(await result).toMatchObject({
      height: 0,
      applicationId: toHex(blobHash(description)),
    });
  });
  it('takes null for what is not given, and is asked again after a restart', async () => {
    void create({ requiredApplicationIds: [required] }, 'mine').catch(() => undefined);
    await world.settle();
    expect(prepared().operations).toMatchObject([
      { value: { parameters: utf8('null'), instantiation_argument: utf8('null') } },
    ]);
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    const again = next.ask(
      'linera_createApplication',
      { moduleId, requiredApplicationIds: [required] },
      'mine',
    );
    const { id, revision, operations } = await shown(next);
    expect(operations).toMatchObject([
      {
        operation: {
          required_application_ids: [{ application_description_hash: fromHex(required) }],
        },
      },
    ]);
    await next.methods.confirmBlock({ id, revision });
    expect(await again).toMatchObject({ applicationId: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
  const half = 'x'.repeat(MAX_APPLICATION_TEXT_BYTES / 2);
  it.each([
    ['no module', { moduleId: undefined }, 'BadAddress'],
    ['half a module', { moduleId: 'c0'.repeat(64) }, 'BadAddress'],
    ['parameters that are no JSON', { parameters: '{' }, 'BadData'],
    ['an argument that is no text', { instantiationArgument: 5 }, 'BadData'],
    ['too much', { parameters: `"${half}"`, instantiationArgument: `"${half}"` }, 'TooLong'],
    ['no list', { requiredApplicationIds: required }, 'InvalidParams'],
    ['a bad id', { requiredApplicationIds: ['x'] }, 'BadAddress'],
    [
      'too many',
      { requiredApplicationIds: Array(MAX_REQUIRED_APPLICATIONS + 1).fill(required) },
      'InvalidParams',
    ],
  ])('refuses %s', async (_name, more, reason) => {
    await expect(create(more)).rejects.toMatchObject({ code: -32602, data: { reason } });
    expect(world.service.state().approvals).toEqual([]);
  });
  it('reads back the ids that it writes', () => {
    expect(
      moduleIdToText({
        contract_blob_hash: hashFromText('c0'.repeat(32)),
        service_blob_hash: hashFromText('5e'.repeat(32)),
        vm_runtime: 'Wasm',
      }),
    ).toBe(moduleId);
  });
});
