// npm run bench: what Mica costs, beside the published client on the same network in the same run.
//   npm run bench -- [--only size,start,transfers,storage,verify,provider,
//                    history,chains]
//                    [--blocks 10000] [--chains 1000]   (of the large store)
//                    [--chain-counts 3,50,500,5000] [--slow-chains 500]   (that are followed)
//                    [--history-blocks 10000]           (of one chain)
// Writes build/bench/report.json and prints a table; docs/benchmarks.md tells the method.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { inRoot, readOptions } from '@mica/tools/lib';
import { startNetwork } from './lib/devnet.ts';
import { launchChromium } from './lib/published.ts';
import { measureChains } from './bench/chains.ts';
import { measureExtension } from './bench/extension.ts';
import { measureHistory } from './bench/history.ts';
import { measureProvider } from './bench/provider.ts';
import { sum, table, compared, type Row } from './bench/report.ts';
import { brotliSizes, oursLoads, serveSite, theirsLoads, wasm, type Site } from './bench/site.ts';
import { measureMemory, measureStart } from './bench/start.ts';
import { measureStorage } from './bench/storage.ts';
import { measureIncoming, measureTransfers, openPair } from './bench/transfers.ts';
import { measureVerify } from './bench/verify.ts';

const MB = 1e6;

function measureSize(site: Site): Row {
  const [ours, theirs] = [brotliSizes(site, oursLoads), brotliSizes(site, theirsLoads)];
  const total = (sizes: Record<string, number>) => sum(Object.values(sizes)) / MB;
  const row = compared('what a page loads, brotli 11', 'MB', total(ours), total(theirs), 1, '');
  row.target = { text: '0.55 MB or less', reached: total(ours) <= 0.55 };
  return { ...row, detail: { ours, theirs } };
}

const options = readOptions({
  only: '',
  blocks: 10_000,
  chains: 1000,
  'chain-counts': '3,50,500,5000',
  'slow-chains': 500,
  'history-blocks': 10_000,
});
const { only, blocks, chains } = options;
const chainCounts = options['chain-counts'].split(',').map(Number);

async function onNetwork(site: Site): Promise<Row[]> {
  const net = await startNetwork({ wasm, claimTokens: 10_000n });
  const browser = await launchChromium();
  try {
    const pair = await openPair(browser, site, net);
    return [await measureTransfers(pair, 100), await measureIncoming(pair, 10)];
  } finally {
    await browser.close();
    await net.close();
  }
}

async function onBrowser(
  measure: (browser: Awaited<ReturnType<typeof launchChromium>>) => Promise<Row>,
) {
  const browser = await launchChromium();
  return measure(browser).finally(() => browser.close());
}

async function startAndMemory(site: Site): Promise<Row[]> {
  const extension = await measureExtension(5);
  const start = await onBrowser((browser) => measureStart(browser, site, 9));
  const memory = await measureMemory(site, 5);
  return [
    { ...start, extension: extension.startMs, detail: [start.detail, extension.detail] },
    memory,
    {
      what: "the extension's processes, no window open (PSS)",
      unit: 'MB',
      ours: null,
      extension: extension.extensionMb,
      theirs: null,
      target: null,
    },
  ];
}

const parts: Record<string, (site: Site) => Promise<Row[]>> = {
  size: async (site) => [measureSize(site)],
  start: startAndMemory,
  transfers: onNetwork,
  storage: (site) => measureStorage(site, { blocks, chains }),
  verify: (site) => measureVerify(site, 5),
  provider: async (site) => [await measureProvider(site, 200)],
  history: (site) => measureHistory(site, options['history-blocks']),
  chains: () => measureChains({ counts: chainCounts, slow: options['slow-chains'] }),
};

interface Part {
  date: string;
  /** Of the machine when the part began: absolute numbers mean little under load. */
  load: number;
  rows: Row[];
}

// What an earlier run measured stays until it is measured again.
const file = inRoot('build/bench/report.json');
function earlier(): Record<string, Part> {
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, 'utf8')) as { parts?: Record<string, Part> }).parts ?? {};
}

async function measure(name: string, site: Site): Promise<Part> {
  console.log(`measuring: ${name}`);
  const [date, load] = [new Date().toISOString(), loadavg()[0]!];
  try {
    return { date, load, rows: await parts[name]!(site) };
  } catch (error) {
    console.error(error);
    const missing = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    const row = { what: name, unit: '', ours: null, theirs: null, target: null, missing };
    return { date, load, rows: [row] };
  }
}

async function main(): Promise<number> {
  const wanted = only ? only.split(',') : Object.keys(parts);
  mkdirSync(inRoot('build/bench'), { recursive: true });
  const done = only ? earlier() : {};
  const site = await serveSite();
  for (const name of wanted) {
    done[name] = await measure(name, site);
    const machine = { cpus: cpus().length, model: cpus()[0]!.model, node: process.version };
    writeFileSync(file, `${JSON.stringify({ machine, parts: done }, null, 1)}\n`);
  }
  await site.close();
  const rows = Object.keys(parts).flatMap((name) => done[name]?.rows ?? []);
  console.log(`\n${table(rows)}`);
  return rows.some(({ missing }) => missing) ? 1 : 0;
}

process.exit(await main());
