// The vault reads a block by itself: what it reads must be what the engine says and the window
// shows, line by line.
import { useEffect, useState } from 'react';
import { chainIdToText, ownerToText } from '@mica/bindings/text';
import { accountOf } from '@mica/wallet-contract/addresses';
import { formatTokens } from '@mica/wallet-contract/amounts';
import type { BlockLine, BlockSummary, WalletFailure } from '@mica/wallet-contract/api';
import { foreignIn } from '@mica/wallet-contract/foreign_text';
import type { BlockApproval } from './approval.ts';
import { bringsUpToDate, type UpToDate } from './up_to_date.ts';
import { failureOf, useWallet } from './use_wallet.tsx';

export interface Difference {
  what: 'chain' | 'height' | 'signer' | 'transfers' | 'others' | 'accepted' | 'rejected';
  /** Empty: nothing. */
  shown: string;
  read: string;
}

type Transfer = BlockSummary['transfers'][number];

const transferText = ({ amount, source, recipient }: Transfer): string =>
  `${formatTokens(amount)}: ${source} → ${accountOf(recipient)}`;

type Lines = Pick<
  BlockSummary,
  'transfers' | 'otherOperations' | 'acceptedBundles' | 'rejectedBundles'
>;

/** Lines as the vault's summary has them (block_summary.cc). */
export function summaryOf(lines: BlockLine[]): Lines {
  const summary: Lines = {
    transfers: [],
    otherOperations: [],
    acceptedBundles: 0,
    rejectedBundles: 0,
  };
  for (const line of lines) {
    if (line.kind === 'Application') {
      summary.otherOperations.push(`User ${line.applicationId}`);
    } else if (line.kind === 'Received') {
      summary[line.action === 'Accept' ? 'acceptedBundles' : 'rejectedBundles'] += 1;
    } else if (line.operation.$ === 'Transfer') {
      const { owner, recipient, amount } = line.operation;
      const chainId = chainIdToText(recipient.chain_id);
      const to = { chainId, owner: ownerToText(recipient.owner) };
      summary.transfers.push({ source: ownerToText(owner), recipient: to, amount });
    } else {
      summary.otherOperations.push(line.operation.$);
    }
  }
  return summary;
}

/** Those that a block takes over by itself are not asked for. */
const askedFor = (names: string[]) => names.filter((name) => bringsUpToDate(name) === null);

const takenOver = ({ otherOperations }: BlockSummary): UpToDate[] => {
  const found = otherOperations.map(bringsUpToDate).filter((one) => one !== null);
  return [...new Set(found)];
};

/**
 * Empty: the same. The vault's hash is of the proposed block, the one that is shown of the block
 * with its outcome: they are not compared.
 */
export function differences(approval: BlockApproval, read: BlockSummary): Difference[] {
  const { chainId, signer, effects, operations } = approval;
  const shown = summaryOf(operations);
  const rows: [what: Difference['what'], shown: string, read: string][] = [
    ['chain', chainId, read.chainId],
    ['height', `${effects?.height ?? ''}`, `${read.height}`],
    ['signer', signer, read.signer ?? ''],
    [
      'transfers',
      shown.transfers.map(transferText).join(', '),
      read.transfers.map(transferText).join(', '),
    ],
    [
      'others',
      askedFor(shown.otherOperations).join(', '),
      askedFor(read.otherOperations).join(', '),
    ],
    ['accepted', `${shown.acceptedBundles}`, `${read.acceptedBundles}`],
    ['rejected', `${shown.rejectedBundles}`, `${read.rejectedBundles}`],
  ];
  return rows
    .filter(([, is, was]) => is !== was)
    .map(([what, is, was]) => ({ what, shown: is, read: was }));
}

interface VaultReading {
  /** Null: not read yet. */
  differences: Difference[] | null;
  /** What it also brings its chain up to date with. */
  takesOver: UpToDate[];
  failure: WalletFailure | null;
}

const NOT_YET: VaultReading = { differences: null, takesOver: [], failure: null };

/** Of exactly the approval that is shown: what is read again is compared again. */
export function useVaultReading(approval: BlockApproval): VaultReading {
  const { keys } = useWallet();
  const [last, setLast] = useState<{ of: BlockApproval; reading: VaultReading } | null>(null);
  useEffect(() => {
    const { block } = approval;
    if (!block) return undefined;
    let current = true;
    const tell = (reading: VaultReading) => void (current && setLast({ of: approval, reading }));
    keys.summarize({ block }).then(
      (summary) =>
        tell({
          differences: foreignIn(differences(approval, summary)),
          takesOver: takenOver(summary),
          failure: null,
        }),
      (error: unknown) => tell({ ...NOT_YET, failure: failureOf(error) }),
    );
    return () => void (current = false);
  }, [keys, approval]);
  return last?.of === approval ? last.reading : NOT_YET;
}
