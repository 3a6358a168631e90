// From the core's values to what windows show: text ids, sentences, nothing to decode.
import type {
  Account,
  Block,
  ChainSummary,
  Effects,
  HistoryEntry,
  Message,
  Operation,
  Transaction,
  ValidatorHealth,
} from '@mica/bindings/types';
import { chainIdToText, ownerToText, toHex } from '@mica/bindings/text';
import { CHAIN_OWNER, shorten } from '@mica/wallet-contract/addresses';
import { formatTokens } from '@mica/wallet-contract/amounts';
import type {
  ActivityEntry,
  ChainState,
  EffectsView,
  ValidatorState,
} from '@mica/wallet-contract/api';

export type ChainCore = Omit<ChainState, 'label' | 'isDefault' | 'busy' | 'failure'>;

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
    waiting: chain.waiting.map(({ reason, bundles }) => ({ reason, count: bundles })),
    nextBlockHeight: chain.next_block_height,
    pendingHeight: chain.pending_height,
    synchronized: chain.synchronized,
    closed: chain.closed,
  };
}

export const validatorState = (health: ValidatorHealth): ValidatorState => ({
  publicKey: toHex(health.public_key),
  address: health.address,
  subscribed: health.subscribed,
  failuresInARow: health.failures,
  lastError: health.last_error,
});

export function accountText(account: Account): string {
  const owner = ownerToText(account.owner);
  const chain = chainIdToText(account.chain_id);
  return owner === CHAIN_OWNER ? chain : `${owner}@${chain}`;
}

const named = (account: Account) => {
  const owner = ownerToText(account.owner);
  const chain = shorten(chainIdToText(account.chain_id));
  return owner === CHAIN_OWNER ? `chain ${chain}` : `${shorten(owner)} on chain ${chain}`;
};

/** Bytes as hex and bigints as decimal text, indented. */
export function toJson(value: unknown): string {
  const plain = (_key: string, part: unknown) => {
    if (part instanceof Uint8Array) return toHex(part);
    return typeof part === 'bigint' ? part.toString() : part;
  };
  return JSON.stringify(value, plain, 2);
}

export function messageText(message: Message): { text: string; amount: bigint | null } {
  if (message.$ === 'User') {
    const application = shorten(toHex(message.application_id.application_description_hash));
    return { text: `a message of application ${application}`, amount: null };
  }
  const system = message.value;
  if (system.$ === 'Credit') {
    const target = ownerToText(system.target);
    const whom = target === CHAIN_OWNER ? 'the chain' : shorten(target);
    return { text: `credit ${formatTokens(system.amount)} to ${whom}`, amount: system.amount };
  }
  const text = `withdraw ${formatTokens(system.amount)} from ${shorten(ownerToText(system.owner))}`;
  return { text: `${text} to ${named(system.recipient)}`, amount: null };
}

export function effectsView(effects: Effects): EffectsView {
  return {
    blockHash: toHex(effects.block_hash),
    height: effects.block.height,
    balances: effects.balances.map(({ owner, before, after }) => ({
      owner: ownerToText(owner),
      before,
      after,
    })),
    fees: effects.fees,
    messages: effects.messages.map(({ destination, message }) => ({
      destination: chainIdToText(destination),
      ...messageText(message),
    })),
    openedChains: effects.opened_chains.map(chainIdToText),
    publishedBlobs: effects.published_blobs.map((blob) => `${blob.blob_type}:${toHex(blob.hash)}`),
    raw: toJson(effects.block),
  };
}

// --- activity -----------------------------------------------------------------------------------

interface Line {
  text: string;
  amount: bigint;
  counterparty: string | null;
}

const line = (text: string, amount = 0n, counterparty: string | null = null): Line => ({
  text,
  amount,
  counterparty,
});

function operationLine(operation: Operation, chainId: string): Line {
  if (operation.$ === 'User') {
    const application = toHex(operation.application_id.application_description_hash);
    return line(`Called application ${shorten(application)}`);
  }
  const system = operation.value;
  switch (system.$) {
    case 'Transfer': {
      const own = chainIdToText(system.recipient.chain_id) === chainId;
      const amount = formatTokens(system.amount);
      if (own) return line(`Moved ${amount} to ${named(system.recipient)}`);
      const to = accountText(system.recipient);
      return line(`Sent ${amount} to ${named(system.recipient)}`, -system.amount, to);
    }
    case 'Claim': {
      const from = shorten(chainIdToText(system.target_id));
      return line(`Claimed ${formatTokens(system.amount)} from chain ${from}`);
    }
    case 'OpenChain':
      return line(
        `Opened a chain with ${formatTokens(system.value.balance)}`,
        -system.value.balance,
      );
    case 'CloseChain':
      return line('Closed the chain');
    case 'ChangeOwnership':
      return line('Changed who owns the chain');
    case 'PublishDataBlob':
      return line('Published a data blob');
    case 'ProcessNewEpoch':
    case 'ProcessRemovedEpoch':
      return line('Took over a change of validators');
    default:
      return line(`Ran ${system.$}`);
  }
}

function receivedLine(transaction: Transaction & { $: 'ReceiveMessages' }): Line {
  const { origin, bundle, action } = transaction.value;
  const from = chainIdToText(origin);
  let amount = 0n;
  for (const { message, kind } of bundle.messages) {
    const accepted = action === 'Accept' || kind === 'Protected';
    if (!accepted || message.$ !== 'System' || message.value.$ !== 'Credit') continue;
    amount += message.value.amount;
  }
  if (action === 'Reject') return line(`Refused messages from chain ${shorten(from)}`, 0n, from);
  const text = amount > 0n ? `Received ${formatTokens(amount)}` : 'Received messages';
  return line(`${text} from chain ${shorten(from)}`, amount, from);
}

function linesOf(block: Block): Line[] {
  const chainId = chainIdToText(block.header.chain_id);
  return block.body.transactions.map((transaction) =>
    transaction.$ === 'ReceiveMessages'
      ? receivedLine(transaction)
      : operationLine(transaction.value, chainId),
  );
}

// The line that matters most speaks for the block: money out, money in, anything.
function headline(lines: Line[]): Line {
  return (
    lines.find(({ amount }) => amount < 0n) ??
    lines.find(({ amount }) => amount > 0n) ??
    lines[0] ??
    line('An empty block')
  );
}

export function activityEntry({ height, hash, state, block }: HistoryEntry): ActivityEntry {
  const lines = linesOf(block);
  const head = headline(lines);
  const amount = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const moved = lines.some(({ text }) => text.startsWith('Moved'));
  const sign = amount < 0n ? 'out' : 'in';
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  return {
    chainId: chainIdToText(block.header.chain_id),
    height,
    blockHash: toHex(hash),
    state: state === 'Proposed' ? 'proposed' : state === 'Certified' ? 'certified' : 'delivered',
    time: Number(block.header.timestamp / 1000n),
    direction: amount !== 0n ? sign : moved ? 'self' : 'none',
    amount,
    sentence: head.text + more,
    details: lines.map(({ text }) => text),
    counterparty: head.counterparty,
  };
}
