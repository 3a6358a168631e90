// Start to ready, and what the renderer has grown by then.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../lib/published.ts';
import { sleep } from '../lib/steps.ts';
import { compared, median, sum, type Row } from './report.ts';
import type { Site } from './site.ts';
import type {} from './page_ours.ts';
import type {} from './page_theirs.ts';

const SIDES = ['ours', 'theirs'] as const;
type Side = (typeof SIDES)[number];

/** Navigation start until the page's engine takes commands; resolves when all is loaded. */
export async function whenReady(page: Page, side: Side): Promise<number> {
  await page.waitForFunction((side) => globalThis[side]?.ready > 0, side, { timeout: 60_000 });
  return page.evaluate((side) => globalThis[side].engineMs, side);
}

/** A new context each time: nothing cached, nothing stored. */
export async function measureStart(browser: Browser, site: Site, runs: number): Promise<Row> {
  const times: Record<Side | 'empty', number[]> = { ours: [], theirs: [], empty: [] };
  const withVault: number[] = [];
  // The first of each warms the disk up and is not counted.
  for (let run = 0; run <= runs; run += 1) {
    for (const side of [...SIDES, 'empty'] as const) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${site.url}/${side}`);
      const ms = await whenReady(page, side === 'theirs' ? 'theirs' : 'ours');
      if (run > 0) times[side].push(ms);
      if (run > 0 && side === 'ours') {
        withVault.push(await page.evaluate(() => globalThis.ours.ready));
      }
      await context.close();
    }
  }
  const text = 'a fifth or less';
  const [ours, theirs, empty] = [median(times.ours), median(times.theirs), median(times.empty)];
  return compared('start to ready (page, loopback)', 'ms', ours, theirs, 0.2, text, {
    ...times,
    withVault,
    /** Without what the browser takes for a page whose script does nothing. */
    ownPart: {
      ours: ours - empty,
      theirs: theirs - empty,
      ratio: (ours - empty) / (theirs - empty),
    },
  });
}

/** Bytes of a process, with its share of what it has in common with others. */
export function pssOf(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)![1]) * 1024;
}

/** PSS in MB of all renderers of a browser that has one page. */
export async function rendererMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => pssOf(id));
  return sum(sizes) / 1e6;
}

/** After the garbage is gone: what the page holds on to. */
export async function settledMb(browser: Browser, page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await sleep(1500);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  await sleep(500);
  return rendererMb(browser);
}

/** Same page before and after its client has started; a browser of its own for each run. */
export async function measureMemory(site: Site, runs: number): Promise<Row> {
  const growth: Record<Side, number[]> = { ours: [], theirs: [] };
  for (let run = 0; run < runs; run += 1) {
    for (const side of SIDES) {
      const browser = await launchChromium();
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${site.url}/blank`);
      const before = await settledMb(browser, page);
      await page.evaluate((side) => void import(`/${side}.js`), side);
      await whenReady(page, side);
      growth[side].push((await settledMb(browser, page)) - before);
      await browser.close();
    }
  }
  const text = 'half or less';
  const [ours, theirs] = [median(growth.ours), median(growth.theirs)];
  return compared('renderer growth after start (PSS)', 'MB', ours, theirs, 0.5, text, growth);
}
