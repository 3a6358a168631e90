// npm run fuzz, and the fuzz parts of npm test: each file of tests/fuzz is a target, a C++ program
// under libFuzzer or a TypeScript program.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { cmakeBuild } from './build.mjs';
import { foreground, inRoot, readOptions, say, tsx } from './lib.mjs';
import { setup } from './setup.mjs';

// npm run fuzz -- [--seconds N] [--seed S] [name...]: every target for N seconds (600), one after
// the other. S fixes the order of the inputs; 0 takes a new one each time.
export async function runFuzz(args) {
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
