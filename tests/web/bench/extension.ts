// Start and memory of the installed extension, beside the page that embeds the engine.
import type { Page } from 'playwright-core';
import { startNetwork } from '../lib/devnet.ts';
import { ExtensionBrowser, makeProfile, removeProfile, type Profile } from '../lib/extension.ts';
import { renderersOf } from '../lib/process_memory.ts';
import { sleep } from '../lib/steps.ts';
import * as ui from '../lib/wallet_ui.ts';
import { median } from './report.ts';
import { pssOf } from './start.ts';
import { wasm } from './site.ts';

export interface ExtensionCost {
  /** From a wallet window's navigation until its network is open, engine and vault not running. */
  startMs: number;
  /** Of the renderers: engine, vault and the offscreen page that holds them. */
  growthMb: number;
  detail: { startMs: number[]; growthMb: number[] };
}

const pss = ({ folder }: Profile) =>
  renderersOf(folder).reduce((sum, { pid }) => sum + pssOf(pid), 0) / 1e6;

/** Ends engine and vault; the next wallet window starts them from storage. */
async function stopEngine(page: Page): Promise<void> {
  await page.evaluate(() => chrome.offscreen.closeDocument());
  await page.goto('about:blank');
  await sleep(500);
}

async function openWallet(browser: ExtensionBrowser, page: Page): Promise<number> {
  await page.goto(browser.url());
  const ready = '[data-testid=network][data-status=ready]';
  return page.evaluate(
    (ready) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(ready)) resolve(performance.now());
          else setTimeout(look, 1);
        };
        look();
      }),
    ready,
  );
}

async function settled(profile: Profile): Promise<number> {
  await sleep(2000);
  return pss(profile);
}

/** One wallet with one chain on a network of its own. */
export async function measureExtension(runs: number): Promise<ExtensionCost> {
  const net = await startNetwork({ wasm });
  const profile = makeProfile('bench-extension');
  const browser = await ExtensionBrowser.open(profile);
  const detail: ExtensionCost['detail'] = { startMs: [], growthMb: [] };
  try {
    const page = await browser.walletPage();
    await ui.createWallet(page, ui.noShot);
    await ui.addNetwork(page, 'Bench', net.faucetUrl, ui.noShot);
    await ui.claimChain(page, 'Bench', ui.noShot);
    for (let run = 0; run <= runs; run += 1) {
      await stopEngine(page);
      const before = await settled(profile);
      const ms = await openWallet(browser, page);
      await page.goto('about:blank');
      const after = await settled(profile);
      await openWallet(browser, page);
      if (run === 0) continue; // warms the disk up
      detail.startMs.push(ms);
      detail.growthMb.push(after - before);
    }
    return { startMs: median(detail.startMs), growthMb: median(detail.growthMb), detail };
  } finally {
    await browser.close();
    await net.close();
    removeProfile(profile);
  }
}
