// Written by tools/gen_ts.mjs from the field lists of the C++ core. Do not edit.
// u64 and u128 are bigint; maps are lists of pairs; an alternative is named by its `$`.

/** Tells apart what has one form; types alone, there is nothing of it in a value. */
export interface Brand<Name extends string> {
  readonly __brand: Name;
}

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

/** Money in attotokens; 10^18 make one token. */
export type Amount = bigint & Brand<'Amount'>;

export interface ApplicationDescription {
  module_id: ModuleId;
  creator_chain_id: ChainId;
  block_height: BlockHeight;
  /** among those that this block created */
  application_index: number;
  parameters: Uint8Array;
  required_application_ids: ApplicationId[];
}

export interface ApplicationId {
  application_description_hash: CryptoHash;
}

export interface ApplicationPermissions {
  /** none: all */
  execute_operations: ApplicationId[] | null;
  mandatory_applications: ApplicationId[];
  close_chain: ApplicationId[];
  change_application_permissions: ApplicationId[];
  /** none: all */
  call_service_as_oracle: ApplicationId[] | null;
  /** none: all */
  make_http_requests: ApplicationId[] | null;
}

/** A question to a host outside, without its headers and body. */
export interface AskedHost {
  method: string;
  url: string;
}

/** A chain to find again after a restore. */
export interface BackupChain {
  network_name: string;
  genesis_config_hash: CryptoHash;
  faucet_url: string;
  chain_id: ChainId;
  owner: AccountOwner | null;
  label: string;
}

export interface BalanceChange {
  /** AccountOwner::chain() for the chain's own balance */
  owner: AccountOwner;
  before: Amount;
  after: Amount;
}

export interface BlobContent {
  blob_type: BlobType;
  bytes: Uint8Array;
}

/** Ordered by (blob_type, hash) as in Rust, serialised as (hash, blob_type). */
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

/** hash_of(block) is the block hash, for validated and confirmed blocks alike. */
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

/**
 * One list per transaction in messages, oracle_responses, events and blobs; one result per
 * operation.
 */
