// npm run build: the Wasm products, the pages and the extension, and build/mica-chrome.zip.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot, isMain, jobs, run, say, tsx } from './lib.mjs';
import { setup } from './setup.mjs';
import './together.mjs';
import { inTurn } from './turns.mjs';

export const cmakeBuild = (preset, targets = []) =>
  inTurn('build', async () => {
    await run(`configure ${preset}`, 'cmake', ['--preset', preset]);
    const args = ['--build', inRoot('build', preset), '-j', jobs];
    if (targets.length) args.push('--target', ...targets);
    // All errors at once, not the first alone.
    args.push('--', '-k', '0');
    await run(`compile ${preset}`, 'cmake', args);
  });

export const buildWasm = () => cmakeBuild('wasm', ['engine', 'vault', 'node', 'storage_harness']);

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
  const zip = inRoot('build/mica-chrome.zip');
  writeFileSync(zip, zipSync(Object.fromEntries(entries), { level: 9 }));
  say(`build/mica-chrome.zip: ${files.length} files, ${statSync(zip).size} bytes`);
}

export const buildPages = () =>
  inTurn('build', async () => {
    for (const folder of ['web', 'extension']) {
      await run(`build ${folder}`, ...tsx(`${folder}/build.ts`, []));
    }
    await zipExtension();
  });

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
