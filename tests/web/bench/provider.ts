// From a page through content script, service worker and engine worker, and back.
import { startNetwork } from '../lib/devnet.ts';
import { ExtensionBrowser, makeProfile, removeProfile } from '../lib/extension.ts';
import * as ui from '../lib/wallet_ui.ts';
import { median, percentile, type Row } from './report.ts';
import { wasm, type Site } from './site.ts';

const noShot = async () => {};

/** One after the other, in bursts of 40 as a page may ask; then the site's allowance fills up. */
export async function measureProvider(site: Site, count: number): Promise<Row> {
  const net = await startNetwork({ wasm });
  const profile = makeProfile('bench');
  const browser = await ExtensionBrowser.open(profile);
  try {
    const wallet = await browser.walletPage();
    await ui.createWallet(wallet, noShot);
    await ui.addNetwork(wallet, 'Bench', net.faucetUrl, noShot);
    const page = await browser.context.newPage();
    await page.goto(`${site.url}/blank`);
    await wallet.close();
    const times = await page.evaluate(async (count) => {
      type Found = { provider: { request(args: object): Promise<unknown> } };
      const { provider } = await new Promise<Found>((resolve) => {
        addEventListener('linera:announceProvider', (event) =>
          resolve((event as CustomEvent<Found>).detail),
        );
        dispatchEvent(new Event('linera:requestProvider'));
      });
      const times: number[] = [];
      for (let n = -40; n < count; n += 1) {
        if (n % 40 === 0) await new Promise((resolve) => setTimeout(resolve, 4500));
        const begun = performance.now();
        await provider.request({ method: 'linera_chainId' });
        if (n >= 0) times.push(performance.now() - begun);
      }
      return times;
    }, count);
    const ms = median(times);
    return {
      what: `provider round trip, median of ${count}`,
      unit: 'ms',
      ours: ms,
      theirs: null,
      target: { text: '3 ms or less', reached: ms <= 3 },
      detail: { p95: percentile(times, 0.95), least: Math.min(...times) },
    };
  } finally {
    await browser.close();
    removeProfile(profile);
    await net.close();
  }
}
