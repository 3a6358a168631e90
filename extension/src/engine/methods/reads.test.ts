// Reads for pages: blocks simulated, applications listed, blobs and events read.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  MAX_LIST_ANSWER_CHARS,
  MAX_PAGE_APPLICATIONS,
  MAX_PAGE_EVENTS,
  MAX_READ_BLOB_BYTES,
  MAX_SIMULATED_OPERATIONS,
} from '@mica/bindings/limits';
import { toAmount, toBlockHeight } from '@mica/bindings/scalars';
import { chainIdFromText, fromHex, hashFromText } from '@mica/bindings/text';
import type { ChainApplication, Effects } from '@mica/bindings/types';
import type { ApplicationJson, EventsJson } from '@mica/provider';
import { chainA, chainB, hash, summary, token } from '../../testing/fake_engine.ts';
import { connect, makeWorld, type World } from '../../testing/world.ts';

const applicationId = 'a9'.repeat(32);
const application_id = { application_description_hash: hashFromText(applicationId) };
const bytes = new TextEncoder().encode('move');

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
});

/** What every read of a chain keeps to. */
function isForGrantedChains(method: string, params: object): void {
  it('is for granted chains of an unlocked wallet', async () => {
    await expect(world.ask(method, { ...params, chainId: chainB })).rejects.toMatchObject({
      data: { reason: 'NotConnected' },
    });
    world.lock();
    await expect(world.ask(method, params)).rejects.toMatchObject({ data: { reason: 'Locked' } });
  });
}

const done: Partial<Effects> = {
  fees: toAmount(3n),
  balances: [{ owner: { $: 'Reserved', value: 0 }, before: toAmount(9n), after: toAmount(6n) }],
  messages: [
    {
      destination: chainIdFromText(chainB),
      authenticated_signer: null,
      grant: toAmount(0n),
      refund_grant_to: null,
      kind: 'Tracked',
      message: { $: 'User', application_id, bytes },
    },
  ],
  events: [
    {
      stream_id: {
        application_id: { $: 'User', value: application_id },
        stream_name: bytes,
      },
      index: 2,
      value: bytes,
    },
  ],
  opened_chains: [chainIdFromText(chainB)],
  published_blobs: [{ blob_type: 'Data', hash: hashFromText(chainA) }],
  created_applications: [application_id],
  operation_results: [bytes],
  oracle_answers: [{ response: { $: 'Service', value: bytes }, asked: null }],
};

