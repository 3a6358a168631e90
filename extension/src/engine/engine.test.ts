import { describe, expect, it } from 'vitest';
import type { ClientCommand, ClientResult } from '@mica/bindings/types';
import { ask, type Engine } from './engine.ts';

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
