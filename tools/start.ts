// npm start: the local network, the demo dApp page, and Chromium with the extension installed.
//   npm start -- [--reset] [--headless] [--no-browser] [--page-port N] [--state DIR]
//                [flags of npm run devnet]
// In --state (build/state): the network's own folder, the browser's profile, and copies of the
// extension and the page, which a later build leaves alone. All of it ends together.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { copyBuilt } from './built.mjs';
import { findChromium, inRoot, readOptions, say, tsx } from './lib.mjs';
import { atEnd, end, start } from './lifetime.mjs';
import { networkFlags } from './network_flags.mjs';
import { demandFree } from './ports.mjs';
import { servePages } from './serve_pages.ts';

const flags = {
  ...networkFlags,
  folder: '',
  headless: false,
  'no-browser': false,
  'page-port': 5173,
  state: 'build/state',
};
type Flags = typeof flags;

const hasDisplay = () => Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** What the network's own program is told: its flags that were given. */
function passedOn(given: Flags, state: string): string[] {
  const folder = given.folder || join(state, 'network');
  return Object.entries({ ...given, folder }).flatMap(([name, value]) => {
    if (!(name in networkFlags) || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, `${value}`];
  });
}

/** Resolves when validators and faucet answer; their end is ours. */
function startNetwork(args: string[]): Promise<void> {
  const [node, all] = tsx('tools/devnet.ts', args);
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
  const network = start(node, all, { cwd: inRoot(), stdio: [...stdio] });
  network.once('exit', (code) => {
    say('the network ended, and so does all else');
    void end(code ?? 1);
  });
  return new Promise((ready) => network.once('message', () => ready()));
}

async function startBrowser(
  headless: boolean,
  state: string,
  page: string,
): Promise<BrowserContext | null> {
  const executablePath = await findChromium();
  if (!executablePath) return null;
  const { chromium } = await import('playwright-core');
  const extension = await copyBuilt('extension', join(state, 'extension'));
  const args = [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`];
  args.push('--no-first-run', '--disable-quic');
  if (headless) args.push('--headless=new', '--disable-gpu');
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const context = await chromium.launchPersistentContext(join(state, 'profile'), {
    executablePath,
    headless: false,
    viewport: null,
    args,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  context.once('close', () => {
    say('Chromium ended, and so does all else');
    void end(0);
  });
  atEnd(() => context.close());
  await (context.pages()[0] ?? (await context.newPage())).goto(page);
  return context;
}

function report(given: Flags, page: string, browser: string) {
  const first = given['validator-port'];
  const faucet = given['faucet-port'];
  const other =
    faucet === networkFlags['faucet-port']
      ? ''
      : `
  This faucet is not at the port that the extension looks at first: add a network with its address.
`;
  console.log(`
  validators   http://127.0.0.1:${first} … ${first + given.validators - 1}
  faucet       http://127.0.0.1:${faucet}
  demo dApp    ${page}
  extension    ${browser}

  What to do next: open the extension's icon, make a wallet, get a chain from the faucet; then
  press "Connect" on the demo page. To load it into another Chromium: chrome://extensions,
  developer mode, "Load unpacked", build/extension. npm start -- --reset begins anew.
  Ctrl-C ends everything, and so does closing the browser; --no-browser starts without it.
${other}`);
}

async function main() {
  const given = readOptions(flags);
  const headless = given.headless || !hasDisplay();
  const state = resolve(inRoot(), given.state);
  await demandFree(given['page-port'], '--page-port');
  await startNetwork(passedOn(given, state));
  if (given.reset) rmSync(join(state, 'profile'), { recursive: true, force: true });
  const folder = await copyBuilt('web', join(state, 'web'));
  await servePages(folder, given['page-port']);
  const page = `http://127.0.0.1:${given['page-port']}/`;
  const browser = given['no-browser'] ? null : await startBrowser(headless, state, page);
  const shown = headless
    ? 'in Chromium, headless: there is no display'
    : 'installed in the Chromium window that has opened';
  report(given, page, browser ? shown : 'build/extension (no browser was started)');
}

try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  await end(1);
}
