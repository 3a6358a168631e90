// Written by tools/gen_ts.mjs from the field lists of the C++ core. Do not edit.
// u64 and u128 are bigint; maps are lists of pairs; an alternative is named by its `$`.

export interface Account {
  chain_id: ChainId;
  owner: AccountOwner;
}

export type AccountOwner =
  | { $: 'Reserved'; value: number }
  | { $: 'Address32'; value: CryptoHash }
  | { $: 'Address20'; value: Uint8Array };

export type AccountPublicKey =
  | { $: 'Ed25519'; value: Ed25519PublicKey }
  | { $: 'Secp256k1'; value: Secp256k1PublicKey }
  | { $: 'EvmSecp256k1'; value: EvmPublicKey };

export type AccountSignature =
  | { $: 'Ed25519'; signature: Ed25519Signature; public_key: Ed25519PublicKey }
  | { $: 'Secp256k1'; signature: Secp256k1Signature; public_key: Secp256k1PublicKey }
  | { $: 'EvmSecp256k1'; signature: EvmSignature; address: Uint8Array };

export type AdminOperation =
  | { $: 'PublishCommitteeBlob'; blob_hash: CryptoHash }
  | { $: 'CreateCommittee'; epoch: Epoch; blob_hash: CryptoHash }
  | { $: 'RemoveCommittee'; epoch: Epoch };

export type Amount = bigint;

export interface ApplicationId {
  application_description_hash: CryptoHash;
}

export interface ApplicationPermissions {
  execute_operations: ApplicationId[] | null;
  mandatory_applications: ApplicationId[];
  close_chain: ApplicationId[];
  change_application_permissions: ApplicationId[];
  call_service_as_oracle: ApplicationId[] | null;
  make_http_requests: ApplicationId[] | null;
}

export interface BackupChain {
  network_name: string;
  genesis_config_hash: CryptoHash;
  faucet_url: string;
  chain_id: ChainId;
  owner: AccountOwner | null;
  label: string;
}

export interface BalanceChange {
  owner: AccountOwner;
  before: Amount;
  after: Amount;
}

export interface BlobContent {
  blob_type: BlobType;
  bytes: Uint8Array;
}

export interface BlobId {
  hash: CryptoHash;
  blob_type: BlobType;
}

export type BlobType =
  | 'Data'
  | 'ContractBytecode'
  | 'ServiceBytecode'
  | 'EvmBytecode'
  | 'ApplicationDescription'
  | 'Committee'
  | 'ChainDescription';

export interface Block {
  header: BlockHeader;
  body: BlockBody;
}

export interface BlockBody {
  transactions: Transaction[];
  messages: OutgoingMessage[][];
  previous_message_blocks: [ChainId, [CryptoHash, BlockHeight]][];
  previous_event_blocks: [StreamId, [CryptoHash, BlockHeight]][];
  oracle_responses: OracleResponse[][];
  events: Event[][];
  blobs: BlobContent[][];
  operation_results: OperationResult[];
}

export interface BlockExecutionOutcome {
  messages: OutgoingMessage[][];
  previous_message_blocks: [ChainId, [CryptoHash, BlockHeight]][];
  previous_event_blocks: [StreamId, [CryptoHash, BlockHeight]][];
  state_hash: CryptoHash;
  oracle_responses: OracleResponse[][];
  events: Event[][];
  blobs: BlobContent[][];
  operation_results: OperationResult[];
}

export interface BlockHeader {
  chain_id: ChainId;
  epoch: Epoch;
  height: BlockHeight;
  timestamp: Timestamp;
  state_hash: CryptoHash;
  previous_block_hash: CryptoHash | null;
  authenticated_signer: AccountOwner | null;
}

export type BlockHeight = bigint;

export interface BlockHeightRange {
  start: BlockHeight;
  limit: bigint | null;
}

export interface BlockProposal {
  content: ProposalContent;
  signature: AccountSignature;
  original_proposal: OriginalProposal | null;
}

export type BlockState =
  | 'Proposed'
  | 'Certified'
  | 'Delivered';

export interface BlockSummary {
  chain_id: ChainId;
  height: BlockHeight;
  signer: AccountOwner | null;
  transfers: TransferSummary[];
  other_operations: string[];
  accepted_bundles: number;
  rejected_bundles: number;
}

export type Certificate =
  | { $: 'Validated'; value: ValidatedBlockCertificate }
  | { $: 'Confirmed'; value: ConfirmedBlockCertificate }
  | { $: 'Timeout'; value: TimeoutCertificate };

export type CertificateKind =
  | 'Timeout'
  | 'Validated'
  | 'Confirmed';

export interface ChainAndHeight {
  chain_id: ChainId;
  height: BlockHeight;
}

export interface ChainDescription {
  origin: ChainOrigin;
  timestamp: Timestamp;
  config: InitialChainConfig;
}

export type ChainId = CryptoHash;

export interface ChainInfo {
  chain_id: ChainId;
  epoch: Epoch;
  description: ChainDescription | null;
  manager: ChainManagerInfo;
  chain_balance: Amount;
  block_hash: CryptoHash | null;
  timestamp: Timestamp;
  next_block_height: BlockHeight;
  state_hash: CryptoHash | null;
  requested_owner_balance: Amount | null;
  requested_committees: [Epoch, Committee][] | null;
  requested_pending_message_bundles: IncomingBundle[];
  requested_sent_certificate_hashes: CryptoHash[];
  count_received_log: bigint;
  requested_received_log: ChainAndHeight[];
}

export interface ChainInfoQuery {
  chain_id: ChainId;
  test_next_block_height: BlockHeight | null;
  request_owner_balance: AccountOwner;
  request_committees: boolean;
  request_pending_message_bundles: boolean;
  request_sent_certificate_hashes_in_range: BlockHeightRange | null;
  request_received_log_excluding_first_n: bigint | null;
  request_manager_values: boolean;
  request_leader_timeout: [BlockHeight, Round] | null;
  request_fallback: boolean;
  request_sent_certificate_hashes_by_heights: BlockHeight[];
  create_network_actions: boolean;
}

