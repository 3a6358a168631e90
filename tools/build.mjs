// npm run build: the Wasm products, the pages and the extension, and build/mica-chrome.zip.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot, isMain, jobs, run, say, tsx } from './lib.mjs';
import { setup } from './setup.mjs';

export async function cmakeBuild(preset, targets = []) {
  await run(`configure ${preset}`, 'cmake', ['--preset', preset]);
  const args = ['--build', inRoot('build', preset), '-j', jobs];
  if (targets.length) args.push('--target', ...targets);
  // All errors at once, not the first alone.
  args.push('--', '-k', '0');
  await run(`compile ${preset}`, 'cmake', args);
}

// The products that have sources; throws when there is none to build.
export async function buildWasm() {
  const products = ['engine', 'vault', 'node'];
  const there = products.filter((name) => existsSync(inRoot('js-bindings', `${name}.cc`)));
  if (there.length === 0) throw new Error('js-bindings/*.cc: no product is written yet');
  if (existsSync(inRoot('tests/storage-idb/harness/harness.cmake'))) there.push('storage_harness');
  await cmakeBuild('wasm', there);
}

// A folder is built by its own build.ts, or by vite where it only has a vite configuration.
async function buildFolder(folder) {
  if (existsSync(inRoot(folder, 'build.ts'))) {
    await run(`build ${folder}`, ...tsx(`${folder}/build.ts`, []));
  } else if (existsSync(inRoot(folder, 'vite.config.ts'))) {
    const args = [inRoot('node_modules/vite/bin/vite.js'), 'build', folder];
    await run(`build ${folder}`, process.execPath, args);
  } else {
    throw new Error(`${folder}: neither build.ts nor vite.config.ts`);
  }
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

// Same files, same bytes: names sorted, one fixed time.
async function zipExtension() {
  const { zipSync } = await import('fflate');
  const folder = inRoot('build/extension');
  const mtime = new Date(2020, 0, 1);
  const files = filesUnder(folder).sort();
  const entries = files.map((path) => [relative(folder, path), [readFileSync(path), { mtime }]]);
  mkdirSync(inRoot('build'), { recursive: true });
  const zip = inRoot('build/mica-chrome.zip');
  writeFileSync(zip, zipSync(Object.fromEntries(entries), { level: 9 }));
  say(`build/mica-chrome.zip: ${files.length} files, ${statSync(zip).size} bytes`);
}

export async function buildPages() {
  await buildFolder('web');
  await buildFolder('extension');
  if (!existsSync(inRoot('build/extension/manifest.json'))) {
    throw new Error('extension: its build left no build/extension/manifest.json');
  }
  await zipExtension();
}

if (isMain(import.meta.url)) {
  try {
    await setup(['build']);
    await buildWasm();
    await buildPages();
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
