// npm run start | devnet | demo | payments | oracle | kill | service-worker | secrets |
// keyboard | bench | storage | registry | sim | fuzz: sets up, builds what the program needs, and
// runs it in the foreground with the arguments given.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { buildPages, buildWasm, cmakeBuild } from './build.mjs';
import { runFaults } from './faults.mjs';
import { foreground, inRoot, isMain, readOptions, say, tsx } from './lib.mjs';
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
  keyboard: { script: 'tests/web/keyboard.ts', plain: true, browser: true, keyboard: true },
  storage: { script: 'tests/web/storage.ts', browser: true },
  registry: { script: 'tools/registry.ts', plain: true, clang: true },
  bench: { script: 'tests/web/bench.ts', pages: true, browser: true, clang: true },
};

function demand(path) {
  if (existsSync(inRoot(path))) return;
  throw new Error(`${path} is not there: nothing to run`);
}

async function runScript({ script, pages, browser, plain, clang, keyboard }, args) {
  demand(script);
  const purposes = ['build', ...(browser ? ['browser'] : []), ...(clang ? ['test'] : [])];
  if (keyboard) purposes.push('keyboard');
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

// npm run fuzz -- [--seconds N] [--seed S] [name...]: every target for N seconds (600), one after
// the other. S fixes the order of the inputs; 0 takes a new one each time.
async function runFuzz(args) {
  const { seconds, seed, names } = readOptions({ seconds: 600, seed: 0, names: [] }, args);
  const all = fuzzTargets();
  const unknown = names.filter((name) => !all.some((target) => target.name === name));
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ');
    throw new Error(`no such target: ${unknown.join(', ')}; there are ${known}`);
  }
  const targets = all.filter(({ name }) => !names.length || names.includes(name));
  await setup(targets.some(isCpp) ? ['build', 'test'] : []);
  await buildFuzz('fuzz', targets);
  let failed = 0;
  for (const target of targets) {
    say(`fuzz ${target.name} for ${seconds} s`);
    if ((await foreground(...fuzzCommand('fuzz', target, seconds, seed))) !== 0) failed += 1;
  }
  console.log(`${targets.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

// A target is a file of tests/fuzz: a C++ program under libFuzzer, or a TypeScript program.
export const fuzzTargets = () =>
  readdirSync(inRoot('tests/fuzz'))
    .filter((file) => /\.(cc|ts)$/.test(file))
    .map((file) => ({ file, name: file.replace(/\.\w+$/, '') }));
const isCpp = ({ file }) => file.endsWith('.cc');

export async function buildFuzz(preset, targets) {
  const programs = targets.filter(isCpp).map(({ name }) => `fuzz_${name}`);
  if (programs.length > 0) await cmakeBuild(preset, programs);
}

// Starts from the committed seeds; what it finds stays in build/fuzz-corpus.
export function fuzzCommand(preset, target, seconds, seed) {
  const { file, name } = target;
  if (!isCpp(target)) {
    return tsx(`tests/fuzz/${file}`, ['--seconds', `${seconds}`, '--seed', `${seed}`]);
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
