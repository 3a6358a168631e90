// For tests: the preview served, and a Chromium to look at it with, while a file's tests run.
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { chromiumPath, servePreview, type Served } from './serve.ts';

/** Null: there is no Chromium here. */
export const executablePath = chromiumPath();

/** Both are there from the first test on, where there is a Chromium. */
export function inChromium(): { readonly browser: Browser; readonly served: Served } {
  let browser: Browser | undefined;
  let served: Served | undefined;
  beforeAll(async () => {
    if (!executablePath) return;
    served = await servePreview();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  return {
    get browser() {
      return browser!;
    },
    get served() {
      return served!;
    },
  };
}