export interface BlockExecutionOutcome {
  messages: OutgoingMessage[][];
  previous_message_blocks: [ChainId, [CryptoHash, BlockHeight]][];
  previous_event_blocks: [StreamId, [CryptoHash, BlockHeight]][];
  state_hash: CryptoHash;
  oracle_responses: OracleResponse[][];
  events: Event[][];
  /** created, not published */
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

export type BlockHeight = bigint & Brand<'BlockHeight'>;

export interface BlockHeightRange {
  start: BlockHeight;
  limit: bigint | null;
}

export interface BlockProposal {
  content: ProposalContent;
  signature: AccountSignature;
  original_proposal: OriginalProposal | null;
}

/**
 * Proposed: signed and sent. Certified: a quorum confirmed it. Delivered: a quorum answered with
 * wait_for_outgoing_messages, so every recipient's inbox has its messages.
 */
export type BlockState =
  | 'Proposed'
  | 'Certified'
  | 'Delivered';

export interface BlockSummary {
  chain_id: ChainId;
  height: BlockHeight;
  signer: AccountOwner | null;
  operations: Operation[];
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

/** One that has state on a chain. */
export interface ChainApplication {
  application_id: ApplicationId;
  /** none: it is not stored here */
  description: ApplicationDescription | null;
}

export interface ChainDescription {
  origin: ChainOrigin;
  timestamp: Timestamp;
  config: InitialChainConfig;
}

export type ChainExistence =
  | 'Exists'
  | 'Unknown'
  | 'NotSure';

export interface ChainFailure {
  chain_id: ChainId;
  failure: Failure;
}

/** The hash of the blob with the chain's description. */
export type ChainId = Uint8Array & Brand<'ChainId'>;

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
  /** AccountOwner::chain(): the chain balance */
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
  /** over hash_of(info) */
  signature: Secp256k1Signature | null;
}

export interface ChainManagerInfo {
  ownership: ChainOwnership;
  requested_signed_proposal: BlockProposal | null;
  requested_proposed: BlockProposal | null;
  requested_locking: LockingBlock | null;
  timeout: TimeoutCertificate | null;
  /** the later of the confirmed and the validated vote */
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
  /** weights, for the choice of leaders */
  owners: [AccountOwner, bigint][];
  multi_leader_rounds: number;
  open_multi_leader_rounds: boolean;
  timeout_config: TimeoutConfig;
}

export interface ChainSummary {
  chain_id: ChainId;
  /** who proposes for this wallet; none: only followed */
  owner: AccountOwner | null;
  next_block_height: BlockHeight;
  block_hash: CryptoHash | null;
  timestamp: Timestamp;
  chain_balance: Amount;
  owner_balances: [AccountOwner, Amount][];
  /**
   * Delivered here, not yet received by a block: the first limits::kListedBundles of them, how many
   * there are, and the credits among all of them.
   */
  incoming: IncomingBundle[];
  incoming_count: number;
  incoming_amount: Amount;
  /** Those among them that no block could receive yet. */
  waiting: WaitingBundles[];
  /** a block of ours is signed but not yet certified */
  pending_height: BlockHeight | null;
  ownership: ChainOwnership;
  /** what applications may do, and which must */
  application_permissions: ApplicationPermissions;
  current_round: Round;
  closed: boolean;
  /** with a quorum, since this Client was opened */
  synchronized: boolean;
  /** Operations that wait to bring an own chain into the newest epoch and out of removed ones. */
  epoch_changes: number;
  /** of streams, that its applications have not processed */
  new_events: number;
  not_executed: NotExecuted | null;
  /** of an own chain */
  locked: LockedBlock | null;
}

/** Each names how it ends well. */
export type ClientCommand =
  /** First of all. Another genesis than the store's gives NetworkReset. */
  | {
      $: 'OpenNetwork';
      /** as a faucet's genesisConfig has it */
      genesis_json: string;
      /** seeds the jitter of back-off, nothing else */
      entropy: bigint;
    }
  /**
   * Follow a chain from now on: synchronise, subscribe, and propose as `owner` if there is one.
   */
  | {
      $: 'TrackChain';
      chain_id: ChainId;
      owner: AccountOwner | null;
      /** propose in the fast round, where the owner is a super owner */
      allow_fast_blocks: boolean;
    }
  | { $: 'ForgetChain'; value: ChainId }
  | { $: 'ListChains' }
  | { $: 'Synchronize'; value: ChainId }
  /**
   * Executes a block with these operations locally; nothing is signed or sent. The draft holds the
   * chain: no other block is made on it until the draft is committed or dropped.
   */
  | {
      $: 'PrepareBlock';
      chain_id: ChainId;
      operations: Operation[];
      /** contents of those that the operations publish */
      blobs: Uint8Array[];
      /** put the waiting bundles first */
      receive_incoming: boolean;
    }
  /** Signs (outputs Sign) and proposes what was prepared, until it is certified. */
  | { $: 'CommitDraft'; value: bigint }
  | { $: 'DropDraft'; value: bigint }
  /**
   * Makes a block that nobody looks at: of accepted bundles and epoch operations only, with fees up
   * to the cap. Bundles that fail, do not fit or are not understood stay in the inbox, with what
   * their origins sent later (ChainSummary::waiting). NothingToDo: all that there is waits.
   */
  | { $: 'ReceiveIncoming'; chain_id: ChainId; fee_cap: Amount }
  /** Goes on with the signed block of pending_height, in whatever round it takes. */
  | { $: 'RetryPending'; value: ChainId }
  | {
      $: 'GetHistory';
      chain_id: ChainId;
      /** none: from the tip */
      below: BlockHeight | null;
      limit: number;
    }
  | { $: 'GetCertificate'; value: CryptoHash }
  /** Does the network have this chain? f + 1 validators must say yes, or a quorum no. */
  | { $: 'CheckChain'; value: ChainId }
  | { $: 'GetValidators' }
  /** The host's own small records (sites, requests, labels), durable with the chains. */
  | {
      $: 'PutRecord';
      key: string;
      /** empty: removes it */
      value: Uint8Array;
    }
  | { $: 'ListRecords'; value: string }
  /**
   * Executes the signed block of pending_height again, to be seen and approved anew where the
   * signer has forgotten it: a Draft whose CommitDraft does what RetryPending does.
   */
  | { $: 'ShowPending'; value: ChainId }
  /**
   * Asks an application's service about the chain as it is here. Nothing is signed or sent, and
   * nothing changes: the operations that the service schedules are the host's to propose.
   */
  | {
      $: 'QueryApplication';
      chain_id: ChainId;
      application_id: ApplicationId;
      /** as the application takes it; by convention JSON of GraphQL */
      query: Uint8Array;
    }
  /**
   * Executes a block with these operations as the chain is here and keeps nothing: the chain stays
   * free for others.
   */
  | {
      $: 'Estimate';
      chain_id: ChainId;
      operations: Operation[];
      /** contents of those that the operations publish */
      blobs: Uint8Array[];
    }
  /** What was published under this hash; asked of validators where it is not stored here. */
  | { $: 'ReadBlob'; value: BlobId }
  /** Of a followed chain, from `start` on, as far as they are known here, at most `limit`. */
  | { $: 'GetEvents'; chain_id: ChainId; stream_id: StreamId; start: number; limit: number }
  /** Those that have state on this chain. */
  | { $: 'ListApplications'; value: ChainId }
  /**
   * Executes ChainSummary::locked, to be seen and approved: a Draft whose CommitDraft carries that
   * block on until it is certified. NothingToDo where there is none.
   */
  | { $: 'ShowLocked'; value: ChainId }
  /**
   * TrackChain of many at once: they are compared some at a time, and one subscription has them
   * all. What goes wrong with one of them is its own.
   */
  | { $: 'TrackChains'; value: TrackChain[] };

export type ClientEvent =
  /** a WakeAt has come, or just now moved on */
  | { $: 'Tick' }
  | { $: 'Command'; command_id: bigint; command: ClientCommand }
  /**
   * Answer to Send: the whole HTTP body. A status header, if the host saw one, counts before the
   * body's trailers.
   */
  | {
      $: 'Reply';
      request_id: bigint;
      http_status: number;
      grpc_status: number | null;
      grpc_message: string;
      body: Uint8Array;
    }
  /** no answer: refused, cut, or the timeout passed */
  | { $: 'SendFailed'; request_id: bigint; reason: string }
  /** Bytes of a subscription, in order, cut anywhere: gRPC-Web frames. */
  | { $: 'StreamData'; stream_id: bigint; bytes: Uint8Array }
  | { $: 'StreamClosed'; stream_id: bigint; reason: string }
  | { $: 'Signed'; sign_id: bigint; signature: AccountSignature }
  | { $: 'SignFailed'; sign_id: bigint; failure: Failure }
  | { $: 'Flushed'; value: bigint }
  /** nothing that waited for it will be sent */
  | { $: 'FlushFailed'; commit_id: bigint; failure: Failure }
  /** the file is mounted; `ok` false: it cannot be had */
  | { $: 'Loaded'; file: string; ok: boolean }
  /** The host believes that the network is back: retry now instead of at the next WakeAt. */
  | { $: 'Online' }
  | { $: 'HttpResponse'; request_id: bigint; response: Response }
  | { $: 'HttpFailed'; request_id: bigint; why: NoAnswerKind; reason: string };

export interface ClientInput {
  now: Timestamp;
  event: ClientEvent;
}

export type ClientOutput =
  /** POST body to url; content-type and x-grpc-web as gRPC-Web has them */
  | {
      $: 'Send';
      request_id: bigint;
      /** http(s)://host:port/rpc.v1.ValidatorNode/Method */
      url: string;
      body: Uint8Array;
      timeout_ms: number;
    }
  /**
   * Server stream: by WebSocket (sub-protocol grpc-websockets) where the validator has it, else by
   * fetch. `body` is the request's gRPC-Web frame.
   */
  | { $: 'OpenStream'; stream_id: bigint; url: string; body: Uint8Array }
  | { $: 'CloseStream'; value: bigint }
  /** replaces the one before */
  | { $: 'WakeAt'; value: Timestamp }
  | {
      $: 'Sign';
      sign_id: bigint;
      owner: AccountOwner;
      /** BCS of the ProposalContent */
      content: Uint8Array;
      /** of the class that needs no window */
      receiving: boolean;
    }
  | { $: 'Flush'; value: bigint }
  | { $: 'Load'; value: string }
  | { $: 'Done'; command_id: bigint; result: ClientResult }
  | { $: 'Failed'; command_id: bigint; failure: Failure }
  | { $: 'ChainChanged'; value: ChainSummary }
  /** of a chain that this wallet owns */
  | {
      $: 'BlockChanged';
      chain_id: ChainId;
      height: BlockHeight;
      hash: CryptoHash;
      state: BlockState;
    }
  /** the height or the effects moved under an open draft: show and ask again */
  | { $: 'DraftChanged'; draft_id: bigint; effects: Effects }
  | { $: 'ValidatorChanged'; value: ValidatorHealth }
  /** for a developer; never a secret */
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

/** How a command ends well. */
export type ClientResult =
  | { $: 'Nothing' }
  | { $: 'Network'; description: NetworkDescription; committee: Committee }
  | { $: 'Chains'; value: ChainSummary[] }
  | { $: 'Draft'; draft_id: bigint; effects: Effects }
  | {
      $: 'Committed';
      certificate: ConfirmedBlockCertificate;
      block_hash: CryptoHash;
      /** none: the block was made before this Client opened */
      fees: Amount | null;
    }
  | { $: 'History'; value: HistoryEntry[] }
  | { $: 'Certificate'; value: ConfirmedBlockCertificate }
  | { $: 'Existence'; value: ChainExistence }
  | { $: 'Validators'; value: ValidatorHealth[] }
  | { $: 'Records'; value: [string, Uint8Array][] }
  | {
      $: 'Answer';
      response: Uint8Array;
      /** that the service schedules, in order */
      operations: Operation[];
    }
  | { $: 'Estimated'; value: Effects }
  | { $: 'Blob'; value: BlobContent }
  | {
      $: 'Events';
      /** of the stream, as far as it is known here */
      count: number;
      events: StreamEvent[];
    }
  | { $: 'Applications'; value: ChainApplication[] }
  | {
      $: 'Tracked';
      /** the others are followed */
      value: ChainFailure[];
    };

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

export type CryptoHash = Uint8Array & Brand<'CryptoHash'>;

export type Ed25519PublicKey = Uint8Array;

export type Ed25519Signature = Uint8Array;

/** What executing exactly this block did, locally, before anybody signed it. */
export interface Effects {
  block: ProposedBlock;
  /** Of the block with its outcome: what validators will vote on. None: they alone know. */
  block_hash: CryptoHash | null;
  balances: BalanceChange[];
  fees: Amount;
  messages: OutgoingMessage[];
  opened_chains: ChainId[];
  published_blobs: BlobId[];
  created_applications: ApplicationId[];
  events: Event[];
  /** what was asked beyond the chain, and answered */
  oracle_answers: OracleAnswer[];
  /** one of each operation */
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

/** r, s, v = 27 or 28 */
export type EvmSignature = Uint8Array;

export interface Failure {
  code: FailureCode;
  /** English, for a developer */
  message: string;
  money: MoneyState;
  detail: FailureDetail;
}

/** Stable names, for programs and for the texts that people read. */
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
  | 'NotFound'
  | 'NoHttpAnswer'
  | 'AnswersDiffer'
  | 'LockedByOther';

/** What a text about a failure can name, as far as it was known where it arose. */
export type FailureDetail =
  | { $: 'None' }
  /** InsufficientBalance: of fees, or of what is sent. */
  | { $: 'Shortfall'; needed: Amount; available: Amount }
  /** ClockSkew: the block's time here, and how late it is for a validator. */
  | { $: 'Clocks'; block: Timestamp; validator: Timestamp }
  /** WaitForRound: another owner's. */
  | { $: 'InRound'; value: Round }
  /** UnknownChain. */
  | { $: 'OfChain'; value: ChainId }
  /** NoHttpAnswer. */
  | { $: 'OfHost'; host: string; why: NoAnswerKind };

/**
 * What was signed last in a chain's fast round. Whoever loses it could sign another block there,
 * and two of them can block the chain for ever.
 */
export interface FastSigned {
  /** of its genesis configuration; zero: of a record that named none */
  network: CryptoHash;
  chain_id: ChainId;
  height: BlockHeight;
  /** of the ProposedBlock */
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
  /** the first is the admin chain */
  chains: ChainDescription[];
  network_name: string;
}

export interface GenesisSpec {
  validators: [Secp256k1PublicKey, ValidatorState][];
  prices: PricePreset;
  /** FLAG_ZERO_HASH.linera.network and its like, among the hosts that applications may ask. */
  flags: string[];
  /** root chains 0, 1, …; the first is the admin chain */
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

/** How the password became the key that seals the file. */
export interface KdfParameters {
  salt: Uint8Array;
  /** Argon2id passes */
  ops: number;
  /** Argon2id memory */
  mem_bytes: bigint;
}

export type KeyOrigin =
  | { $: 'Phrase'; value: number }
  | {
      $: 'Imported';
      /** which of the file's raw keys */
      value: number;
    };

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

/**
 * A block of the next height that this wallet did not sign, and that must be certified before any
 * other: `signer` speaks in it. Validated by a quorum, or proposed in the fast round.
 */
export interface LockedBlock {
  height: BlockHeight;
  signer: AccountOwner | null;
  validated: boolean;
}

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
  /** the sender's block hash */
  certificate_hash: CryptoHash;
  transaction_index: number;
  messages: PostedMessage[];
}

/** Protected cannot be rejected, Tracked comes back as Bouncing when rejected. */
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

/** What became of the person's money when something failed. */
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

/**
 * Why a host gave no answer: it was asked and failed or was late; or it was not asked, for the
 * person or the network's policy did not allow it, its name is asked only by https, or the block
 * asks more than a wallet answers.
 */
export type NoAnswerKind =
  | 'Asked'
  | 'NotAllowed'
  | 'Insecure'
  | 'OverLimit';

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
  /** 0.15.21; a 0.15.17 peer cannot decode it, so it is sent only when asked for. */
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
  /** The same certificates as BCS; the only form that published clients ask for. */
  | { $: 'DownloadRawCertificatesByHeights'; chain_id: ChainId; heights: BlockHeight[] }
  | { $: 'BlobLastUsedBy'; value: BlobId }
  | { $: 'BlobLastUsedByCertificate'; value: BlobId }
  | { $: 'MissingBlobIds'; value: BlobId[] }
  | { $: 'PreviousEventBlocks'; chain_id: ChainId; stream_ids: StreamId[] };

export type NodeResponse =
  /** of every Handle… method */
  | { $: 'Info'; value: ChainInfoResponse }
  /** travels inside the answer, with gRPC status 0 */
  | { $: 'Failure'; value: NodeError }
  /** a gRPC status other than 0 */
  | { $: 'Status'; code: number; message: string }
  | { $: 'Blob'; value: BlobContent }
  | { $: 'BlobUploaded'; value: BlobId }
  | { $: 'Version'; value: VersionInfo }
  | { $: 'Network'; value: NetworkDescription }
  /** one for the methods that name one */
  | { $: 'Certificates'; value: ConfirmedBlockCertificate[] }
  | { $: 'Hash'; value: CryptoHash }
  | { $: 'BlobIds'; value: BlobId[] }
  | { $: 'EventBlocks'; value: [StreamId, [BlockHeight, CryptoHash]][] };

/**
 * A certified block that cannot be executed here, by its height. The chain stands before it: what
 * it holds by now is not known. Certified blocks are known here to below `certified`.
 */
export interface NotExecuted {
  height: BlockHeight;
  reason: string;
  certified: BlockHeight;
}

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

export interface OracleAnswer {
  response: OracleResponse;
  /**
   * None: it is no host's, or this Client has not asked it (a block that was made before it
   * opened).
   */
  asked: AskedHost | null;
}

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
  /** over all messages of the sender's block */
  index: number;
  message: Message;
}

export type PricePreset =
  | 'None'
  | 'Testnet';

export interface ProposalContent {
  block: ProposedBlock;
  round: Round;
  /** only when a validated block is proposed again */
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
  /** local only; no validator sends it */
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
  /** also carries the network's flags */
  http_request_allow_list: string[];
}

/** of an HTTP request made as an oracle */
export interface Response {
  status: number;
  headers: Header[];
  body: Uint8Array;
}

/**
 * A consensus round; ordered as declared, so any multi-leader round is before any single-leader
 * one.
 */
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

/** How to seal a file: parameters with a fresh salt, their key (DeriveKey), and a fresh nonce. */
export interface Sealing {
  kdf: KdfParameters;
  wrap_key: Secret;
  nonce: Uint8Array;
}

/** compressed; a validator's name */
export type Secp256k1PublicKey = Uint8Array;

/** r and s, big endian, low s */
export type Secp256k1Signature = Uint8Array;

/** A secret on its way through the boundary: wiped when done with, never copied. */
export type Secret = Uint8Array;

/** What is signed without a window. */
export type SigningPolicy =
  | 'AskAlways'
  | 'ReceiveSilently'
  | 'SignAll';

export interface StreamEvent {
  index: number;
  value: Uint8Array;
}

export interface StreamId {
  application_id: GenericApplicationId;
  stream_name: StreamName;
}

export type StreamName = Uint8Array;

export type SystemMessage =
  | {
      $: 'Credit';
      target: AccountOwner;
      amount: Amount;
      /** gets the money back when the message bounces */
      source: AccountOwner;
    }
  | { $: 'Withdraw'; owner: AccountOwner; amount: Amount; recipient: Account };

export type SystemOperation =
  | {
      $: 'Transfer';
      /** whose money; AccountOwner::chain() for the chain's balance */
      owner: AccountOwner;
      recipient: Account;
      amount: Amount;
    }
  | {
      $: 'Claim';
      owner: AccountOwner;
      /** the chain that holds the owner's money */
      target_id: ChainId;
      recipient: Account;
      amount: Amount;
    }
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

/** How often a wrong password was tried; the host keeps it beside the vault file. */
export interface Throttle {
  failures: number;
  last_failure: Timestamp;
}

/** Microseconds; the maximum means "never". */
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
  /** none: the fast round never times out */
  fast_round_duration: TimeDelta | null;
  base_timeout: TimeDelta;
  timeout_increment: TimeDelta;
  fallback_duration: TimeDelta;
}

