// Confirmed transfers and what receiving one asks of the validators, both clients on one network.
import type { Browser, Page } from 'playwright-core';
import { ownerFromText, toHex } from '@mica/bindings';
import type { TestNetwork } from '../lib/devnet.ts';
import { sleep, until } from '../lib/steps.ts';
import { compared, mean, median, percentile, sum, type Row } from './report.ts';
import { whenReady } from './start.ts';
import type { Site } from './site.ts';

export interface Pair {
  ours: Page;
  theirs: Page;
  oursChain: string;
  theirsChain: string;
  /** A chain that nobody follows. */
  sink: string;
  /** POSTs to validators so far, by page. */
  posts: { ours: Map<string, number>; theirs: Map<string, number> };
  close(): Promise<void>;
}

const KEYS = { ours: 'a1'.repeat(32), theirs: 'b2'.repeat(32) };
const SINK = `0x${'c3'.repeat(20)}`;

function countPosts(page: Page, faucetUrl: string): Map<string, number> {
  const posts = new Map<string, number>();
  page.on('request', (request) => {
    if (request.method() !== 'POST' || request.url().startsWith(faucetUrl)) return;
    const method = new URL(request.url()).pathname.split('/').at(-1)!;
    posts.set(method, (posts.get(method) ?? 0) + 1);
  });
  return posts;
}

export async function openPair(browser: Browser, site: Site, net: TestNetwork): Promise<Pair> {
  const contexts = [await browser.newContext(), await browser.newContext()] as const;
  const [ours, theirs] = [await contexts[0].newPage(), await contexts[1].newPage()];
  const posts = {
    ours: countPosts(ours, net.faucetUrl),
    theirs: countPosts(theirs, net.faucetUrl),
  };
  const { faucet, genesisJson } = net.network;
  const claim = async (owner: string) => toHex((await faucet.claim(ownerFromText(owner))).chainId);
  const sink = await claim(SINK);
  await ours.goto(`${site.url}/ours`);
  await whenReady(ours, 'ours');
  const owner = await ours.evaluate((key) => globalThis.ours.openVault(key), KEYS.ours);
  const oursChain = await claim(owner);
  await ours.evaluate((genesis) => globalThis.ours.openNetwork(genesis), genesisJson);
  await ours.evaluate((chain) => globalThis.ours.track(chain), oursChain);
  await theirs.goto(`${site.url}/theirs`);
  await whenReady(theirs, 'theirs');
  const theirsChain = await theirs.evaluate(
    ([url, key]) => globalThis.theirs.open(url!, key!),
    [net.faucetUrl, KEYS.theirs],
  );
  return {
    ours,
    theirs,
    oursChain,
    theirsChain,
    sink,
    posts,
    close: async () => void (await Promise.all(contexts.map((context) => context.close()))),
  };
}

const oneOfOurs = ({ ours, oursChain }: Pair, to: string) =>
  ours.evaluate(async ([from, to]) => (await globalThis.ours.transfer(from, to)).ms, [
    oursChain,
    to,
  ] as const);
const oneOfTheirs = ({ theirs }: Pair, to: string) =>
  theirs.evaluate((to) => globalThis.theirs.transfer(to), to);

/** In turns of ten, so that both meet the same weather. */
export async function measureTransfers(pair: Pair, count: number): Promise<Row> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  const bytes = { ours: 0, theirs: 0 };
  const requests = { ours: 0, theirs: 0 };
  const sides = { ours: oneOfOurs, theirs: oneOfTheirs };
  const putOf = {
    ours: () => pair.ours.evaluate(() => globalThis.ours.put()),
    theirs: () => pair.theirs.evaluate(() => globalThis.theirs.put()),
  };
  for (let turn = -1; turn < count / 10; turn += 1) {
    for (const side of ['ours', 'theirs'] as const) {
      const before = await putOf[side]();
      const posts = sum([...pair.posts[side].values()]);
      const turned: number[] = [];
      for (let n = 0; n < 10; n += 1) turned.push(await sides[side](pair, pair.sink));
      await sleep(300);
      if (turn < 0) continue;
      times[side].push(...turned);
      bytes[side] += (await putOf[side]()) - before;
      requests[side] += sum([...pair.posts[side].values()]) - posts;
    }
  }
  const detail = Object.fromEntries(
    (['ours', 'theirs'] as const).map((side) => [
      side,
      {
        meanMs: mean(times[side]),
        p95Ms: percentile(times[side], 0.95),
        requestsPerTransfer: requests[side] / count,
        bytesPutPerTransfer: bytes[side] / count,
      },
    ]),
  );
  const [ours, theirs] = [median(times.ours), median(times.theirs)];
  const what = `confirmed transfer, 4 validators, median of ${count}`;
  return compared(what, 'ms', ours, theirs, 0.5, 'half or less', detail);
}

/** Each pays the other one at a time; only the recipient's requests are counted. */
export async function measureIncoming(pair: Pair, count: number): Promise<Row> {
  await pair.ours.evaluate(() => globalThis.ours.receiveAll(true));
  const perValidator = { ours: [] as number[], theirs: [] as number[] };
  const methods: Record<string, Record<string, number>> = {};
  for (const side of ['ours', 'theirs'] as const) {
    const received = () =>
      side === 'ours'
        ? pair.ours.evaluate(() => globalThis.ours.received())
        : pair.theirs.evaluate(() => globalThis.theirs.received());
    const posts = pair.posts[side];
    const start = new Map(posts);
    for (let n = 0; n < count; n += 1) {
      const [had, before] = [await received(), sum([...posts.values()])];
      if (side === 'ours') await oneOfTheirs(pair, pair.oursChain);
      else await oneOfOurs(pair, pair.theirsChain);
      await until('the transfer is received', async () => (await received()) > had);
      // What it still has to tell the validators.
      await sleep(1000);
      perValidator[side].push((sum([...posts.values()]) - before) / 4);
    }
    const made = [...posts].map(([name, n]) => [name, (n - (start.get(name) ?? 0)) / count / 4]);
    methods[side] = Object.fromEntries(made.filter(([, n]) => n !== 0));
  }
  const [ours, theirs] = [mean(perValidator.ours), mean(perValidator.theirs)];
  return {
    what: 'requests per validator, one incoming transfer',
    unit: '',
    ours,
    theirs,
    target: { text: '4 or fewer', reached: ours <= 4 },
    detail: { perValidator, methods },
  };
}
