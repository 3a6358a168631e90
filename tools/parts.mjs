// What npm test and npm run test:long run: each part with what it weighs, what it comes after and
// the work, which resolves to { passed, failed }.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages, buildWasm, cmakeBuild } from './build.mjs';
import { buildFuzz, fuzzCommand, fuzzTargets } from './fuzz.mjs';
import { inRoot, jobs, run, tsx } from './lib.mjs';

/** Two parts that mostly wait run side by side; one that computes, or measures, runs alone. */
export const ROOM = 2;
const WAITS = 1;
const ALONE = ROOM;

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

// What a program that ends badly counts as, whatever it said.
const judged = (code, { passed, failed }) => ({
  passed,
  failed: code === 0 ? failed : Math.max(1, failed),
});

async function ctest(preset) {
  await cmakeBuild(preset);
  const folder = inRoot('build', preset, 'results');
  rmSync(folder, { recursive: true, force: true });
  const args = ['--test-dir', inRoot('build', preset), '--output-on-failure', '-j', jobs];
  args.push('--no-tests=error');
  const { code } = await run(`test ${preset}`, 'ctest', args, { allowFailure: true });
  return judged(code, countGoogleTests(folder));
}

// TypeScript's types and codec are those of the field lists.
async function generated() {
  await cmakeBuild('native', ['mica_schema']);
  return program('generated', process.execPath, [inRoot('tools/gen_ts.mjs'), '--check']);
}

async function pages() {
  await buildPages();
  return { passed: 1, failed: 0 };
}

async function javascript() {
  const report = inRoot('build/vitest.json');
  rmSync(report, { force: true });
  const vitest = inRoot('node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile=${report}`];
  const { code } = await run('vitest', process.execPath, args, { allowFailure: true });
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const [passed, failed] = [counts.numPassedTests ?? 0, counts.numFailedTests ?? 0];
  return judged(code, { passed, failed });
}

// A program that ends with its own "N passed, N failed" line, or else counts as one test.
async function program(part, command, args) {
  const { code, output } = await run(part, command, args, { allowFailure: true });
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
  const [passed, failed] = line ? [Number(line[1]), Number(line[2])] : [code === 0 ? 1 : 0, 0];
  return judged(code, { passed, failed });
}

async function sim(...args) {
  await cmakeBuild('native', ['sim']);
  return program('sim', inRoot('build/native/sim'), args);
}

// One target after the other; with a seed, the same inputs each time.
async function fuzz(preset, seconds, seed) {
  const targets = fuzzTargets();
  await buildFuzz(preset, targets);
  const sum = { passed: 0, failed: 0 };
  for (const target of targets) {
    const command = fuzzCommand(preset, target, seconds(targets.length), seed);
    const { passed, failed } = await program(`fuzz ${target.name}`, ...command);
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}
const aMinuteForAll = (targets) => Math.max(2, Math.floor(60 / targets));
const tenMinutesEach = () => 600;

const alone = (name, work) => ({ name, weight: ALONE, work });

// In headless Chromium, with the Wasm products and the extension that were built before.
const browser = (name, args = [], weight = WAITS) => ({
  name,
  weight,
  browser: true,
  work: () => program(name, ...tsx(`tests/web/${name}.ts`, args)),
});

/** npm test, in the order they start. */
export const parts = [
  alone('native', () => ctest('native')),
  alone('generated', generated),
  alone('purity', () => program('purity', process.execPath, [inRoot('tools/purity.mjs')])),
  alone('asan', () => ctest('asan')),
  alone('wasm', () => ctest('wasm')),
  alone('pages', pages),
  alone('js', javascript),
  alone('sim', () => sim('--seeds', '300')),
  alone('fuzz', () => fuzz('asan', aMinuteForAll, 1)),
  browser('oracle', ['--blocks', '120']),
  browser('demo'),
  browser('service_worker', ['--stops', '45', '--seed', '1']),
  browser('kill', ['--rounds', '12', '--seed', '1']),
  browser('trouble'),
  browser('secrets'),
  browser('keyboard'),
  browser('payments'),
  browser('published'),
  browser('packages'),
  browser('applications'),
  // What a write costs is measured, and how long an end may take.
  browser('storage', [], ALONE),
  browser('commands', [], ALONE),
];

/** npm run test:long, hours of it; each time with other seeds. */
export const longParts = [
  alone('products', async () => {
    await buildWasm();
    return pages();
  }),
  alone('sim', () => sim('--seeds', '10000')),
  alone('faults', () =>
    program('faults', process.execPath, [inRoot('tools/run.mjs'), 'sim', '--faults']),
  ),
  alone('fuzz', () => fuzz('fuzz', tenMinutesEach, 0)),
  browser('oracle', ['--blocks', '5000']),
  browser('kill', ['--rounds', '500']),
  browser('service_worker', ['--stops', '1000']),
  browser('storage', ['--rounds', '100', '--blocks', '20000'], ALONE),
];