export interface ChainInfoResponse {
  info: ChainInfo;
  signature: Secp256k1Signature | null;
}

export interface ChainManagerInfo {
  ownership: ChainOwnership;
  requested_signed_proposal: BlockProposal | null;
  requested_proposed: BlockProposal | null;
  requested_locking: LockingBlock | null;
  timeout: TimeoutCertificate | null;
  pending: LiteVote | null;
  timeout_vote: LiteVote | null;
  fallback_vote: LiteVote | null;
  requested_confirmed: Block | null;
  requested_validated: Block | null;
  current_round: Round;
  leader: AccountOwner | null;
  round_timeout: Timestamp | null;
}

export type ChainOrigin =
  | { $: 'Root'; value: number }
  | { $: 'Child'; parent: ChainId; block_height: BlockHeight; chain_index: number };

export interface ChainOwnership {
  super_owners: AccountOwner[];
  owners: [AccountOwner, bigint][];
  multi_leader_rounds: number;
  open_multi_leader_rounds: boolean;
  timeout_config: TimeoutConfig;
}

export interface ChainSummary {
  chain_id: ChainId;
  owner: AccountOwner | null;
  next_block_height: BlockHeight;
  block_hash: CryptoHash | null;
  timestamp: Timestamp;
  chain_balance: Amount;
  owner_balances: [AccountOwner, Amount][];
  incoming: IncomingBundle[];
  incoming_count: number;
  incoming_amount: Amount;
  waiting: WaitingBundles[];
  pending_height: BlockHeight | null;
  ownership: ChainOwnership;
  current_round: Round;
  closed: boolean;
  synchronized: boolean;
  epoch_changes: number;
}

export type ClientCommand =
  | { $: 'OpenNetwork'; genesis_json: string; entropy: bigint }
  | { $: 'TrackChain'; chain_id: ChainId; owner: AccountOwner | null; allow_fast_blocks: boolean }
  | { $: 'ForgetChain'; value: ChainId }
  | { $: 'ListChains' }
  | { $: 'Synchronize'; value: ChainId }
  | {
      $: 'PrepareBlock';
      chain_id: ChainId;
      operations: Operation[];
      blobs: Uint8Array[];
      receive_incoming: boolean;
    }
  | { $: 'CommitDraft'; value: bigint }
  | { $: 'DropDraft'; value: bigint }
  | { $: 'ReceiveIncoming'; chain_id: ChainId; fee_cap: Amount }
  | { $: 'RetryPending'; value: ChainId }
  | { $: 'GetHistory'; chain_id: ChainId; below: BlockHeight | null; limit: number }
  | { $: 'GetCertificate'; value: CryptoHash }
  | { $: 'CheckChain'; value: ChainId }
  | { $: 'GetValidators' }
  | { $: 'PutRecord'; key: string; value: Uint8Array }
  | { $: 'ListRecords'; value: string }
  | { $: 'ShowPending'; value: ChainId }
  | { $: 'QueryApplication'; chain_id: ChainId; application_id: ApplicationId; query: Uint8Array };

export type ClientEvent =
  | { $: 'Tick' }
  | { $: 'Command'; command_id: bigint; command: ClientCommand }
  | {
      $: 'Reply';
      request_id: bigint;
      http_status: number;
      grpc_status: number | null;
      grpc_message: string;
      body: Uint8Array;
    }
  | { $: 'SendFailed'; request_id: bigint; reason: string }
  | { $: 'StreamData'; stream_id: bigint; bytes: Uint8Array }
  | { $: 'StreamClosed'; stream_id: bigint; reason: string }
  | { $: 'Signed'; sign_id: bigint; signature: AccountSignature }
  | { $: 'SignFailed'; sign_id: bigint; failure: Failure }
  | { $: 'Flushed'; value: bigint }
  | { $: 'FlushFailed'; commit_id: bigint; failure: Failure }
  | { $: 'Loaded'; file: string; ok: boolean }
  | { $: 'Online' }
  | { $: 'HttpResponse'; request_id: bigint; response: Response }
  | { $: 'HttpFailed'; request_id: bigint; reason: string };

export interface ClientInput {
  now: Timestamp;
  event: ClientEvent;
}

export type ClientOutput =
  | { $: 'Send'; request_id: bigint; url: string; body: Uint8Array; timeout_ms: number }
  | { $: 'OpenStream'; stream_id: bigint; url: string; body: Uint8Array }
  | { $: 'CloseStream'; value: bigint }
  | { $: 'WakeAt'; value: Timestamp }
  | { $: 'Sign'; sign_id: bigint; owner: AccountOwner; content: Uint8Array; receiving: boolean }
  | { $: 'Flush'; value: bigint }
  | { $: 'Load'; value: string }
  | { $: 'Done'; command_id: bigint; result: ClientResult }
  | { $: 'Failed'; command_id: bigint; failure: Failure }
  | { $: 'ChainChanged'; value: ChainSummary }
  | {
      $: 'BlockChanged';
      chain_id: ChainId;
      height: BlockHeight;
      hash: CryptoHash;
      state: BlockState;
    }
  | { $: 'DraftChanged'; draft_id: bigint; effects: Effects }
  | { $: 'ValidatorChanged'; value: ValidatorHealth }
  | { $: 'Log'; value: string }
  | {
      $: 'HttpRequest';
      request_id: bigint;
      method: string;
      url: string;
      headers: Header[];
      body: Uint8Array;
      timeout_ms: bigint;
      max_response_bytes: bigint;
    };

