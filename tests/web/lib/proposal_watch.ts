// Sees every proposal and certificate on its way to a validator, and decides what gets through.
import { createHash } from 'node:crypto';
import type { Round } from '@mica/bindings/types';
import { fromHex, toHex } from '@mica/bindings/text';
import type { Service } from '@mica/devnet/server';
import { Bincode } from './bincode.ts';

interface SeenProposal {
  validator: number;
  chainId: string;
  height: bigint;
  round: Round;
  /** Names the ProposedBlock: a hash of its bytes. */
  block: string;
}

/** pass; drop: the validator never gets it; mute: gets it, but its answer is lost. */
export type Verdict = 'pass' | 'drop' | 'mute';
type Gate = (proposal: SeenProposal) => Verdict;

const UNAVAILABLE = { status: 14, message: 'withheld for a test', body: new Uint8Array() };

export class ProposalWatch {
  readonly proposals: SeenProposal[] = [];
  /** The request of the last fast one. */
  lastFast: Uint8Array | null = null;
  /** Chains whose certificates went by, in order. */
  readonly certificates: string[] = [];
  gate: Gate = () => 'pass';
  /** Chains to look for in certificates. */
  readonly chains = new Set<string>();

  wrap(validator: number, service: Service): Service {
    return {
      request: async (method, body) => {
        const verdict = this.#see(validator, method, body);
        if (verdict === 'drop') return UNAVAILABLE;
        const answer = await service.request(method, body);
        return verdict === 'mute' ? new Promise(() => {}) : answer;
      },
      openStream: (method, body, handlers) => service.openStream(method, body, handlers),
    };
  }

  #see(validator: number, method: string, body: Uint8Array): Verdict {
    if (method === 'HandleBlockProposal') {
      const proposal = { validator, ...readProposal(body) };
      this.proposals.push(proposal);
      if (proposal.round.$ === 'Fast') this.lastFast = body.slice();
      return this.gate(proposal);
    }
    if (/^Handle(Lite|Confirmed)Certificate$/.test(method)) {
      const bytes = Buffer.from(body);
      for (const chainId of this.chains) {
        if (bytes.includes(Buffer.from(fromHex(chainId)))) this.certificates.push(chainId);
      }
    }
    return 'pass';
  }

  /** Heights of a chain at which more than one block was proposed in a fast round. */
  fastConflicts(): string[] {
    return this.#conflicts(({ round }) => round.$ === 'Fast');
  }
  /** Rounds in which more than one block was proposed. */
  roundConflicts(): string[] {
    return this.#conflicts(() => true);
  }
  fastHeights(): number {
    const fast = this.proposals.filter(({ round }) => round.$ === 'Fast');
    return new Set(fast.map(({ chainId, height }) => `${chainId}/${height}`)).size;
  }

  #conflicts(which: (proposal: SeenProposal) => boolean): string[] {
    const blocks = new Map<string, Set<string>>();
    for (const proposal of this.proposals.filter(which)) {
      const { chainId, height, round, block } = proposal;
      const text = JSON.stringify(round, (_, v) => (typeof v === 'bigint' ? `${v}` : v));
      const key = `chain ${chainId} height ${height} round ${text}`;
      blocks.set(key, (blocks.get(key) ?? new Set()).add(block));
    }
    return [...blocks].filter(([, set]) => set.size > 1).map(([key]) => key);
  }
}

// gRPC-Web frame of rpc.v1.BlockProposal; field 2 is the ProposalContent.
const contentOf = (body: Uint8Array) => protoField(body.subarray(5), 2);

/** The same request with another block, one microsecond later. */
export function withOtherBlock(body: Uint8Array): Uint8Array {
  const { timestamp } = new Bincode(contentOf(body)).read('ProposedBlock');
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(timestamp);
  const other = Buffer.from(body);
  const at = other.indexOf(bytes);
  if (at < 0) throw new Error('no timestamp in the proposal');
  other.writeBigUInt64LE(timestamp + 1n, at);
  return other;
}

function readProposal(body: Uint8Array): Omit<SeenProposal, 'validator'> {
  const content = contentOf(body);
  const reader = new Bincode(content);
  const block = reader.read('ProposedBlock');
  const hash = createHash('sha256').update(content.subarray(0, reader.offset)).digest('hex');
  const round = reader.read('Round');
  return { chainId: toHex(block.chain_id), height: block.height, round, block: hash };
}

function protoField(message: Uint8Array, wanted: number): Uint8Array {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('protobuf: too short');
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    if ((tag & 7) === 0) varint();
    else {
      const length = varint();
      at += length;
      if (tag >> 3 === wanted) return message.subarray(at - length, at);
    }
  }
  throw new Error(`protobuf: no field ${wanted}`);
}
