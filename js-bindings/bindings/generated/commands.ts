// Written by tools/gen_ts.mjs from the field lists of the C++ core. Do not edit.
import type { ClientCommand, ClientResult } from './types.ts';

/** How each command ends well. */
export const resultKinds = {
  OpenNetwork: 'Network',
  TrackChain: 'Nothing',
  ForgetChain: 'Nothing',
  ListChains: 'Chains',
  Synchronize: 'Chains',
  PrepareBlock: 'Draft',
  CommitDraft: 'Committed',
  DropDraft: 'Nothing',
  ReceiveIncoming: 'Committed',
  RetryPending: 'Committed',
  GetHistory: 'History',
  GetCertificate: 'Certificate',
  CheckChain: 'Existence',
  GetValidators: 'Validators',
  PutRecord: 'Nothing',
  ListRecords: 'Records',
  ShowPending: 'Draft',
  QueryApplication: 'Answer',
  Estimate: 'Estimated',
  ReadBlob: 'Blob',
  GetEvents: 'Events',
  ListApplications: 'Applications',
  ShowLocked: 'Draft',
  TrackChains: 'Tracked',
} as const satisfies Record<ClientCommand['$'], ClientResult['$']>;
