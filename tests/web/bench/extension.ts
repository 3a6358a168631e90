// Start and memory of the installed extension, beside the page that embeds the engine.
import type { Page } from 'playwright-core';
import { startNetwork } from '../lib/devnet.ts';
import {
  ExtensionBrowser,
  makeProfile,
  removeProfile,
  stateOf,
  type Profile,
} from '../lib/extension.ts';
import { renderersOf } from '../lib/process_memory.ts';
import { sleep } from '../lib/steps.ts';
import * as ui from '../lib/wallet_ui.ts';
import { median, sum } from './report.ts';
import { pssOf } from './start.ts';
import { wasm } from './site.ts';

interface ExtensionCost {
  /** A wallet window, the first thing in a new browser: navigation until its network is open. */
  startMs: number;
  /** PSS of the extension's processes, engine and vault running, no window open. */
  extensionMb: number;
  detail: { startMs: number[]; extensionMb: number[] };
}

function pssMb({ folder }: Profile): number {
  const ours = renderersOf(folder).filter(({ extension }) => extension);
  return sum(ours.map(({ pid }) => pssOf(pid))) / 1e6;
}

async function openWallet(browser: ExtensionBrowser, page: Page): Promise<number> {
  await page.goto(browser.url());
  for (let tries = 0; tries < 2000; tries += 1) {
    const { network } = await stateOf(page);
    if (network?.status === 'ready') return page.evaluate(() => performance.now());
  }
  throw new Error('the network never opened');
}

/** One wallet with one chain on a network of its own; a browser of its own for each run. */
export async function measureExtension(runs: number): Promise<ExtensionCost> {
  const net = await startNetwork({ wasm });
  const profile = makeProfile('bench-extension');
  const detail: ExtensionCost['detail'] = { startMs: [], extensionMb: [] };
  try {
    await inBrowser(profile, async (browser) => {
      const page = await browser.walletPage();
      await ui.createWallet(page, ui.noShot);
      await ui.addNetwork(page, 'Bench', net.faucetUrl, ui.noShot);
      await ui.claimChain(page, 'Bench', ui.noShot);
    });
    for (let run = 0; run < runs; run += 1) {
      await inBrowser(profile, async (browser) => {
        const page = await browser.context.newPage();
        detail.startMs.push(await openWallet(browser, page));
        await page.goto('about:blank');
        await sleep(2000);
        detail.extensionMb.push(pssMb(profile));
      });
    }
    return { startMs: median(detail.startMs), extensionMb: median(detail.extensionMb), detail };
  } finally {
    await net.close();
    removeProfile(profile);
  }
}

async function inBrowser(profile: Profile, work: (browser: ExtensionBrowser) => Promise<void>) {
  const browser = await ExtensionBrowser.open(profile);
  await work(browser).finally(() => browser.close());
}
