// One component for each kind of operation and message; a kind that is forgotten does not compile.
import type { SystemMessage, SystemOperation } from '@mica/bindings/types';
import { admin } from './admin.tsx';
import { changeApplicationPermissions } from './change_application_permissions.tsx';
import { changeOwnership } from './change_ownership.tsx';
import { claim } from './claim.tsx';
import { closeChain } from './close_chain.tsx';
import { createApplication } from './create_application.tsx';
import { credit } from './credit.tsx';
import { openChain } from './open_chain.tsx';
import { processNewEpoch } from './process_new_epoch.tsx';
import { processRemovedEpoch } from './process_removed_epoch.tsx';
import { publishDataBlob } from './publish_data_blob.tsx';
import { publishModule } from './publish_module.tsx';
import { transfer } from './transfer.tsx';
import { updateStreams } from './update_streams.tsx';
import { verifyBlob } from './verify_blob.tsx';
import type { MessageView, OperationView } from './view.ts';
import { withdraw } from './withdraw.tsx';

type Operations = {
  [Kind in SystemOperation['$']]: OperationView<Extract<SystemOperation, { $: Kind }>>;
};
type Messages = {
  [Kind in SystemMessage['$']]: MessageView<Extract<SystemMessage, { $: Kind }>>;
};

const operations: Operations = {
  Transfer: transfer,
  Claim: claim,
  OpenChain: openChain,
  CloseChain: closeChain,
  ChangeOwnership: changeOwnership,
  ChangeApplicationPermissions: changeApplicationPermissions,
  PublishModule: publishModule,
  PublishDataBlob: publishDataBlob,
  VerifyBlob: verifyBlob,
  CreateApplication: createApplication,
  Admin: admin,
  ProcessNewEpoch: processNewEpoch,
  ProcessRemovedEpoch: processRemovedEpoch,
  UpdateStreams: updateStreams,
};

const messages: Messages = { Credit: credit, Withdraw: withdraw };

// The table's rows fit their kinds; that a row was found by the kind, the compiler cannot see.
export const viewOf = ({ $ }: SystemOperation) => operations[$] as OperationView<SystemOperation>;
export const messageViewOf = ({ $ }: SystemMessage) => messages[$] as MessageView<SystemMessage>;
