// npm run start | devnet | demo | payments | oracle | kill | service-worker | secrets |
// keyboard | bench | storage | registry | sim | fuzz | wasm-oracle: sets up, builds what the
// program needs, and runs it in the foreground with the arguments given. MICA_BUILT=1: what is
// there is taken as built.
import { buildPages, buildWasm, cmakeBuild } from './build.mjs';
import { runFaults } from './faults.mjs';
import { runFuzz } from './fuzz.mjs';
import { foreground, inRoot, say, tsx } from './lib.mjs';
import { setup } from './setup.mjs';
import './together.mjs';
import { ensureUpstream } from './upstream.mjs';
import { runWasmOracle } from './wasm_oracle.mjs';

const programs = {
  start: { script: 'tools/start.ts', pages: true, browser: true },
  devnet: { script: 'tools/devnet.ts' },
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

async function runScript({ script, pages, browser, plain, clang, keyboard }, args) {
  if (process.env.MICA_BUILT) return foreground(...tsx(script, args));
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
  await setup(['build', 'test']);
  const faults = args.indexOf('--faults');
  if (faults >= 0) {
    args.splice(faults, 1);
    return runFaults(args);
  }
  await cmakeBuild('native', ['sim']);
  return foreground(inRoot('build/native/sim'), args);
}

async function main([program, ...args]) {
  if (program === 'sim') return runSim(args);
  if (program === 'fuzz') return runFuzz(args);
  if (program === 'wasm-oracle') return runWasmOracle(args);
  const entry = programs[program];
  if (!entry) throw new Error(`no such program: ${program}`);
  return runScript(entry, args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
