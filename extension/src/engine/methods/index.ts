// All that a page may ask, in the order of docs/provider.md. A method of ProviderMethods that is
// missing here does not compile, nor one here that is missing there.
import type { MethodName } from '@mica/provider';
import { accounts } from './accounts.ts';
import { applications } from './applications.ts';
import { chainId } from './chain_id.ts';
import { createApplication } from './create_application.ts';
import { disconnect, revokePermissions } from './disconnect.ts';
import { getActivity } from './get_activity.ts';
import { getBalance } from './get_balance.ts';
import { getBlocks } from './get_blocks.ts';
import { getCertificate } from './get_certificate.ts';
import { getEvents } from './get_events.ts';
import { getPermissions } from './get_permissions.ts';
import { getRequest } from './get_request.ts';
import type { Method } from './method.ts';
import { mutate } from './mutate.ts';
import { network } from './network.ts';
import { publishDataBlob } from './publish_data_blob.ts';
import { publishModule } from './publish_module.ts';
import { query } from './query.ts';
import { readBlob } from './read_blob.ts';
import { requestAccounts } from './request_accounts.ts';
import { signMessage } from './sign_message.ts';
import { simulate } from './simulate.ts';
import { subscribe } from './subscribe.ts';
import { transfer } from './transfer.ts';
import { unsubscribe } from './unsubscribe.ts';

const all: { readonly [M in MethodName]: Method<M> } = {
  linera_requestAccounts: requestAccounts,
  linera_accounts: accounts,
  linera_chainId: chainId,
  linera_network: network,
  linera_getBalance: getBalance,
  linera_transfer: transfer,
  linera_publishDataBlob: publishDataBlob,
  linera_publishModule: publishModule,
  linera_createApplication: createApplication,
  linera_query: query,
  linera_mutate: mutate,
  linera_simulate: simulate,
  linera_applications: applications,
  linera_readBlob: readBlob,
  linera_getEvents: getEvents,
  linera_subscribe: subscribe,
  linera_unsubscribe: unsubscribe,
  linera_getRequest: getRequest,
  linera_signMessage: signMessage,
  linera_getActivity: getActivity,
  linera_getBlocks: getBlocks,
  linera_getCertificate: getCertificate,
  linera_disconnect: disconnect,
  wallet_revokePermissions: revokePermissions,
  wallet_getPermissions: getPermissions,
};

/** By name; a name that came from a page may be any text. */
export const methods: ReadonlyMap<string, Method> = new Map(Object.entries<Method>(all));
