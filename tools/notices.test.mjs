import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from './lib.mjs';
import { bundledPackages, linked, ofDebian, thirdParty } from './notices.mjs';

const page = readFileSync(inRoot('docs/dependencies.md'), 'utf8');
/** The rows of a section, as cells. */
const rows = (title) => {
  const section = page.split(/^## /m).find((one) => one.startsWith(title)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map((line) => line.split('|').map((cell) => cell.trim()));
};

describe('what is linked', () => {
  it('is what docs/dependencies.md lists, and the compiler’s own library', () => {
    const documented = rows('Linked into the product').map(([, name]) => name.split(' (')[0]);
    const names = linked.map(({ name }) => name).filter((name) => name !== 'emscripten');
    expect(names).toEqual(documented);
  });
  it('has the licence that is listed there', () => {
    const listed = [...rows('Linked into the product'), ...rows('From the system')];
    for (const { name, licence } of linked) {
      const row = listed.find((cells) => cells[1]?.startsWith(name));
      expect(row?.join(' '), name).toContain(licence);
    }
  });
});

describe('what is bundled', () => {
  it('is whatever the bundler took from node_modules', () => {
    const inputs = {
      'js-bindings/client/src/index.ts': {},
      'node_modules/@noble/hashes/sha3.js': {},
      'node_modules/@noble/hashes/utils.js': {},
      '../x/node_modules/valibot/dist/index.js': {},
      'node_modules/@mica/bindings/src/index.ts': {},
    };
    expect(bundledPackages({ inputs })).toEqual(['@noble/hashes', 'valibot']);
  });
  it('is told with its licence', () => {
    const text = thirdParty({ inputs: { 'node_modules/@noble/hashes/sha3.js': {} } }, false);
    expect(text).toMatch(/@noble\/hashes \d+\.\d+\.\d+ \(MIT\)/);
    expect(text).toContain('Permission is hereby granted');
    expect(thirdParty({ inputs: { 'js-bindings/provider/src/index.ts': {} } }, false)).toBeNull();
  });
});

it('of a copyright file those parts count that concern the library', () => {
  const text = [
    'Format: 1.0',
    'Files: *\nCopyright: One\nLicense: Expat or NCSA',
    'Files:\n tests/*\nCopyright: Two\nLicense: GPL',
    'Files:\n system/lib/*\nCopyright: Three\nLicense: ISC',
    'License: Expat\n Granted.',
    'License: GPL\n Not here.',
    'License: ISC\n Permitted.',
  ].join('\n\n');
  const kept = ofDebian(text, /^(\*|system\/)/);
  for (const one of ['One', 'Three', 'Granted', 'Permitted']) expect(kept).toContain(one);
  for (const one of ['Two', 'Not here', 'Format']) expect(kept).not.toContain(one);
});

const there = linked.every(({ text, debian }) => existsSync(debian ?? inRoot(text)));
it.skipIf(!there)('a package with Wasm tells of all of them', () => {
  const text = thirdParty({ inputs: {} }, true);
  for (const { name } of linked) expect(text).toContain(`${name} (`);
  expect(text).toContain('Frank Denis');
  expect(text).toContain('Pieter Wuille');
  expect(text).toContain('Niels Lohmann');
  expect(text).toContain('Emscripten Authors');
  expect(text.length).toBeLessThan(60_000);
});
