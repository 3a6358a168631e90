// npm run start | devnet | demo | payments | oracle | kill | service-worker | secrets | bench |
// storage | registry | sim | fuzz: sets up, builds what the program needs, and runs it in the
// foreground with the arguments given.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { buildPages, buildWasm, cmakeBuild } from './build.mjs';
import { runFaults } from './faults.mjs';
import { foreground, inRoot, isMain, say, tsx } from './lib.mjs';
import { setup } from './setup.mjs';
import { ensureUpstream } from './upstream.mjs';

const programs = {
  start: { script: 'tools/start.ts', pages: true, browser: true },
  devnet: { script: 'devnet/src/main.ts' },
  demo: { script: 'tests/web/demo.ts', pages: true, browser: true },
  payments: { script: 'tests/web/payments.ts', pages: true, browser: true },
  oracle: { script: 'tests/web/oracle.ts', pages: true, browser: true },
  kill: { script: 'tests/web/kill.ts', pages: true, browser: true },
  'service-worker': { script: 'tests/web/service_worker.ts', pages: true, browser: true },
  secrets: { script: 'tests/web/secrets.ts', pages: true, browser: true },
  storage: { script: 'tests/web/storage.ts', browser: true },
  registry: { script: 'tools/registry.ts', plain: true, clang: true },
  bench: { script: 'tests/web/bench.ts', pages: true, browser: true, clang: true },
};

function demand(path) {
  if (existsSync(inRoot(path))) return;
  throw new Error(`${path} is not there: nothing to run`);
}

async function runScript({ script, pages, browser, plain, clang }, args) {
  demand(script);
  const purposes = ['build', ...(browser ? ['browser'] : []), ...(clang ? ['test'] : [])];
  const { chromium } = await setup(purposes);
  if (args.includes('--upstream') && !(await ensureUpstream())) return 1;
  if (!plain) await buildWasm();
  if (pages) await buildPages();
  if (browser && !chromium && script !== programs.start.script) return 1;
  return foreground(...tsx(script, args));
}

async function runSim(args) {
  demand('tests/sim/main.cc');
  await setup(['build', 'test']);
  const faults = args.indexOf('--faults');
  if (faults >= 0) {
    args.splice(faults, 1);
    return runFaults(args);
  }
  await cmakeBuild('native', ['sim']);
  return foreground(inRoot('build/native/sim'), args);
}

// npm run fuzz -- [--seconds N] [name...]: every target for N seconds (600), one after the other.
async function runFuzz(args) {
  const at = args.indexOf('--seconds');
  const seconds = at < 0 ? 600 : Number(args.splice(at, 2)[1]);
  demand('tests/fuzz');
  await setup(['build', 'test']);
  const names = fuzzTargets().filter((name) => !args.length || args.includes(name));
  await buildFuzz('fuzz', names);
  let failed = 0;
  for (const name of names) {
    say(`fuzz ${name} for ${seconds} s`);
    if ((await fuzzOne('fuzz', name, seconds)) !== 0) failed += 1;
  }
  console.log(`${names.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

const PROVIDER_FUZZ = 'provider_messages';

const nativeFuzzTargets = () =>
  readdirSync(inRoot('tests/fuzz'))
    .filter((file) => file.endsWith('.cc'))
    .map((file) => file.slice(0, -3));
// libFuzzer's in C++, and what pages send, in TypeScript.
export const fuzzTargets = () => [...nativeFuzzTargets(), PROVIDER_FUZZ];

export async function buildFuzz(preset, names) {
  const native = nativeFuzzTargets().filter((name) => names.includes(name));
  if (native.length === 0) return;
  await cmakeBuild(
    preset,
    native.map((name) => `fuzz_${name}`),
  );
}

// Starts from the committed seeds; what it finds stays in build/fuzz-corpus.
// `seed` fixes the order of the inputs; 0 takes a new one each time.
export function fuzzCommand(preset, name, seconds, seed = 0) {
  if (name === PROVIDER_FUZZ) {
    return tsx(`tests/fuzz/${name}.ts`, ['--seconds', `${seconds}`, '--seed', `${seed}`]);
  }
  const corpus = inRoot('build/fuzz-corpus', name);
  mkdirSync(corpus, { recursive: true });
  const seeds = inRoot('tests/fuzz/seeds', name);
  const folders = existsSync(seeds) ? [corpus, seeds] : [corpus];
  const limits = [`-max_total_time=${seconds}`, '-timeout=20', '-rss_limit_mb=2048'];
  limits.push(`-seed=${seed}`);
  const artifacts = `-artifact_prefix=${inRoot('build/fuzz-corpus')}/${name}-`;
  return [
    inRoot('build', preset, `fuzz_${name}`),
    [...limits, '-print_final_stats=0', artifacts, ...folders],
  ];
}
const fuzzOne = (preset, name, seconds) => foreground(...fuzzCommand(preset, name, seconds));

async function main([program, ...args]) {
  if (program === 'sim') return runSim(args);
  if (program === 'fuzz') return runFuzz(args);
  const entry = programs[program];
  if (!entry) throw new Error(`no such program: ${program}`);
  return runScript(entry, args);
}

if (isMain(import.meta.url)) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
