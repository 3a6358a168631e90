// Pages that lie about who they are, and pages that ask too much.
import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import * as dapp from './dapp.ts';
import { call, letAskAgain } from './extension.ts';
import { freePorts } from './ports.ts';
import { check, same, sleep, until } from './steps.ts';
import type { Trouble } from './trouble_world.ts';
import * as ui from './wallet_ui.ts';

const PORT = await freePorts();
/** Two origins of one server. */
const SHOP = `http://127.0.0.1:${PORT}`;
const BANK = `http://localhost:${PORT}`;

// The thief's frame speaks to the content script of the page that holds it.
const thief = `<script>
  const method = 'linera_requestAccounts';
  const text = JSON.stringify({ kind: 'request', id: 'from-a-frame', method });
  for (const origin of ['*', '${SHOP}'])
    try { parent.postMessage({ target: 'mica:to-content', text }, origin); } catch {}
  window.postMessage({ target: 'mica:to-content', text }, '*');
  parent.postMessage({ frame: 'spoke', provider: 'linera' in window }, '*');
</script>`;

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const body = request.url === '/thief' ? thief : '<title>page</title>';
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html>${body}`);
  });
  return new Promise((resolve) => server.listen(PORT, '127.0.0.1', () => resolve(server)));
}

const open = async (t: Trouble, origin: string): Promise<Page> => {
  const page = await t.world.browser.context.newPage();
  await page.goto(`${origin}/`);
  return page;
};
/** Tabs and frames in which the wallet really runs, whatever their address says. */
async function walletWindows({ world }: Trouble): Promise<number> {
  const frames = world.browser.context.pages().flatMap((page) => page.frames());
  const screens = frames.map((frame) => frame.locator('[data-testid^=screen-]').count());
  return (await Promise.all(screens)).filter((count) => count > 0).length;
}
const approvals = async (t: Trouble) => (await t.world.state()).approvals;

/** Connected to the first chain, by the person's yes. */
async function connect(t: Trouble, page: Page): Promise<void> {
  const asked = dapp.request(page, 'linera_requestAccounts');
  const window = await t.world.browser.approvalPage();
  await ui.screen(window, 'connect');
  await ui.approve(window);
  check((await asked).result, 'connected');
  await windowGone(t);
}
const windowGone = (t: Trouble) =>
  until('the approval window is gone', () => !t.world.browser.hasApprovalPage());

async function claims(t: Trouble): Promise<void> {
  const { browser } = t.world;
  await t.step('a page that claims to be another: the window names the one it is', async () => {
    const page = await open(t, SHOP);
    await page.evaluate((bank) => {
      const lie = { origin: bank, url: `${bank}/`, tabId: 1, frameId: 0 };
      const text = JSON.stringify({
        kind: 'request',
        id: 'lie-1',
        method: 'linera_requestAccounts',
        params: lie,
        page: lie,
        sender: lie,
        ...lie,
      });
      const envelope = { target: 'mica:to-content', text, origin: bank, sender: lie };
      self.postMessage(envelope, '*');
    }, BANK);
    const window = await browser.approvalPage();
    await ui.screen(window, 'connect');
    const shown = ui.byId(window, 'approval-origin');
    same(await shown.getAttribute('data-origin'), SHOP, 'the origin that is shown');
    check(!(await window.innerText('body')).includes('localhost'), 'the other is not named');
    await t.shoot('page-that-lies', window);
    await ui.byId(window, 'reject').click();
    await windowGone(t);
    await letAskAgain(t.page, SHOP);
    await page.close();
  });
}

async function framed(t: Trouble): Promise<void> {
  await t.step('frames of another origin are not heard', async () => {
    const page = await open(t, SHOP);
    const spoke = await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          addEventListener('message', ({ data }) => data?.frame && resolve(data));
          document.body.append(Object.assign(document.createElement('iframe'), { src }));
        }),
      `${BANK}/thief`,
    );
    same(spoke, { frame: 'spoke', provider: false }, 'the frame');
    await sleep(1000);
    same(await approvals(t), [], 'requests that wait');
    check(!t.world.browser.hasApprovalPage(), 'no window');
    await page.close();
  });
}

async function knocks(t: Trouble): Promise<void> {
  await t.step('a page does not reach the extension but through its content script', async () => {
    const before = await walletWindows(t);
    const page = await open(t, SHOP);
    const tried = await page.evaluate(async (id) => {
      const runtime = (globalThis as { chrome?: { runtime?: typeof chrome.runtime } }).chrome
        ?.runtime;
      const results: Record<string, unknown> = { runtime: typeof runtime?.connect };
      const url = `chrome-extension://${id}/wallet.html`;
      results['fetch'] = await fetch(url).then(
        () => 'read',
        () => 'refused',
      );
      document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
      window.open(url);
      const { active } = await navigator.serviceWorker.getRegistration().then(
        (found) => ({ active: found?.active ?? null }),
        () => ({ active: null }),
      );
      results['worker'] = active;
      return results;
    }, t.world.browser.extensionId);
    same(tried['fetch'], 'refused', 'reading its files');
    same(tried['runtime'], 'undefined', 'a port to it');
    same(tried['worker'], null, 'its service worker');
    await sleep(1000);
    same(await walletWindows(t), before, 'wallets in windows and frames');
    await page.close();
  });
}

