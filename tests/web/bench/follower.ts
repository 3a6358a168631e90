// A process of its own that follows many chains, as a client under Node. chains.ts starts it, sends
// it one Task and is sent a Mark at the end of each phase.
import { readFile } from 'node:fs/promises';
import { ask } from '@mica/bindings/commands';
import {
  ClientHost,
  VaultHost,
  chainIdFromText,
  fromHex,
  nodeTransport,
  toHex,
  type ChainId,
  type ModuleFactory,
  type NodeModule,
  type Transport,
} from '@mica/bindings/node';
import { toAmount } from '@mica/bindings/scalars';
import { NodeMount } from '@mica/storage-idb/node';

export interface Task {
  wasm: string;
  /** Of the store, which may be there from an earlier process. */
  folder: string;
  genesisJson: string;
  /** Of all these chains' owner: 32 bytes in hex. */
  key: string;
  chains: string[];
  /** A chain that nobody follows. */
  sink: string;
  payments: number;
  /** Where validators are reached instead: by the port of their address. */
  ports: Record<string, number>;
}

/** ready: commands are taken; added: all chains are followed; compared: each with a quorum. */
export type Mark =
  /** cpuMs: of this process, since its start. */
  | { phase: 'ready' | 'added' | 'compared'; ms: number; cpuMs: number }
  /** failed: requests without an answer, in all. */
  | { phase: 'paid'; each: number[]; rssMb: number; heapMb: number; failed: number };

const TOKEN = toAmount(10n ** 18n);

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const tell = (mark: Mark) => new Promise<void>((done) => process.send!(mark, () => done()));

/** The module, and its linear memory, which only grows. */
async function load(folder: string): Promise<[NodeModule, WebAssembly.Memory]> {
  const { default: create } = (await import(`${folder}/node.mjs`)) as {
    default: ModuleFactory<NodeModule>;
  };
  const compiled = await WebAssembly.compile(await readFile(`${folder}/node.wasm`));
  let memory: WebAssembly.Memory | undefined;
  const module = await create({
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(compiled, imports);
      const exported = Object.values(instance.exports);
      memory = exported.find((value) => value instanceof WebAssembly.Memory);
      done(instance);
      return {};
    },
  });
  return [module, memory!];
}

/** Of which chains it is known that a quorum has nothing newer. */
class Compared {
  readonly #chains = new Set<string>();
  #enough: (() => void) | null = null;
  #wanted = Infinity;

  add(chain: ChainId): void {
    this.#chains.add(toHex(chain));
    if (this.#chains.size >= this.#wanted) this.#enough?.();
  }

  all(count: number): Promise<void> {
    this.#wanted = count;
    return new Promise((done) => {
      this.#enough = done;
      if (this.#chains.size >= count) done();
    });
  }
}

/** Over other ports, with a count of the requests that failed. */
class Over implements Transport {
  failed = 0;
  readonly #inner = nodeTransport();

  constructor(private readonly ports: Record<string, number>) {}

  async send(url: string, body: Uint8Array, timeoutMs: number) {
    try {
      return await this.#inner.send(this.#moved(url), body, timeoutMs);
    } catch (error) {
      this.failed += 1;
      throw error;
    }
  }

  openStream: Transport['openStream'] = (url, body, handlers) =>
    this.#inner.openStream(this.#moved(url), body, handlers);

  #moved(address: string): string {
    const url = new URL(address);
    url.port = `${this.ports[url.port] ?? url.port}`;
    return url.href;
  }
}

async function pay(client: ClientHost, from: ChainId, to: ChainId): Promise<number> {
  const begun = performance.now();
  const owner = { $: 'Reserved', value: 0 } as const;
  const recipient = { chain_id: to, owner };
  const draft = await ask(client, {
    $: 'PrepareBlock',
    chain_id: from,
    operations: [{ $: 'System', value: { $: 'Transfer', owner, recipient, amount: TOKEN } }],
    blobs: [],
    receive_incoming: false,
  });
  await ask(client, { $: 'CommitDraft', value: draft.draft_id });
  return performance.now() - begun;
}

async function follow(task: Task): Promise<void> {
  const [module, memory] = await load(task.wasm);
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const vault = VaultHost.create(module, fromHex(task.key), random).host;
  const compared = new Compared();
  const transport = new Over(task.ports);
  const begun = performance.now();
  const client = await ClientHost.open({
    module,
    mount: await NodeMount.open(module, '/client', task.folder, { sync: false }),
    genesisHash: module.genesisHash(task.genesisJson)!,
    transport,
    sign: vault.sign,
    onNews(news) {
      if (news.$ === 'ChainChanged' && news.value.synchronized) compared.add(news.value.chain_id);
      if (news.$ === 'Log') console.error(news.value);
    },
    onDeath(error) {
      throw error;
    },
  });
  await ask(client, { $: 'OpenNetwork', genesis_json: task.genesisJson, entropy: 3n });
  await tell({ phase: 'ready', ms: performance.now() - begun, cpuMs: cpuMs() });
  const chains = task.chains.map(chainIdFromText);
  const followed = (await ask(client, { $: 'ListChains' })).value.length;
  if (followed < chains.length) {
    const more = { owner: vault.owner, allow_fast_blocks: false };
    const wanted = chains.map((chain_id) => ({ chain_id, ...more }));
    const { value } = await ask(client, { $: 'TrackChains', value: wanted });
    if (value.length > 0)
      throw new Error(`${value.length} not followed: ${value[0]!.failure.message}`);
    await tell({ phase: 'added', ms: performance.now() - begun, cpuMs: cpuMs() });
  }
  await compared.all(chains.length);
  await tell({ phase: 'compared', ms: performance.now() - begun, cpuMs: cpuMs() });
  const each: number[] = [];
  for (let n = 0; n < task.payments; n += 1) {
    each.push(await pay(client, chains[n % chains.length]!, chainIdFromText(task.sink)));
  }
  const rssMb = process.memoryUsage().rss / 1e6;
  const heapMb = memory.buffer.byteLength / 1e6;
  await tell({ phase: 'paid', each, rssMb, heapMb, failed: transport.failed });
  await client.close();
}

process.once('message', (task) => {
  follow(task as Task).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
