import { describe, expect, it } from 'vitest';
import { toAmount } from '@mica/bindings/scalars';
import type { Operation, SystemOperation } from '@mica/bindings/types';
import type {
  BlockLine,
  BlockSummary,
  FailureReason,
  WalletFailure,
} from '@mica/wallet-contract/api';
import { WalletError } from '@mica/wallet-contract/api';
import {
  alice,
  chain,
  chainA,
  chainB,
  chainC,
  FEES,
  genesis,
  network,
  nowhere,
  token,
  validators,
} from '../fake/fake_data.ts';
import { blockOf, summaryOf } from '../fake/fake_block.ts';
import { FakeWallet } from '../fake/fake_wallet.ts';
import { blockApproval, transferApproval } from '../fake/block_approval.ts';
import { english } from '../fake/english.ts';
import { everyOperation, system, transferLine } from '../fake/lines.ts';
import { qrPath } from '../parts/qr.tsx';
import { canApprove, onlyPays, shownKey, warningName } from './approval.ts';
import { explain, report } from './errors.ts';
import { allBut, checkAmount, sourcesOf, totalOf } from './money.ts';
import { quizPositions, wrongAnswers } from './phrase.ts';
import { codePoints, samePassword } from './typed.ts';
import { groupByNetwork } from './restore.ts';
import { parseRoute, route } from './router.ts';
import { amountForAll } from './send_all.ts';
import { hostOf, networkWords, ownerName } from './texts.ts';
import { differences } from './vault_reading.ts';

const problem = (text: string, available = 5n * token) => {
  const typed = checkAmount(text, available, english);
  return 'problem' in typed ? typed.problem : null;
};

describe('amounts', () => {
  it('are exact to the last of 18 decimals', () => {
    const all = 123456789012345678901234567890n;
    const text = '123456789012.34567890123456789';
    expect(checkAmount(text, all, english)).toEqual({ amount: all });
    expect(problem(text, all - 1n)).toMatch(/Too much/);
    expect(checkAmount('0.000000000000000001', 1n, english)).toEqual({ amount: 1n });
    expect(checkAmount(' .5 ', token, english)).toEqual({ amount: token / 2n });
    expect(checkAmount('97.', 100n * token, english)).toEqual({ amount: 97n * token });
  });
  it('say what is wrong with them', () => {
    expect(problem('')).toMatch(/How much/);
    expect(problem('1,5')).toMatch(/“.”.*mean 1.5/);
    expect(problem('-1')).toMatch(/more than zero/);
    expect(problem('0.0')).toMatch(/more than zero/);
    expect(problem('1e3')).toMatch(/no amount/);
    expect(problem('1\n')).toMatch(/no amount/);
    expect(problem('1.0000000000000000001')).toMatch(/18 decimals/);
    expect(problem('5.000000000000000001')).toBe('Too much: there are 5 on this account.');
    expect(problem('5')).toBeNull();
  });
  it('are shown cut, never rounded up, and never as nothing', () => {
    expect(english.amount(1999999999999999999n)).toBe('1.999999');
    expect(english.amount(-1234567n * token)).toBe('−1\u2009234\u2009567');
    expect(english.amount(1n)).toBe('0.000000000000000001');
    expect(english.amount(0n)).toBe('0');
    expect(english.amount(token + 1n, 18)).toBe('1.000000000000000001');
  });
  it('come from the accounts that this wallet can sign for', () => {
    const other = `0x${'22'.repeat(20)}`;
    const ownerBalances = [
      { owner: other, balance: 9n },
      { owner: alice, balance: 4n },
    ];
    const one = chain(chainA, { chainBalance: 3n, ownerBalances });
    expect(sourcesOf(one)).toEqual([
      { owner: '0x00', balance: 3n },
      { owner: alice, balance: 4n },
    ]);
    expect(totalOf(one)).toBe(7n);
    expect(allBut(10n, 3n)).toBe(7n);
    expect(allBut(3n, 3n)).toBeNull();
  });
});