describe('linera_simulate', () => {
  const simulate = (params: object) => world.ask('linera_simulate', params);
  const move = { applicationId, bytes: btoa('move') };
  const pay = { recipient: chainB, amount: '1.5' };

  it('tells what operations would do, in the forms that the provider has everywhere', async () => {
    world.engine.effectsNext = done;
    const told = await simulate({ operations: [move, pay] });
    expect(told).toEqual({
      chainId: chainA,
      height: 0,
      fees: '3',
      balances: [{ owner: '0x00', before: '9', after: '6' }],
      messages: [
        {
          destination: chainB,
          authenticatedSigner: null,
          grant: '0',
          refundGrantTo: null,
          kind: 'Tracked',
          message: {
            type: 'User',
            applicationId: { applicationDescriptionHash: applicationId },
            bytes: '6d6f7665',
          },
        },
      ],
      events: [
        {
          streamId: {
            applicationId: {
              type: 'User',
              value: { applicationDescriptionHash: applicationId },
            },
            streamName: '6d6f7665',
          },
          index: 2,
          value: '6d6f7665',
        },
      ],
      opened: [chainB],
      created: [applicationId],
      published: [`Data:${chainA}`],
      operationResults: ['6d6f7665'],
      oracleResponses: [{ type: 'Service', value: '6d6f7665' }],
      response: null,
    });
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    expect(world.engine.commands.at(-1)).toMatchObject({
      $: 'Estimate',
      chain_id: chainIdFromText(chainA),
      operations: [
        { $: 'User', application_id, bytes },
        { $: 'System', value: { $: 'Transfer', amount: (3n * token) / 2n } },
      ],
      blobs: [],
    });
  });
  it('takes a mutation as linera_mutate does', async () => {
    const query = 'mutation { x }';
    const told = await simulate({ applicationId, query });
    expect(told).toMatchObject({ response: query, fees: '0' });
    expect(world.engine.commands.at(-1)).toMatchObject({
      $: 'Estimate',
      operations: [{ $: 'User', bytes: new TextEncoder().encode(query) }],
    });
  });
  it('opens no window, keeps nothing and leaves the chain free', async () => {
    const { count } = world.opened;
    await simulate({ operations: [pay] });
    await world.settle();
    expect(world.service.state().approvals).toEqual([]);
    expect(world.opened.count).toBe(count);
    expect(world.engine.count('PrepareBlock')).toBe(0);
    expect(world.storage.get('requests') ?? []).toEqual([]);
  });
  it('tells why such a block would fail', async () => {
    await expect(
      simulate({ operations: [{ recipient: chainB, amount: '1000' }] }),
    ).rejects.toMatchObject({ data: { reason: 'InsufficientBalance' } });
  });
  const many = Array.from({ length: MAX_SIMULATED_OPERATIONS + 1 }, () => pay);
  it.each([
    ['nothing', {}, 'InvalidParams'],
    ['half a query', { applicationId }, 'InvalidParams'],
    ['both', { operations: [pay], applicationId, query: 'x' }, 'InvalidParams'],
    ['no operations', { operations: [] }, 'InvalidParams'],
    ['a text in their place', { operations: 'x' }, 'InvalidParams'],
    ['one that is none', { operations: ['x'] }, 'InvalidParams'],
    ['too many', { operations: many }, 'InvalidParams'],
    ['bytes that are no base64', { operations: [{ applicationId, bytes: 'a*' }] }, 'BadData'],
    ['a bad application', { operations: [{ applicationId: 'x', bytes: '' }] }, 'BadAddress'],
    ['no recipient', { operations: [{ amount: '1' }] }, 'BadAddress'],
    ['no amount', { operations: [{ recipient: chainB }] }, 'BadAmount'],
    ["another's account", { operations: [{ ...pay, source: `0x${'22'.repeat(20)}` }] }, 'NotOwner'],
    ['a query that schedules nothing', { applicationId, query: '{ x }' }, 'NothingToDo'],
  ])('refuses %s', async (_name, params, reason) => {
    await expect(simulate(params)).rejects.toMatchObject({ code: -32602, data: { reason } });
    expect(world.engine.count('Estimate')).toBe(0);
  });
  isForGrantedChains('linera_simulate', { operations: [pay] });
  it('refuses a chain that is only followed', async () => {
    world.engine.changed(summary(chainA, token, null));
    await expect(simulate({ operations: [pay] })).rejects.toMatchObject({
      data: { reason: 'NotOwner' },
    });
  });
});

describe('linera_applications', () => {
  const list = (params = {}) =>
    world.ask('linera_applications', params) as Promise<ApplicationJson[]>;
  const made = (byte: number, parameters = bytes): ChainApplication => ({
    application_id: { application_description_hash: hash(byte) },
    description: {
      module_id: {
        contract_blob_hash: hash(1),
        service_blob_hash: hash(2),
        vm_runtime: 'Wasm',
      },
      creator_chain_id: chainIdFromText(chainB),
      block_height: toBlockHeight(4n),
      application_index: 0,
      parameters,
      required_application_ids: [application_id],
    },
  });
  const idOf = (byte: number) => byte.toString(16).padStart(2, '0').repeat(32);

  it('says what each was made from', async () => {
    world.engine.applications = [made(3), { ...made(2), description: null }];
    expect(await list()).toEqual([
      { applicationId: idOf(2), description: null },
      {
        applicationId: idOf(3),
        description: {
          moduleId: `${'01'.repeat(32)}${'02'.repeat(32)}00`,
          creatorChainId: chainB,
          height: 4,
          parameters: '6d6f7665',
          requiredApplicationIds: [applicationId],
        },
      },
    ]);
    expect(world.engine.commands.at(-1)).toEqual({
      $: 'ListApplications',
      value: fromHex(chainA),
    });
  });
  it('goes on after an id, and is bounded by count and by size', async () => {
    const ids = async (params: object) => (await list(params)).map((one) => one.applicationId);
    world.engine.applications = Array.from({ length: MAX_PAGE_APPLICATIONS + 1 }, (_one, at) =>
      made(at + 1),
    );
    expect(await ids({})).toHaveLength(MAX_PAGE_APPLICATIONS);
    expect(await ids({ after: idOf(MAX_PAGE_APPLICATIONS) })).toEqual([
      idOf(MAX_PAGE_APPLICATIONS + 1),
    ]);
    expect(await ids({ limit: 1 })).toEqual([idOf(1)]);
    const large = new Uint8Array(MAX_LIST_ANSWER_CHARS / 3);
    world.engine.applications = [made(1, large), made(2, large)];
    expect(await ids({})).toEqual([idOf(1)]);
  });
  it('refuses what is no id', async () => {
    await expect(list({ after: 'x' })).rejects.toMatchObject({ data: { reason: 'BadAddress' } });
  });
  isForGrantedChains('linera_applications', {});
});