async function floods(t: Trouble): Promise<void> {
  const { world } = t;
  const { browser } = world;
  let shop!: Page;
  let bank!: Page;
  await t.step('a page that floods is limited; another is answered at once', async () => {
    [shop, bank] = [await open(t, SHOP), await open(t, BANK)];
    const begun = performance.now();
    const flood = Array.from({ length: 300 }, () => dapp.request(shop, 'linera_chainId'));
    const calm = await Promise.all(
      Array.from({ length: 5 }, () => dapp.request(bank, 'linera_chainId')),
    );
    const ms = performance.now() - begun;
    same(
      calm.map(({ error }) => error),
      Array(5).fill(undefined),
      'the other site',
    );
    const refused = (await Promise.all(flood)).flatMap(({ error }) => (error ? [error] : []));
    check(refused.length >= 200, `most are refused, not ${refused.length}`);
    for (const { code, data } of refused) {
      same(code, -32005, 'code');
      const { reason, retryAfterMs } = data as Record<string, unknown>;
      same(reason, 'RateLimited', 'reason');
      check(Number(retryAfterMs) > 0, 'when to come again');
    }
    console.log(JSON.stringify({ refused: refused.length, otherSiteMs: Math.round(ms) }));
  });
  await t.step('three requests of a site may wait for the person, and no more', async () => {
    await sleep(4000);
    await connect(t, shop);
    const order = (at: number) => ({
      recipient: world.fast,
      amount: '1',
      chainId: world.normal,
      at,
    });
    const asked = Array.from({ length: 8 }, (_, at) =>
      dapp.request(shop, 'linera_transfer', order(at), `many-${at}`),
    );
    const tooMany = await Promise.all(asked.slice(3));
    for (const { error } of tooMany) {
      same(
        [error?.code, (error?.data as { reason: string }).reason],
        [-32005, 'TooManyWaiting'],
        '',
      );
    }
    await until('three wait', async () => (await approvals(t)).length === 3);
    const window = await browser.approvalPage();
    await ui.byId(window, 'approval-queue').waitFor();
    await t.shoot('page-that-asks-too-much', window);
    // Another site is let in all the same.
    const other = dapp.request(bank, 'linera_requestAccounts');
    // Only what the window shows is rejected.
    const shown = ui.byId(window, 'approval-queue').filter({ hasText: '3 more requests wait' });
    await shown.waitFor();
    same((await approvals(t)).length, 4, 'requests that wait');
    await ui.byId(window, 'reject-all').click();
    for (const answer of [...asked.slice(0, 3), other]) {
      same((await answer).error?.code, 4001, 'code');
    }
    same(await approvals(t), [], 'requests that wait');
    await windowGone(t);
    await call(t.page, 'wallet', 'revokeSite', { origin: SHOP });
    for (const origin of [SHOP, BANK]) await letAskAgain(t.page, origin);
    await Promise.all([shop.close(), bank.close()]);
  });
}

export async function pages(t: Trouble): Promise<void> {
  const server = await serve();
  try {
    await claims(t);
    await framed(t);
    await knocks(t);
    await floods(t);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
