// The vault reads a block by itself: what it reads must be what the engine says and the window
// shows, line by line.
import { useEffect, useState } from 'react';
import { applicationIdToText, toHex } from '@mica/bindings/text';
import type { Operation, SystemOperation } from '@mica/bindings/types';
import type { BlockLine, BlockSummary, WalletFailure } from '@mica/wallet-contract/api';
import { foreignIn } from '@mica/wallet-contract/foreign_text';
import type { BlockApproval } from './approval.ts';
import { bringsUpToDate, type UpToDate } from './up_to_date.ts';
import { failureOf, useWallet } from './use_wallet.tsx';

export interface Difference {
  what: 'chain' | 'height' | 'signer' | 'operations' | 'accepted' | 'rejected';
  /** Empty: nothing. */
  shown: string;
  read: string;
}

/** All of it: two operations have the same text only if they are the same. */
function systemText(operation: SystemOperation): string {
  const { $: kind, ...fields } = operation;
  const plain = (_key: string, value: unknown) => {
    if (value instanceof Uint8Array) return toHex(value);
    return typeof value === 'bigint' ? `${value}` : value;
  };
  return `${kind} ${JSON.stringify(fields, plain)}`;
}
const applicationText = (id: string, bytes: number) => `${id}: ${bytes}`;

/** As the window shows it; null: the block takes it over by itself, and nobody asks for it. */
function shownText(line: Exclude<BlockLine, { kind: 'Received' }>): string | null {
  if (line.kind === 'Application') {
    return applicationText(line.applicationId, line.operationBytes);
  }
  return bringsUpToDate(line.operation) === null ? systemText(line.operation) : null;
}

function readText(operation: Operation): string | null {
  if (operation.$ === 'User') {
    return applicationText(applicationIdToText(operation.application_id), operation.bytes.length);
  }
  return bringsUpToDate(operation.value) === null ? systemText(operation.value) : null;
}

const listed = (texts: (string | null)[]) => texts.filter((text) => text !== null).join(', ');

const isReceived = (line: BlockLine): line is Extract<BlockLine, { kind: 'Received' }> =>
  line.kind === 'Received';
const received = (lines: BlockLine[], action: 'Accept' | 'Reject') =>
  lines.filter((line) => line.kind === 'Received' && line.action === action).length;

const takenOver = ({ operations }: BlockSummary): UpToDate[] => {
  const found = operations.map((one) => (one.$ === 'System' ? bringsUpToDate(one.value) : null));
  return [...new Set(found.filter((one) => one !== null))];
};

/**
 * Empty: the same. The vault's hash is of the proposed block, the one that is shown of the block
 * with its outcome: they are not compared.
 */
export function differences(approval: BlockApproval, read: BlockSummary): Difference[] {
  const { chainId, signer, effects, operations } = approval;
  const asked = operations.flatMap((line) => (isReceived(line) ? [] : [shownText(line)]));
  const rows: [what: Difference['what'], shown: string, read: string][] = [
    ['chain', chainId, read.chainId],
    ['height', `${effects?.height ?? ''}`, `${read.height}`],
    ['signer', signer, read.signer ?? ''],
    ['operations', listed(asked), listed(read.operations.map(readText))],
    ['accepted', `${received(operations, 'Accept')}`, `${read.acceptedBundles}`],
    ['rejected', `${received(operations, 'Reject')}`, `${read.rejectedBundles}`],
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