describe('sending all', () => {
  const order = { chainId: chainA, source: '0x00', recipient: chainC };

  it('takes off the fees of such a block, and nothing comes to wait for a yes', async () => {
    const wallet = new FakeWallet();
    expect(await amountForAll(wallet, { ...order, available: token })).toBe(token - FEES);
    expect(wallet.calls).toEqual([
      { method: 'estimateTransfer', params: { ...order, amount: 1n } },
    ]);
  });
  it('says when the fees are more than there is', async () => {
    const failed = amountForAll(new FakeWallet(), { ...order, available: FEES });
    await expect(failed).rejects.toMatchObject({ code: 'InsufficientBalance' });
  });
  it('passes on why they cannot be found out', async () => {
    const estimateFailure = { code: 'NoQuorum', message: 'no' } as const;
    const wallet = new FakeWallet({ estimateFailure });
    const failed = amountForAll(wallet, { ...order, available: token });
    await expect(failed).rejects.toEqual(new WalletError(estimateFailure));
  });
});

describe('the phrase', () => {
  it('is asked for at different places, in order', () => {
    const rolls = [5, 5, 0, 11];
    expect(quizPositions(12, 3, () => rolls.shift() ?? 0)).toEqual([0, 5, 11]);
    const positions = quizPositions(12, 3);
    expect(new Set(positions).size).toBe(3);
    expect(positions.every((at) => at >= 0 && at < 12)).toBe(true);
  });
  it('is compared word by word', () => {
    const words = ['one', 'two', 'three'];
    const answers = { 0: ' One', 2: 'two' };
    expect(wrongAnswers(words, [0, 2], answers)).toEqual([2]);
    expect(wrongAnswers(words, [1], {})).toEqual([1]);
  });
});

