// Blocks with a deliberately wrong outcome, certified by the validators' true keys: the published
// client must refuse each, so that the judge is known to judge.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { toAmount, toBlockHeight, toChainId, toCryptoHash } from '@mica/bindings/scalars';
import { NodeMount } from '@mica/storage-idb/node';
import type { Browser } from 'playwright-core';
import {
  ValidatorHost,
  chainOwner,
  decode,
  encode,
  loadNodeModule,
  toHex,
  type BlobContent,
  type Block,
  type BlockBody,
  type LiteCertificate,
  type OutgoingMessage,
  type RpcAnswer,
  type SystemOperation,
  type Types,
} from '@mica/bindings/node';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import { singleOwner } from '@mica/devnet/faucet';
import type { Service } from '@mica/devnet/server';
import { Judge } from './oracle_judge.ts';
import { dataBlobId, transfer } from './oracle_walk.ts';
import { World, wasmFolder } from './oracle_world.ts';
import type { PublishedSite } from './published.ts';
import { scratch } from './scratch.ts';
import { Steps, check, same } from './steps.ts';

/** Changes the block in place. `height`: which of the two blocks of the victim chain. */
interface Forgery {
  name: string;
  height: 0 | 1;
  /** What its refusal says. */
  says: RegExp;
  change(block: Block): void;
}

const DIFFERS = /computed block outcome differs/;
const WRONG = toCryptoHash(new Uint8Array(32).fill(0x5a));

const bytes = (text: string) => new TextEncoder().encode(text);
const [MINE, THEIRS, THIRD] = ['published here', 'published elsewhere', 'another'].map(bytes) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

const bodyOf = (change: (body: BlockBody) => void) => (block: Block) => change(block.body);
const messageOf = (change: (message: OutgoingMessage) => void) =>
  bodyOf(({ messages }) => change(messages[0]![0]!));

// Block 0: Transfer to another chain, OpenChain, PublishDataBlob, Transfer on the chain.
// Block 1: Transfer to the other chain again, VerifyBlob of a blob new to this chain.
const forgeries: Forgery[] = [
  {
    name: 'state hash',
    height: 0,
    says: DIFFERS,
    change: ({ header }) => void (header.state_hash = WRONG),
  },
  {
    name: 'message amount',
    height: 0,
    says: DIFFERS,
    change: messageOf((outgoing) => {
      const { message } = outgoing;
      if (message.$ === 'System') (message.value as { amount: bigint }).amount += 1n;
    }),
  },
  {
    name: 'message destination',
    height: 0,
    says: DIFFERS,
    change: messageOf((outgoing) => void (outgoing.destination = toChainId(WRONG))),
  },
  {
    name: 'dropped message',
    height: 0,
    says: DIFFERS,
    change: bodyOf((body) => void (body.messages[0] = [])),
  },
  {
    name: 'message kind',
    height: 0,
    says: DIFFERS,
    change: messageOf((outgoing) => void (outgoing.kind = 'Simple')),
  },
  {
    name: 'blob content',
    height: 0,
    says: DIFFERS,
    change: bodyOf(({ blobs }) => {
      const blob = blobs[1]![0]!;
      const description = decode('ChainDescription', blob.bytes);
      description.config.balance = toAmount(description.config.balance + 1n);
      blob.bytes = encode('ChainDescription', description);
    }),
  },
  {
    name: 'dropped blob',
    height: 0,
    says: DIFFERS,
    change: bodyOf((body) => void (body.blobs[1] = [])),
  },
  {
    name: 'operation result',
    height: 0,
    says: DIFFERS,
    change: bodyOf((body) => void (body.operation_results[0] = Uint8Array.of(1))),
  },
  {
    name: 'event',
    height: 0,
    says: DIFFERS,
    change: bodyOf(({ events }) => {
      const stream_id = {
        application_id: { $: 'System' as const },
        stream_name: Uint8Array.of(0),
      };
      events[0]!.push({ stream_id, index: 0, value: new Uint8Array() });
    }),
  },
  {
    name: 'previous message block dropped',
    height: 1,
    says: DIFFERS,
    change: bodyOf((body) => void (body.previous_message_blocks = [])),
  },
  {
    name: 'previous message block wrong',
    height: 1,
    says: DIFFERS,
    change: bodyOf((body) => void (body.previous_message_blocks[0]![1][0] = WRONG)),
  },
  {
    name: 'previous event block extra',
    height: 0,
    says: DIFFERS,
    change: bodyOf(({ previous_event_blocks }) => {
      const stream = {
        application_id: { $: 'System' as const },
        stream_name: Uint8Array.of(0),
      };
      previous_event_blocks.push([stream, [WRONG, toBlockHeight(0n)]]);
    }),
  },
  {
    name: 'oracle response extra',
    height: 0,
    says: /More recorded oracle responses than expected|Unexpected|differs/,
    change: bodyOf(
      ({ oracle_responses }) => void oracle_responses[0]!.push({ $: 'Round', value: 0 }),
    ),
  },
  {
    name: 'oracle response missing',
    height: 1,
    says: /oracle|differs/i,
    change: bodyOf((body) => void (body.oracle_responses[1] = [])),
  },
  {
    name: 'oracle response wrong',
    height: 1,
    says: /oracle|differs|Blobs not found/i,
    change: bodyOf(({ oracle_responses }) => {
      oracle_responses[1] = [{ $: 'Blob', value: dataBlobId(THIRD) }];
    }),
  },
];