export type ClientResult =
  | { $: 'Nothing' }
  | { $: 'Network'; description: NetworkDescription; committee: Committee }
  | { $: 'Chains'; value: ChainSummary[] }
  | { $: 'Draft'; draft_id: bigint; effects: Effects }
  | { $: 'Committed'; certificate: ConfirmedBlockCertificate; block_hash: CryptoHash }
  | { $: 'History'; value: HistoryEntry[] }
  | { $: 'Certificate'; value: ConfirmedBlockCertificate }
  | { $: 'Exists'; value: boolean }
  | { $: 'Validators'; value: ValidatorHealth[] }
  | { $: 'Records'; value: [string, Uint8Array][] }
  | { $: 'Answer'; response: Uint8Array; operations: Operation[] };

export interface Committee {
  validators: [Secp256k1PublicKey, ValidatorState][];
  policy: ResourceControlPolicy;
}

export interface ConfirmedBlockCertificate {
  value: Block;
  round: Round;
  signatures: [Secp256k1PublicKey, Secp256k1Signature][];
}

export interface CrateVersion {
  major: number;
  minor: number;
  patch: number;
}

export type CrossChainRequest =
  | {
      $: 'UpdateRecipient';
      sender: ChainId;
      recipient: ChainId;
      bundles: [Epoch, MessageBundle][];
      previous_height: BlockHeight | null;
    }
  | {
      $: 'ConfirmUpdatedRecipient';
      sender: ChainId;
      recipient: ChainId;
      latest_height: BlockHeight;
    }
  | { $: 'RevertConfirm'; sender: ChainId; recipient: ChainId; retransmit_from: BlockHeight };

export type CryptoHash = Uint8Array;

export type Ed25519PublicKey = Uint8Array;

export type Ed25519Signature = Uint8Array;

export interface Effects {
  block: ProposedBlock;
  block_hash: CryptoHash;
  balances: BalanceChange[];
  fees: Amount;
  messages: OutgoingMessage[];
  opened_chains: ChainId[];
  published_blobs: BlobId[];
  created_applications: ApplicationId[];
  events: Event[];
  oracle_responses: OracleResponse[];
  operation_results: OperationResult[];
}

export type Epoch = number;

export interface Event {
  stream_id: StreamId;
  index: number;
  value: Uint8Array;
}

export interface EventId {
  chain_id: ChainId;
  stream_id: StreamId;
  index: number;
}

export type EvmPublicKey = Uint8Array;

export type EvmSignature = Uint8Array;

export interface Failure {
  code: FailureCode;
  message: string;
  money: MoneyState;
}

export type FailureCode =
  | 'InvalidInput'
  | 'InsufficientBalance'
  | 'NotOwner'
  | 'UnknownChain'
  | 'UnknownRecipient'
  | 'NoQuorum'
  | 'OutcomeUnknown'
  | 'SignerRefused'
  | 'SignerLocked'
  | 'FastRoundTaken'
  | 'Conflict'
  | 'WaitForRound'
  | 'ClockSkew'
  | 'NetworkReset'
  | 'StorageFull'
  | 'StorageFailed'
  | 'StorageCorrupt'
  | 'CommitteeRemoved'
  | 'Unsupported'
  | 'DraftGone'
  | 'Busy'
  | 'NothingToDo'
  | 'ExecutionFailed'
  | 'Internal'
  | 'NoHttpAnswer'
  | 'AnswersDiffer';

export interface FastSigned {
  network: CryptoHash;
  chain_id: ChainId;
  height: BlockHeight;
  block: CryptoHash;
}

export type GenericApplicationId =
  | { $: 'System' }
  | { $: 'User'; value: ApplicationId };

export interface GenesisChain {
  owner: AccountOwner;
  balance: Amount;
}

export interface GenesisConfig {
  committee: Committee;
  timestamp: Timestamp;
  chains: ChainDescription[];
  network_name: string;
}

export interface GenesisSpec {
  validators: [Secp256k1PublicKey, ValidatorState][];
  prices: PricePreset;
  flags: string[];
  chains: GenesisChain[];
  timestamp: Timestamp;
  network_name: string;
}

export interface HandleConfirmedCertificateRequest {
  certificate: ConfirmedBlockCertificate;
  wait_for_outgoing_messages: boolean;
}

export interface HandleLiteCertRequest {
  certificate: LiteCertificate;
  wait_for_outgoing_messages: boolean;
}

export interface HandleTimeoutCertificateRequest {
  certificate: TimeoutCertificate;
}

export interface HandleValidatedCertificateRequest {
  certificate: ValidatedBlockCertificate;
}

export interface Header {
  name: string;
  value: Uint8Array;
}

export interface HistoryEntry {
  height: BlockHeight;
  hash: CryptoHash;
  state: BlockState;
  block: Block;
}

export interface IncomingBundle {
  origin: ChainId;
  bundle: MessageBundle;
  action: MessageAction;
}

export interface InitialChainConfig {
  ownership: ChainOwnership;
  epoch: Epoch;
  min_active_epoch: Epoch;
  max_active_epoch: Epoch;
  balance: Amount;
  application_permissions: ApplicationPermissions;
}

export interface KdfParameters {
  salt: Uint8Array;
  ops: number;
  mem_bytes: bigint;
}

export type KeyOrigin =
  | { $: 'Phrase'; value: number }
  | { $: 'Imported'; value: number };

export type KeyScheme =
  | 'EvmSecp256k1'
  | 'Ed25519';

export interface LiteCertificate {
  value: LiteValue;
  round: Round;
  signatures: [Secp256k1PublicKey, Secp256k1Signature][];
}

export interface LiteValue {
  value_hash: CryptoHash;
  chain_id: ChainId;
  kind: CertificateKind;
}

export interface LiteVote {
  value: LiteValue;
  round: Round;
  signature: Secp256k1Signature;
}

