// A Client of the tests: one network, chains by hand, transfers that move numbers. It keeps records
// across instances that share a `Disk`, as the real one does across restarts.
import type { ChainExistence } from '@mica/bindings/types';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import { toAmount, toBlockHeight, toCryptoHash, toTimestamp } from '@mica/bindings/scalars';
import type {
  BlobContent,
  Block,
  ChainApplication,
  ChainSummary,
  ClientCommand,
  ClientResult,
  ConfirmedBlockCertificate,
  Effects,
  Failure,
  FailureCode,
  HistoryEntry,
  OracleAnswer,
  StreamEvent,
  Transaction,
} from '@mica/bindings/types';
import { NotAsked, type AskHost, type HostQuestion } from '@mica/bindings/ask_host';
import { textOf } from '@mica/bindings/error_text';
import { ClientError, type ClientNews } from '@mica/bindings/client_host';
import { chainIdFromText, hashFromText, ownerFromText, toHex } from '@mica/bindings/text';
import { untouched } from '@mica/bindings/failures';
import type { Engine } from '../engine/engine.ts';

export const chainA = 'a'.repeat(64);
export const chainB = 'b'.repeat(64);
export const nowhere = 'c'.repeat(64);
export const alice = `0x${'11'.repeat(20)}`;
export const token = 10n ** 18n;

type Draft = Extract<ClientResult, { $: 'Draft' }>;

export interface Disk {
  records: Map<string, Uint8Array>;
  chains: Map<string, ChainSummary>;
  /** By their hash. */
  blocks: Map<string, ConfirmedBlockCertificate>;
  corrupt?: boolean;
  full?: boolean;
  refusesToForget?: boolean;
}
export const newDisk = (): Disk => ({
  records: new Map(),
  chains: new Map(),
  blocks: new Map(),
});

const genesisOf = (network: string) => hash(network === 'test' ? 0x77 : 0x78);
export function clearDisk({ chains, records, blocks }: Disk): void {
  for (const part of [chains, records, blocks]) part.clear();
}

const chainOf = ({ header }: Block) => toHex(header.chain_id);
export const hash = (byte: number) => toCryptoHash(new Uint8Array(32).fill(byte));

export function summary(chainId: string, balance: bigint, owner: string | null): ChainSummary {
  return {
    chain_id: chainIdFromText(chainId),
    owner: owner === null ? null : ownerFromText(owner),
    next_block_height: toBlockHeight(0n),
    block_hash: null,
    timestamp: toTimestamp(0n),
    chain_balance: toAmount(balance),
    owner_balances: [],
    incoming: [],
    incoming_count: 0,
    incoming_amount: toAmount(0n),
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
    current_round: { $: 'Fast' },
    closed: false,
    synchronized: true,
    epoch_changes: 0,
    new_events: 0,
    not_executed: null,
    locked: null,
  };
}

// A description for each application, that names nothing.
const createdBy = (transactions: Transaction[]): BlobContent[] =>
  transactions.flatMap(({ $, value }) => {
    const creates =
      $ === 'ExecuteOperation' && value.$ === 'System' && value.value.$ === 'CreateApplication';
    return creates ? [{ blob_type: 'ApplicationDescription', bytes: hash(0xde) }] : [];
  });

export const certificate = (
  chain: ChainSummary,
  transactions: Transaction[] = [],
): ConfirmedBlockCertificate => ({
  value: {
    header: {
      chain_id: chain.chain_id,
      epoch: 0,
      height: chain.next_block_height,
      timestamp: toTimestamp(0n),
      state_hash: hash(0),
      previous_block_hash: null,
      authenticated_signer: null,
    },
    body: {
      transactions,
      messages: [[]],
      previous_message_blocks: [],
      previous_event_blocks: [],
      oracle_responses: [[]],
      events: [[]],
      blobs: [createdBy(transactions)],
      operation_results: [],
    },
  },
  round: { $: 'Fast' },
  signatures: [],
});

/** Of a block that does nothing: all but the block itself. */
export const noEffects: Omit<Effects, 'block' | 'block_hash'> = {
  balances: [],
  fees: toAmount(0n),
  messages: [],
  opened_chains: [],
  published_blobs: [],
  created_applications: [],
  events: [],
  oracle_answers: [],
  operation_results: [],
};

