// THIRD_PARTY.txt of a package: whose work is in it besides ours, and under which terms. What is
// bundled says the bundler; what is linked into the Wasm modules stands here, and with its licence
// in docs/dependencies.md (notices.test.mjs holds the two together).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './lib.mjs';

/** `debian`: a copyright file of that form, of which the parts under `files` count. */
export const linked = [
  { name: 'libsodium', licence: 'ISC', text: 'build/deps/libsodium/LICENSE' },
  { name: 'libsecp256k1', licence: 'MIT', text: 'build/deps/secp256k1/COPYING' },
  { name: 'XKCP Keccak', licence: 'CC0', text: 'node_modules/keccak/LICENSE' },
  { name: 'libzstd', licence: 'BSD-3-Clause', text: 'build/deps/zstd/LICENSE' },
  {
    name: 'nlohmann/json',
    licence: 'MIT',
    debian: '/usr/share/doc/nlohmann-json3-dev/copyright',
    files: /^(\*|include\/)/,
  },
  {
    name: 'emscripten',
    licence: 'MIT or NCSA',
    debian: '/usr/share/doc/emscripten/copyright',
    files: /^(\*|system\/lib\/libc\/)/,
  },
];

/** The npm packages of which code is in a bundle, by esbuild's metafile. */
export function bundledPackages({ inputs }) {
  const found = Object.keys(inputs).flatMap(
    (path) => path.match(/(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? [],
  );
  return [...new Set(found)].filter((name) => !name.startsWith('@mica/')).sort();
}

function npmNotice(name) {
  const folder = inRoot('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  if (!file) throw new Error(`${name} brings no text of its licence`);
  return { title: `${name} ${version} (${license})`, text: read(join(folder, file)) };
}

const read = (path) => readFileSync(path, 'utf8').trim();

/** The paragraphs about those files, and the licences that they name. */
export function ofDebian(copyright, files) {
  const paragraphs = copyright.split(/\n\s*\n/);
  const field = (paragraph, name) =>
    paragraph.match(new RegExp(`^${name}:([^\\n]*(?:\\n[ \\t].*)*)`, 'm'))?.[1]?.trim() ?? '';
  const about = paragraphs.filter((one) =>
    field(one, 'Files')
      .split(/\s+/)
      .some((path) => files.test(path)),
  );
  const named = new Set(
    about.flatMap((one) =>
      field(one, 'License')
        .split('\n')[0]
        .split(/ (?:or|and) /),
    ),
  );
  const licences = paragraphs.filter(
    (one) => one.startsWith('License:') && named.has(field(one, 'License').split('\n')[0]),
  );
  return [...about, ...licences].join('\n\n');
}

function linkedNotice({ name, licence, text, debian, files }) {
  const path = debian ?? inRoot(text);
  if (!existsSync(path)) throw new Error(`the licence of ${name} is not at ${path}`);
  return { title: `${name} (${licence})`, text: debian ? ofDebian(read(path), files) : read(path) };
}

/** Null where everything is ours. */
export function thirdParty(metafile, hasWasm) {
  const all = [
    ...(hasWasm ? linked.map(linkedNotice) : []),
    ...bundledPackages(metafile).map(npmNotice),
  ];
  if (all.length === 0) return null;
  const line = '-'.repeat(80);
  const parts = all.map(({ title, text }) => `${line}\n${title}\n${line}\n\n${text}\n`);
  return `This package contains the work of others, under the terms below.\n\n${parts.join('\n')}`;
}
