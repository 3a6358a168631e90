// Everything a fresh Debian 12 or Ubuntu 24.04 with Node 20 lacks: system packages, npm packages,
// C sources. Each step is skipped when its stamp says that it was made from the same inputs.
//   node tools/setup.mjs [build] [test] [check] [browser]     all of them by default
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, ensurePackages, fetchSources } from './apt.mjs';
import { inRoot, isMain, isStamped, root, run, say, sha256, stamp } from './lib.mjs';
import { patch, patches } from './patches.mjs';
import './together.mjs';
import { inTurn } from './turns.mjs';

const readJson = (file) => JSON.parse(readFileSync(inRoot(file), 'utf8'));

async function npmPackages() {
  const { workspaces } = readJson('package.json');
  // What decides the packages: the lock file, and what each package.json asks for.
  const asks = ['.', ...workspaces].map((folder) => {
    const { dependencies, devDependencies } = readJson(join(folder, 'package.json'));
    return [folder, dependencies, devDependencies];
  });
  const platform = [process.platform, process.arch, process.versions.modules];
  const lock = readFileSync(inRoot('package-lock.json'), 'utf8');
  const key = sha256(JSON.stringify([lock, asks, platform]));
  const mark = inRoot('node_modules/.mica-setup');
  if (isStamped(mark, key)) return;
  // Install scripts are not run: nothing we use needs one.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm ci', 'npm', args);
  stamp(mark, key);
}

// Lays out one library's sources in build/deps/<name>.
async function layOut(name, entry, archives) {
  const folder = inRoot('build/deps', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (entry.npmPackage) {
    cpSync(inRoot('node_modules', entry.npmPackage, entry.folder), folder, { recursive: true });
  } else {
    const archive = join(archives, entry.archive);
    const part = entry.folder ? [entry.folder] : [];
    const strip = `--strip-components=${entry.folder?.split('/').length ?? 1}`;
    const args = ['xf', archive, '-C', folder, strip, '--no-same-owner', ...part];
    await run(`unpack ${entry.archive}`, 'tar', args);
  }
  if (!existsSync(join(folder, entry.needed))) throw new Error(`${name}: no ${entry.needed}`);
  patch(name, folder);
}

// A package that is wanted for the C sources in it alone: without what it depends on.
async function packNpm(entry, archives) {
  const path = join(archives, entry.archive);
  const good = () => existsSync(path) && sha256(readFileSync(path)) === entry.sha256;
  if (good()) return;
  const args = ['pack', entry.npmArchive, '--pack-destination', archives, '--ignore-scripts'];
  await run(`npm pack ${entry.npmArchive}`, 'npm', args);
  if (!good()) throw new Error(`${entry.archive} is not the pinned one (SHA-256)`);
}

async function cSources() {
  const text = readFileSync(inRoot('tools/sources.json'), 'utf8');
  const lock = readJson('package-lock.json');
  const sources = Object.entries(JSON.parse(text));
  const npm = sources.map(([, entry]) => lock.packages[`node_modules/${entry.npmPackage}`]);
  const integrity = npm.map((locked) => locked?.integrity ?? '');
  const key = sha256(JSON.stringify([text, integrity, patches]));
  const mark = inRoot('build/deps/.stamp');
  const laidOut = ([name, entry]) => existsSync(inRoot('build/deps', name, entry.needed));
  if (isStamped(mark, key) && sources.every(laidOut)) return;
  const archived = sources.map(([, entry]) => entry).filter((entry) => entry.archive);
  const archives = await fetchSources(archived.filter((entry) => !entry.npmArchive));
  for (const entry of archived.filter((entry) => entry.npmArchive)) {
    await packNpm(entry, archives);
  }
  for (const [name, entry] of sources) await layOut(name, entry, archives);
  stamp(mark, key);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.log(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

// Resolves to { chromium }: whether there is a browser for the browser steps.
export async function setup(purposes = ['build', 'test', 'check', 'browser']) {
  checkNode();
  return inTurn('set-up', () => bring(purposes));
}

async function bring(purposes) {
  const begun = Date.now();
  const apt = purposes.filter((purpose) => purpose !== 'browser');
  await ensurePackages(purposes.includes('build') ? ['sources', ...apt] : apt);
  await npmPackages();
  if (purposes.includes('build')) await cSources();
  const chromium = purposes.includes('browser') ? await ensureChromium() : false;
  if (Date.now() - begun > 2000) say('set-up complete');
  return { chromium };
}

if (isMain(import.meta.url)) {
  try {
    const purposes = process.argv.slice(2);
    await setup(purposes.length ? purposes : undefined);
    say(`ready in ${root}`);
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
