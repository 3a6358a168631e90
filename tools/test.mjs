// npm test: sets up, builds and runs everything; its last line is "N passed, N failed".
//   npm test -- native generated asan wasm js pages sim fuzz storage published payments demo
//               trouble oracle service_worker kill secrets keyboard
// runs only the parts that are named.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages, cmakeBuild } from './build.mjs';
import { inRoot, jobs, run, say, tsx } from './lib.mjs';
import { buildFuzz, fuzzCommand, fuzzTargets } from './run.mjs';
import { setup } from './setup.mjs';

const results = [];
const note = (part, passed, failed, why = '') => results.push({ part, passed, failed, why });

// Sums GoogleTest's reports. A program that died without a report counts as one failure.
function countGoogleTests(folder) {
  let passed = 0;
  let failed = 0;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    failed += report.failures + report.errors;
    passed += report.tests - report.disabled - report.failures - report.errors;
  }
  return { passed, failed };
}

async function ctest(preset) {
  await cmakeBuild(preset);
  const folder = inRoot('build', preset, 'results');
  rmSync(folder, { recursive: true, force: true });
  const args = ['--test-dir', inRoot('build', preset), '--output-on-failure', '-j', jobs];
  args.push('--no-tests=error');
  const { code } = await run(`test ${preset}`, 'ctest', args, { allowFailure: true });
  const { passed, failed } = countGoogleTests(folder);
  note(preset, passed, code === 0 ? failed : Math.max(1, failed));
}

// TypeScript's types and codec are those of the field lists.
async function generated() {
  await cmakeBuild('native', ['mica_schema']);
  await program('generated', process.execPath, [inRoot('tools/gen_ts.mjs'), '--check']);
}

async function javascript() {
  const report = inRoot('build/vitest.json');
  rmSync(report, { force: true });
  const vitest = inRoot('node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile=${report}`];
  const { code } = await run('vitest', process.execPath, args, { allowFailure: true });
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const failed = counts.numFailedTests ?? 0;
  note('js', counts.numPassedTests ?? 0, code === 0 ? failed : Math.max(1, failed));
}

// A program that ends with its own "N passed, N failed" line, or else counts as one test.
async function program(part, command, args) {
  const { code, output } = await run(part, command, args, { allowFailure: true });
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
  const [passed, failed] = line ? [Number(line[1]), Number(line[2])] : [code === 0 ? 1 : 0, 0];
  note(part, passed, code === 0 ? failed : Math.max(1, failed));
}

const script = (part, path, args) => program(part, ...tsx(path, args));

async function sim() {
  await cmakeBuild('native', ['sim']);
  await program('sim', inRoot('build/native/sim'), ['--seeds', '500']);
}

// A minute for all targets together, built beside the sanitizer tests.
async function fuzz() {
  const targets = fuzzTargets();
  await buildFuzz('asan', targets);
  const seconds = Math.max(2, Math.floor(60 / targets.length));
  for (const target of targets) {
    await program(`fuzz ${target.name}`, ...fuzzCommand('asan', target, seconds, 1));
  }
}

const hasFuzz = () =>
  existsSync(inRoot('tests/fuzz')) &&
  readdirSync(inRoot('tests/fuzz')).some((f) => f.endsWith('.cc'));
const there = (path) => () => existsSync(inRoot(path));
const always = () => true;

// In the order they run; `when` tells whether its sources exist, `browser` that it needs Chromium.
const parts = [
  { name: 'native', when: always, work: () => ctest('native') },
  { name: 'generated', when: always, work: generated },
  { name: 'asan', when: always, work: () => ctest('asan') },
  { name: 'wasm', when: always, work: () => ctest('wasm') },
  { name: 'pages', when: there('extension/package.json'), work: pages },
  { name: 'js', when: always, work: javascript },
  { name: 'sim', when: there('tests/sim/main.cc'), work: sim },
  { name: 'fuzz', when: hasFuzz, work: fuzz },
  browserPart('storage', []),
  browserPart('published', []),
  browserPart('payments', []),
  browserPart('demo', []),
  browserPart('trouble', []),
  browserPart('oracle', ['--blocks', '200']),
  browserPart('service_worker', ['--stops', '90', '--seed', '1']),
  browserPart('kill', ['--rounds', '20', '--seed', '1']),
  browserPart('secrets', []),
  browserPart('keyboard', []),
];

function browserPart(name, args) {
  const path = `tests/web/${name}.ts`;
  return { name, browser: true, when: there(path), work: () => script(name, path, args) };
}

async function pages() {
  await buildPages();
  note('pages', 1, 0);
}

async function attempt({ name, work }) {
  try {
    await work();
  } catch (error) {
    say(error.message);
    note(name, 0, 1, error.message);
  }
}

const begun = Date.now();
const wanted = process.argv.slice(2).filter((name) => name !== '--');
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length) throw new Error(`no such part: ${unknown.join(' ')}`);
const { chromium } = await setup(['build', 'test', 'browser', 'keyboard']).catch((error) => {
  console.log(`set-up: ${error.message}\n0 passed, 1 failed`);
  process.exit(1);
});
let skipped = 0;
for (const part of parts.filter(({ name }) => !wanted.length || wanted.includes(name))) {
  if (!part.when()) {
    say(`${part.name}: not written yet`);
  } else if (part.browser && !chromium) {
    say(`${part.name}: left out, no Chromium`);
    skipped += 1;
  } else {
    await attempt(part);
  }
}

const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log('\npart                     passed  failed');
for (const { part, passed, failed } of results) {
  console.log(`${part.padEnd(22)} ${String(passed).padStart(8)} ${String(failed).padStart(7)}`);
}
if (skipped) console.log(`${skipped} browser parts were left out: no Chromium`);
console.log(`in ${Math.round((Date.now() - begun) / 1000)} s`);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 && total('passed') > 0 ? 0 : 1;
