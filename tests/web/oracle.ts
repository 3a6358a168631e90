// The published client as the judge of our execution: seeded sequences of operations between
// several chains, each block executed by Mica's client and validators and by the published client.
//   npm run oracle -- --blocks 200 --seed 1 [--upstream]
// --upstream: on upstream's own validators and faucet instead of ours.
// Half or more of the blocks run with the content hash of the state, under testnet prices. Writes
// build/oracle/report.json; ends with "N passed, N failed".
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { amountToText, chainOwner, ownerToText, type ChainSummary } from '@mica/bindings/node';
import { readOptions } from '@mica/tools/lib';
import { ownFolder } from '@mica/tools/turns';
import { judgeForgeries } from './lib/oracle_forge.ts';
import { Judge } from './lib/oracle_judge.ts';
import { drain, drainPublished, everyPath } from './lib/oracle_prelude.ts';
import { Tally } from './lib/oracle_report.ts';
import { Walk, transfer } from './lib/oracle_walk.ts';
import { openUpstreamWorld } from './lib/oracle_upstream.ts';
import { Dice, World } from './lib/oracle_world.ts';
import type { UpstreamOptions } from './lib/upstream.ts';
import { launchChromium, servePublished, type PublishedSite } from './lib/published.ts';
import { Steps, check, same, until } from './lib/steps.ts';

const options = { blocks: 200, seed: 1, upstream: false, forgeries: false };
const { blocks, seed, upstream, forgeries } = readOptions(options);
const steps = new Steps(600_000 + blocks * 2000);
const TOKEN = 10n ** 18n;

type Mode = 'zero' | 'legacy';
interface Scene {
  mode: Mode;
  world: World;
  walk: Walk;
  dice: Dice;
  live: Judge;
  /** Comparisons so far. */
  balances: number;
}

const networks: Record<Mode, UpstreamOptions> = {
  zero: { prices: 'None', stateHash: 'zero' },
  legacy: { prices: 'Testnet', stateHash: 'legacy' },
};

async function openWorld(mode: Mode): Promise<World> {
  const keys = 4;
  const balances = [5000n * TOKEN, 3000n * TOKEN, 2n * TOKEN, 400n * 10n ** 12n, 3n * TOKEN];
  if (upstream) return openUpstreamWorld(keys, balances, networks[mode]);
  return World.start({ keys, balances, ...networks[mode] });
}

/** All chains; every block of each is executed by the judge. */
async function followAll({ world }: Scene, judge: Judge): Promise<void> {
  for (const chain of world.blocks.keys()) {
    await world.synchronize(chain);
    await judge.follow(world, chain);
  }
}

// The published client's own blocks: it executes, Mica's validators must come to the same.
async function publishedActs({ world, walk, live, dice }: Scene): Promise<void> {
  const { client, chain } = live;
  const { chain_balance } = await world.synchronize(chain);
  const action = chain_balance < 3n * TOKEN ? 2 : dice.below(3);
  const donor = action === 1 && (await held(world, live)) >= TOKEN;
  if (action === 2)
    await client.addOwner(`0x${dice.below(256).toString(16).padStart(2, '0').repeat(20)}`);
  else if (donor) await client.transfer({ chainId: dice.pick(walk.targets) }, 1, client.owner);
  else if (action === 1) await client.transfer({ chainId: chain, owner: client.owner }, 1);
  else await client.transfer({ chainId: dice.pick(walk.targets) }, 1);
  await world.synchronize(chain);
  await live.ownBlocks(world);
}

async function held(world: World, judge: Judge): Promise<bigint> {
  const { owner_balances } = (await world.summaries()).get(judge.chain)!;
  return owner_balances.find(([owner]) => ownerToText(owner) === judge.owner)?.[1] ?? 0n;
}

async function randomBlocks(scene: Scene, wanted: number): Promise<void> {
  const { world, walk, dice, live } = scene;
  let idle = 0;
  while (world.count < wanted) {
    const before = world.count;
    const changed = new Set<string>();
    for (let i = 0; i < 3; i += 1) {
      const chain = await walk.step();
      await live.listen(world);
      if (chain) changed.add(chain);
    }
    if (dice.chance(50)) await publishedActs(scene);
    for (const chain of changed) {
      await live.follow(world, chain);
      const summary = await world.synchronize(chain);
      if (await sameBalance(live, chain, summary)) scene.balances += 1;
    }
    idle = world.count === before ? idle + 1 : 0;
    check(idle < 200, 'blocks that can be made');
  }
}

// What both sides say of a chain's money, while nothing is under way to it.
async function sameBalance(judge: Judge, chain: string, summary: ChainSummary): Promise<boolean> {
  if (summary.incoming.length > 0 || summary.closed) return false;
  same(await judge.balance(chain), amountToText(summary.chain_balance), `balance of ${chain}`);
  return true;
}

async function compareBalances({ world, live }: Scene): Promise<number> {
  let compared = 0;
  for (const [chain, summary] of await world.summaries()) {
    if (await sameBalance(live, chain, summary)) compared += 1;
  }
  check(compared >= 5, `balances of 5 chains or more, not ${compared}`);
  return compared;
}

