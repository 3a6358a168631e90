// The store in a real Chromium: restarts, one writer, a full disk, damage, SIGKILL at random
// moments, and what a commit costs in a small and in a large store.
//   npx tsx tests/web/storage.ts --rounds 8 --blocks 2000
// Needs build/wasm/storage_harness.{mjs,wasm}; ends with "N passed, N failed".
import { build } from 'esbuild';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { findChromium, inRoot, readOptions } from '@mica/tools/lib';
import { start } from '@mica/tools/lifetime';
import { ownFolder } from '@mica/tools/turns';
import { scratch } from './lib/scratch.ts';
import { mendTornWrites } from './lib/torn_write.ts';
import type {} from './storage_page.ts';

const harness = process.env['MICA_HARNESS'] ?? inRoot('build/wasm/storage_harness.mjs');
const { rounds, blocks } = readOptions({ rounds: 8, blocks: 2000 });
const folder = scratch('storage');
const profile = join(folder, 'profile');
let torn = 0; // writes of the browser itself that a kill cut in two: they are mended

async function serve(): Promise<{ url: string; close(): void }> {
  const page = await build({
    entryPoints: [inRoot('tests/web/storage_page.ts')],
    bundle: true,
    format: 'esm',
    write: false,
    external: ['/storage_harness.mjs'],
  });
  const files = new Map<string, [string, Uint8Array | string]>([
    ['/', ['text/html', '<!doctype html><script type="module" src="/page.js"></script>']],
    ['/page.js', ['text/javascript', page.outputFiles[0]!.text]],
    ['/storage_harness.mjs', ['text/javascript', readFileSync(harness)]],
    ['/storage_harness.wasm', ['application/wasm', readFileSync(harness.replace(/mjs$/, 'wasm'))]],
  ]);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    response.writeHead(file ? 200 : 404, { 'content-type': file?.[0] ?? 'text/plain' });
    response.end(file?.[1]);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, close: () => server.close() };
}

