import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '@mica/bindings/fake_clock';
import { ClientError } from '@mica/bindings/client_host';
import { toAmount } from '@mica/bindings/scalars';
import type { FailureCode } from '@mica/bindings/types';
import { Emitter } from '../shared/emitter.ts';
import { alice, certificate, chainA, hash, summary } from '../testing/fake_engine.ts';
import type { Engine } from './engine.ts';
import type { Outside } from './outside.ts';
import { Receiver } from './receiver.ts';
import { Stored } from './stored.ts';
import type { VaultView } from './vault_view.ts';
import { chainCore, type ChainCore } from './views.ts';

const NOTHING = { $: 'Nothing' } as Awaited<ReturnType<Engine['command']>>;

let chain: ChainCore;
let asked: number;
/** What the next ReceiveIncoming does; it may change the chain meanwhile. */
let answers: (() => FailureCode | null)[];
let committed: typeof NOTHING;
let clock: FakeClock;
let receiver: Receiver;

function change(part: Partial<ChainCore>): void {
  chain = { ...chain, ...part };
  receiver.consider(chainA);
}

beforeEach(() => {
  asked = 0;
  answers = [];
  clock = new FakeClock();
  chain = chainCore(summary(chainA, 0n, alice));
  committed = NOTHING;
  const command = async () => {
    asked += 1;
    await Promise.resolve();
    const failure = answers.shift()?.() ?? null;
    if (failure) throw new ClientError(failure, failure, 'Untouched');
    return committed;
  };
  const outside = {
    clock,
    load: async () => null,
    save: async () => undefined,
  } as Partial<Outside>;
  const parts = {
    outside: outside as Outside,
    vault: { isUnlocked: true } as VaultView,
    stored: new Stored(outside as Outside, new Emitter()),
    chains: { get: () => chain },
    blocks: { holds: () => false },
  };
  receiver = new Receiver({ command } as unknown as Engine, parts, new Emitter());
});

const quiet = () => clock.pass(0);

const received = (left: number) => () => {
  chain = { ...chain, nextBlockHeight: chain.nextBlockHeight + 1n, incomingCount: left };
  return null;
};
const nothingToDo = () => 'NothingToDo' as const;

describe('an inbox with messages that cannot be received', () => {
  it('is tried once, without a failure and without another try by itself', async () => {
    answers = [nothingToDo];
    change({ incomingCount: 2 });
    await quiet();
    change({ waiting: [{ reason: 'Failed', count: 2 }] });
    await quiet();
    expect(asked).toBe(1);
    expect(receiver.failures.size).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it('does not keep what comes later from being received', async () => {
    answers = [nothingToDo, received(2), nothingToDo];
    change({ incomingCount: 2, waiting: [] });
    await quiet();
    change({ incomingCount: 3 });
    await quiet();
    expect(asked).toBe(3); // the payment, and once more what waits, in the changed chain
    expect(chain.incomingCount).toBe(2);
    expect(receiver.failures.size).toBe(0);
  });

  it('is tried again for what came in during the try', async () => {
    const meanwhile = () => {
      chain = { ...chain, incomingCount: 3 };
      return 'NothingToDo' as const;
    };
    answers = [meanwhile, received(2), nothingToDo];
    change({ incomingCount: 2 });
    await quiet();
    expect(asked).toBe(3);
    expect(chain.incomingCount).toBe(2);
  });

  it('is emptied by one block after the other', async () => {
    answers = [received(200), received(100), received(0)];
    change({ incomingCount: 300 });
    await quiet();
    expect(asked).toBe(3);
  });
});

it('makes no block on a chain that stands before one that is not executed here', async () => {
  const notExecuted = { height: 3n, lastCertified: 4n, reason: 'unknown operation' };
  change({ incomingCount: 1, pendingHeight: 3n, notExecuted });
  await quiet();
  expect(asked).toBe(0);
  answers = [received(0)];
  change({ pendingHeight: null, notExecuted: null });
  await quiet();
  expect(asked).toBe(1);
});

describe('a failure', () => {
  it('that gets better by itself is tried again later', async () => {
    answers = [() => 'NoQuorum', received(0)];
    change({ incomingCount: 1 });
    await quiet();
    expect(asked).toBe(1);
    expect(receiver.failures.get(chainA)?.code).toBe('NoQuorum');
    await clock.pass(1000);
    expect(asked).toBe(2);
    expect(receiver.failures.size).toBe(0);
  });

  it('is not tried again once the network is closed, nor is one that comes later', async () => {
    answers = [() => 'NoQuorum'];
    change({ incomingCount: 1 });
    await quiet();
    receiver.stop();
    expect(clock.waiting).toBe(0);
    change({ incomingCount: 2 });
    await clock.pass(100_000);
    expect(asked).toBe(1);
  });

  it('that comes when the network was closed meanwhile is not tried again', async () => {
    answers = [() => 'NoQuorum'];
    change({ incomingCount: 1 });
    receiver.stop();
    await clock.pass(100_000);
    expect([asked, clock.waiting]).toEqual([1, 0]);
  });
});

describe('what receiving by itself costs', () => {
  const longQuiet = async () => {
    for (let turn = 0; turn < 200; turn += 1) await quiet();
  };
  const cap = 10n ** 16n;
  /** A block with that fee, and one more message waits. */
  const costs = (fee: bigint) => () => {
    const { nextBlockHeight } = chain;
    chain = { ...chain, nextBlockHeight: nextBlockHeight + 1n };
    const made = certificate(summary(chainA, 0n, alice), []);
    committed = {
      ...{ $: 'Committed', certificate: made, block_hash: hash(0) },
      fees: toAmount(fee),
    };
    return null;
  };

  it('has an end each day, of which the person is told', async () => {
    answers = Array.from({ length: 1000 }, () => costs(cap));
    change({ incomingCount: 1000 });
    await longQuiet();
    expect(asked).toBe(100);
    expect(receiver.failures.get(chainA)).toMatchObject({ reason: 'ReceiveBudget' });
    await clock.pass(24 * 3_600_000);
    await longQuiet();
    expect(asked).toBe(200);
    // By hand it goes on.
    await receiver.receive(chainA);
    expect(asked).toBe(201);
  });
  it('is nothing where there are no fees', async () => {
    answers = Array.from({ length: 300 }, () => costs(0n));
    change({ incomingCount: 300 });
    await longQuiet();
    expect(asked).toBeGreaterThanOrEqual(300);
    expect(receiver.failures.size).toBe(0);
  });
});
