import { describe, expect, it } from 'vitest';
import type { ClientCommand, ClientResult } from '@mica/bindings/types';
import { ask, failureAt, type Engine } from './engine.ts';

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
  const skewed = { code: 'ClockSkew', message: 'The clock is ahead.', money: 'Untouched' };
  const at = (clockAheadMs: number | null, error: unknown) =>
    failureAt({ clockAheadMs } as unknown as Engine, error);

  it('of the clock says how wrong it is, where that is known', () => {
    expect(at(10_800_000, skewed)).toEqual({ ...skewed, params: { aheadMs: 10_800_000 } });
    expect(at(null, skewed)).toEqual(skewed);
  });
  it('of anything else is what it was', () => {
    const other = { code: 'NoQuorum', message: 'Nobody answered.', money: 'Unknown' };
    expect(at(10_800_000, other)).toEqual(other);
  });
});
