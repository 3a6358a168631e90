// Every action over an engine that is played: what it asks, what it resolves with, and how each
// failure comes out.
import { ClientError, encode } from '@mica/bindings';
import { blobHash, dataBlobHash } from '@mica/bindings/blobs';
import { compressed, moduleIdToText } from '@mica/bindings/modules';
import { toHex } from '@mica/bindings/text';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaucetError, WaitTimeoutError } from '../errors.ts';
import * as core from '../testing_core.ts';
import { chainOf } from '../views.ts';
import * as actions from './index.ts';

const { certificate, effects, hash, id, owner, ownerValue, summary, testCore } = core;
const chainId = id(1);
const chain = chainOf(summary);
const confirmed = {
  chainId,
  height: 4n,
  blockHash: id(3),
  certificate,
  certificateBytes: encode('ConfirmedBlockCertificate', certificate),
};
const estimate = {
  chainId,
  height: 4n,
  blockHash: id(3),
  fees: 2n,
  balances: [{ owner, before: 30n, after: 20n }],
  openedChains: [id(8)],
  effects,
};
const draft = { id: 7n, ...estimate };
const system = (value: object) => ({ $: 'System', value });
const blob = new TextEncoder().encode('hello');
const transfer = {
  $: 'Transfer',
  owner: { $: 'Reserved', value: 0 },
  recipient: { chain_id: hash(5), owner: ownerValue },
  amount: 12n,
};
const prepared = (operations: object[], blobs: Uint8Array[] = []) => ({
  $: 'PrepareBlock',
  chain_id: hash(1),
  operations,
  blobs,
  receive_incoming: true,
});
const utf8 = (text: string) => new TextEncoder().encode(text);
const applicationId = id(0xa9);
const asked = (query: string) => ({
  $: 'QueryApplication',
  chain_id: hash(1),
  application_id: { application_description_hash: hash(0xa9) },
  query: utf8(query),
});
const answer = {
  bytes: utf8('{"data":{}}'),
  text: '{"data":{}}',
  operations: [core.userOperation],
};
const packed = await compressed(blob);
const module = {
  contract_blob_hash: blobHash({ blob_type: 'ContractBytecode', bytes: packed }),
  service_blob_hash: blobHash({ blob_type: 'ServiceBytecode', bytes: packed }),
  vm_runtime: 'Wasm',
} as const;
const moduleId = moduleIdToText(module);
const description = { blob_type: 'ApplicationDescription', bytes: utf8('it') } as const;
const commit = { $: 'CommitDraft', value: 7n };
const list = { $: 'ListChains' };
const track = {
  $: 'TrackChain',
  chain_id: hash(1),
  owner: ownerValue,
  allow_fast_blocks: false,
};

type Name = keyof typeof actions;
interface Row {
  args: unknown;
  asks: object[];
  gives: unknown;
  /** Arguments that are refused before the engine is asked. */
  wrong?: unknown;
}

