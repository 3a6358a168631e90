// Applications asked and changed by pages: what they get, what the person sees, what is refused.
import { beforeEach, describe, expect, it } from 'vitest';
import { toBlockHeight } from '@mica/bindings/scalars';
import { fromHex, hashFromText } from '@mica/bindings/text';
import { alice, certificate, chainA, chainB, summary } from '../../testing/fake_engine.ts';
import { connect, makeWorld, shownBlock, type World } from '../../testing/world.ts';

const applicationId = 'a9'.repeat(32);
const application_id = { application_description_hash: hashFromText(applicationId) };
const mutation = 'mutation { increment(value: 3) }';
const bytes = new TextEncoder().encode(mutation);

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
});

const shown = (of = world) => shownBlock(of);

describe('linera_query', () => {
  const query = (more = {}) =>
    world.ask('linera_query', { applicationId, query: '{ value }', ...more });

  it('asks the application about the connected chain, and nobody else', async () => {
    expect(await query()).toEqual({ response: '{ value }', operations: 0 });
    expect(world.engine.commands.at(-1)).toEqual({
      $: 'QueryApplication',
      chain_id: fromHex(chainA),
      application_id,
      query: new TextEncoder().encode('{ value }'),
    });
    expect(world.service.state().approvals).toEqual([]);
  });
  it('says how many operations a mutation schedules, and proposes none', async () => {
    expect(await query({ query: mutation })).toMatchObject({ operations: 1 });
    expect(world.engine.count('PrepareBlock')).toBe(0);
  });
  it('tells what the service said when it fails', async () => {
    world.engine.failNext.set('QueryApplication', 'ExecutionFailed');
    await expect(query()).rejects.toMatchObject({
      code: -32603,
      data: { reason: 'ExecutionFailed' },
    });
  });
  it.each([
    ['no application', { applicationId: undefined }, 'BadAddress'],
    ['a bad id', { applicationId: 'xyz' }, 'BadAddress'],
    ['no query', { query: undefined }, 'InvalidParams'],
    ['a query that is no text', { query: { query: '{ value }' } }, 'InvalidParams'],
    ['an empty one', { query: '' }, 'InvalidParams'],
    ['a bad chain', { chainId: 'x' }, 'BadAddress'],
  ])('refuses %s', async (_name, more, reason) => {
    await expect(query(more)).rejects.toMatchObject({ code: -32602, data: { reason } });
    expect(world.engine.count('QueryApplication')).toBe(0);
  });
  it('is only for the chains that the site was given, and while unlocked', async () => {
    await expect(query({ chainId: chainB })).rejects.toMatchObject({ code: 4100 });
    world.lock();
    await expect(query()).rejects.toMatchObject({ code: 4100, data: { reason: 'Locked' } });
    expect(world.engine.count('QueryApplication')).toBe(0);
  });
});

describe('linera_mutate', () => {
  const mutate = (more = {}, id?: string) =>
    world.ask('linera_mutate', { applicationId, query: mutation, ...more }, id);

  it('shows the operation, and resolves with receipt, results and the answer', async () => {
    const result = mutate();
    await world.settle();
    const { id, revision, operations } = await shown();
    expect(operations).toEqual([
      { kind: 'Application', applicationId, operationBytes: bytes.length },
    ]);
    expect(world.engine.commands.find(({ $ }) => $ === 'PrepareBlock')).toMatchObject({
      operations: [{ $: 'User', application_id, bytes }],
      blobs: [],
    });
    await world.methods.confirmBlock({ id, revision });
    expect(await result).toEqual({
      chainId: chainA,
      height: 0,
      blockHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      certificate: expect.stringMatching(/^[0-9a-f]+$/),
      operationResults: expect.any(Array),
      events: [],
      response: mutation,
    });
  });
  it('is asked again after a restart; its answer from before it is gone once signed', async () => {
    world.engine.holdCommits = true;
    void mutate({}, 'mine').catch(() => undefined);
    await world.settle();
    const { id, revision, effects } = await shown();
    void world.methods.confirmBlock({ id, revision }).catch(() => undefined);
    await world.settle();
    const chain = world.disk.chains.get(chainA)!;
    world.disk.blocks.set(effects!.blockHash!, certificate(chain));
    world.disk.chains.set(chainA, { ...chain, next_block_height: toBlockHeight(1n) });
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    expect(await next.ask('linera_getRequest', { id: 'mine' })).toMatchObject({
      status: 'done',
      result: { height: 0, blockHash: effects!.blockHash, response: null },
    });
  });
  it('refuses what is no mutation, and asks nobody', async () => {
    await expect(mutate({ query: '{ value }' })).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'NothingToDo' },
    });
    expect(world.service.state().approvals).toEqual([]);
  });
  it('ends with what the person says', async () => {
    const result = mutate();
    await world.settle();
    await world.methods.reject({ id: (await shown()).id });
    await expect(result).rejects.toMatchObject({ code: 4001, data: { money: 'Untouched' } });
    expect(world.engine.count('CommitDraft')).toBe(0);
  });
  it('waits for the wallet to be unlocked', async () => {
    world.lock();
    const result = mutate();
    await world.settle();
    expect(world.engine.count('PrepareBlock')).toBe(0);
    world.unlock();
    await world.settle();
    const { id, revision } = await shown();
    await world.methods.confirmBlock({ id, revision });
    expect(await result).toMatchObject({ response: mutation });
  });
});

describe('a window', () => {
  const asked = { chainId: chainA, applicationId };

  it('lists the applications of a chain', async () => {
    world.engine.applications = [{ application_id, description: null }];
    expect(await world.methods.listApplications({ chainId: chainA })).toEqual([
      { applicationId, description: null },
    ]);
    expect(world.engine.commands.at(-1)).toEqual({
      $: 'ListApplications',
      value: fromHex(chainA),
    });
    await expect(world.methods.listApplications({ chainId: 'x' })).rejects.toMatchObject({
      code: 'InvalidInput',
    });
  });
  it('asks, and proposes nothing', async () => {
    const answer = await world.methods.queryApplication({ ...asked, query: mutation });
    expect(answer).toEqual({ response: mutation, operations: 1 });
    await world.settle();
    expect(world.service.state().approvals).toEqual([]);
  });
  it('has a mutation shown and signed as its own', async () => {
    const { approvalId } = await world.methods.prepareMutation({ ...asked, query: mutation });
    await world.settle();
    const { id, origin, revision, operations } = await shown();
    expect([id, origin]).toEqual([approvalId, null]);
    expect(operations).toEqual([
      { kind: 'Application', applicationId, operationBytes: bytes.length },
    ]);
    expect(world.engine.commands.find(({ $ }) => $ === 'PrepareBlock')).toMatchObject({
      operations: [{ $: 'User', application_id, bytes }],
    });
    expect(await world.methods.confirmBlock({ id, revision })).toMatchObject({ height: 0n });
  });
  it('makes no approval of what changes nothing, nor on a chain that it may not', async () => {
    const failed = (query: string, chainId = chainA) =>
      expect(world.methods.prepareMutation({ chainId, applicationId, query })).rejects;
    await failed('{ value }').toMatchObject({ code: 'NothingToDo' });
    world.engine.changed(summary(chainA, 0n, null));
    await failed(mutation).toMatchObject({ code: 'NotOwner' });
    world.engine.changed({ ...summary(chainB, 0n, alice), closed: true });
    await failed(mutation, chainB).toMatchObject({ code: 'ExecutionFailed' });
    expect(world.service.state().approvals).toEqual([]);
  });
});