export type LockReason =
  | 'Asked'
  | 'Idle'
  | 'ClockJump';

export type LockingBlock =
  | { $: 'Fast'; value: BlockProposal }
  | { $: 'Regular'; value: ValidatedBlockCertificate };

export type Message =
  | { $: 'System'; value: SystemMessage }
  | { $: 'User'; application_id: ApplicationId; bytes: Uint8Array };

export type MessageAction =
  | 'Accept'
  | 'Reject';

export interface MessageBundle {
  height: BlockHeight;
  timestamp: Timestamp;
  certificate_hash: CryptoHash;
  transaction_index: number;
  messages: PostedMessage[];
}

export type MessageKind =
  | 'Simple'
  | 'Protected'
  | 'Tracked'
  | 'Bouncing';

export interface ModuleId {
  contract_blob_hash: CryptoHash;
  service_blob_hash: CryptoHash;
  vm_runtime: VmRuntime;
}

export type MoneyState =
  | 'Untouched'
  | 'Unknown'
  | 'Moved';

export interface NetworkDescription {
  name: string;
  genesis_config_hash: CryptoHash;
  genesis_timestamp: Timestamp;
  genesis_committee_blob_hash: CryptoHash;
  admin_chain_id: ChainId;
}

export type NodeError =
  | { $: 'CryptoError'; error: string }
  | { $: 'ArithmeticError'; error: string }
  | { $: 'ViewError'; error: string }
  | { $: 'ChainError'; error: string }
  | { $: 'WorkerError'; error: string }
  | { $: 'InactiveChain'; value: ChainId }
  | { $: 'WrongRound'; value: Round }
  | {
      $: 'UnexpectedBlockHeight';
      expected_block_height: BlockHeight;
      found_block_height: BlockHeight;
    }
  | { $: 'MissingCrossChainUpdate'; chain_id: ChainId; origin: ChainId; height: BlockHeight }
  | { $: 'BlobsNotFound'; value: BlobId[] }
  | { $: 'EventsNotFound'; value: EventId[] }
  | { $: 'MissingCertificateValue' }
  | { $: 'MissingCertificates'; value: CryptoHash[] }
  | { $: 'MissingVoteInValidatorResponse'; value: string }
  | { $: 'InvalidChainInfoResponse' }
  | { $: 'UnexpectedCertificateValue' }
  | { $: 'InvalidDecoding' }
  | { $: 'UnexpectedMessage' }
  | { $: 'GrpcError'; error: string }
  | { $: 'ClientIoError'; error: string }
  | { $: 'CannotResolveValidatorAddress'; address: string }
  | { $: 'SubscriptionError'; transport: string }
  | { $: 'SubscriptionFailed'; status: string }
  | { $: 'InvalidCertificateForBlob'; value: BlobId }
  | { $: 'DuplicatesInBlobsNotFound' }
  | { $: 'UnexpectedEntriesInBlobsNotFound' }
  | { $: 'UnexpectedCertificates'; returned: CryptoHash[]; requested: CryptoHash[] }
  | { $: 'EmptyBlobsNotFound' }
  | { $: 'ResponseHandlingError'; error: string }
  | { $: 'MissingCertificatesByHeights'; chain_id: ChainId; heights: BlockHeight[] }
  | { $: 'TooManyCertificatesReturned'; chain_id: ChainId; remote_node: Secp256k1PublicKey }
  | { $: 'MissingCrossChainUpdates'; chain_id: ChainId; bundles: [ChainId, BlockHeight][] };

export type NodeRequest =
  | { $: 'HandleBlockProposal'; proposal: BlockProposal; supports_aggregated_missing: boolean }
  | {
      $: 'HandleLiteCertificate';
      certificate: LiteCertificate;
      wait_for_outgoing_messages: boolean;
    }
  | {
      $: 'HandleConfirmedCertificate';
      certificate: ConfirmedBlockCertificate;
      wait_for_outgoing_messages: boolean;
      supports_aggregated_missing: boolean;
    }
  | { $: 'HandleValidatedCertificate'; value: ValidatedBlockCertificate }
  | { $: 'HandleTimeoutCertificate'; value: TimeoutCertificate }
  | { $: 'HandleChainInfoQuery'; value: ChainInfoQuery }
  | { $: 'HandlePendingBlob'; chain_id: ChainId; blob: BlobContent }
  | { $: 'DownloadPendingBlob'; chain_id: ChainId; blob_id: BlobId }
  | { $: 'GetVersionInfo' }
  | { $: 'GetNetworkDescription' }
  | { $: 'DownloadBlob'; value: BlobId }
  | { $: 'UploadBlob'; value: BlobContent }
  | { $: 'DownloadCertificate'; value: CryptoHash }
  | { $: 'DownloadCertificates'; value: CryptoHash[] }
  | { $: 'DownloadCertificatesByHeights'; chain_id: ChainId; heights: BlockHeight[] }
  | { $: 'DownloadRawCertificatesByHeights'; chain_id: ChainId; heights: BlockHeight[] }
  | { $: 'BlobLastUsedBy'; value: BlobId }
  | { $: 'BlobLastUsedByCertificate'; value: BlobId }
  | { $: 'MissingBlobIds'; value: BlobId[] }
  | { $: 'PreviousEventBlocks'; chain_id: ChainId; stream_ids: StreamId[] };

export type NodeResponse =
  | { $: 'Info'; value: ChainInfoResponse }
  | { $: 'Failure'; value: NodeError }
  | { $: 'Status'; code: number; message: string }
  | { $: 'Blob'; value: BlobContent }
  | { $: 'BlobUploaded'; value: BlobId }
  | { $: 'Version'; value: VersionInfo }
  | { $: 'Network'; value: NetworkDescription }
  | { $: 'Certificates'; value: ConfirmedBlockCertificate[] }
  | { $: 'Hash'; value: CryptoHash }
  | { $: 'BlobIds'; value: BlobId[] }
  | { $: 'EventBlocks'; value: [StreamId, [BlockHeight, CryptoHash]][] };