// --- certifying -------------------------------------------------------------------------------

const secretOf = (index: number) => keccak_256(new TextEncoder().encode(`validator ${index}`));

function hashOf<Name extends keyof Types>(tag: string, name: Name, value: Types[Name]) {
  return keccak_256(Buffer.concat([Buffer.from(`${tag}::`), encode(name, value)]));
}

/** The keys go into the folders first: a network started on them finds its validators made. */
async function plantKeys(folder: string, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const module = await loadNodeModule(wasmFolder);
    const name = `validator-${i + 1}`;
    mkdirSync(join(folder, name), { recursive: true });
    const mount = await NodeMount.open(module, `/${name}`, join(folder, name), { sync: false });
    const host = new ValidatorHost({ module, mount });
    const secret = secretOf(i);
    const { publicKey } = await host.create(new Uint8Array([...secret, ...secret]));
    same(toHex(publicKey), toHex(secp256k1.getPublicKey(secret, true)), `key of ${name}`);
    await host.close();
  }
}

/** The certificate of a changed block, signed by three of four. */
function certify(block: Block, like: LiteCertificate): LiteCertificate {
  const value_hash = toCryptoHash(hashOf('Block', 'Block', block));
  const value = { ...like.value, value_hash };
  const vote = hashOf('VoteValue', 'VoteValue', [value_hash, like.round, 'Confirmed']);
  const signatures = [0, 1, 2]
    .map((i): [Uint8Array, Uint8Array] => [
      secp256k1.getPublicKey(secretOf(i), true),
      secp256k1.sign(vote, secretOf(i), { prehash: false }),
    ])
    .sort(([a], [b]) => Buffer.compare(a, b));
  return { ...like, value, signatures };
}

// --- the wire: RawCertificatesBatch { repeated RawCertificate { bytes 1, bytes 2 } } ----------

function* fields(bytes: Uint8Array): Generator<[number, Uint8Array]> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    check((tag & 7) === 2, 'fields of bytes alone');
    const length = varint();
    yield [tag >> 3, bytes.subarray(at, (at += length))];
  }
}

