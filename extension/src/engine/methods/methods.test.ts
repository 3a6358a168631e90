// The methods whose blocks and answers are their own: a data blob published, blocks read.
import { beforeEach, describe, expect, it } from 'vitest';
import { dataBlobHash } from '@mica/bindings/blobs';
import { decode } from '@mica/bindings/codec';
import { toBlockHeight } from '@mica/bindings/scalars';
import { toHex } from '@mica/bindings/text';
import type { BlockJson } from '@mica/provider';
import { MAX_LIST_ANSWER_CHARS, MAX_DATA_BLOB_BYTES } from '@mica/bindings/limits';
import {
  alice,
  certificate,
  chainA,
  chainB,
  hash,
  summary,
  token,
} from '../../testing/fake_engine.ts';
import { connect, makeWorld, shownBlock, type World } from '../../testing/world.ts';
import { transferOperation } from '../operations.ts';
import type { StoredRequest } from '../requests.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
});

const shown = (of = world) => shownBlock(of);

describe('linera_publishDataBlob', () => {
  const bytes = btoa('hello');
  const blobId = `Data:${toHex(dataBlobHash(new TextEncoder().encode('hello')))}`;
  const publish = (more = {}, id?: string) =>
    world.ask('linera_publishDataBlob', { bytes, ...more }, id);

  it('shows the operation, gives the core the content, and resolves with the receipt', async () => {
    const result = publish();
    await world.settle();
    const { id, revision, operations } = await shown();
    expect(operations).toMatchObject([{ kind: 'System', operation: { $: 'PublishDataBlob' } }]);
    expect(world.engine.commands.find(({ $ }) => $ === 'PrepareBlock')).toMatchObject({
      blobs: [new TextEncoder().encode('hello')],
    });
    await world.methods.confirmBlock({ id, revision });
    expect(await result).toEqual({
      chainId: chainA,
      height: 0,
      blockHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      certificate: expect.stringMatching(/^[0-9a-f]+$/),
      blobId,
    });
  });

  it('is asked again after a restart, with the same content', async () => {
    void publish({}, 'mine').catch(() => undefined);
    await world.settle();
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    const { id, revision } = await shown(next);
    const again = next.ask('linera_publishDataBlob', { bytes }, 'mine');
    await next.methods.confirmBlock({ id, revision });
    expect(await again).toMatchObject({ blobId });
  });

  it('that was signed before a restart has its whole answer too', async () => {
    world.engine.holdCommits = true;
    void publish({}, 'mine').catch(() => undefined);
    await world.settle();
    const { id, revision, effects, block } = await shown();
    void world.methods.confirmBlock({ id, revision }).catch(() => undefined);
    await world.settle();
    const chain = world.disk.chains.get(chainA)!;
    const { transactions } = decode('ProposedBlock', block!);
    world.disk.blocks.set(effects!.blockHash!, certificate(chain, transactions));
    // What was asked is not what it is told by.
    const stored = world.storage.get('requests') as StoredRequest[];
    expect(stored[0]?.order).toMatchObject({ bytes });
    stored[0]!.order = null;
    world.disk.chains.set(chainA, { ...chain, next_block_height: toBlockHeight(1n) });
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    expect(await next.ask('linera_getRequest', { id: 'mine' })).toMatchObject({
      status: 'done',
      result: { blobId, height: 0, blockHash: effects!.blockHash },
    });
  });

  it.each([
    ['nothing', { bytes: '' }, 'BadData'],
    ['no base64', { bytes: 'a*==' }, 'BadData'],
    ['no padding', { bytes: 'QQ' }, 'BadData'],
    ['a second text for the same bytes', { bytes: 'QR==' }, 'BadData'],
    ['a number', { bytes: 7 }, 'BadData'],
    ['no bytes', { bytes: undefined }, 'BadData'],
    ['too much', { bytes: btoa('x'.repeat(MAX_DATA_BLOB_BYTES + 1)) }, 'TooLong'],
    ['no chain id', { chainId: 'x' }, 'BadAddress'],
  ])('refuses %s before anybody is asked', async (_name, more, reason) => {
    await expect(publish(more)).rejects.toMatchObject({
      code: -32602,
      data: { reason, money: 'Untouched' },
    });
    expect(world.service.state().approvals).toEqual([]);
  });

  it('takes as much as the limit says', async () => {
    void publish({ bytes: btoa('x'.repeat(MAX_DATA_BLOB_BYTES)) }).catch(() => undefined);
    await world.settle();
    expect((await shown()).status).toBe('ready');
  });

  it('is not for another chain', async () => {
    await expect(publish({ chainId: chainB })).rejects.toMatchObject({ code: 4100 });
  });
});

