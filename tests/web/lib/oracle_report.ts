// What the blocks that both sides agreed on contain, counted from the blocks themselves.
import { ownerToText, toHex, type Block, type Transaction } from '@mica/bindings/node';
import type { SeenBlock } from './oracle_world.ts';

export type Counts = Record<string, number>;

/** Each must be seen at least once, whatever the seed. */
const NEEDED = [
  'operation: Transfer, chain to owner, same chain',
  'operation: Transfer, chain to chain, other chain',
  'operation: Transfer, chain to owner, other chain',
  'operation: Transfer, owner to chain, same chain',
  'operation: Transfer, owner to chain, other chain',
  'operation: Transfer, owner to owner, same chain',
  'operation: Transfer, owner to owner, other chain',
  'operation: Claim, same chain',
  'operation: Claim, other chain',
  'operation: OpenChain',
  'operation: ChangeOwnership',
  'operation: PublishDataBlob',
  'operation: VerifyBlob',
  'message received: Credit',
  'message received: Withdraw',
  'bundle: Accept',
  'bundle: Reject',
  'message sent: Tracked',
  'message sent: Simple',
  'message sent: Bouncing',
  'oracle response: Blob',
  'path: several operations in one block',
  'path: previous message block',
  'round: Fast',
  'round: MultiLeader',
  'round: SingleLeader',
];

export class Tally {
  readonly counts: Counts = Object.fromEntries(NEEDED.map((name) => [name, 0]));

  add(name: string, count = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + count;
  }

  block({ block, round }: SeenBlock): void {
    const { header, body } = block;
    const here = toHex(header.chain_id);
    this.add(`round: ${round}`);
    for (const transaction of body.transactions) this.#transaction(here, transaction);
    if (operations(block) > 1) this.add('path: several operations in one block');
    for (const { kind } of body.messages.flat()) this.add(`message sent: ${kind}`);
    for (const { $ } of body.oracle_responses.flat()) this.add(`oracle response: ${$}`);
    for (const { blob_type } of body.blobs.flat()) this.add(`blob created: ${blob_type}`);
    if (body.previous_message_blocks.length > 0) this.add('path: previous message block');
  }

  #transaction(here: string, transaction: Transaction): void {
    if (transaction.$ === 'ReceiveMessages') {
      this.add(`bundle: ${transaction.value.action}`);
      for (const { message } of transaction.value.bundle.messages) {
        this.add(`message received: ${message.$ === 'System' ? message.value.$ : 'User'}`);
      }
      return;
    }
    const operation = transaction.value;
    if (operation.$ !== 'System') return this.add('operation: User');
    const { value } = operation;
    const at = (chain: Uint8Array) => (toHex(chain) === here ? 'same chain' : 'other chain');
    const of = (owner: Parameters<typeof ownerToText>[0]) =>
      owner.$ === 'Reserved' ? 'chain' : 'owner';
    if (value.$ === 'Transfer') {
      const { chain_id, owner } = value.recipient;
      this.add(`operation: Transfer, ${of(value.owner)} to ${of(owner)}, ${at(chain_id)}`);
    } else if (value.$ === 'Claim') {
      this.add(`operation: Claim, ${at(value.target_id)}`);
    } else {
      this.add(`operation: ${value.$}`);
    }
  }

  /** What was to be seen and was not. */
  missing(): string[] {
    return Object.entries(this.counts)
      .filter(([, count]) => count === 0)
      .map(([name]) => name);
  }

  print(title: string): void {
    console.log(title);
    for (const [name, count] of Object.entries(this.counts).sort()) {
      console.log(`  ${String(count).padStart(6)}  ${name}`);
    }
  }
}

const operations = ({ body }: Block) =>
  body.transactions.filter(({ $ }) => $ === 'ExecuteOperation').length;
