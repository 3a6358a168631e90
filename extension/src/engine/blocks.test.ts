// A block asked for: any operations take one way to a receipt, and one way back after a restart.
import { beforeEach, describe, expect, it } from 'vitest';
import { dataBlobHash } from '@mica/bindings/blobs';
import { toAmount, toBlockHeight, toTimestamp } from '@mica/bindings/scalars';
import type { Message, MessageAction, Operation, Transaction } from '@mica/bindings/types';
import { chainIdFromText, ownerFromText, toHex } from '@mica/bindings/text';
import { CHAIN_OWNER } from '@mica/wallet-contract/addresses';
import {
  alice,
  certificate,
  chainA,
  chainB,
  hash,
  summary,
  token,
} from '../testing/fake_engine.ts';
import { makeWorld, type World } from '../testing/world.ts';
import type { BlockOrder } from './blocks.ts';
import { publishDataBlob, transferOperation } from './operations.ts';
import { activityEntry, blockLines } from './views.ts';

const bank = '7'.repeat(64);
const shop = `5ca1${'0'.repeat(56)}ab1e`;
const account = (chainId: string, owner = CHAIN_OWNER) => ({ chainId, owner });
const pay = (to: string, amount = token) => transferOperation(CHAIN_OWNER, account(to), amount);
const claim: Operation = {
  $: 'System',
  value: {
    $: 'Claim',
    owner: ownerFromText(alice),
    target_id: chainIdFromText(chainB),
    recipient: { chain_id: chainIdFromText(bank), owner: ownerFromText(CHAIN_OWNER) },
    amount: toAmount(1n),
  },
};

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
});
const order = (...operations: Operation[]): BlockOrder => ({
  ...{ origin: null, chainId: chainA, signer: alice, blobs: [] },
  operations,
});
const start = (...operations: Operation[]) =>
  world.service.need().blocks.start(order(...operations));
const chain = (more = {}) => ({ ...world.disk.chains.get(chainA)!, ...more });

describe('a block of several operations', () => {
  it('is shown line by line, confirmed once, and known by its receipt', async () => {
    const { approval, settled } = start(pay(chainB), publishDataBlob(new Uint8Array([1])));
    await world.settle();
    expect(approval.status).toBe('ready');
    expect(approval.operations.map((line) => line.kind === 'System' && line.operation.$)).toEqual([
      'Transfer',
      'PublishDataBlob',
    ]);
    const { id, revision } = approval;
    const receipt = await world.methods.confirmBlock({ id, revision });
    expect(receipt).toMatchObject({ chainId: chainA, height: 0n });
    expect(await settled).toEqual(receipt);
  });

  it('warns of everybody whom it pays, also by a claim, and once of each', async () => {
    const { approval } = start(pay(chainB), pay(shop), pay(shop, 2n), claim);
    await world.settle();
    expect(approval.warnings).toMatchObject([
      { code: 'FirstTime', params: { chainId: shop } },
      { code: 'FirstTime', params: { chainId: bank } },
    ]);
  });
});

describe('a signed block of any kind', () => {
  const operations = { transfer: pay(shop), blob: publishDataBlob(new Uint8Array([7])), claim };

  it.each(Object.entries(operations))('is seen again after a restart: %s', async (_name, one) => {
    const value = certificate(chain(), [{ $: 'ExecuteOperation', value: one }]).value;
    const entry = { height: toBlockHeight(0n), hash: hash(0x22), state: 'Proposed' as const };
    world.engine.pending.push({ ...entry, block: value });
    const { approvalId: id } = await world.methods.showPending({ chainId: chainA });
    await world.settle();
    const shown = await world.methods.getApproval({ id });
    expect(shown).toMatchObject({ kind: 'block', resumed: true, status: 'ready' });
    expect(shown).toMatchObject({ operations: blockLines(value.body.transactions, chainA) });
    expect(world.engine.count('PrepareBlock')).toBe(0);
    expect(await world.methods.showPending({ chainId: chainA })).toEqual({ approvalId: id });
  });

  it('is nothing to show where there is none', async () => {
    await expect(world.methods.showPending({ chainId: chainA })).rejects.toMatchObject({
      code: 'NothingToDo',
    });
  });
});

describe('a block that another owner made', () => {
  const bob = `0x${'b0'.repeat(20)}`;
  const block: Transaction[] = [{ $: 'ExecuteOperation', value: pay(shop) }];
  const lock = () => {
    world.engine.locked.set(chainA, block);
    const locked = { height: toBlockHeight(0n), signer: ownerFromText(bob), validated: true };
    world.engine.changed(chain({ locked }));
  };

  it('is told of, shown as it is, warned of, and carried on by a yes', async () => {
    lock();
    await world.settle();
    expect(world.service.state().chains[0]?.locked).toEqual({
      height: 0n,
      signer: bob,
      validated: true,
    });
    const { approvalId: id } = await world.methods.showLocked({ chainId: chainA });
    await world.settle();
    const shown = await world.methods.getApproval({ id });
    expect(shown).toMatchObject({
      ...{ kind: 'block', locked: true, resumed: false, status: 'ready' },
      operations: blockLines(block, chainA),
      warnings: [{ code: 'FirstTime', params: { chainId: shop } }],
    });
    expect(await world.methods.showLocked({ chainId: chainA })).toEqual({ approvalId: id });
    const receipt = await world.methods.confirmBlock({ id, revision: 1 });
    expect(receipt).toMatchObject({ chainId: chainA, height: 0n });
    expect(world.engine.count('PrepareBlock')).toBe(0);
  });

  it('is nothing to show where there is none', async () => {
    await expect(world.methods.showLocked({ chainId: chainA })).rejects.toMatchObject({
      code: 'NothingToDo',
    });
  });
});

