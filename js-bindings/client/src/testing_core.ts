// For tests: a client's core whose engine answers what a test says.
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import {
  ClientError,
  toAmount,
  toBlockHeight,
  toChainId,
  toCryptoHash,
  toTimestamp,
  type ClientCommand,
  type ClientResult,
} from '@mica/bindings';
import type { Block, ChainSummary, ConfirmedBlockCertificate, Effects } from '@mica/bindings/types';
import type { ClientCore } from './core.ts';
import type { News } from './news.ts';

const bytes = (count: number, value: number) => new Uint8Array(count).fill(value);
export const id = (value: number): string => value.toString(16).padStart(2, '0').repeat(32);
export const hash = (value: number) => toCryptoHash(bytes(32, value));
const chain = (value: number) => toChainId(bytes(32, value));
export const owner = `0x${'11'.repeat(20)}`;
export const ownerValue = { $: 'Address20', value: bytes(20, 0x11) } as const;

const text = (value: string) => new TextEncoder().encode(value);
/** What the engine's applications schedule. */
export const userOperation = {
  $: 'User',
  application_id: { application_description_hash: hash(0xa9) },
  bytes: bytes(8, 3),
} as const;

export const summary: ChainSummary = {
  chain_id: chain(1),
  owner: ownerValue,
  next_block_height: toBlockHeight(4n),
  block_hash: hash(9),
  timestamp: toTimestamp(5n),
  chain_balance: toAmount(70n),
  owner_balances: [[ownerValue, toAmount(30n)]],
  incoming: [],
  incoming_count: 2,
  incoming_amount: toAmount(6n),
  waiting: [],
  pending_height: null,
  ownership: {
    super_owners: [],
    owners: [],
    multi_leader_rounds: 2,
    open_multi_leader_rounds: false,
    timeout_config: {
      fast_round_duration: null,
      base_timeout: 0n,
      timeout_increment: 0n,
      fallback_duration: 0n,
    },
  },
  application_permissions: NO_PERMISSIONS,
  current_round: { $: 'MultiLeader', value: 0 },
  closed: false,
  synchronized: true,
  epoch_changes: 0,
  new_events: 0,
  not_executed: null,
  locked: null,
};

export const block: Block = {
  header: {
    chain_id: chain(1),
    epoch: 0,
    height: toBlockHeight(4n),
    timestamp: toTimestamp(5n),
    state_hash: hash(2),
    previous_block_hash: hash(9),
    authenticated_signer: ownerValue,
  },
  body: {
    transactions: [],
    messages: [],
    previous_message_blocks: [],
    previous_event_blocks: [],
    oracle_responses: [],
    events: [],
    blobs: [[{ blob_type: 'ApplicationDescription', bytes: text('it') }]],
    operation_results: [text('7'), text('8')],
  },
};
export const certificate: ConfirmedBlockCertificate = {
  value: block,
  round: { $: 'MultiLeader', value: 0 },
  signatures: [],
};
export const effects: Effects = {
  block: {
    chain_id: chain(1),
    epoch: 0,
    transactions: [],
    height: toBlockHeight(4n),
    timestamp: toTimestamp(5n),
    authenticated_signer: ownerValue,
    previous_block_hash: hash(9),
  },
  block_hash: hash(3),
  balances: [{ owner: ownerValue, before: toAmount(30n), after: toAmount(20n) }],
  fees: toAmount(2n),
  messages: [],
  opened_chains: [chain(8)],
  published_blobs: [],
  created_applications: [],
  events: [],
  oracle_answers: [],
  operation_results: [],
};

/** How every command ends well. */
const good: Record<ClientCommand['$'], ClientResult | null> = {
  OpenNetwork: null,
  TrackChain: { $: 'Nothing' },
  ForgetChain: { $: 'Nothing' },
  ListChains: { $: 'Chains', value: [summary] },
  Synchronize: { $: 'Chains', value: [summary] },
  PrepareBlock: { $: 'Draft', draft_id: 7n, effects },
  CommitDraft: { $: 'Committed', certificate, block_hash: hash(3), fees: toAmount(2n) },
  DropDraft: { $: 'Nothing' },
  ReceiveIncoming: { $: 'Committed', certificate, block_hash: hash(3), fees: toAmount(2n) },
  RetryPending: { $: 'Committed', certificate, block_hash: hash(3), fees: toAmount(2n) },
  GetHistory: {
    $: 'History',
    value: [{ height: toBlockHeight(4n), hash: hash(3), state: 'Certified', block }],
  },
  GetCertificate: { $: 'Certificate', value: certificate },
  CheckChain: null,
  GetValidators: {
    $: 'Validators',
    value: [
      { public_key: bytes(33, 2), address: 'a:1', subscribed: true, failures: 0, last_error: '' },
    ],
  },
  PutRecord: null,
  ListRecords: null,
  ShowPending: null,
  ShowLocked: null,
  QueryApplication: { $: 'Answer', response: text('{"data":{}}'), operations: [userOperation] },
  Estimate: { $: 'Estimated', value: effects },
  ReadBlob: { $: 'Blob', value: { blob_type: 'Data', bytes: bytes(3, 1) } },
  GetEvents: { $: 'Events', count: 0, events: [] },
  ListApplications: { $: 'Applications', value: [] },
  TrackChains: {
    $: 'Tracked',
    value: [
      {
        chain_id: chain(9),
        failure: {
          code: 'UnknownChain',
          message: 'none',
          money: 'Untouched',
          detail: { $: 'None' },
        },
      },
    ],
  },
};

export interface TestCore extends ClientCore {
  /** What the engine was asked. */
  commands: ClientCommand[];
  /** The next commands of this kind fail so. */
  fails: Partial<Record<ClientCommand['$'], ClientError>>;
  tell(news: News): void;
  /** Who listens. */
  readonly listening: number;
}

export function testCore(change: Partial<ClientCore> = {}): TestCore {
  const listeners = new Set<(news: News) => void>();
  const core: TestCore = {
    network: { name: 'test', genesisHash: id(0x77) },
    signer: { owner, sign: () => Promise.reject(new Error('nothing is signed here')) },
    faucet: { genesisConfig: async () => '{}', claim: async () => id(1) },
    commands: [],
    fails: {},
    async command(command) {
      core.commands.push(command);
      const failure = core.fails[command.$];
      if (failure) throw failure;
      const answer = good[command.$];
      if (!answer) throw new Error(`no action asks ${command.$}`);
      return answer;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (news) => [...listeners].forEach((listener) => listener(news)),
    get listening() {
      return listeners.size;
    },
    close: async () => undefined,
    ...change,
  };
  return core;
}
