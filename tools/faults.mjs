// npm run sim -- --faults [--seeds N] [name...]: breaks the product on purpose, in a copy of the
// sources, one fault of tests/sim/faults.json after the other, and demands that the worlds notice
// each, or the stories that it names, and nothing without a fault. The text that a fault replaces
// must be there exactly once.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inRoot, jobs, readOptions, run, say } from './lib.mjs';

const tree = inRoot('build/faults');
// What the worlds are built from, and what CMake wants to see.
const sources = [
  ...['CMakeLists.txt', 'cmake', 'core', 'storage-idb', 'tests/sim'],
  ...['tools/layers.txt', 'tools/schema_main.cc'],
];

function filesOf(path) {
  if (!statSync(inRoot(path)).isDirectory()) return [path];
  return readdirSync(inRoot(path)).flatMap((name) => filesOf(join(path, name)));
}

// The sources with some texts exchanged; only what differs is written, so that little is rebuilt.
function lay(changed) {
  for (const file of sources.flatMap(filesOf)) {
    const text = changed.get(file) ?? readFileSync(inRoot(file), 'utf8');
    const target = join(tree, file);
    if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

// The changed sources by file; throws where the text to replace is not there once.
export function broken({ name, edits }) {
  const changed = new Map();
  for (const { file, from, to } of edits) {
    const text = changed.get(file) ?? readFileSync(inRoot(file), 'utf8');
    const parts = text.split(from.join('\n'));
    if (parts.length !== 2) {
      throw new Error(`${name}: ${file} has the text to replace ${parts.length - 1} times`);
    }
    changed.set(file, parts.join(to.join('\n')));
  }
  return changed;
}

async function build(title, target) {
  const options = ['--build', join(tree, 'build'), '-j', jobs, '-t', target];
  await run(`compile ${title}`, 'cmake', options);
}

// For what chance meets too seldom: the first of these tests of tests/sim that failed, or none.
async function stories(title, filter) {
  const options = ['--gtest_brief=1', `--gtest_filter=${filter}`];
  const { output } = await run(title, join(tree, 'build/test_sim'), options, {
    cwd: tree,
    allowFailure: true,
    tail: 1,
  });
  if (!/ [1-9]\d* tests? from /.test(output)) throw new Error(`${title}: none was run`);
  return output.match(/\[ {2}FAILED {2}\] (\S+)/)?.[1];
}

// The first broken promise, or none; that little happened in a run of few seeds is none.
async function worlds(title, count) {
  const options = ['--seeds', String(count), '--jobs', '1', '--until-failure', '1'];
  const { output } = await run(title, join(tree, 'build/sim'), options, {
    cwd: tree,
    allowFailure: true,
    tail: 1,
  });
  if (!/^\d+ passed, \d+ failed$/m.test(output)) throw new Error(`${title}: it did not end`);
  return output.match(/^(seed \d+: .*|a process died)$/m)?.[0];
}

export const readFaults = () => JSON.parse(readFileSync(inRoot('tests/sim/faults.json'), 'utf8'));

export async function runFaults(args) {
  const { seeds, names } = readOptions({ seeds: 200, names: [] }, args);
  const all = readFaults();
  const faults = all.filter(({ name }) => names.length === 0 || names.includes(name));
  const changes = all.map(broken); // all of them, before anything is built
  if (faults.length === 0) throw new Error(`no such fault: ${names.join(', ')}`);
  lay(new Map());
  if (!existsSync(join(tree, 'build/deps'))) {
    mkdirSync(join(tree, 'build'), { recursive: true });
    symlinkSync(relative(join(tree, 'build'), inRoot('build/deps')), join(tree, 'build/deps'));
  }
  cpSync(inRoot('CMakePresets.json'), join(tree, 'CMakePresets.json'));
  await run('configure faults', 'cmake', ['--preset', 'native', '-B', join(tree, 'build')], {
    cwd: tree,
  });
  const notice = async (title, filter) => {
    await build(title, filter ? 'test_sim' : 'sim');
    return filter
      ? stories(`stories with ${title}`, filter)
      : worlds(`worlds with ${title}`, seeds);
  };
  for (const filter of new Set(faults.map((fault) => fault.stories))) {
    const sound = await notice('no fault', filter);
    if (sound) throw new Error(`without a fault: ${sound}`);
  }
  const missed = [];
  for (const fault of faults) {
    lay(changes[all.indexOf(fault)]);
    const seen = await notice(fault.name, fault.stories);
    say(`${fault.name}: ${fault.what}: ${seen ?? 'NOT FOUND'}`);
    if (!seen) missed.push(fault.name);
  }
  lay(new Map());
  say(missed.length ? `not found: ${missed.join(', ')}` : 'every fault was found');
  console.log(`${faults.length - missed.length} passed, ${missed.length} failed`);
  return missed.length === 0 ? 0 : 1;
}
