// One chain with many blocks, fetched from nothing by a new client in a page, ours and theirs, on
// one network. Its owner has the same key on both sides; blocks are made under Node.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ask } from '@mica/bindings/commands';
import {
  ClientHost,
  VaultHost,
  fromHex,
  loadNodeModule,
  ownerFromText,
  toHex,
  type ChainId,
} from '@mica/bindings/node';
import { toAmount } from '@mica/bindings/scalars';
import { NodeMount } from '@mica/storage-idb/node';
import { startNetwork, type TestNetwork } from '../lib/devnet.ts';
import { launchChromium } from '../lib/published.ts';
import { scratch } from '../lib/scratch.ts';
import { same } from '../lib/steps.ts';
import { directTransport } from './direct.ts';
import { compared, type Row } from './report.ts';
import { whenReady } from './start.ts';
import { wasm, type Site } from './site.ts';

const KEY = 'f6'.repeat(32);
const SINK = `0x${'c3'.repeat(20)}`;
const TOKENS = 10n;
const LIMIT_MS = 20 * 60_000;

/** Each pays one atto to the sink, which nobody follows. */
async function makeBlocks(client: ClientHost, chain_id: ChainId, sink: ChainId, count: number) {
  const owner = { $: 'Reserved', value: 0 } as const;
  const payment = { owner, recipient: { chain_id: sink, owner }, amount: toAmount(1n) };
  for (let n = 1; n <= count; n += 1) {
    const draft = await ask(client, {
      $: 'PrepareBlock',
      chain_id,
      operations: [{ $: 'System', value: { $: 'Transfer', ...payment } }],
      blobs: [],
      receive_incoming: false,
    });
    await ask(client, { $: 'CommitDraft', value: draft.draft_id });
    if (n % 1000 === 0) console.log(`    ${n} blocks made`);
  }
}

/** The chain's id. */
async function makeChain(net: TestNetwork, blocks: number): Promise<string> {
  const module = await loadNodeModule(wasm);
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const vault = VaultHost.create(module, fromHex(KEY), random).host;
  const { faucet } = net.network;
  const { chainId } = await faucet.claim(vault.owner);
  const sink = await faucet.claim(ownerFromText(SINK));
  const folder = join(scratch('history'), 'client');
  mkdirSync(folder);
  const client = await ClientHost.open({
    module,
    mount: await NodeMount.open(module, '/client', folder, { sync: false }),
    genesisHash: module.genesisHash(net.genesisJson)!,
    transport: directTransport(net.network, net.ports.validatorPort),
    sign: vault.sign,
  });
  await ask(client, { $: 'OpenNetwork', genesis_json: net.genesisJson, entropy: 11n });
  const tracked = { chain_id: chainId, owner: vault.owner, allow_fast_blocks: false };
  await ask(client, { $: 'TrackChain', ...tracked });
  await makeBlocks(client, chainId, sink.chainId, blocks);
  await client.close();
  return toHex(chainId);
}

/** Milliseconds from an opened page to the last block. */
async function ofOurs(browser: Browser, site: Site, net: TestNetwork, chain: string, end: number) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.url}/ours`);
  await whenReady(page, 'ours');
  await page.evaluate((key) => globalThis.ours.openVault(key), KEY);
  const ms = await page.evaluate(
    async ([genesis, chain]) => {
      const begun = performance.now();
      await globalThis.ours.openNetwork(genesis);
      await globalThis.ours.track(chain);
      return performance.now() - begun;
    },
    [net.genesisJson, chain] as const,
  );
  const height = await page.evaluate((chain) => globalThis.ours.height(chain), chain);
  same(height, end, 'blocks that arrived');
  await page.context().close();
  return ms;
}

async function ofTheirs(browser: Browser, site: Site, net: TestNetwork, chain: string) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(0);
  await page.goto(`${site.url}/theirs`);
  await whenReady(page, 'theirs');
  const [ms, opened] = await page.evaluate(
    async ([url, key]) => {
      const begun = performance.now();
      const opened = await globalThis.theirs.open(url, key);
      return [performance.now() - begun, opened] as const;
    },
    [net.faucetUrl, KEY] as const,
  );
  same(opened, chain, "the published client's chain");
  return { page, ms };
}

export async function measureHistory(site: Site, blocks: number): Promise<Row[]> {
  const net = await startNetwork({ wasm, claimTokens: TOKENS });
  const browser = await launchChromium();
  try {
    const chain = await makeChain(net, blocks);
    const ours = await ofOurs(browser, site, net, chain, blocks);
    const balance = theirBalance(TOKENS * 10n ** 18n, blocks);
    const { page, ms } = await ofTheirs(browser, site, net, chain);
    const waited = await page.evaluate(
      ([text, limit]) => globalThis.theirs.whenBalance(text, limit),
      [balance, LIMIT_MS] as const,
    );
    const what = `a chain of ${blocks} blocks from nothing`;
    const detail = { theirsOpen: ms };
    return [compared(what, 'ms', ours, ms + waited, 0.2, 'a fifth or less', detail)];
  } finally {
    await browser.close();
    await net.close();
  }
}

/** As it shows amounts. */
function theirBalance(attos: bigint, spent: number): string {
  const left = (attos - BigInt(spent)).toString().padStart(19, '0');
  const fraction = left.slice(-18).replace(/0+$/, '');
  return `${left.slice(0, -18)}.${fraction}`;
}