const badChain = { chainId: 'xyz' };
const rows: Record<Exclude<Name, 'subscribe' | 'waitForChain'>, Row> = {
  claimChain: {
    args: {},
    asks: [track, { $: 'Synchronize', value: hash(1) }, list],
    gives: chain,
  },
  confirmBlock: { args: { id: 7n }, asks: [commit], gives: confirmed },
  createApplication: {
    args: { chainId, moduleId, argument: 5, requiredApplicationIds: [id(0xa8)] },
    asks: [
      prepared([
        system({
          $: 'CreateApplication',
          module_id: module,
          parameters: utf8('null'),
          instantiation_argument: utf8('5'),
          required_application_ids: [{ application_description_hash: hash(0xa8) }],
        }),
      ]),
      commit,
    ],
    gives: { ...confirmed, applicationId: toHex(blobHash(description)) },
    wrong: { chainId, moduleId: 'aa' },
  },
  discardBlock: { args: { id: 7n }, asks: [{ $: 'DropDraft', value: 7n }], gives: undefined },
  estimateBlock: {
    args: { chainId, operations: [system(transfer)], blobs: [blob] },
    asks: [{ $: 'Estimate', chain_id: hash(1), operations: [system(transfer)], blobs: [blob] }],
    gives: estimate,
    wrong: { chainId: 'xyz', operations: [] },
  },
  forgetChain: {
    args: { chainId },
    asks: [{ $: 'ForgetChain', value: hash(1) }],
    gives: undefined,
    wrong: badChain,
  },
  getBalance: { args: { chainId, owner }, asks: [list], gives: 30n, wrong: badChain },
  getBlocks: {
    args: { chainId },
    asks: [{ $: 'GetHistory', chain_id: hash(1), below: null, limit: 20 }],
    gives: [{ height: 4n, hash: id(3), state: 'Certified', block: core.block }],
    wrong: badChain,
  },
  getCertificate: {
    args: { blockHash: id(3) },
    asks: [{ $: 'GetCertificate', value: hash(3) }],
    gives: confirmed,
    wrong: { blockHash: '33' },
  },
  getChain: { args: { chainId }, asks: [list], gives: chain, wrong: badChain },
  getChains: { args: undefined, asks: [list], gives: [chain] },
  getValidators: {
    args: undefined,
    asks: [{ $: 'GetValidators' }],
    gives: [
      { publicKey: '02'.repeat(33), address: 'a:1', subscribed: true, failures: 0, lastError: '' },
    ],
  },
  mutateApplication: {
    args: { chainId, applicationId, query: { query: 'mutation { go }' } },
    asks: [asked('{"query":"mutation { go }"}'), prepared([core.userOperation]), commit],
    gives: { ...confirmed, answer, operationResults: [utf8('8')] },
    wrong: { chainId, applicationId: 'aa', query: '' },
  },
  publishModule: {
    args: { chainId, contract: blob, service: blob },
    asks: [prepared([system({ $: 'PublishModule', module_id: module })], [packed, packed]), commit],
    gives: { ...confirmed, moduleId },
    wrong: { ...badChain, contract: blob, service: blob },
  },
  queryApplication: {
    args: { chainId, applicationId, query: utf8('as it is') },
    asks: [asked('as it is')],
    gives: answer,
    wrong: { ...badChain, applicationId, query: '' },
  },
  prepareBlock: {
    args: { chainId, operations: [], receiveIncoming: false },
    asks: [{ ...prepared([]), receive_incoming: false }],
    gives: draft,
    wrong: { ...badChain, operations: [] },
  },
  publishDataBlob: {
    args: { chainId, bytes: blob },
    asks: [
      prepared([system({ $: 'PublishDataBlob', blob_hash: dataBlobHash(blob) })], [blob]),
      commit,
    ],
    gives: { ...confirmed, blobHash: toHex(dataBlobHash(blob)) },
    wrong: { ...badChain, bytes: blob },
  },
  receive: {
    args: { chainId },
    asks: [{ $: 'ReceiveIncoming', chain_id: hash(1), fee_cap: 10n ** 15n }],
    gives: undefined,
    wrong: badChain,
  },
  retryPending: {
    args: { chainId },
    asks: [{ $: 'RetryPending', value: hash(1) }],
    gives: undefined,
    wrong: badChain,
  },
  sendBlock: {
    args: { chainId, operations: [] },
    asks: [prepared([]), commit],
    gives: confirmed,
    wrong: { ...badChain, operations: [] },
  },
  synchronize: {
    args: { chainId },
    asks: [{ $: 'Synchronize', value: hash(1) }],
    gives: undefined,
    wrong: badChain,
  },
  trackChain: { args: { chainId }, asks: [track], gives: undefined, wrong: badChain },
  trackChains: {
    args: { chainIds: [chainId, chainId] },
    asks: [
      {
        $: 'TrackChains',
        value: [
          { ...track, $: undefined },
          { ...track, $: undefined },
        ],
      },
    ],
    gives: [{ chainId: id(9), error: new ClientError('UnknownChain', 'none') }],
    wrong: { chainIds: ['xyz'] },
  },
  transfer: {
    args: { chainId, amount: 12n, recipient: { chainId: id(5), owner } },
    asks: [prepared([system(transfer)]), commit],
    gives: confirmed,
    wrong: { chainId, amount: 1n, recipient: { chainId, owner: '0x1' } },
  },
};

const run = (name: Name, its: core.TestCore, args: unknown) =>
  (actions[name] as (its: core.TestCore, args: unknown) => Promise<unknown>)(its, args);

