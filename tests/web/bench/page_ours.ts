// Mica embedded in a page: engine and vault in the page itself, as the published client has it.
import {
  ClientHost,
  IdbMount,
  VaultHost,
  WebTransport,
  chainIdFromText,
  fromHex,
  instantiate,
  ownerToText,
  storeFolder,
  toHex,
  type ChainSummary,
  type ClientResult,
  type EngineModule,
  type FileChange,
  type ModuleFactory,
  type VaultModule,
} from './package.ts';
import { toAmount, toCryptoHash } from '@mica/bindings/scalars';

// Bytes at IDBObjectStore.put, where they enter the browser.
let put = 0;
const native = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value: { contents?: Uint8Array }, key) {
  put += value.contents?.length ?? 0;
  return native.call(this, value, key);
};

const query = new URLSearchParams(location.search);
/** Names the store; without it a store of its own. */
const genesisHash = fromHex(query.get('genesis') ?? '00'.repeat(32));
const folder = storeFolder(toHex(genesisHash));

let host: ClientHost;
let vault: VaultHost;
const chains = new Map<string, ChainSummary>();
const incoming = { receive: false, busy: false, received: 0 };
const commits: { ms: number; bytes: number }[] = [];

// The time of a commit: from the engine's word to durable, as the engine waits for it.
function watchFlushes(mount: IdbMount): void {
  const flush = mount.flush.bind(mount);
  mount.flush = async (changes: readonly FileChange[]) => {
    const [begun, before] = [performance.now(), put];
    await flush(changes);
    commits.push({ ms: performance.now() - begun, bytes: put - before });
  };
}

async function receive(chainId: ChainSummary['chain_id']): Promise<void> {
  if (incoming.busy) return;
  incoming.busy = true;
  const command = {
    $: 'ReceiveIncoming',
    chain_id: chainId,
    fee_cap: toAmount(10n ** 18n),
  } as const;
  await host.command(command).then(
    () => void (incoming.received += 1),
    () => undefined,
  );
  incoming.busy = false;
  const now = chains.get(toHex(chainId));
  if (now && now.incoming.length > 0) void receive(chainId);
}

const glue = async <Module>(name: string): Promise<ModuleFactory<Module>> => {
  const file = `/${name}.mjs`;
  return ((await import(file)) as { default: ModuleFactory<Module> }).default;
};

let vaultModule: VaultModule;

// The engine takes commands without a vault; that one follows, and the page waits for it to sign.
async function begin(): Promise<void> {
  bench.engineMs = await start();
  vaultModule = await (await glue<VaultModule>('vault'))({});
  bench.ready = performance.now();
}

async function start(): Promise<number> {
  // The memory page has no first line of ours.
  globalThis.engineWasm ??= WebAssembly.compileStreaming(fetch('/engine.wasm'));
  const coming = glue<EngineModule>('engine').then((create) => instantiate(create, engineWasm));
  const mount = await IdbMount.open(coming, folder);
  const module = await coming;
  watchFlushes(mount);
  host = await ClientHost.open({
    module,
    mount,
    genesisHash: toCryptoHash(genesisHash),
    transport: new WebTransport(),
    sign: (request) => vault.sign(request),
    onNews(news) {
      if (news.$ !== 'ChainChanged') return;
      chains.set(toHex(news.value.chain_id), news.value);
      if (incoming.receive && news.value.incoming.length > 0) void receive(news.value.chain_id);
    },
    onDeath: (error) => console.error(error),
  });
  return performance.now();
}

type Result<K extends ClientResult['$']> = Extract<ClientResult, { $: K }>;

export const bench = {
  /** When commands are taken, and when the vault is there too. */
  engineMs: 0,
  ready: 0,
  put: () => put,
  commits: () => commits.splice(0),
  chains: () => chains.size,
  /** The owner of a key of 32 bytes in hex. */
  openVault(key: string): string {
    const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
    vault = VaultHost.create(vaultModule, fromHex(key), random).host;
    return ownerToText(vault.owner);
  },
  /** Milliseconds. */
  async openNetwork(genesisJson: string): Promise<number> {
    const begun = performance.now();
    await host.command({ $: 'OpenNetwork', genesis_json: genesisJson, entropy: 7n });
    return performance.now() - begun;
  },
  async track(chainId: string): Promise<void> {
    const chain_id = chainIdFromText(chainId);
    await host.command({ $: 'TrackChain', chain_id, owner: vault.owner, allow_fast_blocks: false });
    await host.command({ $: 'Synchronize', value: chain_id });
  },
  /** One token; milliseconds until it is certified, and the block's height. */
  async transfer(from: string, to: string): Promise<{ ms: number; height: number }> {
    const begun = performance.now();
    const recipient = {
      chain_id: chainIdFromText(to),
      owner: { $: 'Reserved', value: 0 },
    } as const;
    const draft = (await host.command({
      $: 'PrepareBlock',
      chain_id: chainIdFromText(from),
      operations: [
        {
          $: 'System',
          value: { $: 'Transfer', owner: recipient.owner, recipient, amount: toAmount(10n ** 18n) },
        },
      ],
      blobs: [],
      receive_incoming: false,
    })) as Result<'Draft'>;
    const done = { $: 'CommitDraft', value: draft.draft_id } as const;
    const { certificate } = (await host.command(done)) as Result<'Committed'>;
    return { ms: performance.now() - begun, height: Number(certificate.value.header.height) };
  },
  receiveAll(on: boolean): void {
    incoming.receive = on;
  },
  received: () => incoming.received,
  height: (chainId: string) => Number(chains.get(chainId)?.next_block_height ?? -1n),
  close: () => host.close(),
  /** Puts a store made elsewhere in place of this page's; reload afterwards. */
  async fill(files: [name: string, url: string][]): Promise<void> {
    const opening = indexedDB.open(folder, 21);
    opening.onupgradeneeded = () => {
      const store = opening.result.createObjectStore('FILE_DATA');
      store.createIndex('timestamp', 'timestamp');
    };
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const [name, url] of files) {
      const contents = new Uint8Array(await (await fetch(url)).arrayBuffer());
      const transaction = database.transaction('FILE_DATA', 'readwrite');
      const record = { timestamp: new Date(), mode: 0o100600, contents };
      transaction.objectStore('FILE_DATA').put(record, `${folder}/${name}`);
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
    }
    database.close();
  },
};
declare global {
  // Compiling since the page's first line (site.ts).
  var engineWasm: Promise<WebAssembly.Module>;
  // Lives in the page.
  var ours: typeof bench;
}
globalThis.ours = bench;

if (query.has('wait')) Object.assign(globalThis, { begin });
else void begin();