export class FakeEngine implements Engine {
  readonly commands: ClientCommand[] = [];
  /** What the next command of this kind rejects with. */
  readonly failNext = new Map<string, FailureCode>();
  /** Holds commits back until called. */
  release: (() => void) | null = null;
  holdCommits = false;
  /** Answers nothing until it is closed. */
  hangs = false;
  checkAnswer: ChainExistence | { failure: FailureCode } = 'Exists';
  /** What the next block does besides moving its transfer. */
  effectsNext: Partial<Effects> = {};
  /** Of the last draft. */
  lastEffects: Effects | null = null;
  private drafts = new Map<bigint, { chain: ChainSummary; effects: Effects }>();
  private lastDraft = 0n;

  constructor(
    readonly disk: Disk,
    private readonly onNews: (news: ClientNews) => void,
    private readonly network = 'test',
  ) {}

  /** What it was told of its streams: for how long they may have been silent. */
  readonly replaced: number[] = [];
  online(): void {
    this.replaced.push(0);
  }
  replaceSilentStreams(silentMs: number): void {
    this.replaced.push(silentMs);
  }
  /** As the real one: what runs is let go of, and nobody knows what became of it. */
  async close(): Promise<void> {
    this.closed = true;
    for (const letGo of [...this.running]) letGo();
  }
  private closed = false;
  private readonly running = new Set<() => void>();
  clockAheadMs: number | null = null;
  genesisHashOf(json: string): string | null {
    const { network_name: name } = JSON.parse(json) as { network_name: string };
    return toHex(genesisOf(name));
  }

  onStorageFailure: ((failure: Failure) => void) | null = null;

  async command(command: ClientCommand): Promise<ClientResult> {
    this.commands.push(command);
    if (this.disk.full && (command.$ === 'PutRecord' || command.$ === 'CommitDraft')) {
      const failure = untouched('StorageFull', 'full');
      queueMicrotask(() => this.onStorageFailure?.(failure));
      throw new ClientError(failure.code, failure.message, failure.money);
    }
    const failure = this.failNext.get(command.$);
    if (failure) {
      this.failNext.delete(command.$);
      const money = failure === 'OutcomeUnknown' ? 'Unknown' : 'Untouched';
      throw new ClientError(failure, failure, money);
    }
    const lost = () => new ClientError('Internal', 'the engine was closed', 'Unknown');
    if (this.closed) throw lost();
    return new Promise((resolve, reject) => {
      const letGo = () => reject(lost());
      this.running.add(letGo);
      (this.hangs ? new Promise<ClientResult>(() => undefined) : this.run(command))
        .finally(() => this.running.delete(letGo))
        .then(resolve, reject);
    });
  }

  news(news: ClientNews): void {
    this.onNews(news);
  }
  changed(chain: ChainSummary): void {
    this.disk.chains.set(toHex(chain.chain_id), chain);
    this.onNews({ $: 'ChainChanged', value: chain });
  }
  count(kind: ClientCommand['$']): number {
    return this.commands.filter(({ $ }) => $ === kind).length;
  }