// Neither side makes a block of it.
async function tooMuch({ world, walk, live }: Scene): Promise<void> {
  const chain = world.first[0]!;
  const error = String(await live.client.transfer({ chainId: chain }, 1_000_000).catch(String));
  check(/must not exceed the balance/.test(error), `a refusal by the published client: ${error}`);
  const operations = [transfer(chainOwner, world.first[1]!, chainOwner, 1_000_000n * TOKEN)];
  check(!(await walk.make(chain, { operations, blobs: [] })), 'a refusal by Mica');
}

async function receiveAll({ world, walk }: Scene): Promise<void> {
  for (let pass = 0; pass < 4; pass += 1) {
    for (const chain of world.owned.keys()) {
      const { incoming } = await world.synchronize(chain);
      if (incoming.length > 0) await walk.make(chain, { operations: [], blobs: [] });
    }
  }
}

function countBlocks(tally: Tally, world: World, mode: Mode, judges: Set<string>): void {
  for (const chain of world.blocks.values()) {
    for (const seen of chain) {
      const signer = seen.block.header.authenticated_signer;
      const published = signer && judges.has(ownerToText(signer));
      tally.block(seen);
      tally.add(`proposed by ${published ? 'the published client' : 'Mica'}`);
      tally.add(`state hash: ${mode}`);
    }
  }
}

async function play(mode: Mode, browser: Browser, site: PublishedSite, wanted: number) {
  const step = <T>(name: string, work: () => Promise<T>) => steps.run(`${mode}: ${name}`, work);
  const world = await step('network and wallets', () => openWorld(mode));
  const tally = new Tally();
  try {
    const live = await step('a published client that listens', () =>
      Judge.open(browser, site, world, '51'.repeat(32), true),
    );
    const quiet = await Judge.open(browser, site, world, '52'.repeat(32), false);
    await world.follow(live.chain);
    await live.listen(world);
    const dice = new Dice(seed + (mode === 'zero' ? 0 : 1_000_003));
    const walk = new Walk(world, dice, [live.chain]);
    const scene: Scene = { mode, world, walk, dice, live, balances: 0 };
    await step('every operation and path once', async () => {
      await everyPath(world, walk);
      await publishedActs(scene);
      await followAll(scene, live);
    });
    await step('more than there is: refused by both', () => tooMuch(scene));
    if (mode === 'legacy') {
      await step('a chain and an account drained by fees', async () => {
        await drain(world, walk, world.first[4]!);
        await followAll(scene, live);
      });
      await step("the same on the published client's chain", () =>
        drainPublished(world, walk, quiet),
      );
      await world.follow(quiet.chain);
    }
    await step(`random blocks up to ${wanted}`, () => randomBlocks(scene, wanted));
    await step('everything received, all blocks agreed', async () => {
      await receiveAll(scene);
      await until('the listener to receive', async () => {
        const { incoming } = await world.synchronize(live.chain);
        return incoming.length === 0;
      });
      await followAll(scene, live);
    });
    await step('the same balances', async () => {
      scene.balances += await compareBalances(scene);
    });
    const late = await step('a client that comes late agrees with all blocks', async () => {
      const judge = await Judge.open(browser, site, world, '53'.repeat(32), false);
      await judge.listen(world);
      for (const chain of world.blocks.keys()) await judge.follow(world, chain);
      return judge;
    });
    const judges = new Set([live, quiet, late].map(({ owner }) => owner));
    countBlocks(tally, world, mode, judges);
    tally.add('balances compared', scene.balances);
    tally.add('executed by the published client before anybody voted', live.executedOwn.size);
    if (mode === 'legacy') {
      for (const [path, count] of Object.entries(walk.poor)) tally.add(path, count);
    }
    for (const [code, count] of walk.refused) tally.add(`refused: ${code}`, count);
    return { tally, blocks: world.count };
  } catch (error) {
    console.error(`Mica's client said last:\n${world.said.join('\n')}`);
    throw error;
  } finally {
    await world.close();
  }
}

async function main(): Promise<number> {
  const site = await servePublished();
  const browser = await launchChromium();
  const report: Record<string, unknown> = { blocks, seed };
  try {
    const modes = forgeries ? [] : (['zero', 'legacy'] as const);
    for (const mode of modes) {
      const wanted = Math.ceil(blocks * (mode === 'zero' ? 0.45 : 0.55));
      const played = await play(mode, browser, site, wanted);
      played.tally.print(`${mode}: ${played.blocks} blocks`);
      report[mode] = { blocks: played.blocks, counts: played.tally.counts };
      await steps.run(
        `${mode}: no count is 0`,
        async () => same(played.tally.missing(), [], 'never seen'),
        false,
      );
    }
    // Forged by our own validators.
    if (!upstream) report['forgeries'] = await judgeForgeries(steps, browser, site);
  } catch (error) {
    if (steps.failed === 0) steps.reports.push({ name: 'oracle', ms: 0, ok: false });
    console.error(error instanceof Error ? error.message : error);
  } finally {
    await browser.close();
    await site.close();
  }
  const folder = await ownFolder('oracle');
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report, null, 2));
  return steps.finish();
}

process.exit(await main());
