// From the core's values to those of the windows' contract: no sentences, which windows make.
import type {
  ApplicationId,
  AskedHost,
  ChainSummary,
  Effects,
  HistoryEntry,
  IncomingBundle,
  NotExecuted,
  Operation,
  OracleAnswer,
  Response as HostAnswer,
  OutgoingMessage,
  StreamId,
  Transaction,
  ValidatorHealth,
} from '@mica/bindings/types';
import { applicationIdToText, chainIdToText, ownerToText, toHex } from '@mica/bindings/text';
import { MAX_SHOWN_URL_CHARS, SHOWN_BODY_BYTES } from '@mica/bindings/limits';
import { accountOf } from '@mica/wallet-contract/addresses';
import type {
  ActivityEntry,
  AnswerLine,
  BlockLine,
  ChainIdText,
  ChainView,
  EffectsView,
  MessageLine,
  ValidatorView,
} from '@mica/wallet-contract/api';
import { cut } from '@mica/wallet-contract/foreign_text';
import { broughtTo, paidFrom, paymentOf } from './money.ts';

export type ChainCore = Omit<ChainView, 'label' | 'isDefault' | 'busy' | 'failure'>;

export function chainCore(chain: ChainSummary): ChainCore {
  return {
    chainId: chainIdToText(chain.chain_id),
    owner: chain.owner && ownerToText(chain.owner),
    chainBalance: chain.chain_balance,
    ownerBalances: chain.owner_balances.map(([owner, balance]) => ({
      owner: ownerToText(owner),
      balance,
    })),
    incomingAmount: chain.incoming_amount,
    incomingCount: chain.incoming_count,
    epochChanges: chain.epoch_changes,
    newEvents: chain.new_events,
    waiting: chain.waiting.map(({ reason, bundles }) => ({ reason, count: bundles })),
    nextBlockHeight: chain.next_block_height,
    pendingHeight: chain.pending_height,
    synchronized: chain.synchronized,
    closed: chain.closed,
    applicationPermissions: chain.application_permissions,
    notExecuted: chain.not_executed && notExecuted(chain.not_executed),
    locked: chain.locked && {
      height: chain.locked.height,
      signer: chain.locked.signer && ownerToText(chain.locked.signer),
      validated: chain.locked.validated,
    },
  };
}

// The core's `certified` is the height after the last one; that block itself is certified.
function notExecuted({ height, reason, certified }: NotExecuted): ChainCore['notExecuted'] {
  const last = certified - 1n;
  return { height, reason, lastCertified: last > height ? last : height };
}

export const validatorState = (health: ValidatorHealth): ValidatorView => ({
  publicKey: toHex(health.public_key),
  address: health.address,
  subscribed: health.subscribed,
  failuresInARow: health.failures,
  lastError: health.last_error,
});

/** Bytes as hex and bigints as decimal text, indented. */
function toJson(value: unknown): string {
  const plain = (_key: string, part: unknown) => {
    if (part instanceof Uint8Array) return toHex(part);
    return typeof part === 'bigint' ? part.toString() : part;
  };
  return JSON.stringify(value, plain, 2);
}

function messageLine({ destination, message }: OutgoingMessage): MessageLine {
  const to = chainIdToText(destination);
  if (message.$ === 'System') return { kind: 'System', destination: to, message: message.value };
  return {
    kind: 'Application',
    destination: to,
    applicationId: applicationIdOf(message),
    messageBytes: message.bytes.length,
  };
}

export function effectsView(effects: Effects): EffectsView {
  return {
    blockHash: effects.block_hash && toHex(effects.block_hash),
    height: effects.block.height,
    balances: effects.balances.map(({ owner, before, after }) => ({
      owner: ownerToText(owner),
      before,
      after,
    })),
    fees: effects.fees,
    messages: effects.messages.map(messageLine),
    openedChains: effects.opened_chains.map(chainIdToText),
    publishedBlobs: effects.published_blobs.map((blob) => `${blob.blob_type}:${toHex(blob.hash)}`),
    createdApplications: effects.created_applications.map(applicationIdToText),
    events: effects.events.map(({ stream_id, value }) => ({
      applicationId: publisherOf(stream_id),
      bytes: value.length,
    })),
    answers: effects.oracle_answers.flatMap(answerLine),
    raw: toJson(effects.block),
  };
}

const publisherOf = ({ application_id: id }: StreamId) =>
  id.$ === 'User' ? applicationIdToText(id.value) : null;

