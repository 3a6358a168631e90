// Chains, blocks and drafts as a program reads them: hex texts, amounts in attos.
import {
  encode,
  type Block,
  type BlockState,
  type ChainSummary,
  type ClientResult,
  type ConfirmedBlockCertificate,
  type CryptoHash,
  type Effects,
  type HistoryEntry,
} from '@mica/bindings';
import { ownerToText, toHex } from './texts.ts';

/** One microchain as this client has verified it. Amounts are attos: 10^18 are one token. */
export interface Chain {
  chainId: string;
  /** The owner that this client proposes as; null: it only follows the chain. */
  owner: string | null;
  nextBlockHeight: bigint;
  /** Of the newest block; null: there is none. */
  blockHash: string | null;
  /** Microseconds since 1970. */
  timestamp: bigint;
  /** The chain's own balance. */
  balance: bigint;
  /** Balances of accounts on the chain, by owner. */
  ownerBalances: Record<string, bigint>;
  /** What waits in the inbox: not spendable before a block receives it. */
  incomingAmount: bigint;
  incomingBundles: number;
  /** A block of this height was signed, and has no certificate yet: see `retryPending`. */
  pendingHeight: bigint | null;
  closed: boolean;
  /** As new as a quorum of validators said when last asked. */
  synchronized: boolean;
}

export const chainOf = (summary: ChainSummary): Chain => ({
  chainId: toHex(summary.chain_id),
  owner: summary.owner && ownerToText(summary.owner),
  nextBlockHeight: summary.next_block_height,
  blockHash: summary.block_hash && toHex(summary.block_hash),
  timestamp: summary.timestamp,
  balance: summary.chain_balance,
  ownerBalances: Object.fromEntries(
    summary.owner_balances.map(([owner, amount]) => [ownerToText(owner), amount]),
  ),
  incomingAmount: summary.incoming_amount,
  incomingBundles: summary.incoming_count,
  pendingHeight: summary.pending_height,
  closed: summary.closed,
  synchronized: summary.synchronized,
});

/** A block that was executed here, and is neither signed nor sent. */
export interface Draft extends Estimate {
  id: bigint;
}

/** What executing a block here did. */
export interface Estimate {
  chainId: string;
  height: bigint;
  /** Null where only validators know the state hash. */
  blockHash: string | null;
  /** In attos. */
  fees: bigint;
  balances: { owner: string; before: bigint; after: bigint }[];
  openedChains: string[];
  /** Everything, as the engine has it. */
  effects: Effects;
}

export const draftOf = (id: bigint, effects: Effects): Draft => ({ id, ...estimateOf(effects) });

export const estimateOf = (effects: Effects): Estimate => ({
  chainId: toHex(effects.block.chain_id),
  height: effects.block.height,
  blockHash: effects.block_hash && toHex(effects.block_hash),
  fees: effects.fees,
  balances: effects.balances.map(({ owner, before, after }) => ({
    owner: ownerToText(owner),
    before,
    after,
  })),
  openedChains: effects.opened_chains.map(toHex),
  effects,
});

/** A block that a quorum of validators has confirmed. */
export interface ConfirmedBlock {
  chainId: string;
  height: bigint;
  /** 64 hex digits. */
  blockHash: string;
  certificate: ConfirmedBlockCertificate;
  /** The certificate in BCS: what anybody can verify, and validators take. */
  certificateBytes: Uint8Array;
}

export const confirmedOf = (
  certificate: ConfirmedBlockCertificate,
  hash: CryptoHash,
): ConfirmedBlock => ({
  chainId: toHex(certificate.value.header.chain_id),
  height: certificate.value.header.height,
  blockHash: toHex(hash),
  certificate,
  certificateBytes: encode('ConfirmedBlockCertificate', certificate),
});

export const committedOf = (result: Extract<ClientResult, { $: 'Committed' }>): ConfirmedBlock =>
  confirmedOf(result.certificate, result.block_hash);

/** A block in a chain's history. */
export interface BlockEntry {
  height: bigint;
  hash: string;
  /** Proposed: signed, outcome open. Delivered: its messages have reached their chains. */
  state: BlockState;
  block: Block;
}

export const blockOf = ({ height, hash, state, block }: HistoryEntry): BlockEntry => ({
  height,
  hash: toHex(hash),
  state,
  block,
});
