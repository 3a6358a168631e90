// The demo page against a wallet that is played here, in Chromium.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { executablePath, inChromium } from '../wallet/preview/in_chromium.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const ADDRESS = 'http://127.0.0.1/demo';
const CHAIN = 'ab'.repeat(32);
const receipt = { chainId: CHAIN, height: 3, blockHash: 'cd'.repeat(32), certificate: '00' };

interface Played {
  asked: { method: string; id?: string }[];
  /** How linera_transfer ends. */
  end(result: unknown): void;
  status: string;
  message(data: unknown): void;
}
declare const played: Played;

// In the page: a wallet that is connected and answers transfers when it is told to.
function playWallet({ chain, status }: { chain: string; status: string }): void {
  const listeners = new Map<string, (value: unknown) => void>();
  const state: Played = {
    asked: [],
    status,
    end: () => undefined,
    message: (data) => listeners.get('message')?.({ type: 'linera_request', data }),
  };
  const answers: Record<string, (id?: string) => unknown> = {
    linera_accounts: () => [`0x11@${chain}`],
    linera_getBalance: () => ({ chainId: chain, balance: '5', incoming: '0' }),
    linera_getRequest: (id) => ({ id, status: state.status }),
    linera_transfer: () => new Promise((resolve) => (state.end = resolve)),
  };
  const provider = {
    async request({ method, id, params }: { method: string; id?: string; params?: unknown }) {
      const named = (params as { id?: string } | undefined)?.id;
      state.asked.push({ method, id: id ?? named });
      return answers[method]!(id ?? named);
    },
    on: (event: string, listener: (value: unknown) => void) => listeners.set(event, listener),
  };
  Object.assign(globalThis, { played: state });
  const info = { uuid: 'u', name: 'Played', icon: 'data:,', rdns: 'test' };
  const announce = () =>
    dispatchEvent(new CustomEvent('linera:announceProvider', { detail: { info, provider } }));
  addEventListener('linera:requestProvider', announce);
}

describe.skipIf(!executablePath)('the demo after a reload', () => {
  const chromium = inChromium();
  let page: Page;
  afterEach(() => page.close());

  async function open(status: string): Promise<Page> {
    const { outputFiles } = await build({
      entryPoints: [file('demo.ts')],
      bundle: true,
      write: false,
      format: 'esm',
    });
    const html = readFileSync(file('index.html'), 'utf8').replaceAll(/<(script|link)[^>]*>/g, '');
    page = await chromium.browser.newPage();
    await page.addInitScript('globalThis.__name ??= (f) => f;');
    await page.addInitScript(playWallet, { chain: CHAIN, status });
    const body = `${html}<script type="module">${outputFiles[0]!.text}</script>`;
    await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(ADDRESS);
    await page.fill('#recipient', CHAIN);
    await page.click('#send');
    await page.waitForFunction(() => played.asked.some(({ id }) => id !== undefined));
    return page;
  }
  const asked = () =>
    page.evaluate(() => played.asked.filter(({ method }) => /Request$|transfer/.test(method)));
  const status = (text: RegExp) =>
    page.locator('#status', { hasText: text }).waitFor({ timeout: 5000 });

  it('waits for the answer of the same request, and asks nothing again and again', async () => {
    await open('waiting');
    const [{ id } = { id: undefined }] = await asked();
    await page.reload();
    await status(/still open/);
    await page.waitForTimeout(2000);
    expect(await asked()).toEqual([
      { method: 'linera_getRequest', id },
      { method: 'linera_transfer', id },
    ]);
    await page.evaluate((value) => played.end(value), receipt);
    await status(/Certified/);
    await page.reload();
    await page.locator('#account dd').first().waitFor();
    expect(await asked()).toEqual([]);
  });

  it.each([
    ['ended well', { result: receipt }, /Certified/],
    ['failed', { error: { code: -32603, message: 'Displaced' } }, /Displaced/],
  ])('hears by a message that what was sent has %s', async (_name, end, text) => {
    await open('unknown');
    const [{ id } = { id: undefined }] = await asked();
    await page.reload();
    await status(/still open/);
    await page.evaluate((data) => played.message(data), { id, status: 'done', ...end });
    await status(text);
  });
});