describe('a busy chain', () => {
  it('gives each its turn in the core: nobody asks twice', async () => {
    world.engine.failNext.set('PrepareBlock', 'Busy');
    const { approval } = start(pay(chainB));
    await world.settle();
    expect(approval).toMatchObject({ status: 'failed', failure: { code: 'Busy' } });
    expect(world.engine.count('PrepareBlock')).toBe(1);
  });

  it('drops what was made for somebody who does not wait any more', async () => {
    const asked = world.engine.command.bind(world.engine);
    let go = () => {};
    world.engine.command = async (command, ...more) => {
      if (command.$ === 'PrepareBlock') await new Promise<void>((resolve) => (go = resolve));
      return asked(command, ...more);
    };
    const { approval } = start(pay(chainB));
    await world.settle();
    await world.methods.reject({ id: approval.id });
    go();
    await world.settle();
    expect(world.engine.count('DropDraft')).toBe(1);
  });
});

describe('activity', () => {
  const entry = (...operations: Operation[]) =>
    entryOf(operations.map((value) => ({ $: 'ExecuteOperation', value }) as const));
  const received = (message: Message, action: MessageAction): Transaction => ({
    $: 'ReceiveMessages',
    value: {
      origin: chainIdFromText(chainB),
      bundle: {
        ...{ height: toBlockHeight(0n), timestamp: toTimestamp(0n), transaction_index: 0 },
        certificate_hash: hash(1),
        messages: [
          {
            ...{ authenticated_signer: null, grant: toAmount(0n), refund_grant_to: null },
            ...{ kind: 'Simple', index: 0, message },
          },
        ],
      },
      action,
    },
  });
  const entryOf = (transactions: Transaction[]) => {
    const { value: block } = certificate(summary(chainA, 0n, alice), transactions);
    return activityEntry({ height: toBlockHeight(1n), hash: hash(0), state: 'Certified', block });
  };

  it('has money that is claimed here, going out; not yet what is claimed elsewhere', () => {
    if (claim.$ !== 'System' || claim.value.$ !== 'Claim') throw new Error();
    const here: Operation = {
      ...claim,
      value: { ...claim.value, target_id: chainIdFromText(chainA) },
    };
    expect(entry(here)).toMatchObject({ direction: 'out', amount: -1n, counterparty: bank });
    expect(entry(claim)).toMatchObject({ direction: 'none', amount: 0n, counterparty: null });
  });
  it('has money that another chain claims, going out', () => {
    const withdrawn = (to: string, action: 'Accept' | 'Reject' = 'Accept') => {
      const recipient = { chain_id: chainIdFromText(to), owner: ownerFromText(CHAIN_OWNER) };
      const owner = ownerFromText(alice);
      const message = { $: 'Withdraw', owner, amount: toAmount(5n), recipient } as const;
      return entryOf([received({ $: 'System', value: message }, action)]);
    };
    const out = withdrawn(chainB);
    expect(out).toMatchObject({ direction: 'out', amount: -5n, counterparty: chainB });
    expect(out.lines).toMatchObject([{ kind: 'Received', amount: -5n }]);
    expect(withdrawn(chainA)).toMatchObject({ direction: 'none', amount: 0n });
    expect(withdrawn(chainB, 'Reject')).toMatchObject({ direction: 'none', amount: 0n });
  });
  it('has money out first, and its sum', () => {
    const out = entry(publishDataBlob(new Uint8Array()), pay(chainA), pay(shop, 3n));
    expect(out).toMatchObject({ direction: 'out', amount: -3n, counterparty: shop });
    expect(out.lines).toMatchObject([
      { operation: { $: 'Transfer', amount: 3n } },
      { operation: { $: 'PublishDataBlob' } },
      { operation: { $: 'Transfer' } },
    ]);
  });
  it('reaches the first block page by page, whatever a window asks for at once', async () => {
    const world = await makeWorld();
    const CHAIN = chainIdFromText(chainA);
    for (let height = 249; height >= 0; height -= 1) {
      const made = certificate(summary(chainA, 0n, alice), []);
      const header = {
        ...made.value.header,
        chain_id: CHAIN,
        height: toBlockHeight(BigInt(height)),
      };
      const id = height.toString(16).padStart(64, '0');
      world.disk.blocks.set(id, { ...made, value: { ...made.value, header } });
    }
    const heights: number[] = [];
    for (let below: bigint | undefined; heights.length < 500;) {
      const limit = 1000;
      const page = await world.methods.getActivity({
        chainId: chainA,
        limit,
        ...(below !== undefined && { below }),
      });
      heights.push(...page.map(({ height }) => Number(height)));
      if (page.length === 0) break;
      below = page.at(-1)!.height;
    }
    expect(heights).toEqual(Array.from({ length: 250 }, (_, at) => 249 - at));
  });
  it('within one chain is neither out nor in, and by values, not by words', () => {
    expect(entry(pay(chainA))).toMatchObject({ direction: 'self', amount: 0n });
    expect(entry(publishDataBlob(new Uint8Array()))).toMatchObject({ direction: 'none' });
  });
});

it('names a data blob as the core does', () => {
  // The same in tests/core/types/committee_test.cc.
  expect(toHex(dataBlobHash(new TextEncoder().encode('hello')))).toBe(
    '63a759ef44c1fb29f6887b7087d431066624e05d4c5bbbbbe2bc4f68f10bc443',
  );
});