describe.each(Object.entries(rows) as [Name, Row][])('%s', (name, { args, asks, gives, wrong }) => {
  it('asks the engine and resolves', async () => {
    const its = testCore();
    expect(await run(name, its, args)).toEqual(gives);
    expect(its.commands).toEqual(asks);
  });

  it.each(asks.map((one) => (one as { $: keyof core.TestCore['fails'] }).$))(
    'rejects as the engine does when %s fails, and asks nothing more',
    async (command) => {
      const its = testCore();
      const failure = new ClientError('OutcomeUnknown', 'on its way', 'Unknown');
      its.fails[command] = failure;
      await expect(run(name, its, args)).rejects.toBe(failure);
      expect(its.commands.at(-1)?.$).toBe(command);
    },
  );

  it.skipIf(wrong === undefined)('refuses a text that is none, and asks nothing', async () => {
    const its = testCore();
    await expect(run(name, its, wrong)).rejects.toMatchObject({
      name: 'ClientError',
      code: 'InvalidInput',
      money: 'Untouched',
    });
    expect(its.commands).toEqual([]);
  });
});

it('each action has a test', () => {
  const tested = [...Object.keys(rows), 'subscribe', 'waitForChain'];
  expect(Object.keys(actions).sort()).toEqual(tested.sort());
});

describe('claimChain', () => {
  it('needs a faucet, and an owner', async () => {
    const code = { code: 'InvalidInput' };
    await expect(run('claimChain', testCore({ faucet: null }), {})).rejects.toMatchObject(code);
    await expect(run('claimChain', testCore({ signer: null }), {})).rejects.toMatchObject(code);
    expect(await run('claimChain', testCore({ signer: null }), { owner })).toEqual(chain);
  });
  it('passes on what the faucet says', async () => {
    const refused = new FaucetError('Refused', 'no more');
    const faucet = { genesisConfig: async () => '', claim: () => Promise.reject(refused) };
    await expect(run('claimChain', testCore({ faucet }), {})).rejects.toBe(refused);
  });
});

describe('what is read of a chain', () => {
  it('is an UnknownChain where it is not followed', async () => {
    for (const name of ['getChain', 'getBalance'] as const) {
      const asked = run(name, testCore(), { chainId: id(4) });
      await expect(asked).rejects.toMatchObject({ code: 'UnknownChain' });
    }
  });
  it("is the chain's own balance, an account's, or nothing", async () => {
    const of = (one?: string) => actions.getBalance(testCore(), { chainId, owner: one });
    expect([await of(), await of('0x00'), await of(`0x${'22'.repeat(20)}`)]).toEqual([
      70n,
      70n,
      0n,
    ]);
  });
  it('follows without an owner where nobody signs, or when told so', async () => {
    for (const [its, args] of [
      [testCore({ signer: null }), { chainId }],
      [testCore(), { chainId, owner: null }],
    ] as const) {
      await actions.trackChain(its, args);
      expect(its.commands).toEqual([{ ...track, owner: null }]);
    }
  });
});

describe('subscribe', () => {
  it('hears until it is ended', () => {
    const its = testCore();
    const heard: unknown[] = [];
    const stop = actions.subscribe(its, (news) => heard.push(news));
    its.tell({ type: 'log', text: 'one' });
    stop();
    its.tell({ type: 'log', text: 'two' });
    expect(heard).toEqual([{ type: 'log', text: 'one' }]);
  });
});

describe('waitForChain', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const paid = { ...chain, balance: 100n };
  const wait = (its: core.TestCore) =>
    actions.waitForChain(its, { chainId, until: ({ balance }) => balance > 70n, timeoutMs: 1000 });

  it('resolves at once, or with the news of that chain', async () => {
    const at = await actions.waitForChain(testCore(), { chainId, until: () => true });
    expect(at).toEqual(chain);
    const its = testCore();
    const waited = wait(its);
    await vi.advanceTimersByTimeAsync(900);
    its.tell({ type: 'chain', chain: { ...paid, chainId: id(2) } });
    its.tell({ type: 'chain', chain: paid });
    expect(await waited).toEqual(paid);
    expect([its.listening, vi.getTimerCount()]).toEqual([0, 0]);
  });
  it('rejects when it takes too long, and listens no more', async () => {
    const its = testCore();
    const waited = wait(its);
    const late = expect(waited).rejects.toBeInstanceOf(WaitTimeoutError);
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    expect([its.listening, vi.getTimerCount()]).toEqual([0, 0]);
  });
  it('rejects with what is thrown, by the engine or by the condition', async () => {
    const its = testCore();
    its.fails.ListChains = new ClientError('NoQuorum', 'nobody');
    await expect(wait(its)).rejects.toMatchObject({ code: 'NoQuorum' });
    const broken = () => {
      throw new Error('mine');
    };
    const waited = actions.waitForChain(testCore(), { chainId, until: broken });
    await expect(waited).rejects.toThrow('mine');
    expect(vi.getTimerCount()).toBe(0);
  });
});