export interface Notification {
  chain_id: ChainId;
  reason: Reason;
}

export interface OpenChainConfig {
  ownership: ChainOwnership;
  balance: Amount;
  application_permissions: ApplicationPermissions;
}

export type Operation =
  | { $: 'System'; value: SystemOperation }
  | { $: 'User'; application_id: ApplicationId; bytes: Uint8Array };

export type OperationResult = Uint8Array;

export type OracleResponse =
  | { $: 'Service'; value: Uint8Array }
  | { $: 'Http'; value: Response }
  | { $: 'Blob'; value: BlobId }
  | { $: 'Assert' }
  | { $: 'Round'; value: number | null }
  | { $: 'Event'; value: [EventId, Uint8Array] }
  | { $: 'EventExists'; value: EventId };

export type OriginalProposal =
  | { $: 'Fast'; value: AccountSignature }
  | { $: 'Regular'; certificate: LiteCertificate };

export interface OutgoingMessage {
  destination: ChainId;
  authenticated_signer: AccountOwner | null;
  grant: Amount;
  refund_grant_to: Account | null;
  kind: MessageKind;
  message: Message;
}

export interface PostedMessage {
  authenticated_signer: AccountOwner | null;
  grant: Amount;
  refund_grant_to: Account | null;
  kind: MessageKind;
  index: number;
  message: Message;
}

export type PricePreset =
  | 'None'
  | 'Testnet';

export interface ProposalContent {
  block: ProposedBlock;
  round: Round;
  outcome: BlockExecutionOutcome | null;
}

export interface ProposedBlock {
  chain_id: ChainId;
  epoch: Epoch;
  transactions: Transaction[];
  height: BlockHeight;
  timestamp: Timestamp;
  authenticated_signer: AccountOwner | null;
  previous_block_hash: CryptoHash | null;
}

export type Reason =
  | { $: 'NewBlock'; height: BlockHeight; hash: CryptoHash; event_streams: StreamId[] }
  | { $: 'NewIncomingBundle'; origin: ChainId; height: BlockHeight }
  | { $: 'NewRound'; height: BlockHeight; round: Round }
  | { $: 'BlockExecuted'; height: BlockHeight; hash: CryptoHash }
  | { $: 'NewEvents'; height: BlockHeight; hash: CryptoHash; event_streams: StreamId[] };

export interface ResourceControlPolicy {
  wasm_fuel_unit: Amount;
  evm_fuel_unit: Amount;
  read_operation: Amount;
  write_operation: Amount;
  byte_runtime: Amount;
  byte_read: Amount;
  byte_written: Amount;
  blob_read: Amount;
  blob_published: Amount;
  blob_byte_read: Amount;
  blob_byte_published: Amount;
  byte_stored: Amount;
  operation: Amount;
  operation_byte: Amount;
  message: Amount;
  message_byte: Amount;
  service_as_oracle_query: Amount;
  http_request: Amount;
  maximum_wasm_fuel_per_block: bigint;
  maximum_evm_fuel_per_block: bigint;
  maximum_service_oracle_execution_ms: bigint;
  maximum_block_size: bigint;
  maximum_bytecode_size: bigint;
  maximum_blob_size: bigint;
  maximum_published_blobs: bigint;
  maximum_block_proposal_size: bigint;
  maximum_bytes_read_per_block: bigint;
  maximum_bytes_written_per_block: bigint;
  maximum_oracle_response_bytes: bigint;
  maximum_http_response_bytes: bigint;
  http_request_timeout_ms: bigint;
  http_request_allow_list: string[];
}

export interface Response {
  status: number;
  headers: Header[];
  body: Uint8Array;
}

export type Round =
  | { $: 'Fast' }
  | { $: 'MultiLeader'; value: number }
  | { $: 'SingleLeader'; value: number }
  | { $: 'Validator'; value: number };

export type RpcMessage =
  | { $: 'BlockProposal'; value: BlockProposal }
  | { $: 'TimeoutCertificate'; value: HandleTimeoutCertificateRequest }
  | { $: 'ValidatedCertificate'; value: HandleValidatedCertificateRequest }
  | { $: 'ConfirmedCertificate'; value: HandleConfirmedCertificateRequest }
  | { $: 'LiteCertificate'; value: HandleLiteCertRequest }
  | { $: 'ChainInfoQuery'; value: ChainInfoQuery }
  | { $: 'UploadBlob'; value: BlobContent }
  | { $: 'DownloadBlob'; value: BlobId }
  | { $: 'DownloadPendingBlob'; value: [ChainId, BlobId] }
  | { $: 'HandlePendingBlob'; value: [ChainId, BlobContent] }
  | { $: 'DownloadConfirmedBlock'; value: CryptoHash }
  | { $: 'DownloadCertificates'; value: CryptoHash[] }
  | { $: 'DownloadCertificatesByHeights'; value: [ChainId, BlockHeight[]] }
  | { $: 'BlobLastUsedBy'; value: BlobId }
  | { $: 'MissingBlobIds'; value: BlobId[] }
  | { $: 'VersionInfoQuery' }
  | { $: 'NetworkDescriptionQuery' }
  | { $: 'Vote'; value: LiteVote }
  | { $: 'ChainInfoResponse'; value: ChainInfoResponse }
  | { $: 'Error'; value: NodeError }
  | { $: 'VersionInfoResponse'; value: VersionInfo }
  | { $: 'NetworkDescriptionResponse'; value: NetworkDescription }
  | { $: 'UploadBlobResponse'; value: BlobId }
  | { $: 'DownloadBlobResponse'; value: BlobContent }
  | { $: 'DownloadPendingBlobResponse'; value: BlobContent }
  | { $: 'DownloadConfirmedBlockResponse'; value: Block }
  | { $: 'DownloadCertificatesResponse'; value: ConfirmedBlockCertificate[] }
  | { $: 'DownloadCertificatesByHeightsResponse'; value: ConfirmedBlockCertificate[] }
  | { $: 'BlobLastUsedByResponse'; value: CryptoHash }
  | { $: 'MissingBlobIdsResponse'; value: BlobId[] }
  | { $: 'CrossChainRequest'; value: CrossChainRequest }
  | { $: 'BlobLastUsedByCertificate'; value: BlobId }
  | { $: 'BlobLastUsedByCertificateResponse'; value: ConfirmedBlockCertificate }
  | { $: 'PreviousEventBlocks'; value: [ChainId, StreamId[]] }
  | { $: 'PreviousEventBlocksResponse'; value: [StreamId, [BlockHeight, CryptoHash]][] }
  | { $: 'DownloadBlobs'; value: BlobId[] };