/** Microseconds since 1970. */
export type Timestamp = bigint & Brand<'Timestamp'>;

export interface TrackChain {
  chain_id: ChainId;
  owner: AccountOwner | null;
  allow_fast_blocks: boolean;
}

export type Transaction =
  | { $: 'ReceiveMessages'; value: IncomingBundle }
  | { $: 'ExecuteOperation'; value: Operation };

/** The vault file and what opens it. */
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
  /** The validator's keys, made once from 64 bytes of entropy and kept in its store. */
  | { $: 'Create'; value: Uint8Array }
  /** a pure function, for the host that sets up a network */
  | { $: 'MakeGenesis'; value: GenesisSpec }
  | { $: 'Open'; value: string }
  /** one HTTP request: path's last part, and the body's gRPC-Web frames */
  | { $: 'Request'; request_id: bigint; method: string; body: Uint8Array }
  /** Subscribe */
  | { $: 'OpenStream'; stream_id: bigint; method: string; body: Uint8Array }
  | { $: 'CloseStream'; value: bigint }
  | { $: 'Flushed'; value: bigint }
  | { $: 'FlushFailed'; commit_id: bigint; failure: Failure }
  | { $: 'Loaded'; file: string; ok: boolean }
  | { $: 'HttpResponse'; request_id: bigint; response: Response }
  | { $: 'HttpFailed'; request_id: bigint; why: NoAnswerKind; reason: string };