describe('yes', () => {
  const ready = transferApproval('t', null, chain(chainA), chainC, token);

  it('needs time, effects, and every tick', () => {
    expect(canApprove(ready, new Set(), true, [])).toBe(true);
    expect(canApprove(ready, new Set(), false, [])).toBe(false);
    expect(canApprove({ ...ready, effects: null }, new Set(), true, [])).toBe(false);
    expect(canApprove({ ...ready, block: null }, new Set(), true, [])).toBe(false);
    expect(canApprove({ ...ready, status: 'committing' }, new Set(), true, [])).toBe(false);
    const dangerous = transferApproval('t', null, chain(chainA), nowhere, token);
    expect(dangerous.warnings).toMatchObject([{ code: 'UnknownRecipient' }]);
    expect(canApprove(dangerous, new Set(), true, [])).toBe(false);
    expect(canApprove(dangerous, new Set(dangerous.warnings.map(warningName)), true, [])).toBe(
      true,
    );
  });
  it('needs the vault to read the same in the block', () => {
    const says = (change: Partial<BlockSummary>) =>
      differences(ready, summaryOf(blockOf(ready, change)));
    expect(says({})).toEqual([]);
    expect(canApprove(ready, new Set(), true, null)).toBe(false);
    const one = transferLine({ chainId: chainC }, token);
    const operations = (...lines: BlockLine[]) =>
      summaryOf(blockOf({ ...ready, operations: lines })).operations;
    const others: Partial<BlockSummary>[] = [
      { chainId: chainC },
      { height: 8n },
      { signer: null },
      { operations: [] },
      { acceptedBundles: 1 },
      { rejectedBundles: 1 },
      { operations: operations(one, one) },
      { operations: operations(transferLine({ chainId: chainC }, token + 1n)) },
      { operations: operations(transferLine({ chainId: chainC }, token, alice)) },
      { operations: operations(transferLine({ chainId: chainC, owner: alice }, token)) },
      { operations: operations(one, system(everyOperation.OpenChain)) },
    ];
    for (const other of others) {
      const found = says(other);
      expect(found, JSON.stringify(Object.keys(other))).toHaveLength(1);
      expect(canApprove(ready, new Set(), true, found)).toBe(false);
    }
    const { ProcessNewEpoch, ProcessRemovedEpoch, UpdateStreams } = everyOperation;
    const upToDate = [ProcessNewEpoch, ProcessRemovedEpoch, UpdateStreams].map(system);
    expect(says({ operations: operations(...upToDate, one) })).toEqual([]);
  });
  it('compares all of an operation, whatever its kind', () => {
    const of = (...lines: BlockLine[]) => blockApproval('b', null, chain(chainA), lines);
    const { Claim, OpenChain, ChangeOwnership, CreateApplication } = everyOperation;
    const { balance } = OpenChain.value;
    const others: [SystemOperation, SystemOperation][] = [
      [Claim, { ...Claim, amount: toAmount(Claim.amount + 1n) }],
      [Claim, { ...Claim, target_id: Claim.recipient.chain_id }],
      [OpenChain, { ...OpenChain, value: { ...OpenChain.value, balance: toAmount(balance + 1n) } }],
      [ChangeOwnership, { ...ChangeOwnership, open_multi_leader_rounds: true }],
      [CreateApplication, { ...CreateApplication, parameters: new Uint8Array(8) }],
    ];
    for (const [shown, read] of others) {
      const same = summaryOf(blockOf(of(system(shown))));
      expect(differences(of(system(shown)), same)).toEqual([]);
      const other = summaryOf(blockOf(of(system(read))));
      expect(differences(of(system(shown)), other), shown.$).toMatchObject([
        { what: 'operations' },
      ]);
    }
  });
  it('compares every line of a block, in order', () => {
    const application = {
      kind: 'Application',
      applicationId: '5c'.repeat(32),
      operationBytes: 1,
    } as const;
    const lines = [
      transferLine({ chainId: chainC }, 1n),
      transferLine({ chainId: chainB, owner: alice }, 2n, alice),
      system(everyOperation.OpenChain),
      application,
    ];
    const block = blockApproval('b', null, chain(chainA), lines);
    const read = summaryOf(blockOf(block));
    expect(differences(block, read)).toEqual([]);
    const { operations } = read;
    const [first, second, third, fourth] = operations;
    const otherwise = (...operations: Operation[]) => differences(block, { ...read, operations });
    expect(otherwise(second!, first!, third!, fourth!)).toHaveLength(1);
    expect(otherwise(...operations.slice(1))).toHaveLength(1);
    expect(otherwise(first!, second!, fourth!, third!)).toHaveLength(1);
    const longer = { ...fourth!, bytes: new Uint8Array(2) } as Operation;
    expect(otherwise(first!, second!, third!, longer)).toHaveLength(1);
  });
  it('needs a tick for every kind that moves control', () => {
    const kinds = [
      'CloseChain',
      'ChangeOwnership',
      'ChangeApplicationPermissions',
      'Admin',
    ] as const;
    for (const kind of kinds) {
      const block = blockApproval('b', null, chain(chainA), [system(everyOperation[kind])]);
      expect(canApprove(block, new Set(), true, []), kind).toBe(false);
      expect(canApprove(block, new Set([kind]), true, [])).toBe(true);
    }
  });
  it('is for one revision alone', () => {
    expect(shownKey({ ...ready, revision: 2 })).not.toBe(shownKey(ready));
  });
});

