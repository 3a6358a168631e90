// Includes and imports against tools/layers.txt: a room names only what its floor allows.
// No list of exceptions.
import { readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { inRoot } from './lib.mjs';

const publishedRooms = { '@mica/js-bindings': 'js-bindings', '@mica/storage-idb': 'storage-idb' };

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

// The room a path from the root lies in; undefined outside of all rooms (tests, tools).
export const roomOf = (path, layers) =>
  [...layers.keys()].find((room) => path.startsWith(`${room}/`));

function named(path, text) {
  if (/\.(cc|h)$/.test(path)) {
    return [...text.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)].map((match) => match[1]);
  }
  const imports = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(imports)].map((match) => resolveImport(path, match[1]));
}

function resolveImport(path, target) {
  if (target.startsWith('.')) return posix.normalize(posix.join(dirname(path), target));
  const name = target.split('/').slice(0, 2).join('/');
  return publishedRooms[name] ? `${publishedRooms[name]}/` : target;
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
  return ours.flatMap((path) => checkFile(path, read(path), layers));
}
