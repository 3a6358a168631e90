// Lines of blocks, from text.
import { toAmount } from '@mica/bindings/scalars';
import { chainIdFromText, hashFromText, ownerFromText } from '@mica/bindings/text';
import type { SystemOperation } from '@mica/bindings/types';
import type { BlockLine } from '@mica/wallet-contract/api';

export const system = (operation: SystemOperation, blobBytes?: number): BlockLine => ({
  kind: 'System',
  operation,
  ...(blobBytes !== undefined && { blobBytes }),
});

export function transferLine(
  recipient: { chainId: string; owner?: string },
  amount: bigint,
  source = '0x00',
): BlockLine {
  const owner = ownerFromText(recipient.owner ?? '0x00');
  const to = { chain_id: chainIdFromText(recipient.chainId), owner };
  return system({
    $: 'Transfer',
    owner: ownerFromText(source),
    recipient: to,
    amount: toAmount(amount),
  });
}

const hash = (byte: string) => hashFromText(byte.repeat(32));
const chain = (byte: string) => chainIdFromText(byte.repeat(32));
const application = { application_description_hash: hash('5c') };
const module_id = {
  contract_blob_hash: hash('c0'),
  service_blob_hash: hash('5e'),
  vm_runtime: 'Wasm',
} as const;
const ownership = {
  super_owners: [ownerFromText(`0x${'11'.repeat(20)}`)],
  owners: [[ownerFromText(`0x${'22'.repeat(20)}`), 100n]] as [
    ReturnType<typeof ownerFromText>,
    bigint,
  ][],
  multi_leader_rounds: 2,
  open_multi_leader_rounds: false,
  timeout_config: {
    fast_round_duration: null,
    base_timeout: 10n,
    timeout_increment: 1n,
    fallback_duration: 100n,
  },
};
const application_permissions = {
  execute_operations: null,
  mandatory_applications: [],
  close_chain: [application],
  change_application_permissions: [application],
  call_service_as_oracle: null,
  make_http_requests: [],
};

/** One of each kind, so that each is seen. */
export const everyOperation: { [Kind in SystemOperation['$']]: SystemOperation & { $: Kind } } = {
  Transfer: {
    $: 'Transfer',
    owner: ownerFromText('0x00'),
    recipient: { chain_id: chain('69'), owner: ownerFromText('0x00') },
    amount: toAmount(10n ** 18n),
  },
  Claim: {
    $: 'Claim',
    owner: ownerFromText(`0x${'33'.repeat(20)}`),
    target_id: chain('1d'),
    recipient: { chain_id: chain('69'), owner: ownerFromText(`0x${'33'.repeat(20)}`) },
    amount: toAmount(5n * 10n ** 17n),
  },
  OpenChain: {
    $: 'OpenChain',
    value: { ownership, balance: toAmount(10n ** 18n), application_permissions },
  },
  CloseChain: { $: 'CloseChain' },
  ChangeOwnership: { $: 'ChangeOwnership', ...ownership },
  ChangeApplicationPermissions: {
    $: 'ChangeApplicationPermissions',
    value: application_permissions,
  },
  PublishModule: { $: 'PublishModule', module_id },
  PublishDataBlob: { $: 'PublishDataBlob', blob_hash: hash('b1') },
  VerifyBlob: { $: 'VerifyBlob', blob_id: { hash: hash('b2'), blob_type: 'Data' } },
  CreateApplication: {
    $: 'CreateApplication',
    module_id,
    parameters: new Uint8Array(7),
    instantiation_argument: new Uint8Array(12_000),
    required_application_ids: [application],
  },
  Admin: { $: 'Admin', value: { $: 'CreateCommittee', epoch: 3, blob_hash: hash('b3') } },
  ProcessNewEpoch: { $: 'ProcessNewEpoch', value: 3 },
  ProcessRemovedEpoch: { $: 'ProcessRemovedEpoch', value: 2 },
  UpdateStreams: { $: 'UpdateStreams', value: [] },
};
