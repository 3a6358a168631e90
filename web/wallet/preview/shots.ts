// A picture of every screen, light and dark, in build/wallet-shots/.
//   tsx web/wallet/preview/shots.ts [--language=de] [--width=320] [name ...]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { createServer } from 'vite';
import { looks, sizes, type Look } from './looks.ts';
import { chromiumPath } from './serve.ts';

/** --name=value. */
function option(name: string, otherwise: string): string {
  const start = `--${name}=`;
  const given = process.argv.find((one) => one.startsWith(start));
  return given?.slice(start.length) ?? otherwise;
}

async function take(browser: Browser, base: string, name: string, theme: 'light' | 'dark') {
  const { scene, page = 'popup', route = '/', act } = looks[name] as Look;
  const width = Number(option('width', `${sizes[page].width}`));
  const viewport = { ...sizes[page], width };
  const tab = await browser.newPage({ viewport, colorScheme: theme });
  const problems: string[] = [];
  tab.on('pageerror', (error) => problems.push(error.message));
  tab.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  try {
    await tab.goto(
      `${base}?language=${option('language', 'en')}&scene=${scene}&page=${page}#${route}`,
    );
    await tab.locator('.page, .starting').first().waitFor();
    await act?.(tab);
    await tab.waitForTimeout(120);
    await tab.screenshot({ path: `${out}/${name}-${theme}.png` });
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) problems.push(`${wide} pixels too wide`);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  await tab.close();
  for (const problem of problems) console.error(`${name} ${theme}: ${problem}`);
  return problems.length;
}

const out = fileURLToPath(new URL('../../../build/wallet-shots', import.meta.url));
mkdirSync(out, { recursive: true });
const server = await createServer({
  configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
  logLevel: 'error',
});
await server.listen();
const base = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({
  executablePath: chromiumPath() ?? undefined,
  args: ['--no-sandbox'],
});
const chosen = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const names = chosen.length > 0 ? chosen : Object.keys(looks);
let faults = 0;
for (const name of names) {
  for (const theme of ['light', 'dark'] as const) faults += await take(browser, base, name, theme);
}
await browser.close();
await server.close();
console.log(`${names.length} screens, ${faults} faults`);
process.exit(faults ? 1 : 0);
