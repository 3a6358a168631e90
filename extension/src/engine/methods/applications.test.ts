// Applications asked and changed by pages: what they get, what the person sees, what is refused.
import { beforeEach, describe, expect, it } from 'vitest';
import { toBlockHeight } from '@mica/bindings/scalars';
import { fromHex } from '@mica/bindings/text';
import { certificate, chainA, chainB } from '../../testing/fake_engine.ts';
import { connect, makeWorld, shownBlock, type World } from '../../testing/world.ts';

const applicationId = 'a9'.repeat(32);
const application_id = { application_description_hash: fromHex(applicationId) };
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
    world.disk.blocks.set(effects!.blockHash, certificate(chain));
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
