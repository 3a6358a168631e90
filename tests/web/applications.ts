// Applications end to end: a C++ counter is published and created from the command line, asked and
// changed from there and from a page through the wallet's approval, certified by four validators;
// the published client executes every block of it and comes to the same hashes and balances, to the
// atto, which fuel is a part of.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildGuests } from '@mica/tools/guests';
import { inRoot } from '@mica/tools/lib';
import { CommandLine } from './lib/command_line.ts';
import * as dapp from './lib/dapp.ts';
import { serveBlank } from './lib/blank_site.ts';
import { startNetwork, type TestNetwork } from './lib/devnet.ts';
import { ExtensionBrowser, makeProfile, removeProfile } from './lib/extension.ts';
import { launchChromium, PublishedClient, servePublished } from './lib/published.ts';
import { scratch } from './lib/scratch.ts';
import { check, same, Steps } from './lib/steps.ts';
import * as ui from './lib/wallet_ui.ts';

const steps = new Steps(60_000);
const guest = (name: string) => inRoot('build/guests', `${name}.wasm`);
const JUDGE_KEY = '44'.repeat(32);

interface World {
  net: TestNetwork;
  mica: CommandLine;
  chainId: string;
  applicationId: string;
}

const value = async ({ mica, applicationId }: World): Promise<number> => {
  const text = await mica.run('query', applicationId, '{ value }');
  return (JSON.parse(text) as { data: { value: number } }).data.value;
};

async function fromCommandLine(net: TestNetwork): Promise<World> {
  const mica = await steps.run('the program mica is bundled', () =>
    CommandLine.open(net.faucetUrl),
  );
  const chain = await steps.run('mica chain: claimed', () => mica.run('chain'));
  const moduleId = await steps.run('mica publish', () =>
    mica.run('publish', guest('counter_contract'), guest('counter_service')),
  );
  check(/^[0-9a-f]{130}$/.test(moduleId), `a module id: ${moduleId}`);
  const applicationId = await steps.run('mica create --argument 5', () =>
    mica.run('create', moduleId, '--argument', '5'),
  );
  check(/^[0-9a-f]{64}$/.test(applicationId), `an application id: ${applicationId}`);
  const world = { net, mica, chainId: chain.split(' ')[0]!, applicationId };
  await steps.run('mica query: 5', async () => same(await value(world), 5, 'value'));
  await steps.run('mica mutate: 8', async () => {
    const said = await mica.run('mutate', applicationId, 'mutation { increment(value: 3) }');
    check(/height \d+ {2}block [0-9a-f]{64}$/.test(said), said);
    same(await value(world), 8, 'value');
  });
  return world;
}

async function refusals({ mica, applicationId }: World): Promise<void> {
  await steps.run('a query that is no mutation is not proposed', async () => {
    const said = await mica.refuses('mutate', applicationId, '{ value }');
    check(said.startsWith('NothingToDo'), said);
  });
  await steps.run('an application that nobody knows', async () => {
    const said = await mica.refuses('query', '77'.repeat(32), '{ value }');
    check(said.includes('ApplicationDescription:7777'), said);
  });
  await steps.run('a module that is no WebAssembly is refused before it is sent', async () => {
    const path = join(scratch('bad'), 'bad.wasm');
    writeFileSync(path, 'this is text');
    const moduleId = await mica.run('publish', path, guest('counter_service'));
    const said = await mica.refuses('create', moduleId, '--argument', '5');
    check(said.startsWith('ExecutionFailed'), said);
  });
}

// Every block of the chain, executed by the published client.
async function judged(world: World): Promise<void> {
  const site = await steps.run('the published client is served', servePublished);
  const browser = await launchChromium();
  try {
    const context = await browser.newContext();
    const { faucetUrl } = world.net;
    const open = () => PublishedClient.open({ context, site, faucetUrl, secretKey: JUDGE_KEY });
    const judge = await steps.run('the published client is there', open);
    await steps.run('it executes every block to the same hash and balance', async () => {
      const probed = await judge.probe(world.chainId);
      check(!probed.error, `its own execution agrees: ${probed.error}`);
      const [, tokens] = (await world.mica.run('chain')).split(/\s+/);
      same(await judge.balanceOf(world.chainId), tokens!.replace(/^(\d+)$/, '$1.'), 'balance');
      check(probed.blocks.length >= 3, `${probed.blocks.length} blocks`);
    });
  } finally {
    await browser.close();
    await site.close();
  }
}

interface Receipt {
  operationResults: string[];
  response: string;
}

const question = (query: string) => JSON.stringify({ query });

// The page's chain is the wallet's own: the application's state there begins empty.
async function fromPage({ applicationId }: World, browser: ExtensionBrowser, page: Page) {
  const asks = () =>
    dapp.request(page, 'linera_query', { applicationId, query: question('{ value }') });
  await steps.run('a page asks the application', async () => {
    const { result, error } = await asks();
    same(result, { response: '{"data":{"value":0}}', operations: 0 }, JSON.stringify(error));
  });
  await steps.run('its mutation is shown, approved and certified', async () => {
    const query = question('mutation { increment(value: 2) }');
    const asked = dapp.request(page, 'linera_mutate', { applicationId, query });
    const approval = await browser.approvalPage();
    await ui.readApproval(approval);
    await ui.approve(approval);
    const { result, error } = await asked;
    check(result, JSON.stringify(error));
    const { operationResults, response } = result as Receipt;
    same(operationResults.at(-1), '0200000000000000', 'the new value');
    same(response, '{"data":{"increment":[]}}', 'the answer');
  });
  await steps.run('and asked again the application knows', async () => {
    const { result } = await asks();
    same(result, { response: '{"data":{"value":2}}', operations: 0 }, 'the answer');
  });
  await steps.run('an application that nobody knows is said, and the wallet goes on', async () => {
    const unknown = { applicationId: '77'.repeat(32), query: question('{ value }') };
    const { error } = await dapp.request(page, 'linera_query', unknown);
    same(error?.code, -32603, error?.message ?? 'an answer');
    same((await asks()).error, undefined, 'the next answer');
  });
}

async function inExtension(world: World): Promise<void> {
  const profile = makeProfile('applications');
  const browser = await ExtensionBrowser.open(profile);
  const site = await serveBlank();
  try {
    const wallet = await browser.walletPage();
    await steps.run('a wallet with a chain', async () => {
      await ui.createWallet(wallet, ui.noShot);
      await ui.addNetwork(wallet, 'Applications', world.net.faucetUrl, ui.noShot);
      await ui.claimChain(wallet, 'Everyday', ui.noShot);
    });
    const page = await browser.context.newPage();
    await page.goto(site.url);
    await steps.run('a page connects', async () => {
      const asked = dapp.request(page, 'linera_requestAccounts');
      const window = await browser.approvalPage();
      await ui.screen(window, 'connect');
      await ui.armed(window);
      await ui.approve(window);
      check((await asked).result, 'accounts');
    });
    await fromPage(world, browser, page);
  } finally {
    site.close();
    await browser.close();
    removeProfile(profile);
  }
}

async function main(): Promise<number> {
  await steps.run('guests are compiled', buildGuests);
  const net = await steps.run('four validators, testnet prices, state hashes of the content', () =>
    startNetwork({ prices: 'Testnet', stateHash: 'legacy' }),
  );
  try {
    const world = await fromCommandLine(net);
    await judged(world);
    await refusals(world);
    await inExtension(world);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  } finally {
    await net.close();
  }
  return steps.finish();
}

process.exit(await main());
