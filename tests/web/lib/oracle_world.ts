// Mica's side of the oracle: one ClientHost that owns several chains of a network in this process,
// with the keys of several owners, and every block of every chain that anybody has seen.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { toAmount, toBlockHeight } from '@mica/bindings/scalars';
import { chainIdFromText } from '@mica/bindings/text';
import { NodeMount } from '@mica/storage-idb/node';
import {
  ClientHost,
  VaultHost,
  chainIdToText,
  loadNodeModule,
  nodeTransport,
  ownerToText,
  toHex,
  type AccountOwner,
  type Block,
  type ChainSummary,
  type Effects,
  type Operation,
  type SystemOperation,
} from '@mica/bindings/node';
import type { NetworkOptions } from '@mica/devnet/network';
import { inRoot } from '@mica/tools/lib';
import { startNetwork, type AnyNetwork } from './devnet.ts';
import { scratch } from './scratch.ts';
import { check, same } from './steps.ts';

/** Where node.mjs is; MICA_WASM for a copy that no build replaces meanwhile. */
export const wasmFolder = process.env['MICA_WASM'] ?? inRoot('build/wasm');

/** Seeded; the same seed makes the same choices. mulberry32 */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }
  pick<T>(from: readonly T[]): T {
    check(from.length > 0, 'something to choose from');
    return from[this.below(from.length)]!;
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256));
  }
}

export interface SeenBlock {
  hash: string;
  block: Block;
  /** Fast, MultiLeader, SingleLeader, Validator; unknown for blocks that others proposed. */
  round: string;
}

const KEPT_LINES = 30;

/** Made by a single key each; the same for the same index. */
const keyOf = (index: number) => new Uint8Array(32).fill(0x41 + index);

export async function openVaults(count: number): Promise<VaultHost[]> {
  const module = await loadNodeModule(wasmFolder);
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
  const open = (index: number) => VaultHost.create(module, keyOf(index), random).host;
  return Array.from({ length: count }, (_, index) => open(index));
}

interface WorldOptions extends Partial<NetworkOptions> {
  keys: number;
  /** Attos of the first chains, each owned by a key in turn. */
  balances: bigint[];
}

export class World {
  /** Chains that Mica owns, by id in hex; the index of the key that proposes. */
  readonly owned = new Map<string, number>();
  /** All chains that either side has blocks of. */
  readonly blocks = new Map<string, SeenBlock[]>();
  private constructor(
    readonly net: AnyNetwork,
    readonly client: ClientHost,
    readonly owners: AccountOwner[],
    /** The chains it began with. */
    readonly first: string[],
    private readonly folder: string,
    /** The client's last log lines. */
    readonly said: readonly string[],
  ) {}

  /** On a network of our own, whose genesis has the first chains. */
  static async start({ keys, balances, ...network }: WorldOptions): Promise<World> {
    const vaults = await openVaults(keys);
    const chains = balances.map((balance, i) => ({
      owner: vaults[i % keys]!.owner,
      balance: toAmount(balance),
    }));
    const net = await startNetwork({ chains, wasm: wasmFolder, ...network });
    const module = await loadNodeModule(wasmFolder);
    // Before them come the network's own two.
    const first = module.rootChainIds(net.genesisJson).slice(2).map(toHex);
    return World.open(net, vaults, first);
  }

  /** Each of the first chains is owned by a vault in turn. */
  static async open(net: AnyNetwork, vaults: VaultHost[], first: string[]): Promise<World> {
    const module = await loadNodeModule(wasmFolder);
    const { genesisJson } = net;
    const said: string[] = [];
    const folder = scratch('oracle');
    const byOwner = new Map(vaults.map((vault) => [ownerToText(vault.owner), vault]));
    const client = await ClientHost.open({
      module,
      mount: await NodeMount.open(module, '/oracle', folder, { sync: false }),
      genesisHash: module.genesisHash(genesisJson)!,
      transport: nodeTransport(),
      sign: (request) => byOwner.get(ownerToText(request.owner))!.sign(request),
      onNews: (news) => {
        if (news.$ === 'Log') said.push(`${new Date().toISOString()} ${news.value}`);
        if (said.length > KEPT_LINES) said.shift();
      },
      onDeath: (error) => console.error('the client died:', error),
    });
    await client.command({ $: 'OpenNetwork', genesis_json: genesisJson, entropy: 1n });
    const owners = vaults.map(({ owner }) => owner);
    const world = new World(net, client, owners, first, folder, said);
    for (const [i, chain] of first.entries()) await world.own(chain, i % vaults.length);
    return world;
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.net.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** From now on Mica proposes on this chain with that key. */
  async own(chain: string, key: number): Promise<void> {
    await this.#track(chain, this.owners[key]!);
    this.owned.set(chain, key);
  }
  async follow(chain: string): Promise<void> {
    await this.#track(chain, null);
    this.owned.delete(chain);
  }
  async #track(chain: string, owner: AccountOwner | null): Promise<void> {
    const chain_id = chainIdFromText(chain);
    await this.client.command({
      $: 'TrackChain',
      chain_id: chain_id,
      owner,
      allow_fast_blocks: true,
    });
    if (!this.blocks.has(chain)) this.blocks.set(chain, []);
  }

