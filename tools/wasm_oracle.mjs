// npm run wasm-oracle -- [--mutants N] [--seed S] [path...]: compares what core/wasm makes of
// modules (accepted or refused, the metered bytes) with upstream's own crates. Paths are modules or
// folders of them; without any, build/wasm-modules. Of each small module N variants with a few
// bytes changed are compared too. Needs cargo. Where they differ, the module is kept.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { cmakeBuild } from './build.mjs';
import { foreground, inRoot, readOptions, say, succeeds } from './lib.mjs';
import { setup } from './setup.mjs';

const folder = inRoot('build/wasm-oracle');
const target = join(folder, 'target');
const MUTATED_BYTES = 8 * 1024;

const modulesUnder = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => modulesUnder(join(path, name)))
    : path.endsWith('.wasm')
      ? [path]
      : [];

// The same numbers for the same seed. Mulberry32.
export function numbers(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

// One to three changes: a byte, a bit, a cut, a doubling, a pair that changes places.
function mutant(bytes, random) {
  let out = Buffer.from(bytes);
  for (let change = random(3); change >= 0 && out.length > 9; change -= 1) {
    const at = 8 + random(out.length - 8);
    const kind = random(6);
    if (kind === 0) out[at] = random(256);
    else if (kind === 1) out[at] ^= 1 << random(8);
    else if (kind === 2) out = Buffer.concat([out.subarray(0, at), out.subarray(at + 1)]);
    else if (kind === 3) {
      out = Buffer.concat([out.subarray(0, at), Buffer.from([random(256)]), out.subarray(at)]);
    } else if (kind === 4) out[at] = out[8 + random(out.length - 8)];
    else out[at] = (out[at] + random(5) - 2) & 0xff;
  }
  return out;
}

function writeMutants(modules, count, seed) {
  const into = join(folder, 'mutants');
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  const random = numbers(seed);
  const made = [];
  for (const path of modules.filter((path) => statSync(path).size <= MUTATED_BYTES)) {
    const bytes = readFileSync(path);
    for (let i = 0; i < count; i += 1) {
      const name = join(into, `${basename(path, '.wasm')}-${i}.wasm`);
      writeFileSync(name, mutant(bytes, random));
      made.push(name);
    }
  }
  return made;
}

function verdicts(program, modules) {
  const options = { input: `${modules.join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28 };
  const { status, stdout } = spawnSync(program, [], options);
  if (status !== 0) throw new Error(`${basename(program)} ended with ${status}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => /contract=(\S+) service=(\S+)$/.exec(line).slice(1));
}

// Accepted bytes must be the same; the reasons of a refusal are each side's own.
const judgement = (verdict) => (verdict.startsWith('ok') ? verdict : 'refused');

export async function runWasmOracle(args) {
  const options = { mutants: 200, seed: 1, names: [] };
  const { mutants, seed, names } = readOptions(options, args);
  if (!succeeds('cargo', ['--version'])) throw new Error('the crates need cargo');
  await setup(['build', 'test']);
  await cmakeBuild('native', ['mica_wasm_verdict']);
  const manifest = inRoot('tests/oracles/wasm/Cargo.toml');
  const cargo = ['build', '--release', '--locked', '--manifest-path', manifest];
  if ((await foreground('cargo', cargo, { CARGO_TARGET_DIR: target })) !== 0) return 1;
  const paths = names.length > 0 ? names : [inRoot('build/wasm-modules')];
  const given = paths.filter((path) => existsSync(path)).flatMap(modulesUnder);
  const modules = [...given, ...writeMutants(given, mutants, seed)];
  if (modules.length === 0) throw new Error('no modules: name some, or fill build/wasm-modules');
  const ours = verdicts(inRoot('build/native/mica_wasm_verdict'), modules);
  const theirs = verdicts(join(target, 'release/mica-wasm-oracle'), modules);
  return report(modules, ours, theirs);
}

function report(modules, ours, theirs) {
  const kept = join(folder, 'different');
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  let different = 0;
  let accepted = 0;
  for (const [index, module] of modules.entries()) {
    if (ours[index][0].startsWith('ok')) accepted += 1;
    const same = [0, 1].every(
      (role) => judgement(ours[index][role]) === judgement(theirs[index][role]),
    );
    if (same) continue;
    different += 1;
    copyFileSync(module, join(kept, basename(module)));
    if (different <= 20) say(`${basename(module)}: ours ${ours[index]}, theirs ${theirs[index]}`);
  }
  console.log(`${modules.length} modules, ${accepted} run as contracts, ${different} differ`);
  return different === 0 ? 0 : 1;
}
