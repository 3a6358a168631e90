// npm start: the local network, the demo dApp page, and Chromium with the extension installed.
//   npm start -- [--reset] [--headless] [--no-browser] [--page-port N] [flags of npm run devnet]
// State lies in build/state: the network's (network) and the browser's (profile).
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { findChromium, inRoot, say, tsx } from './lib.mjs';

interface Options {
  reset: boolean;
  headless: boolean;
  browser: boolean;
  pagePort: number;
  faucetPort: number;
  validatorPort: number;
  devnet: string[];
}

function readOptions(args: string[]): Options {
  const devnet = args.filter((arg) => !['--headless', '--no-browser'].includes(arg));
  const number = (flag: string, otherwise: number) => {
    const at = args.indexOf(flag);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  const at = devnet.indexOf('--page-port');
  if (at >= 0) devnet.splice(at, 2);
  return {
    reset: args.includes('--reset'),
    headless: args.includes('--headless') || !hasDisplay(),
    browser: !args.includes('--no-browser'),
    pagePort: number('--page-port', 5173),
    faucetPort: number('--faucet-port', 8080),
    validatorPort: number('--validator-port', 13001),
    devnet,
  };
}

const hasDisplay = () => Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

// Files of one folder, on this machine only.
export function servePages(folder: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    if (!file.startsWith(folder) || !existsSync(file) || extname(file) === '') {
      response.writeHead(404).end('not found');
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

// The network as a child; resolves when the faucet answers.
async function startNetwork(options: Options): Promise<ChildProcess> {
  const folder = inRoot('build/state/network');
  const flags = options.devnet.includes('--folder') ? [] : ['--folder', folder];
  const [node, args] = tsx('devnet/src/main.ts', [...flags, ...options.devnet]);
  const child = spawn(node, args, { cwd: inRoot(), stdio: 'inherit' });
  const faucet = `http://127.0.0.1:${options.faucetPort}/`;
  const body = JSON.stringify({ query: '{ version { gitCommit } }' });
  const headers = { 'content-type': 'application/json' };
  for (let tries = 0; tries < 240; tries += 1) {
    if (child.exitCode !== null) throw new Error('the network ended; see above');
    const answer = await fetch(faucet, { method: 'POST', headers, body }).catch(() => null);
    if (answer && answer.status < 500) return child;
    await sleep(250);
  }
  child.kill();
  throw new Error(`the faucet at ${faucet} did not answer within a minute`);
}

async function startBrowser(options: Options, page: string) {
  const executablePath = await findChromium();
  if (!executablePath) return null;
  const { chromium } = await import('playwright-core');
  const extension = inRoot('build/extension');
  const args = [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`];
  args.push('--no-first-run', '--disable-quic');
  if (options.headless) args.push('--headless=new', '--disable-gpu');
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const context = await chromium.launchPersistentContext(inRoot('build/state/profile'), {
    executablePath,
    headless: false,
    viewport: null,
    args,
  });
  await (context.pages()[0] ?? (await context.newPage())).goto(page);
  return context;
}

function report(options: Options, page: string, browser: string) {
  const last = options.validatorPort + 3;
  const other =
    options.faucetPort === 8080
      ? ''
      : `
  This faucet is not at the port that the extension looks at first: add a network with its address.
`;
  console.log(`
  validators   http://127.0.0.1:${options.validatorPort} … ${last}
  faucet       http://127.0.0.1:${options.faucetPort}
  demo dApp    ${page}
  extension    ${browser}

  What to do next: open the extension's icon, make a wallet, get a chain from the faucet; then
  press "Connect" on the demo page. To load it into another Chromium: chrome://extensions,
  developer mode, "Load unpacked", build/extension. npm start -- --reset begins anew.
  Ctrl-C ends everything.
${other}`);
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.reset) rmSync(inRoot('build/state'), { recursive: true, force: true });
  const network = await startNetwork(options);
  const pages = await servePages(inRoot('build/web'), options.pagePort);
  const page = `http://127.0.0.1:${options.pagePort}/`;
  const context = options.browser ? await startBrowser(options, page) : null;
  const end = async () => {
    await context?.close().catch(() => undefined);
    pages.close();
    network.kill('SIGTERM');
  };
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());
  network.once('exit', (code) => {
    say(`the network ended (${code ?? 'signal'})`);
    void end().then(() => process.exit(code ?? 0));
  });
  const shown = options.headless
    ? 'in Chromium, headless: there is no display'
    : 'installed in the Chromium window that has opened';
  report(options, page, context ? shown : 'build/extension (no browser was started)');
}

if (process.argv[1]?.endsWith('start.ts')) {
  try {
    await main();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
