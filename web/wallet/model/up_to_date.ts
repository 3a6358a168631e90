// Which operations a block takes over by itself, so that its chain is up to date: always permitted,
// and signed without a person (brings_up_to_date in core/types/operation.h).
import type { SystemOperation } from '@mica/bindings/types';

/** With what: the network's committee, or events of other chains' streams. */
export type UpToDate = 'committee' | 'events';

const upToDate: Record<SystemOperation['$'], UpToDate | null> = {
  Transfer: null,
  Claim: null,
  OpenChain: null,
  CloseChain: null,
  ChangeOwnership: null,
  ChangeApplicationPermissions: null,
  PublishModule: null,
  PublishDataBlob: null,
  VerifyBlob: null,
  CreateApplication: null,
  Admin: null,
  ProcessNewEpoch: 'committee',
  ProcessRemovedEpoch: 'committee',
  UpdateStreams: 'events',
};

/** Null: somebody has to ask for it. */
export const bringsUpToDate = (operation: SystemOperation): UpToDate | null =>
  upToDate[operation.$];
