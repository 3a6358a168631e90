// The demo dApp page, as its visitor uses it.
import type { BrowserContext, Page } from 'playwright-core';
import { until } from './steps.ts';

export async function openDapp(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 900, height: 1000 });
  await page.goto(url);
  return page;
}

export const discovered = (page: Page): Promise<void> =>
  page.locator('#wallets button[data-rdns]').first().waitFor({ timeout: 15_000 });

/** Presses Connect; the wallet's window opens. */
export const connect = (page: Page): Promise<void> =>
  page.locator('#wallets button[data-rdns]').first().click();

export const connected = (page: Page): Promise<void> =>
  page.locator('#connection[data-tone=good]').waitFor({ timeout: 15_000 });

const balanceText = (page: Page): Promise<string> => page.locator('#balance').innerText();

export const balanceShows = (page: Page, text: string, ms = 15_000): Promise<unknown> =>
  until(`the page's balance ${text}`, async () => sameAmount(await balanceText(page), text), ms);

const sameAmount = (a: string, b: string): boolean =>
  a.replace(/\.0*$/, '') === b.replace(/\.0*$/, '');

export async function askTransfer(page: Page, to: string, amount: string): Promise<void> {
  await page.locator('#recipient').fill(to);
  await page.locator('#amount').fill(amount);
  await page.locator('#send').click();
}

interface PageResult {
  chain: string;
  height: number;
  block: string;
  certificate: string;
}

/** What the page's promise resolved with. */
export async function transferResult(page: Page, ms = 40_000): Promise<PageResult> {
  await page.locator('#status[data-tone=good]').waitFor({ timeout: ms });
  const value = (name: string) => page.locator(`#result dd[data-name=${name}]`).innerText();
  return {
    chain: await value('chain'),
    height: Number(await value('height')),
    block: await value('block'),
    certificate: await value('certificate'),
  };
}

/** A request on the page's provider, with what it rejects with as a value. */
export function request(
  page: Page,
  method: string,
  params?: unknown,
  id?: string,
): Promise<{ result?: unknown; error?: { code: number; message: string; data?: unknown } }> {
  return page.evaluate(
    ([method, params, id]) => {
      type Found = { provider: { request(args: object): Promise<unknown> } };
      return new Promise((resolve) => {
        const ask = (event: Event) => {
          removeEventListener('linera:announceProvider', ask);
          const { provider } = (event as CustomEvent<Found>).detail;
          provider.request({ method, params, ...(id ? { id } : {}) }).then(
            (result) => resolve({ result }),
            ({ code, message, data }) => resolve({ error: { code, message, data } }),
          );
        };
        addEventListener('linera:announceProvider', ask);
        dispatchEvent(new Event('linera:requestProvider'));
      });
    },
    [method, params, id] as const,
  );
}
