// Blocks of the fake wallet: what the fake vault reads in them, as JSON.
import type { Approval, BlockSummary } from '@mica/wallet-contract/api';
import { summaryOf as linesOf } from '../model/vault_reading.ts';

/** What an honest engine makes of it, but for `change`. */
export function blockOf(
  { chainId, signer, operations, effects }: Extract<Approval, { kind: 'block' }>,
  change: Partial<BlockSummary> = {},
): Uint8Array {
  const summary: BlockSummary = {
    blockHash: 'ab'.repeat(32),
    chainId,
    height: effects?.height ?? 0n,
    signer,
    ...linesOf(operations),
    ...change,
  };
  const text = JSON.stringify(summary, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  return new TextEncoder().encode(text);
}

export const summaryOf = (block: Uint8Array): BlockSummary =>
  JSON.parse(new TextDecoder().decode(block), (name, value: unknown) =>
    name === 'height' || name === 'amount' ? BigInt(value as string) : value,
  ) as BlockSummary;
