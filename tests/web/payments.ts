// The extension and the published client pay each other ten times each, under the content hash and
// testnet prices; then each has executed all blocks of both chains, and both say the same of them.
//   npm run payments -- [--upstream]     on upstream's own validators and faucet instead of ours
import type { Page } from 'playwright-core';
import { parseTokens } from '@mica/wallet-contract/amounts';
import { readOptions } from '@mica/tools/lib';
import { startNetwork, type Fault, type AnyNetwork, type TestNetwork } from './lib/devnet.ts';
import {
  activityOf,
  call,
  ExtensionBrowser,
  makeProfile,
  removeProfile,
  stateOf,
} from './lib/extension.ts';
import { launchChromium, PublishedClient, servePublished } from './lib/published.ts';
import { check, same, sleep, Steps, until } from './lib/steps.ts';
import { startUpstream } from './lib/upstream.ts';
import * as ui from './lib/wallet_ui.ts';

const PAYMENTS = 10;
const steps = new Steps();

interface World {
  net: AnyNetwork;
  /** A wallet window. */
  page: Page;
  mica: string;
  other: PublishedClient;
  /** Blocks of the published client that paid the wallet. */
  paid: string[];
}

const chainOf = async ({ page, mica }: World, chainId = mica) =>
  (await stateOf(page)).chains.find((chain) => chain.chainId === chainId)!;

/** Received, less sent, without fees, in all blocks of the wallet's chain. */
async function moved({ page, mica }: World): Promise<bigint> {
  const entries = await activityOf(page, mica, 100);
  return entries.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}

const movedIs = (world: World, wanted: bigint) =>
  until(`the wallet has ${wanted} more`, async () => (await moved(world)) === wanted, 30_000);

async function openWallet(browser: ExtensionBrowser, net: AnyNetwork) {
  const page = await browser.walletPage();
  await ui.createWallet(page, ui.noShot);
  await ui.addNetwork(page, 'Payments', net.faucetUrl, ui.noShot);
  return { page, mica: await ui.claimChain(page, 'Everyday', ui.noShot) };
}

async function otherPays(world: World, tokens: number): Promise<void> {
  const before = await moved(world);
  await world.other.transfer({ chainId: world.mica }, tokens);
  world.paid.push((await world.other.executed()).at(-1)!.hash);
  await movedIs(world, before + parseTokens(`${tokens}`)!);
}

/** From the wallet's own window; gives the block's hash. */
async function micaPays(world: World, tokens: string): Promise<string> {
  const { other } = world;
  const blocks = (await other.newBlocks()).length;
  const hash = await ui.send(world.page, other.chainId, tokens, ui.noShot);
  await until('the published client received', async () => {
    return (await other.newBlocks()).length > blocks;
  });
  return hash;
}

/** What both say of one chain, block by block and in attos: the wallet, the published client. */
async function sameChain(world: World, chainId: string): Promise<number> {
  const { page, other } = world;
  const own = chainId === other.chainId;
  const probed = own ? { blocks: await other.newBlocks() } : await other.probe(chainId);
  check(
    !('error' in probed) || !probed.error,
    `its own execution agrees: ${JSON.stringify(probed)}`,
  );
  const theirs = probed.blocks.map(({ height, hash }) => `${height} ${hash}`);
  const ours = await activityOf(page, chainId, 100);
  same(ours.map(({ height, blockHash }) => `${height} ${blockHash}`).reverse(), theirs, 'blocks');
  const balance = own ? await other.balance() : await other.balanceOf(chainId);
  const chain = await chainOf(world, chainId);
  same(BigInt(chain.chainBalance), parseTokens(balance.replace(/\.$/, ''))!, 'balance');
  same(Number(chain.nextBlockHeight), theirs.length, 'height');
  return theirs.length;
}

/** Each validator's certificates come with a bit of their last signature turned. */
const forged: Fault = (method, body) => {
  if (method !== 'DownloadRawCertificatesByHeights') return body;
  const copy = body.slice();
  // A gRPC frame of repeated { bytes lite_certificate = 1; … }; that one ends with a signature.
  const [, certificate] = field(copy, 5);
  const [length, lite] = field(copy, certificate);
  copy[lite + length - 1]! ^= 1;
  return copy;
};

