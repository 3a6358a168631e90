import { describe, expect, it } from 'vitest';
import { ClientError } from '@mica/bindings/client_host';
import type {
  ClientCommand,
  ClientResult,
  Failure,
  FailureDetail,
  NoAnswerKind,
} from '@mica/bindings/types';
import { ask, failureAt, failureOf, type Engine } from './engine.ts';

const answering = (result: ClientResult) => ({ command: async () => result }) as unknown as Engine;
const list: ClientCommand & { $: 'ListChains' } = { $: 'ListChains' };

describe('a command', () => {
  it('has the result that belongs to it, by its type too', async () => {
    const { value } = await ask(answering({ $: 'Chains', value: [] }), list);
    const chains: unknown[] = value;
    expect(chains).toEqual([]);
  });
  it('never has another one', async () => {
    await expect(ask(answering({ $: 'Nothing' }), list)).rejects.toThrow(
      'ListChains answered Nothing',
    );
  });
});

describe('a failure', () => {
  const skewed = { code: 'ClockSkew', message: 'The clock is ahead.', money: 'Untouched' } as const;
  type Told = Pick<Failure, 'code' | 'message' | 'money'>;
  const at = (clockAheadMs: number | null, { code, message, money }: Told) =>
    failureAt({ clockAheadMs } as unknown as Engine, new ClientError(code, message, money));

  it('of the clock says how wrong it is, where that is known', () => {
    expect(at(10_800_000, skewed)).toEqual({
      ...skewed,
      params: { of: 'ClockSkew', aheadMs: 10_800_000 },
    });
    expect(at(null, skewed)).toEqual(skewed);
  });
  it('keeps what the core knew, of every kind', () => {
    const code = 'WaitForRound';
    const of = (detail: FailureDetail) =>
      failureOf(new ClientError(code, 'm', 'Untouched', detail)).params;
    expect(of({ $: 'InRound', value: { $: 'MultiLeader', value: 3 } })).toEqual({
      ...{ of: 'WaitForRound', round: 'MultiLeader', number: 3 },
    });
    expect(of({ $: 'InRound', value: { $: 'Fast' } })).toMatchObject({ round: 'Fast', number: 0 });
    const asked = (why: NoAnswerKind) => of({ $: 'OfHost', host: 'a.example', why });
    expect(asked('Asked')).toEqual({ of: 'NoHttpAnswer', host: 'a.example' });
    expect(asked('OverLimit')).toEqual({ of: 'NoHttpAnswer', host: 'a.example' });
    expect(asked('NotAllowed')).toEqual({ of: 'HostNotAllowed', host: 'a.example' });
    expect(asked('Insecure')).toEqual({ of: 'HostInsecure', host: 'a.example' });
    expect(of({ $: 'None' })).toBeUndefined();
  });
  it('of anything else is what it was', () => {
    const other = { code: 'NoQuorum', message: 'Nobody answered.', money: 'Unknown' } as const;
    expect(at(10_800_000, other)).toEqual(other);
  });
  it('is never guessed from what an error looks like', () => {
    const alike = Object.assign(new Error('m'), { code: 'NoQuorum', money: 'Untouched' });
    expect(failureOf(alike)).toEqual({ code: 'Internal', message: 'm' });
    const around = Object.assign(new Error('m'), { failure: { code: 'NoQuorum', message: 'n' } });
    expect(failureOf(around)).toEqual({ code: 'Internal', message: 'm' });
  });
});
