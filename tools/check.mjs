// npm run check: formats, lint, types, layer order, sizes, words and dead
// exports. Prints what is wrong where.
// npm run format: puts the formats right instead. Either takes path prefixes: -- core/bcs tests/
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { checkLayers } from './check_layers.mjs';
import { deadExports } from './dead_exports.mjs';
import { inRoot, root, run, say } from './lib.mjs';
import { setup } from './setup.mjs';
import { checkTidy } from './tidy.mjs';

await setup(['check']);
// Tracked files, and new ones that git does not ignore.
const list = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
if (list.status !== 0) throw new Error('npm run check needs git and a clone');
const files = [...new Set(list.stdout.split('\n'))].filter(
  (path) => path && existsSync(inRoot(path)),
);
const fix = process.argv.includes('--fix');
const prefixes = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const chosen = files.filter((path) => !prefixes.length || prefixes.some((p) => path.startsWith(p)));
const texts = new Map();
const read = (path) => {
  if (!texts.has(path)) texts.set(path, readFileSync(inRoot(path), 'utf8'));
  return texts.get(path);
};

let passed = 0;
let failed = 0;
function verdict(title, good) {
  if (good) passed += 1;
  else failed += 1;
  say(`${good ? 'ok    ' : 'FAILED'} ${title}`);
}
function faults(title, found) {
  for (const fault of found.slice(0, 100)) console.log(`    ${fault}`);
  if (found.length > 100) console.log(`    … and ${found.length - 100} more`);
  verdict(title, found.length === 0);
}
async function command(title, program, args) {
  const { code } = await run(title, program, args, { allowFailure: true, tail: 100 });
  verdict(title, code === 0);
}

const node = (script) => inRoot('node_modules', script);
const isOurs = (path) => !path.startsWith('js-bindings/bindings/generated/');
const cpp = chosen.filter((path) => /\.(cc|h)$/.test(path) && isOurs(path));
const web = chosen.filter((path) => /\.(tsx?|mts|m?js|json|css)$/.test(path) && isOurs(path));

const prettier = (...flags) => [node('prettier/bin/prettier.cjs'), '--log-level=warn', ...flags];
if (fix) {
  if (cpp.length) await command('clang-format', 'clang-format-14', ['-i', ...cpp]);
  if (web.length) await command('prettier', process.execPath, prettier('--write', ...web));
} else {
  faults('layer order', checkLayers(chosen, read));
  faults('sizes, words, dead files', checkTidy(chosen, read, files));
  faults('dead exports', deadExports(chosen, read, files));
  const dry = ['--dry-run', '--Werror', ...cpp];
  if (cpp.length) await command('clang-format', 'clang-format-14', dry);
  if (web.length) await command('prettier', process.execPath, prettier('--check', ...web));
  const scripts = web.filter((path) => /\.(tsx?|mts|m?js)$/.test(path));
  const eslint = [node('eslint/bin/eslint.js'), '--max-warnings=0', '--no-warn-ignored'];
  if (scripts.length) await command('eslint', process.execPath, [...eslint, ...scripts]);
  await command('types', process.execPath, [node('typescript/bin/tsc'), '-p', 'tsconfig.json']);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