  private async run(command: ClientCommand): Promise<ClientResult> {
    switch (command.$) {
      case 'OpenNetwork':
        return {
          $: 'Network',
          description: { genesis_config_hash: genesisOf(this.network) },
        } as unknown as ClientResult;
      case 'ListChains':
        return { $: 'Chains', value: [...this.disk.chains.values()] };
      case 'GetValidators':
        return { $: 'Validators', value: [] };
      case 'TrackChain':
        return this.track(command);
      case 'TrackChains':
        for (const one of command.value) await this.track(one);
        return { $: 'Tracked', value: [] };
      case 'ForgetChain':
        return this.forget(toHex(command.value));
      case 'Synchronize':
        return { $: 'Chains', value: [this.chain(toHex(command.value))] };
      case 'PutRecord':
        if (command.value.length === 0) this.disk.records.delete(command.key);
        else this.disk.records.set(command.key, command.value);
        return { $: 'Nothing' };
      case 'ListRecords': {
        const all = [...this.disk.records].filter(([key]) => key.startsWith(command.value));
        return { $: 'Records', value: all };
      }
      case 'CheckChain':
        return { $: 'Existence', value: this.existenceOf(toHex(command.value)) };
      case 'GetHistory':
        return this.history(toHex(command.chain_id), command.below, command.limit);
      case 'GetCertificate': {
        const value = this.disk.blocks.get(toHex(command.value));
        if (!value) throw new ClientError('InvalidInput', 'no such block is stored here');
        return { $: 'Certificate', value };
      }
      case 'QueryApplication':
        return this.answer(command);
      case 'PrepareBlock':
        await this.askHosts();
        return this.prepare(command);
      case 'Estimate': {
        await this.askHosts();
        const { draft_id, effects } = this.prepare(command);
        this.drafts.delete(draft_id);
        return { $: 'Estimated', value: effects };
      }
      case 'ListApplications':
        return { $: 'Applications', value: this.applications };
      case 'GetEvents':
        return { $: 'Events', count: this.events.length, events: this.events };
      case 'ReadBlob':
        if (!this.blob) throw new ClientError('NotFound', 'no validator has this blob');
        return { $: 'Blob', value: this.blob };
      case 'ShowLocked':
        return this.showLocked(toHex(command.value));
      case 'ShowPending':
        return this.showPending(toHex(command.value));
      case 'CommitDraft':
        return this.commit(command.value);
      case 'DropDraft':
        this.drafts.delete(command.value);
        return { $: 'Nothing' };
      case 'ReceiveIncoming':
        return this.receive(toHex(command.chain_id));
      default:
        return { $: 'Nothing' };
    }
  }

  /** Of every chain, stream and hash. */
  applications: ChainApplication[] = [];
  events: StreamEvent[] = [];
  blob: BlobContent | null = null;

  /** A chain is fetched when it is over. */
  tracking: Promise<void> | null = null;

  private async track(command: Pick<ChainSummary, 'chain_id' | 'owner'>): Promise<ClientResult> {
    const id = toHex(command.chain_id);
    if (id === nowhere) throw new ClientError('UnknownChain', 'no such chain');
    await this.tracking;
    const chain = this.disk.chains.get(id) ?? summary(id, 10n * token, null);
    this.disk.chains.set(id, { ...chain, owner: command.owner });
    return { $: 'Nothing' };
  }

  private forget(id: string): ClientResult {
    if (this.disk.refusesToForget) throw new ClientError('StorageFailed', 'no');
    this.chain(id);
    this.disk.chains.delete(id);
    return { $: 'Nothing' };
  }

  private chain(id: string): ChainSummary {
    const chain = this.disk.chains.get(id);
    if (!chain) throw new ClientError('UnknownChain', 'no such chain');
    return chain;
  }

  private history(chainId: string, below: bigint | null, limit: number): ClientResult {
    const all = [...this.disk.blocks].map(([id, { value: block }]) => ({
      height: block.header.height,
      hash: hashFromText(id),
      state: 'Delivered' as HistoryEntry['state'],
      block,
    }));
    const here = all.filter(({ block }) => toHex(block.header.chain_id) === chainId);
    const pending =
      below === null ? this.pending.filter(({ block }) => chainOf(block) === chainId) : [];
    const value = [...pending, ...here.filter(({ height }) => below === null || height < below)];
    return { $: 'History', value: value.slice(0, limit) };
  }
  /** Signed and not certified: what ShowPending shows again. */
  readonly pending: HistoryEntry[] = [];

  /** What another owner made, by chain. */
  readonly locked = new Map<string, Transaction[]>();

  private existenceOf(chainId: string): ChainExistence {
    if (typeof this.checkAnswer === 'string') {
      return chainId === nowhere ? 'Unknown' : this.checkAnswer;
    }
    throw new ClientError(this.checkAnswer.failure, 'check');
  }

  private showLocked(chainId: string): ClientResult {
    const transactions = this.locked.get(chainId);
    if (!transactions) throw new ClientError('NothingToDo', 'no block is locked');
    const chain = this.chain(chainId);
    return this.draft(chain, transactions, 0n, chain.next_block_height);
  }

  private showPending(chainId: string): ClientResult {
    const entry = this.pending.find(({ block }) => chainOf(block) === chainId);
    if (!entry) throw new ClientError('NothingToDo', 'no block of this chain is pending');
    const { header, body } = entry.block;
    return this.draft(this.chain(chainId), body.transactions, 0n, header.height);
  }

  /** What services answer, now or later; null: the query itself. */
  service: ((query: string) => string | Promise<string>) | null = null;

