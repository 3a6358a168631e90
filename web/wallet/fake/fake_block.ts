// Blocks of the fake wallet: what the fake vault reads in them.
import { applicationIdFromText } from '@mica/bindings/text';
import type { Operation } from '@mica/bindings/types';
import type { Approval, BlockLine, BlockSummary } from '@mica/wallet-contract/api';

const read: BlockSummary[] = [];

function operationOf(line: BlockLine): Operation[] {
  switch (line.kind) {
    case 'System':
      return [{ $: 'System', value: line.operation }];
    case 'Application': {
      const application_id = applicationIdFromText(line.applicationId);
      return [{ $: 'User', application_id, bytes: new Uint8Array(line.operationBytes) }];
    }
    case 'Received':
      return [];
  }
}

/** What an honest engine makes of it, but for `change`. */
export function blockOf(
  { chainId, signer, operations, effects }: Extract<Approval, { kind: 'block' }>,
  change: Partial<BlockSummary> = {},
): Uint8Array {
  const received = (action: 'Accept' | 'Reject') =>
    operations.filter((line) => line.kind === 'Received' && line.action === action).length;
  read.push({
    blockHash: 'ab'.repeat(32),
    chainId,
    height: effects?.height ?? 0n,
    signer,
    operations: operations.flatMap(operationOf),
    acceptedBundles: received('Accept'),
    rejectedBundles: received('Reject'),
    ...change,
  });
  return new TextEncoder().encode(`${read.length - 1}`);
}

export const summaryOf = (block: Uint8Array): BlockSummary =>
  read[Number(new TextDecoder().decode(block))]!;