export type SealedKind =
  | 'Vault'
  | 'Backup';

export interface Sealing {
  kdf: KdfParameters;
  wrap_key: Secret;
  nonce: Uint8Array;
}

export type Secp256k1PublicKey = Uint8Array;

export type Secp256k1Signature = Uint8Array;

export type Secret = Uint8Array;

export interface Session {
  lock_after: TimeDelta;
  policy: SigningPolicy;
}

export type SigningPolicy =
  | 'AskAlways'
  | 'ReceiveSilently'
  | 'SignAll';

export interface StreamId {
  application_id: GenericApplicationId;
  stream_name: StreamName;
}

export type StreamName = Uint8Array;

export type SystemMessage =
  | { $: 'Credit'; target: AccountOwner; amount: Amount; source: AccountOwner }
  | { $: 'Withdraw'; owner: AccountOwner; amount: Amount; recipient: Account };

export type SystemOperation =
  | { $: 'Transfer'; owner: AccountOwner; recipient: Account; amount: Amount }
  | { $: 'Claim'; owner: AccountOwner; target_id: ChainId; recipient: Account; amount: Amount }
  | { $: 'OpenChain'; value: OpenChainConfig }
  | { $: 'CloseChain' }
  | {
      $: 'ChangeOwnership';
      super_owners: AccountOwner[];
      owners: [AccountOwner, bigint][];
      multi_leader_rounds: number;
      open_multi_leader_rounds: boolean;
      timeout_config: TimeoutConfig;
    }
  | { $: 'ChangeApplicationPermissions'; value: ApplicationPermissions }
  | { $: 'PublishModule'; module_id: ModuleId }
  | { $: 'PublishDataBlob'; blob_hash: CryptoHash }
  | { $: 'VerifyBlob'; blob_id: BlobId }
  | {
      $: 'CreateApplication';
      module_id: ModuleId;
      parameters: Uint8Array;
      instantiation_argument: Uint8Array;
      required_application_ids: ApplicationId[];
    }
  | { $: 'Admin'; value: AdminOperation }
  | { $: 'ProcessNewEpoch'; value: Epoch }
  | { $: 'ProcessRemovedEpoch'; value: Epoch }
  | { $: 'UpdateStreams'; value: [ChainId, StreamId, number][] };

export interface Throttle {
  failures: number;
  last_failure: Timestamp;
}

export type TimeDelta = bigint;

export interface Timeout {
  chain_id: ChainId;
  height: BlockHeight;
  epoch: Epoch;
}

export interface TimeoutCertificate {
  value: Timeout;
  round: Round;
  signatures: [Secp256k1PublicKey, Secp256k1Signature][];
}

export interface TimeoutConfig {
  fast_round_duration: TimeDelta | null;
  base_timeout: TimeDelta;
  timeout_increment: TimeDelta;
  fallback_duration: TimeDelta;
}

export type Timestamp = bigint;

export type Transaction =
  | { $: 'ReceiveMessages'; value: IncomingBundle }
  | { $: 'ExecuteOperation'; value: Operation };

export interface TransferSummary {
  source: AccountOwner;
  recipient: Account;
  amount: Amount;
}

export interface Unlocking {
  vault: Uint8Array;
  wrap_key: Secret;
  throttle: Throttle;
}

export interface ValidatedBlockCertificate {
  value: Block;
  round: Round;
  signatures: [Secp256k1PublicKey, Secp256k1Signature][];
}

export type ValidatorEvent =
  | { $: 'Tick' }
  | { $: 'Create'; value: Uint8Array }
  | { $: 'MakeGenesis'; value: GenesisSpec }
  | { $: 'Open'; value: string }
  | { $: 'Request'; request_id: bigint; method: string; body: Uint8Array }
  | { $: 'OpenStream'; stream_id: bigint; method: string; body: Uint8Array }
  | { $: 'CloseStream'; value: bigint }
  | { $: 'Flushed'; value: bigint }
  | { $: 'FlushFailed'; commit_id: bigint; failure: Failure }
  | { $: 'Loaded'; file: string; ok: boolean }
  | { $: 'HttpResponse'; request_id: bigint; response: Response }
  | { $: 'HttpFailed'; request_id: bigint; reason: string };

export interface ValidatorHealth {
  public_key: Secp256k1PublicKey;
  address: string;
  subscribed: boolean;
  failures: number;
  last_error: string;
}

export interface ValidatorInput {
  now: Timestamp;
  event: ValidatorEvent;
}

