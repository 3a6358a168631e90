// The npm packages as a stranger has them: packed, installed in a folder outside of the repository,
// compiled there against, and run. The programs are the code blocks of docs/client.md.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { inRoot } from '@mica/tools/lib';
import { buildPackages, packages } from '@mica/tools/packages';
import { startNetwork } from './lib/devnet.ts';
import { ExtensionBrowser, makeProfile, removeProfile } from './lib/extension.ts';
import { servePackages, type PackageSite } from './lib/package_site.ts';
import { launchChromium } from './lib/published.ts';
import { scratch } from './lib/scratch.ts';
import { check, same, Steps, until } from './lib/steps.ts';

const steps = new Steps(120_000);
const execute = promisify(execFile);
/** In the stranger's folder; what it printed. */
const inFolder = async (folder: string, command: string, ...args: string[]): Promise<string> => {
  try {
    return (await execute(command, args, { cwd: folder, timeout: 90_000 })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}${stderr}`.slice(-2000);
    throw new Error(`${command} ${args.join(' ')}: ${said}`, { cause: error });
  }
};

/** The blocks of a page that begin with `// name`, by name. */
function codeBlocks(path: string): Map<string, string> {
  const blocks = readFileSync(inRoot(path), 'utf8').matchAll(/```js\n\/\/ (\S+)[^\n]*\n(.*?)```/gs);
  return new Map([...blocks].map(([, name, text]) => [name!, text!]));
}

async function pack(name: string, folder: string): Promise<string> {
  const built = inRoot('build/packages', name);
  const args = ['pack', built, '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(await inFolder(folder, 'npm', ...args)) as { filename: string }[];
  // Older npm names the file otherwise than it calls it.
  return join(folder, packed!.filename.replace('@', '').replace('/', '-'));
}

const bin = (path: string) => inRoot('node_modules', path);
async function judged(name: string, tarball: string): Promise<void> {
  const publint = [bin('publint/src/cli.js'), inRoot('build/packages', name), '--strict'];
  await inFolder(inRoot(), process.execPath, ...publint);
  const attw = [bin('@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'esm-only'];
  await inFolder(inRoot(), process.execPath, ...attw);
}

const USES_PROVIDER = `import { onWallet, providerCodes, type BalanceJson } from '@mica/provider';
export const stop: () => void = onWallet(async ({ info, provider }) => {
  const answer = await provider.request({ method: 'linera_getBalance' });
  console.log(info.name, (answer as BalanceJson).attos, providerCodes.userRejected);
});
`;

// Everything of the packages is checked too: no skipLibCheck.
async function compile(folder: string, files: string[]): Promise<void> {
  writeFileSync(join(folder, 'uses_provider.ts'), USES_PROVIDER);
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    strict: true,
    noEmit: true,
    checkJs: true,
    types: ['node'],
    typeRoots: [inRoot('node_modules/@types')],
  };
  const all = [...files, 'uses_provider.ts'];
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: all }));
  await inFolder(folder, process.execPath, bin('typescript/bin/tsc'), '-p', '.');
}

async function stranger(): Promise<string> {
  const folder = scratch('stranger');
  const tarballs: string[] = [];
  await steps.run('the packages are built', buildPackages);
  for (const name of Object.keys(packages)) {
    const tarball = await steps.run(`npm pack ${name}`, () => pack(name, folder));
    await steps.run(`publint and attw: ${name}`, () => judged(name, tarball), false);
    tarballs.push(tarball);
  }
  await steps.run('npm install, offline, outside of the repository', async () => {
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    await inFolder(folder, 'npm', 'install', ...tarballs, ...quiet);
  });
  return folder;
}

async function pays(folder: string, faucet: string): Promise<void> {
  const said = await inFolder(folder, process.execPath, 'pay.mjs', faucet);
  check(/^certified 0n [0-9a-f]{64} \d{3,}$/m.test(said), `a certificate in ${said}`);
  check(/^payer 98\.5$/m.test(said), `the payer's balance in ${said}`);
  check(/^payee 101\.5$/m.test(said), `the payee's balance in ${said}`);
  const [, hash] = /^published [0-9a-f]{64} in ([0-9a-f]{64})$/m.exec(said) ?? [];
  check(hash && said.includes(`block 1n ${hash}`), `the published blob's block in ${said}`);
}

async function onPage(site: PackageSite, faucet: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.goto(`${site.url}?faucet=${encodeURIComponent(faucet)}`);
    const found = await until('the page has paid', async () => {
      if (faults.length > 0) throw new Error(faults.join('\n'));
      const data = await page.evaluate(() => ({ ...document.body.dataset }));
      return data['balance'] ? data : null;
    });
    same(found['refused'], 'InvalidInput', 'a transfer of -1');
    same(found['balance'], '99', 'the chain balance');
    check(/^[0-9a-f]{64}$/.test(found['block'] ?? ''), 'a block hash');
  } finally {
    await browser.close();
  }
}

const walletOf = (page: Page): Promise<{ rdns: string; said: unknown }> =>
  page.evaluate(async () => {
    const { onWallet } = (await import('/provider/index.js' as string)) as {
      onWallet: typeof import('@mica/provider').onWallet;
    };
    return new Promise((resolve, reject) => {
      onWallet(({ info, provider }) => {
        const asked = provider.request({ method: 'linera_accounts' });
        const settled = asked.catch(({ message }: Error) => message);
        settled.then((said) => resolve({ rdns: info.rdns, said }), reject);
      });
    });
  });

async function findsWallet(site: PackageSite): Promise<void> {
  const profile = makeProfile('packages');
  const extension = await ExtensionBrowser.open(profile);
  try {
    const page = await extension.context.newPage();
    await page.goto(`${site.url}blank`);
    // The test's extension knows no network, and the wallet itself says so.
    const found = { rdns: 'io.mica.wallet', said: 'No network is open.' };
    same(await walletOf(page), found, 'what the wallet says');
  } finally {
    await extension.close();
    removeProfile(profile);
  }
}

async function main(): Promise<number> {
  try {
    const folder = await stranger();
    const blocks = codeBlocks('docs/client.md');
    same([...blocks.keys()], ['pay.mjs', 'page.js', 'sealed.mjs'], 'code of docs/client.md');
    for (const [name, text] of blocks) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, 'chains'));
    await steps.run('everything compiles', () => compile(folder, [...blocks.keys()]), false);
    const size = statSync(join(folder, 'node_modules/@mica/provider/dist/index.js')).size;
    await steps.run('the provider has at most 10 kB', async () => check(size <= 10_000, `${size}`));
    const net = await startNetwork();
    const site = await servePackages(folder);
    await steps.run('under Node: claim, pay, receive, publish', () => pays(folder, net.faucetUrl));
    await steps.run('a sealed key opens by its password alone', async () => {
      same(await inFolder(folder, process.execPath, 'sealed.mjs'), 'true SignerRefused\n', 'said');
    });
    await steps.run('on a page without the extension', () => onPage(site, net.faucetUrl));
    await steps.run('a page finds the wallet by onWallet', () => findsWallet(site), false);
    site.close();
    await net.close();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return steps.finish();
}

process.exit(await main());
