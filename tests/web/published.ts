// The published client on our network: everything its API can do with chains and money.
import type { Browser } from 'playwright-core';
import { startNetwork, type TestNetwork } from './lib/devnet.ts';
import { PublishedClient, launchChromium, servePublished } from './lib/published.ts';
import { Steps, check, same, until } from './lib/steps.ts';

const KEYS = ['11', '22', '33'].map((byte) => byte.repeat(32));
const steps = new Steps();

async function scenario(
  net: TestNetwork,
  browser: Browser,
  site: { url: string; close(): Promise<void> },
) {
  const open = async (index: number) => {
    const context = await browser.newContext();
    const { faucetUrl } = net;
    return PublishedClient.open({ context, site, faucetUrl, secretKey: KEYS[index]! });
  };
  const alice = await steps.run('first client: wallet, claim, chain', () => open(0));
  const bob = await steps.run('second client: wallet, claim, chain', () => open(1));
  await steps.run('transfer to another chain', () => alice.transfer({ chainId: bob.chainId }, 3));
  await steps.run('balance of the sender', async () =>
    same(await alice.balance(), '97.', 'balance'),
  );
  await steps.run('the recipient is told and receives by itself', () =>
    until('103', async () => (await bob.shows('103.')) && (await bob.newBlocks()).length > 0),
  );
  await steps.run('transfer to an owner account of the same chain', async () => {
    await alice.transfer({ chainId: alice.chainId, owner: alice.owner }, 10);
    same(await alice.balance(), '87.', 'chain balance');
  });
  await steps.run('transfer from the owner account to another chain', async () => {
    await alice.transfer({ chainId: bob.chainId }, 4, alice.owner);
    same(await alice.balance(), '87.', 'chain balance');
    await until('107', () => bob.shows('107.'));
  });
  await steps.run('too much money is refused', async () => {
    const error = await alice.transfer({ chainId: bob.chainId }, 1000).catch(String);
    check(/must not exceed the balance/.test(String(error)), `a refusal, not ${String(error)}`);
  });
  await steps.run('addOwner', () => alice.addOwner(bob.owner));
  await steps.run('validatorVersionInfo', async () => {
    check(JSON.stringify(await alice.versionInfo()).length > 0, 'an answer');
  });
  for (const fault of ['down', 'hung'] as const) {
    await steps.run(`one validator of four ${fault}`, async () => {
      net.faults[3] = fault;
      await bob.transfer({ chainId: alice.chainId }, 1);
      await alice.transfer({ chainId: bob.chainId }, 1);
      net.faults[3] = 'up';
    });
  }
  await steps.run('the same hashes proposed, executed and certified', async () => {
    const executed = new Map((await alice.executed()).map(({ height, hash }) => [height, hash]));
    const certified = await alice.newBlocks();
    check(certified.length >= 5, `5 blocks or more, not ${certified.length}`);
    for (const { height, hash } of certified) same(executed.get(height), hash, `height ${height}`);
  });
  await steps.run('page reload keeps its state', async () => {
    await alice.close();
    const again = await open(0);
    same(again.chainId, alice.chainId, 'chain id');
    await again.transfer({ chainId: bob.chainId }, 1);
  });
}

async function main(): Promise<number> {
  const net = await steps.run('network of four validators', () => startNetwork());
  const site = await servePublished();
  const browser = await launchChromium();
  try {
    await scenario(net, browser, site);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  } finally {
    await browser.close();
    await site.close();
    await net.close();
  }
  return steps.finish();
}

process.exit(await main());