export type ValidatorOutput =
  | { $: 'Created'; public_key: Secp256k1PublicKey; account_public_key: AccountPublicKey }
  | { $: 'Genesis'; value: string }
  | { $: 'Opened'; value: NetworkDescription }
  | {
      $: 'Respond';
      request_id: bigint;
      grpc_status: number;
      grpc_message: string;
      body: Uint8Array;
    }
  | { $: 'StreamData'; stream_id: bigint; bytes: Uint8Array }
  | { $: 'StreamEnd'; stream_id: bigint; grpc_status: number; grpc_message: string }
  | { $: 'WakeAt'; value: Timestamp }
  | { $: 'Flush'; value: bigint }
  | { $: 'Load'; value: string }
  | { $: 'Failed'; value: Failure }
  | { $: 'Log'; value: string }
  | {
      $: 'HttpRequest';
      request_id: bigint;
      method: string;
      url: string;
      headers: Header[];
      body: Uint8Array;
      timeout_ms: bigint;
      max_response_bytes: bigint;
    };

export interface ValidatorState {
  network_address: string;
  votes: bigint;
  account_public_key: AccountPublicKey;
}

export interface VaultAccount {
  owner: AccountOwner;
  scheme: KeyScheme;
  origin: KeyOrigin;
  label: string;
}

export type VaultAnswer =
  | { $: 'Key'; wrap_key: Secret }
  | { $: 'Parameters'; kdf: KdfParameters }
  | { $: 'Opened'; accounts: VaultAccount[]; lock_at: Timestamp | null }
  | { $: 'Locked'; reason: LockReason }
  | { $: 'Touched'; lock_at: Timestamp | null }
  | { $: 'Sealed'; vault: Uint8Array; accounts: VaultAccount[] }
  | { $: 'Restored'; vault: Uint8Array; accounts: VaultAccount[]; chains: BackupChain[] }
  | { $: 'Backup'; backup: Uint8Array }
  | { $: 'Phrase'; phrase: Secret; passphrase: Secret }
  | { $: 'Approved'; block: CryptoHash; summary: BlockSummary }
  | { $: 'Summary'; block: CryptoHash; summary: BlockSummary }
  | { $: 'Unapproved' }
  | { $: 'Remembered' }
  | { $: 'Signature'; signature: AccountSignature; fast: FastSigned | null }
  | { $: 'TextSignature'; signature: Uint8Array }
  | { $: 'Owners'; value: AccountOwner[] }
  | {
      $: 'Failed';
      failure: VaultFailure;
      message: string;
      throttle: Throttle;
      retry_at: Timestamp | null;
    };

export type VaultDoor =
  | 'Window'
  | 'Engine';

export type VaultFailure =
  | 'BadInput'
  | 'WrongDoor'
  | 'WrongPassword'
  | 'TooSoon'
  | 'Damaged'
  | 'NewerFile'
  | 'WeakKdf'
  | 'CostlyKdf'
  | 'NoMemory'
  | 'Locked'
  | 'BadPhrase'
  | 'BadKey'
  | 'AccountExists'
  | 'NoPhrase'
  | 'UnknownOwner'
  | 'NotApproved'
  | 'FastRoundTaken'
  | 'BadText'
  | 'Outdated';

export interface VaultInput {
  id: bigint;
  now: Timestamp;
  door: VaultDoor;
  request: VaultRequest;
}

export interface VaultOutput {
  id: bigint;
  answer: VaultAnswer;
}

export type VaultRequest =
  | { $: 'DeriveKey'; password: Secret; kdf: KdfParameters }
  | { $: 'Inspect'; kind: SealedKind; file: Uint8Array }
  | {
      $: 'Create';
      phrase: Secret;
      passphrase: Secret;
      sealing: Sealing;
      label: string;
      session: Session;
    }
  | {
      $: 'CreateFromKey';
      scheme: KeyScheme;
      key: Secret;
      sealing: Sealing;
      label: string;
      session: Session;
    }
  | { $: 'Open'; unlocking: Unlocking; session: Session }
  | { $: 'Lock' }
  | { $: 'Touch' }
  | { $: 'Tick' }
  | { $: 'SetSession'; session: Session }
  | {
      $: 'AddAccount';
      unlocking: Unlocking;
      nonce: Uint8Array;
      scheme: KeyScheme;
      index: number | null;
      label: string;
    }
  | {
      $: 'ImportKey';
      unlocking: Unlocking;
      nonce: Uint8Array;
      scheme: KeyScheme;
      key: Secret;
      label: string;
    }
  | { $: 'Relabel'; unlocking: Unlocking; nonce: Uint8Array; owner: AccountOwner; label: string }
  | { $: 'Reseal'; unlocking: Unlocking; sealing: Sealing }
  | { $: 'OpenBackup'; backup: Uint8Array; backup_key: Secret; sealing: Sealing; session: Session }
  | { $: 'SealBackup'; unlocking: Unlocking; sealing: Sealing; chains: BackupChain[] }
  | { $: 'RevealPhrase'; unlocking: Unlocking }
  | { $: 'LookAhead'; unlocking: Unlocking; scheme: KeyScheme; from: number; count: number }
  | { $: 'Approve'; network: CryptoHash; block: Uint8Array }
  | { $: 'Summarize'; value: Uint8Array }
  | { $: 'Unapprove'; network: CryptoHash; block: Uint8Array }
  | { $: 'Remember'; fast_signed: FastSigned[] }
  | { $: 'Sign'; owner: AccountOwner; network: CryptoHash; content: Uint8Array }
  | { $: 'SignText'; owner: AccountOwner; domain: string; text: string };

export interface VersionInfo {
  crate_version: CrateVersion;
  git_commit: string;
  git_dirty: boolean;
  rpc_hash: string;
  graphql_hash: string;
  wit_hash: string;
}

export type VmRuntime =
  | 'Wasm'
  | 'Evm';

export type VoteValue = [CryptoHash, Round, CertificateKind];

export type WaitReason =
  | 'Failed'
  | 'TooLarge'
  | 'NotSupported'
  | 'TooCostly'
  | 'Unanswered';

