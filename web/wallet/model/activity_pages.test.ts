import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '@mica/wallet-contract/api';
import { activity } from '../fake/fake_data.ts';
import { ActivityPages } from './activity_pages.ts';

/** A chain with blocks 0 to `count` - 1. */
function chainOf(count: number) {
  const chain = { count, state: 'certified' as ActivityEntry['state'] };
  const read = async ({ below, limit }: { below?: bigint; limit: number }) => {
    const top = Math.min(chain.count, Number(below ?? chain.count));
    const length = Math.min(limit, top);
    return Array.from({ length }, (_, at): ActivityEntry => {
      return { ...activity[0]!, height: BigInt(top - 1 - at), state: chain.state };
    });
  };
  const pages = new ActivityPages(read, 20);
  const heights = () => pages.entries.map(({ height }) => Number(height));
  return { chain, pages, heights };
}
const down = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, at) => from - at);

describe('pages of activity', () => {
  it.each([0, 1, 20, 119, 250])('reach the first of %i blocks', async (count) => {
    const { pages, heights } = chainOf(count);
    await pages.newest();
    for (let at = 0; at < 20 && !pages.complete; at += 1) await pages.older();
    expect(pages.complete).toBe(true);
    expect(heights()).toEqual(down(count - 1, 0));
  });

  it('keep what was read when something new comes, without a gap', async () => {
    const { chain, pages, heights } = chainOf(100);
    await pages.newest();
    await pages.older();
    chain.count = 175;
    chain.state = 'delivered';
    await pages.newest();
    expect(heights()).toEqual(down(174, 60));
    expect(pages.entries[0]?.state).toBe('delivered');
    expect(pages.complete).toBe(false);
  });
});