const hostLine = ({ status, body }: HostAnswer, asked: AskedHost | null): AnswerLine => ({
  ...{ kind: 'Http', status },
  asked: asked && { method: asked.method, url: cut(asked.url, MAX_SHOWN_URL_CHARS) },
  ...{ bytes: body.length, start: startOf(body) },
});

/** Null: it is no text. */
function startOf(body: Uint8Array): string | null {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const cut = body.length > SHOWN_BODY_BYTES;
    return decoder.decode(body.subarray(0, SHOWN_BODY_BYTES), { stream: cut });
  } catch {
    return null;
  }
}

// Of blobs, rounds and times there is nothing to say that the block itself does not.
function answerLine({ response, asked }: OracleAnswer): AnswerLine[] {
  switch (response.$) {
    case 'Http':
      return [hostLine(response.value, asked)];
    case 'Service':
      return [{ kind: 'Service', bytes: response.value.length }];
    case 'Event': {
      const [{ stream_id }, value] = response.value;
      return [{ kind: 'Event', applicationId: publisherOf(stream_id), bytes: value.length }];
    }
    case 'Blob':
    case 'Assert':
    case 'Round':
    case 'EventExists':
      return [];
  }
}

export const blockStates = {
  Proposed: 'proposed',
  Certified: 'certified',
  Delivered: 'delivered',
} as const;

// --- what a block did ----------------------------------------------------------------------------

const applicationIdOf = ({ application_id }: { application_id: ApplicationId }) =>
  applicationIdToText(application_id);

export function operationLine(operation: Operation): BlockLine {
  if (operation.$ === 'System') return { kind: 'System', operation: operation.value };
  return {
    kind: 'Application',
    applicationId: applicationIdOf(operation),
    operationBytes: operation.bytes.length,
  };
}

function receivedLine({ origin, bundle, action }: IncomingBundle, chainId: ChainIdText): BlockLine {
  let amount = 0n;
  for (const { message, kind } of bundle.messages) {
    const accepted = action === 'Accept' || kind === 'Protected';
    if (accepted && message.$ === 'System') amount += broughtTo(chainId, message.value);
  }
  const messages = bundle.messages.length;
  return { kind: 'Received', origin: chainIdToText(origin), action, amount, messages };
}

/** Of a block of this chain, in the block's order. */
export const blockLines = (
  transactions: readonly Transaction[],
  chainId: ChainIdText,
): BlockLine[] =>
  transactions.map((transaction) =>
    transaction.$ === 'ReceiveMessages'
      ? receivedLine(transaction.value, chainId)
      : operationLine(transaction.value),
  );

/** What a line brings to the chain or takes from it, and who is at the other end. */
interface Flow {
  line: BlockLine;
  amount: bigint;
  counterparty: string | null;
  /** Money that stays on the chain. */
  within: boolean;
}

function flowOf(line: BlockLine, chainId: ChainIdText): Flow {
  const none = { line, amount: 0n, counterparty: null, within: false };
  if (line.kind === 'Received') return { ...none, amount: line.amount, counterparty: line.origin };
  const payment = line.kind === 'System' ? paymentOf(line.operation) : null;
  if (!payment) return none;
  const { recipient } = payment;
  const amount = -paidFrom(chainId, payment);
  if (amount === 0n) return { ...none, within: recipient?.chainId === chainId };
  return { ...none, amount, counterparty: recipient && accountOf(recipient) };
}

// The line that matters most comes first: money out, money in, anything.
function inOrder(flows: Flow[]): Flow[] {
  const head = flows.find(({ amount }) => amount < 0n) ?? flows.find(({ amount }) => amount > 0n);
  return head ? [head, ...flows.filter((one) => one !== head)] : flows;
}

export function activityEntry({ height, hash, state, block }: HistoryEntry): ActivityEntry {
  const chainId = chainIdToText(block.header.chain_id);
  const lines = blockLines(block.body.transactions, chainId);
  const flows = inOrder(lines.map((line) => flowOf(line, chainId)));
  const amount = flows.reduce((sum, flow) => sum + flow.amount, 0n);
  const sign = amount < 0n ? 'out' : 'in';
  return {
    chainId,
    height,
    blockHash: toHex(hash),
    state: blockStates[state],
    time: Number(block.header.timestamp / 1000n),
    direction: amount !== 0n ? sign : flows.some(({ within }) => within) ? 'self' : 'none',
    amount,
    lines: flows.map(({ line }) => line),
    counterparty: flows[0]?.counterparty ?? null,
  };
}