export interface WaitingBundles {
  reason: WaitReason;
  bundles: number;
}

// Every type by its name, for encode() and decode().
export interface Types {
  Account: Account;
  AccountOwner: AccountOwner;
  AccountPublicKey: AccountPublicKey;
  AccountSignature: AccountSignature;
  AdminOperation: AdminOperation;
  Amount: Amount;
  ApplicationId: ApplicationId;
  ApplicationPermissions: ApplicationPermissions;
  BackupChain: BackupChain;
  BalanceChange: BalanceChange;
  BlobContent: BlobContent;
  BlobId: BlobId;
  BlobType: BlobType;
  Block: Block;
  BlockBody: BlockBody;
  BlockExecutionOutcome: BlockExecutionOutcome;
  BlockHeader: BlockHeader;
  BlockHeight: BlockHeight;
  BlockHeightRange: BlockHeightRange;
  BlockProposal: BlockProposal;
  BlockState: BlockState;
  BlockSummary: BlockSummary;
  Certificate: Certificate;
  CertificateKind: CertificateKind;
  ChainAndHeight: ChainAndHeight;
  ChainDescription: ChainDescription;
  ChainId: ChainId;
  ChainInfo: ChainInfo;
  ChainInfoQuery: ChainInfoQuery;
  ChainInfoResponse: ChainInfoResponse;
  ChainManagerInfo: ChainManagerInfo;
  ChainOrigin: ChainOrigin;
  ChainOwnership: ChainOwnership;
  ChainSummary: ChainSummary;
  ClientCommand: ClientCommand;
  ClientEvent: ClientEvent;
  ClientInput: ClientInput;
  ClientOutput: ClientOutput;
  ClientResult: ClientResult;
  Committee: Committee;
  ConfirmedBlockCertificate: ConfirmedBlockCertificate;
  CrateVersion: CrateVersion;
  CrossChainRequest: CrossChainRequest;
  CryptoHash: CryptoHash;
  Ed25519PublicKey: Ed25519PublicKey;
  Ed25519Signature: Ed25519Signature;
  Effects: Effects;
  Epoch: Epoch;
  Event: Event;
  EventId: EventId;
  EvmPublicKey: EvmPublicKey;
  EvmSignature: EvmSignature;
  Failure: Failure;
  FailureCode: FailureCode;
  FastSigned: FastSigned;
  GenericApplicationId: GenericApplicationId;
  GenesisChain: GenesisChain;
  GenesisConfig: GenesisConfig;
  GenesisSpec: GenesisSpec;
  HandleConfirmedCertificateRequest: HandleConfirmedCertificateRequest;
  HandleLiteCertRequest: HandleLiteCertRequest;
  HandleTimeoutCertificateRequest: HandleTimeoutCertificateRequest;
  HandleValidatedCertificateRequest: HandleValidatedCertificateRequest;
  Header: Header;
  HistoryEntry: HistoryEntry;
  IncomingBundle: IncomingBundle;
  InitialChainConfig: InitialChainConfig;
  KdfParameters: KdfParameters;
  KeyOrigin: KeyOrigin;
  KeyScheme: KeyScheme;
  LiteCertificate: LiteCertificate;
  LiteValue: LiteValue;
  LiteVote: LiteVote;
  LockReason: LockReason;
  LockingBlock: LockingBlock;
  Message: Message;
  MessageAction: MessageAction;
  MessageBundle: MessageBundle;
  MessageKind: MessageKind;
  ModuleId: ModuleId;
  MoneyState: MoneyState;
  NetworkDescription: NetworkDescription;
  NodeError: NodeError;
  NodeRequest: NodeRequest;
  NodeResponse: NodeResponse;
  Notification: Notification;
  OpenChainConfig: OpenChainConfig;
  Operation: Operation;
  OperationResult: OperationResult;
  OracleResponse: OracleResponse;
  OriginalProposal: OriginalProposal;
  OutgoingMessage: OutgoingMessage;
  PostedMessage: PostedMessage;
  PricePreset: PricePreset;
  ProposalContent: ProposalContent;
  ProposedBlock: ProposedBlock;
  Reason: Reason;
  ResourceControlPolicy: ResourceControlPolicy;
  Response: Response;
  Round: Round;
  RpcMessage: RpcMessage;
  SealedKind: SealedKind;
  Sealing: Sealing;
  Secp256k1PublicKey: Secp256k1PublicKey;
  Secp256k1Signature: Secp256k1Signature;
  Secret: Secret;
  Session: Session;
  SigningPolicy: SigningPolicy;
  StreamId: StreamId;
  StreamName: StreamName;
  SystemMessage: SystemMessage;
  SystemOperation: SystemOperation;
  Throttle: Throttle;
  TimeDelta: TimeDelta;
  Timeout: Timeout;
  TimeoutCertificate: TimeoutCertificate;
  TimeoutConfig: TimeoutConfig;
  Timestamp: Timestamp;
  Transaction: Transaction;
  TransferSummary: TransferSummary;
  Unlocking: Unlocking;
  ValidatedBlockCertificate: ValidatedBlockCertificate;
  ValidatorEvent: ValidatorEvent;
  ValidatorHealth: ValidatorHealth;
  ValidatorInput: ValidatorInput;
  ValidatorOutput: ValidatorOutput;
  ValidatorState: ValidatorState;
  VaultAccount: VaultAccount;
  VaultAnswer: VaultAnswer;
  VaultDoor: VaultDoor;
  VaultFailure: VaultFailure;
  VaultInput: VaultInput;
  VaultOutput: VaultOutput;
  VaultRequest: VaultRequest;
  VersionInfo: VersionInfo;
  VmRuntime: VmRuntime;
  VoteValue: VoteValue;
  WaitReason: WaitReason;
  WaitingBundles: WaitingBundles;
}