describe('linera_readBlob', () => {
  const hash = 'be'.repeat(32);
  const read = (params: object) => world.ask('linera_readBlob', params);

  it('gives the content, of data unless told otherwise', async () => {
    world.engine.blob = { blob_type: 'Data', bytes };
    expect(await read({ hash })).toEqual({ type: 'Data', bytes: btoa('move') });
    expect(world.engine.commands.at(-1)).toEqual({
      $: 'ReadBlob',
      value: { hash: fromHex(hash), blob_type: 'Data' },
    });
    await read({ hash, type: 'ChainDescription' });
    expect(world.engine.commands.at(-1)).toMatchObject({
      value: { blob_type: 'ChainDescription' },
    });
  });
  it('says so where nobody has it', async () => {
    await expect(read({ hash })).rejects.toMatchObject({
      code: -32603,
      data: { reason: 'NotFound' },
    });
  });
  it('is bounded', async () => {
    world.engine.blob = { blob_type: 'Data', bytes: new Uint8Array(MAX_READ_BLOB_BYTES) };
    expect(await read({ hash })).toMatchObject({ type: 'Data' });
    world.engine.blob = { blob_type: 'Data', bytes: new Uint8Array(MAX_READ_BLOB_BYTES + 1) };
    await expect(read({ hash })).rejects.toMatchObject({ data: { reason: 'TooLong' } });
  });
  it.each([{}, { hash: 'x' }, { hash, type: 'data' }])('refuses %j', async (params) => {
    await expect(read(params)).rejects.toMatchObject({ data: { reason: 'InvalidParams' } });
    expect(world.engine.count('ReadBlob')).toBe(0);
  });
  it('is for connected sites of an unlocked wallet', async () => {
    world.lock();
    await expect(read({ hash })).rejects.toMatchObject({ data: { reason: 'Locked' } });
    world.unlock();
    await world.ask('linera_disconnect');
    await expect(read({ hash })).rejects.toMatchObject({ data: { reason: 'NotConnected' } });
  });
});

describe('linera_getEvents', () => {
  const stream = { applicationId, stream: 'moves' };
  const get = (params: object) => world.ask('linera_getEvents', params) as Promise<EventsJson>;

  it("asks for the application's own stream, from an index on", async () => {
    world.engine.events = [{ index: 5, value: bytes }];
    expect(await get({ ...stream, start: 5 })).toEqual({
      count: 1,
      events: [{ index: 5, value: '6d6f7665' }],
    });
    expect(world.engine.commands.at(-1)).toEqual({
      $: 'GetEvents',
      chain_id: fromHex(chainA),
      stream_id: {
        application_id: { $: 'User', value: application_id },
        stream_name: new TextEncoder().encode('moves'),
      },
      start: 5,
      limit: 20,
    });
  });
  it('is bounded by count and by size', async () => {
    await get({ ...stream, limit: 5000 });
    expect(world.engine.commands.at(-1)).toMatchObject({ start: 0, limit: MAX_PAGE_EVENTS });
    const value = new Uint8Array(MAX_LIST_ANSWER_CHARS / 3);
    world.engine.events = [0, 1].map((index) => ({ index, value }));
    expect((await get(stream)).events).toHaveLength(1);
  });
  it.each([{ stream: '' }, { stream: 7 }, { start: -1 }, { start: 2 ** 32 }, { limit: 0 }])(
    'refuses %j',
    async (more) => {
      await expect(get({ ...stream, ...more })).rejects.toMatchObject({
        data: { reason: 'InvalidParams' },
      });
    },
  );
  isForGrantedChains('linera_getEvents', stream);
});

describe('a network that is closed', () => {
  it.each([
    ['linera_query', { applicationId, query: '{ value }' }],
    ['linera_simulate', { applicationId, query: 'mutation { move }' }],
    ['linera_getActivity', {}],
    ['linera_getBlocks', {}],
    ['linera_getEvents', { applicationId, stream: 'moves' }],
    ['linera_readBlob', { hash: applicationId }],
    ['linera_applications', {}],
  ])('ends what %s reads, and says so', async (method, params) => {
    world.engine.hangs = true;
    const answer = world.ask(method, params);
    await world.settle();
    await world.service.opening.close();
    await expect(answer).rejects.toMatchObject({ code: 4900, data: { reason: 'NetworkClosed' } });
  });
});
