// Which operations change who may do what on a chain: each is said in plain words before yes.
import type { SystemOperation } from '@mica/bindings/types';
import type { BlockLine } from '@mica/wallet-contract/api';

const movesControl = {
  Transfer: false,
  Claim: false,
  OpenChain: false,
  CloseChain: true,
  ChangeOwnership: true,
  ChangeApplicationPermissions: true,
  PublishModule: false,
  PublishDataBlob: false,
  VerifyBlob: false,
  CreateApplication: false,
  Admin: true,
  ProcessNewEpoch: false,
  ProcessRemovedEpoch: false,
  UpdateStreams: false,
} as const satisfies Record<SystemOperation['$'], boolean>;

type Moves = typeof movesControl;
export type ControlKind = { [K in keyof Moves]: Moves[K] extends true ? K : never }[keyof Moves];

const isControl = (kind: SystemOperation['$']): kind is ControlKind => movesControl[kind];

export function controlOf(line: BlockLine): ControlKind | null {
  if (line.kind !== 'System') return null;
  const { $: kind } = line.operation;
  return isControl(kind) ? kind : null;
}