  /** The newest state, after asking the validators; new blocks are taken into `blocks`. */
  async synchronize(chain: string): Promise<ChainSummary> {
    const result = await this.client.command({ $: 'Synchronize', value: chainIdFromText(chain) });
    if (result.$ !== 'Chains') throw new Error(`unexpected ${result.$}`);
    const summary = result.value[0]!;
    await this.#take(chain, Number(summary.next_block_height));
    return summary;
  }

  async summaries(): Promise<Map<string, ChainSummary>> {
    const result = await this.client.command({ $: 'ListChains' });
    if (result.$ !== 'Chains') throw new Error(`unexpected ${result.$}`);
    return new Map(result.value.map((chain) => [chainIdToText(chain.chain_id), chain]));
  }

  /**
   * One block, executed by Mica's client and by each validator; they must agree. Rejects with a
   * ClientError, and nothing was signed, when it cannot be executed.
   */
  async propose(
    chain: string,
    operations: SystemOperation[],
    blobs: Uint8Array[] = [],
    receive = true,
  ): Promise<{ effects: Effects; seen: SeenBlock }> {
    const draft = await this.client.command({
      $: 'PrepareBlock',
      chain_id: chainIdFromText(chain),
      operations: operations.map((value): Operation => ({ $: 'System', value })),
      blobs,
      receive_incoming: receive,
    });
    if (draft.$ !== 'Draft') throw new Error(`unexpected ${draft.$}`);
    const done = await this.client.command({ $: 'CommitDraft', value: draft.draft_id });
    if (done.$ !== 'Committed') throw new Error(`unexpected ${done.$}`);
    const { value: block, round } = done.certificate;
    const hash = toHex(done.block_hash);
    // Another block may have come between; then the draft was executed anew.
    if (draft.effects.block.height === block.header.height) {
      same(
        hash,
        draft.effects.block_hash && toHex(draft.effects.block_hash),
        'the certified and the drafted hash',
      );
    }
    const height = Number(block.header.height);
    await this.#take(chain, height);
    const seen = { hash, block, round: round.$ };
    this.blocks.get(chain)![height] = seen;
    return { effects: draft.effects, seen };
  }

  // Blocks below `next` that others proposed.
  async #take(chain: string, next: number): Promise<void> {
    const blocks = this.blocks.get(chain)!;
    let below = next;
    while (blocks.length < below || blocks[below - 1] === undefined) {
      if (below === 0) return;
      const result = await this.client.command({
        $: 'GetHistory',
        chain_id: chainIdFromText(chain),
        below: toBlockHeight(BigInt(below)),
        limit: Math.max(1, below - blocks.length),
      });
      if (result.$ !== 'History') throw new Error(`unexpected ${result.$}`);
      check(result.value.length > 0, `blocks of ${chain} below ${below}`);
      const known = blocks.length;
      for (const { height, hash, block } of result.value) {
        blocks[Number(height)] ??= { hash: toHex(hash), block, round: 'unknown' };
      }
      below = Math.min(...result.value.map(({ height }) => Number(height)));
      if (below <= known) break;
    }
  }

  get count(): number {
    return [...this.blocks.values()].reduce((sum, { length }) => sum + length, 0);
  }
}

export const account = (chain: string, owner: AccountOwner) => ({
  chain_id: chainIdFromText(chain),
  owner,
});
