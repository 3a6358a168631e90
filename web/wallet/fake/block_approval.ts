import type { Approval, BlockLine, ChainView } from '@mica/wallet-contract/api';
import { blockOf } from './fake_block.ts';
import { effects, nowhere } from './fake_data.ts';
import { transferLine } from './lines.ts';

export type BlockApproval = Extract<Approval, { kind: 'block' }>;

/** Ready to be approved. */
export function blockApproval(
  id: string,
  origin: string | null,
  from: ChainView,
  operations: BlockLine[],
  change: Partial<BlockApproval> = {},
): BlockApproval {
  const approval: BlockApproval = {
    kind: 'block',
    id,
    origin,
    createdAt: Date.now(),
    network: '77'.repeat(32),
    chainId: from.chainId,
    signer: from.owner ?? '0x00',
    operations,
    status: 'ready',
    host: null,
    resumed: false,
    locked: false,
    effects: effects(0n, from.chainBalance, []),
    block: null,
    revision: 1,
    warnings: [],
    failure: null,
    ...change,
  };
  if (change.block === undefined) approval.block = blockOf(approval);
  return approval;
}

/** Sending to `nowhere` needs a tick. */
export function transferApproval(
  id: string,
  origin: string | null,
  from: ChainView,
  recipient: string,
  amount: bigint,
  change: Partial<BlockApproval> & { owner?: string } = {},
): BlockApproval {
  const { owner, ...rest } = change;
  const params = { chainId: recipient };
  const unknown = { level: 'danger', code: 'UnknownRecipient', params } as const;
  return blockApproval(id, origin, from, [transferLine({ chainId: recipient, owner }, amount)], {
    effects: effects(amount, from.chainBalance, [recipient]),
    warnings: recipient === nowhere ? [unknown] : [],
    ...rest,
  });
}
