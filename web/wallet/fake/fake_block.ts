// Blocks of the fake wallet: what the fake vault reads in them, as JSON.
import type { Approval, BlockSummary } from '@mica/wallet-contract/api';

type TransferApproval = Extract<Approval, { kind: 'transfer' }>;

/** What an honest engine makes of it, but for `change`. */
export function blockOf(
  { chainId, signer, source, recipient, amount, effects }: TransferApproval,
  change: Partial<BlockSummary> = {},
): Uint8Array {
  const summary: BlockSummary = {
    blockHash: 'ab'.repeat(32),
    chainId,
    height: effects?.height ?? 0n,
    signer,
    transfers: [{ source, recipient, amount }],
    otherOperations: [],
    acceptedBundles: 0,
    rejectedBundles: 0,
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
