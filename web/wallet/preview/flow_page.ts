// A window in a real browser, on fake workers, and how tests of flows use it: one page a test, and
// no error in its console.
import type { Page } from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { inChromium } from './in_chromium.ts';

export const preview = inChromium();
/** Of the test that runs. */
export let page: Page;
let problems: string[] = [];

export interface Look {
  view?: 'popup' | 'tab' | 'approval';
  route?: string;
}

export async function open(
  scene: string,
  { view = 'popup', route = '/' }: Look = {},
): Promise<void> {
  page = await preview.browser.newPage({ viewport: { width: 375, height: 600 }, locale: 'en-US' });
  page.setDefaultTimeout(8000);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  await page.goto(`${preview.served.url}?scene=${scene}&page=${view}#${route}`);
}
export const at = (id: string) => page.getByTestId(id).first();
export const press = (id: string) => at(id).click();
export const type = (id: string, text: string) => at(id).fill(text);
export const text = async (id: string) => (await at(id).innerText()).replace(/\s+/g, ' ');
export const calls = () =>
  page.evaluate(() => window.fake.wallet.calls.map(({ method }) => method));
export const lastParams = (method: string) =>
  page.evaluate(
    (name) =>
      JSON.stringify(
        window.fake.wallet.calls.findLast((call) => call.method === name)?.params,
        (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value),
      ),
    method,
  );

afterEach(async () => {
  await page?.close();
  expect(problems).toEqual([]);
  problems = [];
});
