// What sites are given and lose again, in a real browser.
import { describe, expect, it } from 'vitest';
import { chainA } from '../fake/fake_data.ts';
import { at, calls, lastParams, open, page, press } from './flow_page.ts';
import { executablePath } from './in_chromium.ts';

describe.skipIf(!executablePath)('a site', () => {
  it('connects the chosen chains and no other; the site can be disconnected', async () => {
    await open('connect');
    await press('open-approval');
    await page.locator(`[data-testid=connect-chain][data-chain="${chainA}"]`).uncheck();
    expect(await at('approve').isDisabled()).toBe(true);
    await page.getByTestId('connect-chain').nth(1).check();
    await press('approve');
    await at('screen-home').waitFor();
    expect(await lastParams('approveConnect')).not.toContain(chainA);
    await press('nav-sites');
    await press('site-row');
    await press('site-revoke');
    await page.getByText('No site is connected').waitFor();
  });
  it('lets a site read chains of others, or not, and takes that back', async () => {
    await open('connectReads');
    await press('open-approval');
    await at('reads-others').uncheck();
    await at('reads-others').check();
    await press('approve');
    await at('screen-home').waitFor();
    expect(await lastParams('approveConnect')).toContain('"readsOthers":true');
    await press('nav-sites');
    await press('site-row');
    expect(await at('site-save').isDisabled()).toBe(true);
    await at('reads-others').uncheck();
    await press('site-save');
    await at('reads-others').waitFor({ state: 'detached' });
    expect(await lastParams('setSiteChains')).toContain('"readsOthers":false');
  });
  it('asks nothing more once it is blocked, until it is unblocked', async () => {
    await open('connect', { view: 'approval' });
    await press('block-site');
    await page.waitForFunction(() => window.fake.closed > 0);
    expect(await calls()).toEqual(['blockSite']);
    await page.close();
    await open('blocked', { route: '/sites' });
    await press('unblock-site');
    await page.getByTestId('blocked-site').waitFor({ state: 'detached' });
  });
});
