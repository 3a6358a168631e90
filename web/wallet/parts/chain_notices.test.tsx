import { describe, expect, it } from 'vitest';
import type { ChainView } from '@mica/wallet-contract/api';
import { chain, chainA, walletState } from '../fake/fake_data.ts';
import { shown } from '../fake/shown.tsx';
import { ChainNotices } from './chain_notices.tsx';

const notices = (change: Partial<ChainView>, autoReceive = true) => {
  const settings = { ...walletState().settings, autoReceive };
  return shown(<ChainNotices chain={chain(chainA, change)} />, { wallet: { state: { settings } } });
};

describe('what no block has taken in', () => {
  it('is counted, with the reason that is known', async () => {
    const failure = { code: 'ExecutionFailed', message: 'process_streams stopped' } as const;
    const html = await notices({ newEvents: 3, failure });
    expect(html).toContain('3 events of other chains waiting');
    expect(html).toContain('have not processed them yet');
    expect(html).toContain('data-code="ExecutionFailed"');
    expect(html).toContain('process_streams stopped');
    expect(await notices({ epochChanges: 1 })).toContain('1 change of the validators waiting');
  });
  it('waits for the person where receiving is switched off', async () => {
    const html = await notices({ newEvents: 1 }, false);
    expect(html).toContain('Receiving by itself is switched off');
    expect(html).toContain('data-testid="receive-now"');
  });
  it('is asked for by one button, beside messages too', async () => {
    const html = await notices({ newEvents: 1, incomingCount: 2, incomingAmount: 1n });
    expect(html.match(/receive-now/g)).toHaveLength(1);
  });
  it('is nobody’s business where there is nothing, or nothing to be done', async () => {
    for (const change of [{}, { newEvents: 1, owner: null }, { newEvents: 1, closed: true }]) {
      expect(await notices(change)).not.toContain('unprocessed');
    }
  });
});
