import { describe, expect, it } from 'vitest';
import type { ChainView } from '@mica/wallet-contract/api';
import { bob, chain, chainA, walletState } from '../fake/fake_data.ts';
import { shown, unfolded } from '../fake/shown.tsx';
import { de } from '../words/de/index.ts';
import { Words } from '../words/words.ts';
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

describe('a block that another owner began', () => {
  const locked = { height: 7n, signer: bob, validated: true };

  it('is told of, with who made it and the way to look at it', async () => {
    const failure = { code: 'LockedByOther', message: 'another block' } as const;
    const html = await notices({ locked, failure, pendingHeight: 7n });
    expect(html).toContain('data-testid="chain-locked"');
    expect(html).toContain('block 7 of this chain can be no other');
    expect(html).toContain('data-testid="show-locked"');
    expect(html).toContain(bob.slice(0, 6));
    expect(html).not.toContain('data-testid="failure"');
    expect(html).not.toContain('data-testid="pending"');
    expect(await notices({ locked: { ...locked, validated: false } })).toContain('fast round');
  });
  it('is nothing where blocks cannot be made', async () => {
    expect(await notices({ locked, owner: null })).not.toContain('chain-locked');
    expect(await notices({ locked: null })).not.toContain('chain-locked');
  });
});

describe('a chain whose newest blocks are not executed here', () => {
  const notExecuted = { height: 7n, lastCertified: 9n, reason: 'unknown system operation 14' };

  it('says what is shown and what cannot be done, with the reason in the fold', async () => {
    const html = await notices({
      notExecuted,
      failure: { code: 'Unsupported', message: 'block 7' },
    });
    expect(html).toContain('data-testid="chain-not-executed"');
    expect(html).toContain('From block 7 on');
    expect(html).toContain('certified up to block 9');
    expect(html).toContain('the state before block 7');
    expect(html).toContain('Nothing can be sent from here until the wallet is updated');
    expect(html).toContain('unknown system operation 14');
    expect(unfolded(html)).not.toContain('unknown system operation');
    expect(html).not.toContain('data-testid="failure"'); // it would say the same again
  });
  it('offers no receiving, nor does it promise any', async () => {
    const html = await notices({ notExecuted, incomingCount: 1, newEvents: 1 });
    expect(html).toContain('data-testid="incoming"');
    expect(html).not.toContain('receive-now');
    expect(html).not.toContain('unprocessed');
  });
  it('is not sent from where it is only followed anyway', async () => {
    const html = await notices({ notExecuted, owner: null });
    expect(html).toContain('chain-not-executed');
    expect(html).not.toContain('Nothing can be sent from here');
  });
  it('has its words in German', async () => {
    const german = new Words({ locale: 'de', texts: de });
    const html = await shown(<ChainNotices chain={chain(chainA, { notExecuted })} />, {}, german);
    expect(html).toContain('Ab Block 7');
    expect(html).toContain('bis Block 9');
  });
});
