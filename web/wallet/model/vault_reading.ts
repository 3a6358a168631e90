// The vault reads a block by itself: what it reads must be what the engine says and the window
// shows.
import { useEffect, useState } from 'react';
import { accountOf } from '@mica/wallet-contract/addresses';
import { formatTokens } from '@mica/wallet-contract/amounts';
import type { BlockSummary, WalletFailure } from '@mica/wallet-contract/api';
import { foreignIn } from '@mica/wallet-contract/foreign_text';
import type { TransferApproval } from './approval.ts';
import { failureOf, useWallet } from './use_wallet.tsx';

export interface Difference {
  what: string;
  shown: string;
  read: string;
}

type Transfer = BlockSummary['transfers'][number];

const transferText = ({ amount, source, recipient }: Transfer): string =>
  `${formatTokens(amount)} from ${source} to ${accountOf(recipient)}`;

/** A block takes over changes of the network's committee that wait (client_chain_blocks.cc). */
const EPOCH_CHANGES = new Set(['ProcessNewEpoch', 'ProcessRemovedEpoch']);

const listOf = (texts: string[]): string => (texts.length === 0 ? 'none' : texts.join(', '));

/**
 * Empty: the same. The vault's hash is of the proposed block, the one that is shown of the block
 * with its outcome: they are not compared.
 */
export function differences(approval: TransferApproval, summary: BlockSummary): Difference[] {
  const { chainId, signer, effects } = approval;
  const others = summary.otherOperations.filter((name) => !EPOCH_CHANGES.has(name));
  const rows: [what: string, shown: string, read: string][] = [
    ['Chain', chainId, summary.chainId],
    ['Height', `${effects?.height ?? 'none'}`, `${summary.height}`],
    ['Signed by', signer, summary.signer ?? 'nobody'],
    ['Transfers', transferText(approval), listOf(summary.transfers.map(transferText))],
    ['Other operations', listOf([]), listOf(others)],
  ];
  return rows
    .filter(([, shown, read]) => shown !== read)
    .map(([what, shown, read]) => ({ what, shown, read }));
}

export interface VaultReading {
  /** Null: not read yet. */
  differences: Difference[] | null;
  /** It also takes over a change of the network's validators. */
  changesEpoch: boolean;
  failure: WalletFailure | null;
}

const NOT_YET: VaultReading = { differences: null, changesEpoch: false, failure: null };

/** Of exactly the approval that is shown: what is read again is compared again. */
export function useVaultReading(approval: TransferApproval): VaultReading {
  const { keys } = useWallet();
  const [last, setLast] = useState<{ of: TransferApproval; reading: VaultReading } | null>(null);
  useEffect(() => {
    const { block } = approval;
    if (!block) return undefined;
    let current = true;
    const tell = (reading: VaultReading) => void (current && setLast({ of: approval, reading }));
    keys.summarize({ block }).then(
      (summary) =>
        tell({
          differences: foreignIn(differences(approval, summary)),
          changesEpoch: summary.otherOperations.some((name) => EPOCH_CHANGES.has(name)),
          failure: null,
        }),
      (error: unknown) => tell({ ...NOT_YET, failure: failureOf(error) }),
    );
    return () => void (current = false);
  }, [keys, approval]);
  return last?.of === approval ? last.reading : NOT_YET;
}