  // A mutation schedules itself as an operation.
  private async answer({
    application_id,
    query,
  }: Extract<ClientCommand, { $: 'QueryApplication' }>): Promise<ClientResult> {
    const isMutation = new TextDecoder().decode(query).includes('mutation');
    const operation = { $: 'User', application_id, bytes: query } as const;
    const said = await this.service?.(new TextDecoder().decode(query));
    const response = said === undefined ? query : new TextEncoder().encode(said);
    return { $: 'Answer', response, operations: isMutation ? [operation] : [] };
  }

  /** How it asks hosts; what the next block asks them, one after the other. */
  askHost: AskHost | null = null;
  asksNext: HostQuestion[] = [];

  private async askHosts(): Promise<void> {
    for (const question of this.asksNext.splice(0)) {
      const host = new URL(question.url).hostname;
      const answer = await this.askHost!(question).catch((error: unknown) => {
        const text = `${host} gave no answer: "${textOf(error)}"`;
        const why = error instanceof NotAsked ? error.why : 'Asked';
        throw new ClientError('NoHttpAnswer', text, 'Untouched', { $: 'OfHost', host, why });
      });
      const { method, url } = question;
      const one: OracleAnswer = {
        response: { $: 'Http', value: answer },
        asked: { method, url },
      };
      this.effectsNext.oracle_answers = [...(this.effectsNext.oracle_answers ?? []), one];
    }
  }

  private prepare(command: Extract<ClientCommand, { $: 'PrepareBlock' | 'Estimate' }>): Draft {
    const chain = this.chain(toHex(command.chain_id));
    const operation = command.operations[0];
    const system = operation?.$ === 'System' ? operation.value : null;
    const amount = system?.$ === 'Transfer' ? system.amount : 0n;
    if (amount > chain.chain_balance) throw new ClientError('InsufficientBalance', 'too much');
    const transactions = command.operations.map((value): Transaction => ({
      $: 'ExecuteOperation',
      value,
    }));
    return this.draft(chain, transactions, amount, chain.next_block_height);
  }

  private draft(
    chain: ChainSummary,
    transactions: Transaction[],
    amount: bigint,
    height: bigint,
  ): Draft {
    this.lastDraft += 1n;
    const effects: Effects = {
      ...noEffects,
      block: {
        chain_id: chain.chain_id,
        epoch: 0,
        transactions,
        height: toBlockHeight(height),
        timestamp: toTimestamp(0n),
        authenticated_signer: chain.owner,
        previous_block_hash: chain.block_hash,
      },
      block_hash: hash(Number(chain.next_block_height) + 1),
      balances: [
        {
          owner: { $: 'Reserved', value: 0 },
          before: chain.chain_balance,
          after: toAmount(chain.chain_balance - amount),
        },
      ],
      ...this.effectsNext,
    };
    this.effectsNext = {};
    this.lastEffects = effects;
    this.drafts.set(this.lastDraft, { chain, effects });
    return { $: 'Draft', draft_id: this.lastDraft, effects };
  }

  private async commit(draftId: bigint): Promise<ClientResult> {
    const draft = this.drafts.get(draftId);
    if (!draft) throw new ClientError('DraftGone', 'no such draft');
    if (this.holdCommits) await new Promise<void>((resolve) => (this.release = resolve));
    this.drafts.delete(draftId);
    const { chain, effects } = draft;
    const height = chain.next_block_height;
    const after = effects.balances[0]?.after ?? 0n;
    this.changed({
      ...chain,
      next_block_height: toBlockHeight(height + 1n),
      chain_balance: toAmount(after),
    });
    return {
      $: 'Committed',
      block_hash: effects.block_hash ?? hash(0x77),
      fees: effects.fees,
      certificate: certificate(chain, effects.block.transactions),
    };
  }

  private receive(id: string): ClientResult {
    const chain = this.chain(id);
    if (chain.incoming_count + chain.epoch_changes === 0)
      throw new ClientError('NothingToDo', 'nothing');
    this.changed({
      ...chain,
      incoming: [],
      incoming_count: 0,
      incoming_amount: toAmount(0n),
      epoch_changes: 0,
      chain_balance: toAmount(chain.chain_balance + chain.incoming_amount),
      next_block_height: toBlockHeight(chain.next_block_height + 1n),
    });
    return { $: 'Nothing' };
  }
}
