// Every screen at the widths it is used in: nothing lies outside its window, so that nobody decides
// by what cannot be seen. 200 is the approval window at 200 % zoom.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { looks } from './looks.ts';
import { executablePath, inChromium } from './in_chromium.ts';

const WIDTHS = [200, 320, 360, 400, 1280];
const WHOLE_WORDS = 320;
const preview = inChromium();

/** What sticks out of the window, or of what it is cut by. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const one of document.body.querySelectorAll<HTMLElement>('*')) {
      if (one.closest('.unseen, svg, option, details:not([open]) > :not(summary)')) continue;
      const { left, right, width, height } = one.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      const name = `${one.tagName}.${one.className} "${one.textContent?.slice(0, 30)}"`;
      if (left < -1 || right > innerWidth + 1) found.push(`${name} ${left} to ${right}`);
      const isField = /^(INPUT|TEXTAREA|SELECT)$/.test(one.tagName);
      if (!isField && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0) {
        const cuts = getComputedStyle(one).overflowX !== 'visible' && !one.closest('.network');
        if (cuts) found.push(`${name} hides ${one.scrollWidth - one.clientWidth} pixels`);
      }
    }
    return found.slice(0, 5);
  });

/** Buttons of which a word stands on two lines. */
const broken = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const button of document.querySelectorAll('.button')) {
      const walk = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (node.parentElement?.closest('.unseen')) continue;
        for (const { 0: word, index } of (node.textContent ?? '').matchAll(/\S+/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.push(`a button breaks "${word}"`);
        }
      }
    }
    return found.slice(0, 5);
  });

describe.skipIf(!executablePath)('at every width', () => {
  const each = Object.keys(looks).flatMap((name) =>
    ['en', 'de', 'pseudo'].map((one) => [name, one]),
  );
  it.each(each)('%s lies inside its window in %s', async (name, language) => {
    const { scene, page: view = 'popup', route = '/', act } = looks[name!]!;
    const page = await preview.browser.newPage({ viewport: { width: 400, height: 660 } });
    page.setDefaultTimeout(8000);
    await page.goto(
      `${preview.served.url}?language=${language}&scene=${scene}&page=${view}#${route}`,
    );
    await page.locator('.page, .starting').first().waitFor();
    await act?.(page);
    const faults: Record<number, string[]> = {};
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 660 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const found = await outside(page);
      if (wide > 0) found.push(`it scrolls ${wide} pixels sideways`);
      if (width >= WHOLE_WORDS && language !== 'pseudo') found.push(...(await broken(page)));
      if (found.length > 0) faults[width] = found;
    }
    await page.close();
    expect(faults).toEqual({});
  });
});
