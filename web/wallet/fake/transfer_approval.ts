import { formatTokens } from '@mica/wallet-contract/amounts';
import { shorten } from '@mica/wallet-contract/addresses';
import type { Approval, ChainState } from '@mica/wallet-contract/api';
import { effects, nowhere } from './fake_data.ts';
import { blockOf } from './fake_block.ts';

export type TransferApproval = Extract<Approval, { kind: 'transfer' }>;

/** Ready to be approved; sending to `nowhere` needs a tick. */
export function transferApproval(
  id: string,
  origin: string | null,
  from: ChainState,
  recipient: string,
  amount: bigint,
  change: Partial<TransferApproval> = {},
): TransferApproval {
  const [source, to] = [shorten(from.chainId), shorten(recipient)];
  const unknown = {
    level: 'danger',
    code: 'UnknownRecipient',
    text: `No validator knows the recipient chain: ${to}. If it does not exist, the money is gone.`,
  } as const;
  const approval: TransferApproval = {
    kind: 'transfer',
    id,
    origin,
    createdAt: Date.now(),
    network: '77'.repeat(32),
    chainId: from.chainId,
    signer: from.owner ?? '0x00',
    source: '0x00',
    recipient: { chainId: recipient, owner: '0x00' },
    amount,
    status: 'ready',
    sentence: `Send ${formatTokens(amount)} from chain ${source} to chain ${to}.`,
    resumed: false,
    effects: effects(amount, from.chainBalance, recipient),
    block: null,
    revision: 1,
    warnings: recipient === nowhere ? [unknown] : [],
    failure: null,
    ...change,
  };
  if (change.block === undefined) approval.block = blockOf(approval);
  return approval;
}