describe('linera_getBlocks', () => {
  const at = (height: number, transactions: Parameters<typeof certificate>[1] = []) => {
    const next_block_height = toBlockHeight(BigInt(height));
    const chain = { ...summary(chainA, 0n, alice), next_block_height };
    world.disk.blocks.set(`${height}`.repeat(64), certificate(chain, transactions));
  };
  const get = (params = {}) => world.ask('linera_getBlocks', params) as Promise<BlockJson[]>;

  it('gives blocks in the forms that the provider has everywhere', async () => {
    const to = { chainId: chainB, owner: alice };
    at(1, [{ $: 'ExecuteOperation', value: transferOperation('0x00', to, token) }]);
    const [block] = await get({ chainId: chainA });
    expect(block).toMatchObject({
      blockHash: '1'.repeat(64),
      state: 'delivered',
      header: { chainId: chainA, height: 1, epoch: 0, timestamp: 0, previousBlockHash: null },
    });
    expect(block?.body.transactions).toEqual([
      {
        type: 'ExecuteOperation',
        value: {
          type: 'System',
          value: {
            type: 'Transfer',
            owner: '0x00',
            recipient: { chainId: chainB, owner: alice },
            amount: token.toString(),
          },
        },
      },
    ]);
    expect(JSON.parse(JSON.stringify(block))).toEqual(block);
  });

  it('goes on below a height, and is bounded by count and by size', async () => {
    for (const height of [3, 2, 1]) at(height);
    const heights = async (params: object) =>
      (await get(params)).map(({ header }) => header.height);
    expect(await heights({ limit: 2 })).toEqual([3, 2]);
    expect(await heights({ below: 2 })).toEqual([1]);
    const bytes = new Uint8Array(MAX_LIST_ANSWER_CHARS / 3);
    const large = {
      $: 'User',
      application_id: { application_description_hash: hash(0) },
      bytes,
    } as const;
    for (const height of [3, 2, 1]) at(height, [{ $: 'ExecuteOperation', value: large }]);
    expect(await heights({})).toEqual([3]);
  });

  it('is for granted chains of an unlocked wallet', async () => {
    await expect(get({ chainId: chainB })).rejects.toMatchObject({
      data: { reason: 'NotConnected' },
    });
    world.lock();
    await expect(get()).rejects.toMatchObject({ data: { reason: 'Locked' } });
  });

  it.each([{ limit: 0 }, { limit: '5' }, { below: -1 }, { below: 1.5 }])(
    'refuses %j',
    async (params) => {
      await expect(get(params)).rejects.toMatchObject({ data: { reason: 'InvalidParams' } });
    },
  );
});

describe('linera_getActivity', () => {
  it('says what a block did by values', async () => {
    const chain = summary(chainA, 0n, alice);
    const to = { chainId: chainB, owner: '0x00' };
    const operation = transferOperation('0x00', to, token);
    world.disk.blocks.set(
      '4'.repeat(64),
      certificate(chain, [{ $: 'ExecuteOperation', value: operation }]),
    );
    expect(await world.ask('linera_getActivity', {})).toEqual([
      {
        chainId: chainA,
        height: 0,
        blockHash: '4'.repeat(64),
        state: 'delivered',
        time: 0,
        direction: 'out',
        amount: `-${token}`,
        lines: [
          {
            kind: 'System',
            operation: {
              type: 'Transfer',
              owner: '0x00',
              recipient: { chainId: chainB, owner: '0x00' },
              amount: `${token}`,
            },
          },
        ],
        counterparty: chainB,
      },
    ]);
  });
});