function field(number: number, bytes: Uint8Array): Buffer {
  const length: number[] = [];
  for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
    length.push((rest % 128) + (rest >= 128 ? 128 : 0));
    if (rest < 128) break;
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

/** The answer of DownloadRawCertificatesByHeights with one block changed, if it is among them. */
function forgeAnswer(
  answer: Uint8Array,
  chain: string,
  height: number,
  change: (block: Block) => void,
): Uint8Array {
  const size = new DataView(answer.buffer, answer.byteOffset).getUint32(1);
  const message = answer.subarray(5, 5 + size);
  const forged = Buffer.concat(
    [...fields(message)].map(([, raw]) => {
      const [[, lite], [, confirmed]] = [...fields(raw)] as [
        [number, Uint8Array],
        [number, Uint8Array],
      ];
      const block = decode('Block', confirmed);
      const { chain_id, height: at } = block.header;
      if (toHex(chain_id) !== chain || Number(at) !== height) return field(1, raw);
      change(block);
      const certificate = certify(block, decode('LiteCertificate', lite));
      return field(
        1,
        Buffer.concat([
          field(1, encode('LiteCertificate', certificate)),
          field(2, encode('Block', block)),
        ]),
      );
    }),
  );
  return new Uint8Array(Buffer.concat([frame(0, forged), answer.subarray(5 + size)]));
}

// --- the cases ----------------------------------------------------------------------------------

async function makeVictim(world: World): Promise<string> {
  const [victim, other] = world.first as [string, string];
  const [one, two] = world.owners as [typeof chainOwner, typeof chainOwner];
  const publish = (blob: Uint8Array): SystemOperation => ({
    $: 'PublishDataBlob',
    blob_hash: dataBlobId(blob).hash,
  });
  await world.propose(other, [publish(THEIRS), publish(THIRD)], [THEIRS, THIRD]);
  await world.propose(
    victim,
    [
      transfer(chainOwner, other, two, 10n ** 18n),
      {
        $: 'OpenChain',
        value: {
          ownership: singleOwner(one),
          balance: toAmount(10n ** 18n),
          application_permissions: NO_PERMISSIONS,
        },
      },
      publish(MINE),
      transfer(chainOwner, victim, one, 10n ** 18n),
    ],
    [MINE],
  );
  await world.propose(victim, [
    transfer(chainOwner, other, two, 10n ** 18n),
    { $: 'VerifyBlob', blob_id: dataBlobId(THEIRS) },
  ]);
  return victim;
}

async function withWorld<T>(
  stateHash: 'zero' | 'legacy',
  work: (world: World, forger: Forger) => Promise<T>,
) {
  const forger = new Forger();
  const folder = scratch('forge');
  await plantKeys(folder, 4);
  const world = await World.start({
    keys: 2,
    balances: [100n * 10n ** 18n, 100n * 10n ** 18n],
    folder,
    prices: stateHash === 'zero' ? 'None' : 'Testnet',
    stateHash,
    between: forger.between,
  });
  try {
    return await work(world, forger);
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Change = (block: Block) => void;

/** What the validators say of one chain, while `now` is set. */
class Forger {
  now: { chain: string; height: number; change: Change } | null = null;
  served = 0;
  #blobs = new Map<string, BlobContent>();

  readonly between = (_: number, service: Service): Service => ({
    request: async (method, body) => {
      const answer = await service.request(method, body);
      if (!this.now) return answer;
      if (method === 'DownloadBlob' && answer.status !== 0) return this.#blob(body) ?? answer;
      if (method !== 'DownloadRawCertificatesByHeights' || answer.status !== 0) return answer;
      const { chain, height } = this.now;
      return {
        ...answer,
        body: forgeAnswer(answer.body, chain, height, (block) => this.#on(block)),
      };
    },
    openStream: (method, body, handlers) => service.openStream(method, body, handlers),
  });

  #on(block: Block): void {
    this.now!.change(block);
    this.served += 1;
    for (const blob of block.body.blobs.flat()) {
      this.#blobs.set(toHex(hashOf('BlobContent', 'BlobContent', blob)), blob);
    }
  }

  // BlobId { bytes 1: bincode } to BlobContent { bytes 1: bincode }, for blobs made up here.
  #blob(request: Uint8Array): RpcAnswer | null {
    const text = toHex(request);
    const found = [...this.#blobs].find(([hash]) => text.includes(hash));
    if (!found) return null;
    const head = Buffer.alloc(12);
    head.writeUInt32LE(encode('BlobType', found[1].blob_type)[0]!, 0);
    head.writeBigUInt64LE(BigInt(found[1].bytes.length), 4);
    const message = field(1, Buffer.concat([head, found[1].bytes]));
    const body = Buffer.concat([frame(0, message), frame(0x80, Buffer.from('grpc-status:0\r\n'))]);
    return { status: 0, message: '', body: new Uint8Array(body) };
  }
}

function frame(flag: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head[0] = flag;
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

/** Runs every case; the names of those refused. */
export async function judgeForgeries(
  steps: Steps,
  browser: Browser,
  site: PublishedSite,
): Promise<Record<string, string[]>> {
  const refused: Record<string, string[]> = {};
  for (const mode of ['legacy', 'zero'] as const) {
    refused[mode] = [];
    await withWorld(mode, async (world, forger) => {
      const victim = await makeVictim(world);
      const judged = async (height: number, change: Change) => {
        forger.now = { chain: victim, height, change };
        forger.served = 0;
        const judge = await Judge.open(browser, site, world, '61'.repeat(32), false);
        // It has the blobs that were published there, so that they are not what it lacks.
        const before = await judge.client.probe(world.first[1]!);
        const result = await judge.client.probe(victim);
        await judge.client.page.context().close();
        same(before.error, undefined, 'the other chain');
        check(forger.served > 0, 'that the changed block was served');
        return result;
      };
      await steps.run(`${mode}: signed anew but unchanged, it is accepted`, async () => {
        for (const height of [0, 1]) {
          const { blocks, error } = await judged(height, () => {});
          same([blocks.length, error], [2, undefined], 'both blocks');
        }
      });
      // Under the zero hash the state hash is the only thing that differs.
      for (const { name, height, says, change } of forgeries) {
        if (mode === 'zero' && name !== 'state hash') continue;
        const refuse = async () => {
          const { blocks, error } = await judged(height, change);
          same(blocks.length, height, 'blocks before the wrong one');
          check(says.test(error ?? ''), `a refusal, not ${error ?? 'agreement'}`);
          refused[mode]!.push(name);
        };
        await steps.run(`${mode}: wrong ${name} is refused`, refuse, false);
      }
    });
  }
  return refused;
}
