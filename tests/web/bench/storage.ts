// What a commit, a start and the renderer cost in a large store and in a small one: the real
// engine, a real network of one validator, thousands of blocks made beforehand under Node.
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { toAmount } from '@mica/bindings/scalars';
import { Network, type NetworkOptions } from '@mica/devnet/network';
import {
  ClientHost,
  VaultHost,
  fromHex,
  loadNodeModule,
  toHex,
  type ChainId,
  type ClientResult,
} from '@mica/bindings/node';
import { NodeMount } from '@mica/storage-idb/node';
import { inRoot, sha256 } from '@mica/tools/lib';
import { launchChromium } from '../lib/published.ts';
import { directTransport } from './direct.ts';
import { mean, percentile, type Row } from './report.ts';
import { settledMb, whenReady } from './start.ts';
import { wasm, type Site } from './site.ts';

const KEY = 'd4'.repeat(32);
const PORTS = { validatorPort: 27021, faucetPort: 18481 };
const TOKEN = 10n ** 18n;
const MEASURED = 200;

export interface Size {
  blocks: number;
  chains: number;
}

async function openWorld(folder: string, { chains }: Size) {
  const module = await loadNodeModule(wasm);
  const random = (count: number) => new Uint8Array(randomBytes(count));
  const vault = VaultHost.create(module, fromHex(KEY), random).host;
  const options: NetworkOptions = {
    folder,
    wasm,
    validators: 1,
    ...PORTS,
    prices: 'None',
    stateHash: 'zero',
    claimTokens: 100n,
    chains: Array.from({ length: chains + 1 }, () => ({
      owner: vault.owner,
      balance: toAmount(100_000n * TOKEN),
    })),
    sync: false,
  };
  const network = await Network.start(options);
  // The first two are the network's own; the last one nobody follows.
  const ids = module.rootChainIds(network.genesisJson).slice(2);
  return { module, vault, network, ids, genesisHash: module.genesisHash(network.genesisJson)! };
}
type World = Awaited<ReturnType<typeof openWorld>>;

async function makeBlocks(folder: string, size: Size): Promise<void> {
  const world = await openWorld(folder, size);
  const { module, vault, genesisHash, network } = world;
  const mount = await NodeMount.open(module, '/client', join(folder, 'client'), { sync: false });
  const transport = directTransport(network, PORTS.validatorPort);
  const host = await ClientHost.open({ module, mount, genesisHash, transport, sign: vault.sign });
  await host.command({ $: 'OpenNetwork', genesis_json: network.genesisJson, entropy: 5n });
  const { owner } = vault;
  const begun = performance.now();
  let made = 0;
  const work = async (chain_id: ChainId, blocks: number) => {
    await host.command({ $: 'TrackChain', chain_id, owner, allow_fast_blocks: false });
    await host.command({ $: 'Synchronize', value: chain_id });
    const chain = { $: 'Reserved', value: 0 } as const;
    const transfer = { owner: chain, recipient: { chain_id, owner }, amount: toAmount(TOKEN) };
    for (let n = 0; n < blocks; n += 1) {
      const draft = (await host.command({
        $: 'PrepareBlock',
        chain_id,
        operations: [{ $: 'System', value: { $: 'Transfer', ...transfer } }],
        blobs: [],
        receive_incoming: false,
      })) as Extract<ClientResult, { $: 'Draft' }>;
      await host.command({ $: 'CommitDraft', value: draft.draft_id });
      made += 1;
      if (made % 500 === 0) {
        const each = (performance.now() - begun) / made;
        console.log(`    ${made} blocks, ${each.toFixed(1)} ms each`);
      }
    }
  };
  const waiting = world.ids.slice(0, size.chains);
  const perChain = Math.round(size.blocks / size.chains);
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next, perChain);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  await host.close();
  await network.close();
}

/** A copy of the world with that many blocks, which is made once for each build of the core. */
async function copyWorld(size: Size): Promise<string> {
  const build = sha256(readFileSync(join(wasm, 'node.wasm'))).slice(0, 12);
  const kept = inRoot('build/bench', `world-${size.blocks}-${size.chains}-${build}`);
  if (!existsSync(join(kept, 'made'))) {
    rmSync(kept, { recursive: true, force: true });
    await makeBlocks(kept, size);
    cpSync(join(kept, 'network.json'), join(kept, 'made'));
  }
  const folder = mkdtempSync(join(tmpdir(), 'mica-world-'));
  cpSync(kept, folder, { recursive: true });
  return folder;
}

