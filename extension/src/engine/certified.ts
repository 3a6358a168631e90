// What a receipt's certificate says of its block.
import { sha256 } from '@noble/hashes/sha2.js';
import { decode, encode } from '@mica/bindings/codec';
import { fromHex, toHex } from '@mica/bindings/text';
import type { Block, ProposedBlock, SystemOperation } from '@mica/bindings/types';

interface Certified {
  certificate: string;
}

export const certifiedBlock = ({ certificate }: Certified): Block =>
  decode('ConfirmedBlockCertificate', fromHex(certificate)).value;

/** Names a block before its outcome is known; `bytes`: of the ProposedBlock. */
export const proposedDigest = (bytes: Uint8Array): string => toHex(sha256(bytes));

function proposedOf({ header, body }: Block): ProposedBlock {
  const { chain_id, epoch, height, timestamp, authenticated_signer, previous_block_hash } = header;
  const { transactions } = body;
  const named = { chain_id, epoch, transactions, height, timestamp };
  return { ...named, authenticated_signer, previous_block_hash };
}

export const digestOf = (block: Block): string =>
  proposedDigest(encode('ProposedBlock', proposedOf(block)));

/** The first of its operations of this kind. */
export function certifiedOperation<Kind extends SystemOperation['$']>(
  receipt: Certified,
  kind: Kind,
): Extract<SystemOperation, { $: Kind }> {
  for (const { $, value: done } of certifiedBlock(receipt).body.transactions) {
    if ($ !== 'ExecuteOperation' || done.$ !== 'System') continue;
    const { value: operation } = done;
    if (operation.$ === kind) return operation as Extract<SystemOperation, { $: Kind }>;
  }
  throw new Error(`this block has no ${kind}`);
}