export interface ValidatorHealth {
  public_key: Secp256k1PublicKey;
  address: string;
  subscribed: boolean;
  /** in a row */
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
  /**
   * grpc_status 0: `body` is the message frame and the trailer frame. Otherwise status and message
   * go into the response's headers and the body is empty.
   */
  | {
      $: 'Respond';
      request_id: bigint;
      grpc_status: number;
      grpc_message: string;
      body: Uint8Array;
    }
  /** gRPC-Web frames */
  | { $: 'StreamData'; stream_id: bigint; bytes: Uint8Array }
  | { $: 'StreamEnd'; stream_id: bigint; grpc_status: number; grpc_message: string }
  | { $: 'WakeAt'; value: Timestamp }
  | { $: 'Flush'; value: bigint }
  | { $: 'Load'; value: string }
  /** Create, MakeGenesis or Open did not work */
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
  /** grpc:host:port or grpcs:host:port */
  network_address: string;
  votes: bigint;
  account_public_key: AccountPublicKey;
}

/** The public side of a key. */
export interface VaultAccount {
  owner: AccountOwner;
  scheme: KeyScheme;
  origin: KeyOrigin;
  label: string;
}

export type VaultAnswer =
  | { $: 'Key'; wrap_key: Secret }
  | { $: 'Parameters'; kdf: KdfParameters }
  | {
      $: 'Opened';
      accounts: VaultAccount[];
      /** send a Tick then */
      lock_at: Timestamp | null;
    }
  /** with id 0 when nobody asked */
  | { $: 'Locked'; reason: LockReason }
  | { $: 'Touched'; lock_at: Timestamp | null }
  /** keep `vault` before telling the person that it is done */
  | { $: 'Sealed'; vault: Uint8Array; accounts: VaultAccount[] }
  | { $: 'Restored'; vault: Uint8Array; accounts: VaultAccount[]; chains: BackupChain[] }
  | { $: 'Backup'; backup: Uint8Array }
  | { $: 'Phrase'; phrase: Secret; passphrase: Secret }
  /** Failed(Outdated) if a later block of the chain was approved before */
  | { $: 'Approved'; block: CryptoHash; summary: BlockSummary }
  | { $: 'Summary'; block: CryptoHash; summary: BlockSummary }
  | { $: 'Unapproved' }
  | { $: 'Remembered' }
  | {
      $: 'Signature';
      signature: AccountSignature;
      /** keep it before the signature goes anywhere */
      fast: FastSigned | null;
    }
  /** 65 bytes of an EVM key, 64 of an Ed25519 key */
  | { $: 'TextSignature'; signature: Uint8Array }
  | { $: 'Owners'; value: AccountOwner[] }
  | {
      $: 'Failed';
      failure: VaultFailure;
      message: string;
      /** to keep, after WrongPassword */
      throttle: Throttle;
      /** after WrongPassword and TooSoon */
      retry_at: Timestamp | null;
    }
  | { $: 'Blinded' };