describe('words', () => {
  it('say what became of the money and what to do', () => {
    const failure = { code: 'OutcomeUnknown', message: 'm', money: 'Unknown' } as const;
    expect(explain(failure, english)).toMatchObject({ tone: 'wait' });
    expect(explain(failure, english).money).toMatch(/Do not send it again/);
    expect(explain({ code: 'NoQuorum', message: 'm', money: 'Untouched' }, english).money).toBe(
      'No money has moved.',
    );
    const wrong = { code: 'WrongPassword', message: '', money: 'Untouched' } as const;
    expect(explain(wrong, english)).toMatchObject({ title: 'Wrong password', money: null });
    const params = { of: 'InsufficientBalance', available: token, needed: 2n * token } as const;
    const poor = { code: 'InsufficientBalance', message: '', params } as const;
    expect(explain(poor, english).facts).toBe('There are 1, and 2 are needed with the fees.');
    const later = { of: 'OfLater', x: 1 } as unknown as NonNullable<WalletFailure['params']>;
    expect(explain({ ...poor, params: later }, english).facts).toBeNull();
    const round = { of: 'WaitForRound', round: 'MultiLeader', number: 3 } as const;
    expect(explain({ code: 'WaitForRound', message: '', params: round }, english).facts).toBe(
      'Multi-leader round 3 is another owner’s.',
    );
    expect(report(failure)).toContain('OutcomeUnknown');
  });
  it('say which case of its code a failure is, where they know it', () => {
    const facts = (more: Partial<WalletFailure>) =>
      explain({ code: 'Conflict', message: 'in English', ...more }, english).facts;
    expect(facts({ reason: 'ChainClosed' })).toMatch(/^This chain is closed/);
    const params = { of: 'ChainElsewhere', network: 'Test\u202e' } as const;
    expect(facts({ reason: 'ChainElsewhere', params })).toContain('on the network Test⟨U+202E⟩.');
    const status = { of: 'FaucetStatus', status: 1503 } as const;
    expect(facts({ reason: 'FaucetStatus', params: status })).toContain('status 1503.');
    expect(facts({ reason: 'ChainElsewhere' })).toBeNull();
    expect(facts({ reason: 'OfLater' as FailureReason })).toBeNull();
    expect(facts({})).toBeNull();
  });
  it('name networks, owners, sites and times', () => {
    expect(networkWords(network(), english)).toEqual({ text: '4 of 4 validators', tone: 'good' });
    const down = (count: number) =>
      networkWords(network({ validators: validators(count) }), english);
    expect(down(1)).toEqual({ text: '3 of 4 validators', tone: 'good' });
    expect(down(2).tone).toBe('bad');
    expect(ownerName('0x00', [], english)).toBe('Chain balance');
    expect(ownerName(alice, [], english)).toBe('0x8fd3…7a03');
    expect(hostOf('https://a.example')).toBe('a.example');
    expect(hostOf('http://a.example')).toBe('http://a.example');
    expect(english.timeAgo(0, 59_000)).toBe('now');
    expect(english.timeAgo(0, 3 * 3_600_000)).toBe('3 hr. ago');
  });
});

describe('routes', () => {
  it('come back from what they were made of', () => {
    const origin = 'http://127.0.0.1:5173';
    expect(parseRoute(`#${route('sites', origin)}`).path).toEqual(['sites', origin]);
    expect(parseRoute('').path).toEqual([]);
    expect(parseRoute('#/send?chain=ab&to=x').query.get('to')).toBe('x');
    expect(parseRoute('#/a/%zz').path).toEqual(['a', '%zz']);
  });
});

it("groups a backup's chains by network, the one in use first", () => {
  const one = { networkName: 'A', faucetUrl: 'u', owner: null, label: '' };
  const chains = [
    { ...one, chainId: chainA, genesisHash: 'other' },
    { ...one, chainId: chainB, genesisHash: genesis },
    { ...one, chainId: chainC, genesisHash: 'other' },
  ];
  const groups = groupByNetwork(chains, genesis);
  expect(groups.map(({ genesisHash }) => genesisHash)).toEqual([genesis, 'other']);
  expect(groups[1]?.chains.map(({ chainId }) => chainId)).toEqual([chainA, chainC]);
});

it('draws a QR code with its three corners', () => {
  const { size, path } = qrPath(`${alice}@${chainA}`);
  expect(size).toBeGreaterThan(30);
  const corner = size - 3 - 6;
  for (const at of ['M2 2h', `M${corner} 2h`, `M2 ${corner}h`]) expect(path).toContain(at);
});

describe('a password being typed', () => {
  it('is the same however a keyboard composes it', () => {
    expect(samePassword('caf\u00e9', 'cafe\u0301')).toBe(true);
    expect(samePassword('caf\u00e9', 'cafe')).toBe(false);
  });
  it('counts as many characters as a person does', () =>
    expect(codePoints('key \u{1f511}')).toBe(5));
});

it('asks for money where there are transfers, and nothing but transfers', () => {
  const pay = transferLine({ chainId: '69'.repeat(32) }, 1n);
  expect(onlyPays({ operations: [pay, pay] })).toBe(true);
  expect(onlyPays({ operations: [pay, system({ $: 'CloseChain' })] })).toBe(false);
  expect(onlyPays({ operations: [] })).toBe(false);
});
