// Includes and imports against tools/layers.txt: a room names only what its floor allows, and an
// npm package another one only by its name and its exports. No list of exceptions.
import { readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { inRoot } from './lib.mjs';

const readJson = (path) => JSON.parse(readFileSync(inRoot(path), 'utf8'));
// The npm packages of this repository: { folder, name, exports }.
const packages = readJson('package.json').workspaces.map((folder) => {
  const { name, exports = {} } = readJson(`${folder}/package.json`);
  return { folder, name, exports };
});
const packageOf = (path) => packages.find(({ folder }) => path.startsWith(`${folder}/`));

// The rooms each room may name, itself among them: the listed ones and those below them.
export function readLayers(text = readFileSync(inRoot('tools/layers.txt'), 'utf8')) {
  const direct = new Map();
  for (const line of text.split('\n').filter((line) => line && !line.startsWith('#'))) {
    const [room, deps] = line.split(':');
    direct.set(room, deps.trim().split(/\s+/).filter(Boolean));
  }
  const below = (room) => [room, ...direct.get(room).flatMap(below)];
  return new Map([...direct.keys()].map((room) => [room, new Set(below(room))]));
}

// The innermost room a path from the root lies in; undefined outside of all rooms (tests, tools).
const roomOf = (path, layers) =>
  [...layers.keys()]
    .filter((room) => path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];

function named(path, text) {
  if (/\.(cc|h)$/.test(path)) {
    return [...text.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)].map((match) => match[1]);
  }
  return importsOf(text).map((target) => resolveImport(path, target));
}

// A Worker's bare name is of the folder that it is built into.
const ways = [
  /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"]+)['"]/g,
  /\bnew\s+(?:Shared)?Worker\(\s*['"](\.[^'"]+)['"]/g,
];
const url = /\bnew\s+URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url/g;

const importsOf = (text) => ways.flatMap((way) => [...text.matchAll(way)].map((match) => match[1]));

// What is named beside the file, with or without a dot.
const filesOf = (text) =>
  [...text.matchAll(url)].map(([, target]) => (target.startsWith('.') ? target : `./${target}`));

function resolveImport(path, target) {
  if (target.startsWith('.')) return posix.normalize(posix.join(dirname(path), target));
  const found = packages.find(({ name }) => target === name || target.startsWith(`${name}/`));
  return found ? `${found.folder}/` : target;
}

// Tests and the preview read what no package owns: documents, headers, the build's folder.
const mayLookOutside = (path) =>
  /\.test\.tsx?$/.test(path) || path.startsWith('web/wallet/preview/');

// A package is entered by its exports alone, and none is left by a path.
export function checkDoors(path, text) {
  const faults = [];
  for (const target of filesOf(text)) {
    const [own, other] = [packageOf(path), packageOf(resolveImport(path, target))];
    if (other && other !== own) faults.push(`${path}: ${target} enters ${other.name} by a path`);
    if (!other && own && !mayLookOutside(path)) {
      faults.push(`${path}: ${target} leaves ${own.name} by a path`);
    }
  }
  for (const target of importsOf(text)) {
    if (target.startsWith('.')) {
      const [own, other] = [packageOf(path), packageOf(resolveImport(path, target))];
      if (other === own) continue;
      faults.push(
        other
          ? `${path}: ${target} enters ${other.name} by a path`
          : `${path}: ${target} leaves ${own.name} by a path`,
      );
      continue;
    }
    const other = packages.find(({ name }) => target === name || target.startsWith(`${name}/`));
    if (other && !Object.hasOwn(other.exports, `.${target.slice(other.name.length)}`)) {
      faults.push(`${path}: ${other.name} does not export ${target}`);
    }
  }
  return faults;
}

// What is wrong with one file, as "path: sentence".
export function checkFile(path, text, layers) {
  const room = roomOf(path, layers);
  const isTest = /(_test\.cc|\.test\.tsx?)$/.test(path);
  if (!room) return [];
  const faults = [];
  for (const target of named(path, text)) {
    const other = roomOf(target, layers);
    if (/^(tests|tools)\//.test(target) && !isTest) {
      faults.push(`${path}: ${room} names ${target}, which is no room`);
    } else if (other && !layers.get(room).has(other)) {
      faults.push(`${path}: ${room} may not name ${target} (tools/layers.txt)`);
    } else if (/\.(cc|h)$/.test(path) && path.startsWith('core/') && !target.includes('/')) {
      if (!/\.(cc|h)$/.test(target)) continue;
      faults.push(`${path}: include ${target} by its full path from the root`);
    }
  }
  return faults;
}

export function checkLayers(files, read) {
  const layers = readLayers();
  const ours = files.filter((path) => /\.(cc|h|ts|tsx|mts)$/.test(path));
  const scripts = files.filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path));
  return [
    ...ours.flatMap((path) => checkFile(path, read(path), layers)),
    ...scripts.flatMap((path) => checkDoors(path, read(path))),
  ];
}