/**
 * Who asks: the host knows by the port the input came on. The engine may only ask for proposals to
 * be signed.
 */
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
  /** comes back in the answer */
  id: bigint;
  now: Timestamp;
  door: VaultDoor;
  request: VaultRequest;
}

export interface VaultOutput {
  id: bigint;
  answer: VaultAnswer;
}

/** Texts in Secret are UTF-8; phrase and passphrase come checked and in NFKD (@scure/bip39). */
export type VaultRequest =
  /** in a throw-away instance: Key */
  | { $: 'DeriveKey'; password: Secret; kdf: KdfParameters }
  /** which parameters DeriveKey needs for this file: Parameters */
  | { $: 'Inspect'; kind: SealedKind; file: Uint8Array }
  /** Sealed, and unlocked; account 0 of EVM */
  | {
      $: 'Create';
      phrase: Secret;
      passphrase: Secret;
      sealing: Sealing;
      label: string;
      session: VaultSession;
    }
  /** a wallet of one raw key, without a phrase */
  | {
      $: 'CreateFromKey';
      scheme: KeyScheme;
      key: Secret;
      sealing: Sealing;
      label: string;
      session: VaultSession;
    }
  /** Opened */
  | { $: 'Open'; unlocking: Unlocking; session: VaultSession }
  /** Locked; keys and approvals are gone, fast-round records stay */
  | { $: 'Lock' }
  /** the person is there: puts the lock off */
  | { $: 'Touch' }
  /** time has passed: Locked when it is time, else nothing; any door */
  | { $: 'Tick' }
  | { $: 'SetSession'; session: VaultSession }
  /**
   * The next five ask for the password anew and answer Sealed with the file to keep instead. at
   * index, or the next free one
   */
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
  /** another password or stronger parameters */
  | { $: 'Reseal'; unlocking: Unlocking; sealing: Sealing }
  /** a new vault from a backup file: Restored, and unlocked */
  | {
      $: 'OpenBackup';
      backup: Uint8Array;
      backup_key: Secret;
      sealing: Sealing;
      session: VaultSession;
    }
  /** Backup */
  | { $: 'SealBackup'; unlocking: Unlocking; sealing: Sealing; chains: BackupChain[] }
  /** Phrase */
  | { $: 'RevealPhrase'; unlocking: Unlocking }
  /** Owners that the phrase gives from this index on, accounts or not */
  | { $: 'LookAhead'; unlocking: Unlocking; scheme: KeyScheme; from: number; count: number }
  /** the person was shown the effects of this ProposedBlock (BCS): Approved */
  | { $: 'Approve'; network: CryptoHash; block: Uint8Array }
  /** what this ProposedBlock (BCS) would do, before anybody approves: Summary */
  | { $: 'Summarize'; value: Uint8Array }
  /** taken back, or nobody waits for it any more: Unapproved; any door */
  | { $: 'Unapprove'; network: CryptoHash; block: Uint8Array }
  /** at the start, what Signature told to keep: Remembered */
  | { $: 'Remember'; fast_signed: FastSigned[] }
  /** a ProposalContent (BCS) of an approved block: Signature; any door */
  | { $: 'Sign'; owner: AccountOwner; network: CryptoHash; content: Uint8Array }
  /** EIP-4361 text; domain: the page's host, from the browser: TextSignature */
  | { $: 'SignText'; owner: AccountOwner; domain: string; text: string }
  /** 32 bytes drawn at random; before all that has to do with keys: Blinded */
  | { $: 'Blind'; value: Secret };

