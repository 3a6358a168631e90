import { describe, expect, it } from 'vitest';
import { toAmount, toBlockHeight } from '@mica/bindings/scalars';
import type { HistoryEntry } from '@mica/bindings/types';
import { chainIdFromText, ownerFromText } from '@mica/bindings/text';
import { CHAIN_OWNER, type AccountText } from '@mica/wallet-contract/addresses';
import { LOOKED_BACK_BLOCKS } from '@mica/bindings/limits';
import { certificate, chainA, chainB, hash, summary } from '../testing/fake_engine.ts';
import type { Engine } from './engine.ts';
import { PaidBefore } from './recipients.ts';

const shop = `5ca1${'0'.repeat(56)}ab1e`;
const thief = `5ca1${'f'.repeat(56)}ab1e`;
const account = (chainId: string, owner = CHAIN_OWNER): AccountText => ({ chainId, owner });
const own = [account(chainA), account(chainB)];

function block(height: number, to: string, state: HistoryEntry['state'] = 'Certified') {
  const value = {
    owner: ownerFromText(CHAIN_OWNER),
    recipient: { chain_id: chainIdFromText(to), owner: ownerFromText(CHAIN_OWNER) },
    amount: toAmount(1n),
  };
  const transfer = { $: 'System', value: { $: 'Transfer', ...value } } as const;
  const next_block_height = toBlockHeight(BigInt(height));
  const chain = { ...summary(chainA, 0n, null), next_block_height };
  const made = certificate(chain, [{ $: 'ExecuteOperation', value: transfer }]).value;
  return { height: next_block_height, hash: hash(0), state, block: made };
}

/** Newest first, as the core has it. */
function engineWith(blocks: HistoryEntry[]) {
  const asked: number[] = [];
  const command = async (given: { below: bigint | null; limit: number }) => {
    const older = blocks.filter(({ height }) => given.below === null || height < given.below);
    const value = older.sort((a, b) => Number(b.height - a.height)).slice(0, given.limit);
    asked.push(value.length);
    return { $: 'History', value };
  };
  return { engine: { command } as unknown as Engine, asked };
}
const codes = async (paid: PaidBefore, to: AccountText) =>
  (await paid.warnings(to, [chainA], own)).map(({ level, code }) => `${level} ${code}`);

describe('a recipient', () => {
  it('is new until it was paid, and an own account never is', async () => {
    const blocks = [block(0, chainB)];
    const { engine } = engineWith(blocks);
    const paid = new PaidBefore(engine);
    expect(await codes(paid, account(shop))).toEqual(['note FirstTime']);
    expect(await codes(paid, account(chainB))).toEqual([]);
    blocks.push(block(1, shop, 'Proposed'));
    expect(await codes(paid, account(shop))).toEqual(['note FirstTime']);
    blocks[1] = block(1, shop);
    expect(await codes(paid, account(shop))).toEqual([]);
    expect(await codes(paid, account(shop, `0x${'1'.repeat(40)}`))).toEqual(['note FirstTime']);
  });
  it('that looks like a known one is a danger', async () => {
    const paid = new PaidBefore(engineWith([block(0, shop)]).engine);
    expect(await codes(paid, account(thief))).toEqual(['danger LookAlike', 'note FirstTime']);
    const likeOwn = `aaaa${'1'.repeat(56)}aaaa`;
    expect(await codes(paid, account(likeOwn))).toContain('danger LookAlike');
  });
  it('is looked for page by page, once, and not for ever', async () => {
    const many = Array.from({ length: 250 }, (_, height) => block(height, height ? chainB : shop));
    const { engine, asked } = engineWith(many);
    const paid = new PaidBefore(engine);
    expect(await codes(paid, account(shop))).toEqual([]);
    expect(asked).toEqual([100, 100, 50]);
    await codes(paid, account(shop));
    expect(asked).toHaveLength(4);
    const endless = Array.from({ length: LOOKED_BACK_BLOCKS + 1 }, (_, at) => block(at, chainB));
    const [warning] = await new PaidBefore(engineWith(endless).engine).warnings(
      account(shop),
      [chainA],
      own,
    );
    expect(warning?.params).toMatchObject({ blocks: LOOKED_BACK_BLOCKS });
  });
});
