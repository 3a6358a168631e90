// The step that asks for a host, and the list of those that are allowed, in a real browser.
import { describe, expect, it } from 'vitest';
import { at, calls, lastParams, open, page, press, text } from './flow_page.ts';
import { executablePath } from './in_chromium.ts';

const prices = 'https://prices.example.org';
const askedFor = () => page.evaluate(() => window.fake.askedFor);

describe.skipIf(!executablePath)('a host that a block needs', () => {
  it('is shown in full, and asked for in the click', async () => {
    await open('host', { view: 'approval' });
    expect(await at('host-origin').getAttribute('data-origin')).toBe(prices);
    expect(await text('host-url')).toBe(`${prices}/v1/price?of=LINERA&in=EUR`);
    expect(await text('host-headers')).toContain('x-api-version');
    expect(await at('host-reach').count()).toBe(0);
    await press('approve');
    await at('effects').waitFor();
    expect(await askedFor()).toEqual([prices]);
    expect(await lastParams('allowHost')).toBe(JSON.stringify({ id: 't1', origin: prices }));
    expect(await page.evaluate(() => window.fake.vault.approved.length)).toBe(0);
  });
  it('is not asked when the browser says no', async () => {
    await open('host', { view: 'approval' });
    await page.evaluate(() => void (window.fake.reachable = false));
    await press('approve');
    await at('host-browser-no').waitFor();
    expect(await calls()).not.toContain('allowHost');
  });
  it('is not asked after a no', async () => {
    await open('host', { view: 'approval' });
    await press('reject');
    await page.waitForFunction(() => window.fake.closed > 0);
    expect(await calls()).toContain('reject');
    expect(await askedFor()).toEqual([]);
  });
  it('is said loudly where it is no host of the Internet', async () => {
    await open('hostHere', { view: 'approval' });
    expect(await text('host-reach')).toContain('your own computer');
    await page.close();
    await open('hostPrivate', { view: 'approval' });
    expect(await text('host-reach')).toContain('no address of the Internet');
    expect(await at('idn').count()).toBe(1);
  });
});

describe.skipIf(!executablePath)('hosts that are allowed', () => {
  it('are taken back one by one', async () => {
    await open('hosts', { route: '/settings' });
    await press('settings-hosts');
    expect(await page.getByTestId('host-row').count()).toBe(2);
    await press('host-forget');
    await page.waitForFunction(
      () => document.querySelectorAll('[data-testid=host-row]').length === 1,
    );
    expect(await lastParams('forgetHost')).toContain(prices);
  });
});