// Chromium as a child of ours, so that it can be killed like a crash.
class Chromium {
  private constructor(
    readonly browser: Browser,
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(url: string): Promise<Chromium> {
    mkdirSync(profile, { recursive: true });
    const port = join(profile, 'DevToolsActivePort');
    rmSync(port, { force: true });
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'];
    flags.push('--remote-debugging-port=0', `--user-data-dir=${profile}`, '--disable-sync');
    flags.push('--disable-background-networking', '--disable-component-update', 'about:blank');
    const path = await findChromium();
    if (!path) throw new Error('no Chromium');
    const child = start(path, flags, { stdio: 'ignore', group: true });
    for (let tries = 0; !existsSync(port) || !readFileSync(port, 'utf8').includes('\n'); ++tries) {
      if (tries > 300) throw new Error('Chromium did not start');
      await new Promise((done) => setTimeout(done, 50));
    }
    const address = `http://127.0.0.1:${readFileSync(port, 'utf8').split('\n')[0]}`;
    return new Chromium(await chromium.connectOverCDP(address), child, url);
  }

  async page(): Promise<Page> {
    const page = await this.browser.contexts()[0]!.newPage();
    await page.goto(this.url);
    await page.waitForFunction(() => 'storage' in window);
    return page;
  }

  // The whole group: browser, renderers, utility processes.
  async kill(): Promise<void> {
    const gone = new Promise((done) => this.child.once('exit', done));
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch {
      // Already gone.
    }
    await gone;
    await this.browser.close().catch(() => {});
    torn += mendTornWrites(profile);
  }
}

const server = await serve();
let chrome = await Chromium.start(server.url);
let passed = 0;
let failed = 0;

async function test(name: string, body: () => Promise<void>): Promise<void> {
  try {
    await body();
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${(error as Error).stack}`);
  }
}
function expectEqual(found: unknown, expected: unknown, what: string): void {
  if (found !== expected) throw new Error(`${what}: ${String(found)}, not ${String(expected)}`);
}
function expectMatch(found: string, pattern: RegExp, what: string): void {
  if (!pattern.test(found)) throw new Error(`${what}: ${found}`);
}
async function openPage(): Promise<Page> {
  const page = await chrome.page();
  expectEqual(await page.evaluate(() => window.storage.open()), '', 'open');
  return page;
}
const verify = async (page: Page) =>
  expectEqual(await page.evaluate(() => window.storage.verify()), '', 'verify');
const last = (page: Page) => page.evaluate(() => window.storage.last());

await test('a reload finds every commit, hot and cold', async () => {
  let page = await openPage();
  await page.evaluate(() => window.storage.run(150));
  await page.evaluate(() => window.storage.burst(150));
  await verify(page);
  await page.evaluate(() => window.storage.commit()); // not flushed: may be forgotten
  await page.close();
  page = await openPage();
  expectEqual(await last(page), 300, 'last commit');
  await verify(page);
  const names = await page.evaluate(() => window.storage.names());
  const logs = names.filter((name) => name.startsWith('log-')).length;
  if (logs > 80) throw new Error(`${logs} log files`);
  await page.close();
});

await test('a second page is told that the store is in use', async () => {
  const first = await openPage();
  const second = await chrome.page();
  expectMatch(await second.evaluate(() => window.storage.open(100)), /^busy: /, 'second');
  await first.evaluate(() => window.storage.close());
  expectEqual(await second.evaluate(() => window.storage.open(100)), '', 'second');
  await first.close();
  await second.close();
});

await test('a full disk acknowledges nothing, and with room it goes on', async () => {
  // A new browser: a running one has already allotted room to the database.
  await chrome.kill();
  chrome = await Chromium.start(server.url);
  const origin = new URL(server.url).origin;
  const limited = await chrome.browser.contexts()[0]!.newPage();
  const session = await limited.context().newCDPSession(limited);
  await limited.goto(server.url);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  let page = await openPage();
  const before = await last(page);
  await page.evaluate(() => window.storage.commit());
  expectMatch(await page.evaluate(() => window.storage.flush()), /^quota: no room/, 'full');
  await page.evaluate(() => window.storage.commit());
  expectMatch(await page.evaluate(() => window.storage.flush()), /^quota: no room/, 'still full');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await limited.close();
  await page.evaluate(() => window.storage.commit());
  expectEqual(await page.evaluate(() => window.storage.flush()), '', 'room again');
  await page.close();
  page = await openPage();
  expectEqual(await last(page), before + 3, 'last commit');
  await verify(page);
  await page.close();
});

await test(`SIGKILL in the middle of commits, ${rounds} times`, async () => {
  for (let round = 0; round < rounds; ++round) {
    const page = await chrome.page();
    let acknowledged = 0;
    await page.exposeFunction('acknowledged', (commit: number) => (acknowledged = commit));
    expectEqual(await page.evaluate(() => window.storage.open()), '', 'open');
    const begun = await last(page);
    page.evaluate(() => window.storage.run(100_000)).catch(() => {});
    await new Promise((done) => setTimeout(done, 300 + Math.random() * 700));
    await chrome.kill();
    chrome = await Chromium.start(server.url);
    const after = await openPage();
    const found = await last(after);
    if (acknowledged <= begun) throw new Error('nothing was committed before the kill');
    if (found < acknowledged) {
      const all = `${begun} at first, ${acknowledged} acknowledged, ${found} found`;
      throw new Error(`round ${round}: acknowledged commits lost: ${all}`);
    }
    await verify(after);
    await after.close();
  }
  if (torn > 0) console.log(`        ${torn} writes of the browser were cut in two, and mended`);
});

const row = { bytes: [] as number[], p95: [] as number[], median: [] as number[] };
await test(`a commit costs the same at 10 and at ${blocks} blocks`, async () => {
  await chrome.kill();
  rmSync(profile, { recursive: true });
  chrome = await Chromium.start(server.url);
  const page = await openPage();
  await page.evaluate(() => window.storage.run(10));
  for (const upTo of [10, blocks]) {
    await page.evaluate((n) => window.storage.burst(n), upTo - (upTo === 10 ? 10 : 310));
    const { bytes, ms } = await page.evaluate(() => window.storage.run(300));
    ms.sort((a, b) => a - b);
    row.bytes.push(bytes / 300);
    row.median.push(ms[150]!);
    row.p95.push(ms[285]!);
  }
  console.log(`        ${JSON.stringify(row)}`);
  if (row.bytes[1]! > 2 * row.bytes[0]!) throw new Error('more than twice the bytes');
  await verify(page);
  await page.close();
});

await test('a damaged file is named, and nothing of it is served', async () => {
  let page = await chrome.page();
  const segment = await page.evaluate(() => window.storage.damage('seg-'));
  expectEqual(await page.evaluate(() => window.storage.open()), '', 'open');
  const told = await page.evaluate(() => window.storage.verify());
  expectMatch(told, new RegExp(`${segment}: .* must be fetched again`), 'segment');
  await page.close();
  page = await chrome.page();
  const log = await page.evaluate(() => window.storage.damage('log-'));
  expectMatch(await page.evaluate(() => window.storage.open()), new RegExp(log), 'log');
  await page.close();
});

await chrome.kill();
server.close();
const file = join(await ownFolder('storage'), 'report.json');
writeFileSync(file, `${JSON.stringify({ blocks, ...row })}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