export interface VaultSession {
  /** of idleness; TimeDelta::max(): never (under Node) */
  lock_after: TimeDelta;
  policy: SigningPolicy;
}

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

/** What a validator's signature covers. */
export type VoteValue = [CryptoHash, Round, CertificateKind];

/**
 * Failed: its messages do not execute. TooLarge: it fits no block, not even alone. NotSupported:
 * this build does not know its messages. TooCostly: its fees are above the cap. Unanswered: it asks
 * somebody outside who did not answer.
 */
export type WaitReason =
  | 'Failed'
  | 'TooLarge'
  | 'NotSupported'
  | 'TooCostly'
  | 'Unanswered';

/** How many bundles of an inbox wait for one reason, those behind them included. */
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
  ApplicationDescription: ApplicationDescription;
  ApplicationId: ApplicationId;
  ApplicationPermissions: ApplicationPermissions;
  AskedHost: AskedHost;
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
  ChainApplication: ChainApplication;
  ChainDescription: ChainDescription;
  ChainExistence: ChainExistence;
  ChainFailure: ChainFailure;
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
  FailureDetail: FailureDetail;
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
  LockedBlock: LockedBlock;
  LockingBlock: LockingBlock;
  Message: Message;
  MessageAction: MessageAction;
  MessageBundle: MessageBundle;
  MessageKind: MessageKind;
  ModuleId: ModuleId;
  MoneyState: MoneyState;
  NetworkDescription: NetworkDescription;
  NoAnswerKind: NoAnswerKind;
  NodeError: NodeError;
  NodeRequest: NodeRequest;
  NodeResponse: NodeResponse;
  NotExecuted: NotExecuted;
  Notification: Notification;
  OpenChainConfig: OpenChainConfig;
  Operation: Operation;
  OperationResult: OperationResult;
  OracleAnswer: OracleAnswer;
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
  SigningPolicy: SigningPolicy;
  StreamEvent: StreamEvent;
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
  TrackChain: TrackChain;
  Transaction: Transaction;
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
  VaultSession: VaultSession;
  VersionInfo: VersionInfo;
  VmRuntime: VmRuntime;
  VoteValue: VoteValue;
  WaitReason: WaitReason;
  WaitingBundles: WaitingBundles;
}