interface Cost {
  bytesPerCommit: number;
  bytesPerBlock: number;
  p95Ms: number;
  medianMs: number;
  readyMs: number;
  networkMs: number;
  rendererMb: number;
  storeBytes: number;
}

async function open(page: Page, site: Site, world: World): Promise<[number, number]> {
  await page.goto(`${site.url}/ours?genesis=${toHex(world.genesisHash)}`);
  const ready = await whenReady(page, 'ours');
  await page.evaluate((key) => globalThis.ours.openVault(key), KEY);
  const { genesisJson } = world.network;
  return [ready, await page.evaluate((text) => globalThis.ours.openNetwork(text), genesisJson)];
}

/** `files`: the store's; none: a new store that follows the first of the chains. */
async function cost(site: Site, world: World, chains: string[], files: Map<string, Uint8Array>) {
  const browser = await launchChromium();
  const page = await (await browser.newContext()).newPage();
  const genesis = toHex(world.genesisHash);
  await page.goto(`${site.url}/ours?wait&genesis=${genesis}`);
  for (const [name, bytes] of files) site.files.set(`/store/${name}`, ['', bytes]);
  const list = [...files.keys()].map((name): [string, string] => [name, `/store/${name}`]);
  if (list.length > 0) await page.evaluate((list) => globalThis.ours.fill(list), list);
  else {
    await open(page, site, world);
    await page.evaluate((chain) => globalThis.ours.track(chain), chains[0]!);
  }
  for (const name of files.keys()) site.files.delete(`/store/${name}`);
  // A fresh renderer: nothing of the filling is left in it.
  await page.goto('about:blank');
  await page.goto(`${site.url}/blank`);
  const blank = await settledMb(browser, page);
  const [readyMs, networkMs] = await open(page, site, world);
  const rendererMb = (await settledMb(browser, page)) - blank;
  const sink = toHex(world.ids.at(-1)!);
  const pay = (from: string) =>
    page.evaluate(([from, to]) => globalThis.ours.transfer(from, to), [from, sink] as const);
  for (let n = 0; n < 10; n += 1) await pay(chains[n % chains.length]!);
  await page.evaluate(() => globalThis.ours.commits());
  for (let n = 0; n < MEASURED; n += 1) await pay(chains[n % chains.length]!);
  const commits = await page.evaluate(() => globalThis.ours.commits());
  await browser.close();
  const written = commits.map(({ bytes }) => bytes);
  const ms = commits.map((commit) => commit.ms);
  const result: Cost = {
    bytesPerCommit: mean(written),
    bytesPerBlock: (mean(written) * written.length) / MEASURED,
    p95Ms: percentile(ms, 0.95),
    medianMs: percentile(ms, 0.5),
    readyMs,
    networkMs,
    rendererMb,
    storeBytes: [...files.values()].reduce((all, { length }) => all + length, 0),
  };
  return result;
}

function rowsOf(large: Cost, small: Cost, size: Size): Row[] {
  const at = `${size.blocks} blocks, ${size.chains} chains`;
  const against = (what: string, unit: string, key: 'bytesPerCommit' | 'p95Ms'): Row => ({
    what: `${what} at ${at} (small: ${small[key].toFixed(1)} ${unit})`,
    unit,
    ours: large[key],
    theirs: null,
    target: { text: '2 times small or less', reached: large[key] <= 2 * small[key] },
    detail: { large, small, ratio: large[key] / small[key] },
  });
  const reported = (what: string, unit: string, key: keyof Cost): Row => ({
    what: `${what} at ${at} (small: ${small[key].toFixed(1)} ${unit})`,
    unit,
    ours: large[key],
    theirs: null,
    target: null,
  });
  return [
    against('bytes put per commit', 'B', 'bytesPerCommit'),
    against('p95 of a commit', 'ms', 'p95Ms'),
    reported('start to ready', 'ms', 'readyMs'),
    reported('network opened after that', 'ms', 'networkMs'),
    reported('renderer growth after start (PSS)', 'MB', 'rendererMb'),
  ];
}

export async function measureStorage(site: Site, size: Size): Promise<Row[]> {
  const folder = await copyWorld(size);
  const client = join(folder, 'client');
  const files = new Map(
    readdirSync(client)
      .filter((name) => /^(log|idx|seg)-/.test(name))
      .map((name) => [name, new Uint8Array(readFileSync(join(client, name)))]),
  );
  const world = await openWorld(folder, size);
  try {
    const [first, ...others] = world.ids.slice(0, size.chains).map(toHex);
    const small = await cost(site, world, [first!], new Map());
    const large = await cost(site, world, others, files);
    return rowsOf(large, small, size);
  } finally {
    await world.network.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
