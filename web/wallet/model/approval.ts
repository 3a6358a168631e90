// When "yes" may be pressed. A page must not be able to slip a request under a click that was meant
// for something else, nor change what a click means.
import type { Approval, ApprovalWarning } from '@mica/wallet-contract/api';
import { controlOf, type ControlKind } from './control.ts';

/** How long a request must have been seen, unchanged, before yes works. */
export const ARMING_MS = 500;

export type BlockApproval = Extract<Approval, { kind: 'block' }>;

/** What is shown: another key means that it must be looked at (and ticked) again. */
export function shownKey(approval: Approval): string {
  const revision = approval.kind === 'block' ? `${approval.revision}:${approval.status}` : '';
  return `${approval.id}:${revision}`;
}

const dangers = (warnings: ApprovalWarning[]): ApprovalWarning[] =>
  warnings.filter(({ level }) => level === 'danger');

/** Kinds of operations in it that move control over the chain, each once. */
export const controlsOf = ({ operations }: Pick<BlockApproval, 'operations'>): ControlKind[] => [
  ...new Set(operations.flatMap((line) => controlOf(line) ?? [])),
];

/** Of a block's warnings no two have the same: one may stand for each recipient. */
export function warningName({ code, params }: ApprovalWarning): string {
  if (!('chainId' in params)) return code;
  return `${code} ${params.chainId} ${'owner' in params ? params.owner : ''}`;
}

/** What must be ticked before yes: names of warnings, and kinds that move control. */
const toTick = (approval: BlockApproval): string[] => [
  ...dangers(approval.warnings).map(warningName),
  ...controlsOf(approval),
];

/** `differences`: of what the vault read to what is shown; null until it has read. */
export function canApprove(
  approval: BlockApproval,
  ticked: ReadonlySet<string>,
  armed: boolean,
  differences: readonly unknown[] | null,
): boolean {
  if (differences?.length !== 0) return false;
  const ready = approval.status === 'ready' && approval.effects !== null && approval.block !== null;
  return ready && armed && toTick(approval).every((one) => ticked.has(one));
}

/** Transfers, and nothing but transfers. */
export const onlyPays = ({ operations }: Pick<BlockApproval, 'operations'>): boolean =>
  operations.length > 0 &&
  operations.every((line) => line.kind === 'System' && line.operation.$ === 'Transfer');
