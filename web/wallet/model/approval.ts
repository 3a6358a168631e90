// When "yes" may be pressed. A page must not be able to slip a request under a click that was meant
// for something else, nor change what a click means.
import type { Approval, ApprovalWarning } from '@mica/wallet-contract/api';

/** How long a request must have been seen, unchanged, before yes works. */
export const ARMING_MS = 500;

export type TransferApproval = Extract<Approval, { kind: 'transfer' }>;

/** What is shown: another key means that it must be looked at (and ticked) again. */
export function shownKey(approval: Approval): string {
  const revision = approval.kind === 'transfer' ? `${approval.revision}:${approval.status}` : '';
  return `${approval.id}:${revision}`;
}

export const dangers = (warnings: ApprovalWarning[]): ApprovalWarning[] =>
  warnings.filter(({ level }) => level === 'danger');

export const allTicked = (warnings: ApprovalWarning[], ticked: ReadonlySet<string>): boolean =>
  dangers(warnings).every(({ code }) => ticked.has(code));

/** `differences`: of what the vault read to what is shown; null until it has read. */
export function canApprove(
  approval: TransferApproval,
  ticked: ReadonlySet<string>,
  armed: boolean,
  differences: readonly unknown[] | null,
): boolean {
  if (differences?.length !== 0) return false;
  const ready = approval.status === 'ready' && approval.effects !== null && approval.block !== null;
  return ready && armed && allTicked(approval.warnings, ticked);
}
