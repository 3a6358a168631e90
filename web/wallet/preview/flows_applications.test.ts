// The windows about applications, in a real browser.
import { describe, expect, it } from 'vitest';
import { chainA } from '../fake/fake_data.ts';
import { at, lastParams, open, page, press, type } from './flow_page.ts';
import { executablePath } from './in_chromium.ts';

describe.skipIf(!executablePath)('an application', () => {
  const counter = '5c'.repeat(32);
  const openList = () => open('home', { route: `/chains/${chainA}/applications` });

  it('is asked, and asked again by what was asked before', async () => {
    await openList();
    await page.locator(`[data-application="${counter}"]`).click();
    await type('query-text', '{ value }');
    await type('query-variables', '{');
    await page.getByText('Variables are an object in JSON').waitFor();
    expect(await at('query-run').isDisabled()).toBe(true);
    await type('query-variables', '{"a": 1}');
    await press('query-run');
    await at('query-answer').getByText('42').waitFor();
    expect(await at('query-scheduled').count()).toBe(0);
    await type('query-text', '');
    await at('query-history').locator('summary').click();
    await press('query-asked');
    expect(await at('query-text').inputValue()).toBe('{ value }');
    expect(await at('query-variables').inputValue()).toBe('{"a": 1}');
  });
  it('says what it can be asked', async () => {
    await openList();
    await page.locator(`[data-application="${counter}"]`).click();
    await press('schema-read');
    await at('schema').getByText('increment(value: Int!, by: [Step!]): Int').waitFor();
  });
  it('is changed by an approval, and by nothing before', async () => {
    await openList();
    await page.locator(`[data-application="${counter}"]`).click();
    await type('query-text', 'mutation { increment(value: 3) }');
    await press('query-run');
    await page.getByText('1 operation would change the chain').waitFor();
    expect(await page.evaluate(() => window.fake.vault.approved.length)).toBe(0);
    await press('query-look');
    await at('approval-sentence').waitFor();
    await press('approve');
    await at('result-hash').waitFor();
    expect(await lastParams('prepareMutation')).toContain('increment(value: 3)');
  });
});
