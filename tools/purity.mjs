// What the core asks of its surroundings: the symbols that the rooms of core/ leave open, against
// tests/core/imports.txt. No clock, socket, file or entropy is among them. Needs the native build.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { inRoot } from './lib.mjs';

const build = inRoot('build/native');
const rooms = readFileSync(inRoot('tools/layers.txt'), 'utf8').match(/(?<=^core\/)\w+/gm) ?? [];
const archives = readdirSync(build).filter((name) => /^lib\w+\.a$/.test(name));

function symbols(names, ...flags) {
  const args = [...flags, '--format=posix', ...names.map((name) => `${build}/${name}`)];
  const lines = execFileSync('nm', args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' });
  return new Set(
    lines.split('\n').flatMap((line) => (/^\S+ \w/.test(line) ? [line.split(' ')[0]] : [])),
  );
}

// Of C++: the standard library's containers and operators, and the interpreter's library, which
// is linked natively alone. Its streams, threads, clocks and files are none of these.
const isOfCpp = (name) => /^_Z/.test(name);
const isAllowed = (name) =>
  /wabt/.test(name) || (/^_Z(NSt|NKSt|St|Tv0|nw|na|dl|da)/.test(name) && !isImpure(name));
const isImpure = (name) => /chrono|thread|mutex|stream|filebuf|filesystem|random_device/.test(name);

const core = archives.filter((name) => rooms.some((room) => name === `libmica_${room}.a`));
const defined = symbols(archives, '--defined-only');
const open = [...symbols(core, '--undefined-only')].filter((name) => !defined.has(name)).sort();
const ofC = open.filter((name) => !isOfCpp(name));
const ofCpp = open.filter((name) => isOfCpp(name) && !isAllowed(name));

const listed = readFileSync(inRoot('tests/core/imports.txt'), 'utf8').match(/^\w+$/gm) ?? [];
const problems = [
  ...ofC.filter((name) => !listed.includes(name)).map((name) => `asks for ${name}`),
  ...ofCpp.map((name) => `asks for ${name}`),
  ...listed.filter((name) => !ofC.includes(name)).map((name) => `no longer asks for ${name}`),
];
if (core.length < rooms.length - 1) problems.push('not all rooms are built');
for (const problem of problems) console.log(`core ${problem} (tests/core/imports.txt)`);
console.log(`${problems.length === 0 ? 1 : 0} passed, ${problems.length} failed`);
process.exit(problems.length === 0 ? 0 : 1);