/** Length and place of the content of the protobuf field 1 that begins there. */
function field(bytes: Uint8Array, at: number): [length: number, content: number] {
  same(bytes[at], 0x0a, 'tag');
  let length = 0;
  for (let shift = 0, next = at + 1; ; shift += 7, next += 1) {
    length |= (bytes[next]! & 0x7f) << shift;
    if (bytes[next]! < 0x80) return [length, next + 1];
  }
}

async function refusesForged(world: World, { faults }: TestNetwork): Promise<void> {
  const before = await moved(world);
  faults.fill(forged);
  await world.other.transfer({ chainId: world.mica }, 1);
  await sleep(3000);
  same(await moved(world), before, 'nothing is received on a forged certificate');
  same((await chainOf(world)).incomingCount, 0, 'nor shown as incoming');
  faults.fill('up');
  await movedIs(world, before + parseTokens('1')!);
}

async function scenario(world: World): Promise<void> {
  const { page, other, mica } = world;
  await steps.run(`the published client pays the wallet ${PAYMENTS} times`, async () => {
    for (let n = 1; n <= PAYMENTS; n += 1) await otherPays(world, n % 4 ? 1 : 3);
  });
  const sent: string[] = [];
  await steps.run(`the wallet pays the published client ${PAYMENTS} times`, async () => {
    for (let n = 1; n <= PAYMENTS; n += 1) sent.push(await micaPays(world, `0.${n}5`));
  });
  await steps.run('in turns, without waiting for what is on its way', async () => {
    const before = await moved(world);
    for (let n = 0; n < 3; n += 1) {
      const paying = other.transfer({ chainId: mica }, 2);
      await ui.send(page, other.chainId, '1', ui.noShot);
      await paying;
    }
    await movedIs(world, before + parseTokens('3')!);
  });
  const { net } = world;
  if ('faults' in net) {
    await steps.run('a certificate with a wrong signature moves no money', () =>
      refusesForged(world, net as TestNetwork),
    );
  }
  await steps.run("the wallet keeps the certificate of each of the other's payments", async () => {
    same(new Set(world.paid).size, PAYMENTS, 'blocks that paid');
    for (const blockHash of world.paid) await call(page, 'wallet', 'getCertificate', { blockHash });
  });
  await steps.run("the wallet's chain: heights, hashes and balance are the same", async () => {
    const count = await sameChain(world, mica);
    check(count >= 2 * PAYMENTS, `blocks of ten payments each way, not ${count}`);
    const hashes = new Set((await activityOf(page, mica, 100)).map(({ blockHash }) => blockHash));
    check(
      sent.every((hash) => hashes.has(hash)),
      'what the windows said was sent',
    );
  });
  await steps.run("the published client's chain: the same, executed by the wallet", async () => {
    await call(page, 'wallet', 'trackChain', { chainId: other.chainId, owner: null });
    await until('synchronized', async () => (await chainOf(world, other.chainId)).synchronized);
    const count = await sameChain(world, other.chainId);
    check(count >= 2 * PAYMENTS, `blocks of ten payments each way, not ${count}`);
    const certified = new Map((await other.newBlocks()).map(({ height, hash }) => [height, hash]));
    for (const { height, hash } of await other.executed())
      same(hash, certified.get(height), 'hash');
  });
}

async function main(): Promise<number> {
  const start = readOptions({ upstream: false }).upstream ? startUpstream : startNetwork;
  const net = await start({ stateHash: 'legacy', prices: 'Testnet' });
  const site = await servePublished();
  const profile = makeProfile('payments');
  const extension = await ExtensionBrowser.open(profile);
  const browser = await launchChromium();
  try {
    const wallet = await steps.run('a wallet in the extension', () => openWallet(extension, net));
    const other = await steps.run('the published client', async () => {
      const context = await browser.newContext();
      const secretKey = '77'.repeat(32);
      return PublishedClient.open({ context, site, faucetUrl: net.faucetUrl, secretKey });
    });
    await scenario({ net, ...wallet, other, paid: [] });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  } finally {
    await browser.close();
    await extension.close();
    await site.close();
    await net.close();
    removeProfile(profile);
  }
  return steps.finish();
}

process.exit(await main());
