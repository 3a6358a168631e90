import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from './lib.mjs';
import { patched, patches } from './patches.mjs';

const folder = 'build/deps/secp256k1';
const read = (file, library = 'secp256k1') =>
  readFileSync(inRoot('build/deps', library, file), 'utf8');
/** As it was before the mend. */
const unpatched = (file, library = 'secp256k1') => {
  let text = read(file, library);
  for (const { from, to } of patches[library][file]) text = text.replaceAll(to, () => from);
  return text;
};
const mended = Object.entries(patches).flatMap(([library, files]) =>
  Object.entries(files).map(([file, changes]) => [library, file, changes]),
);

describe('a mend of a library', () => {
  it.each(mended)('is in %s, %s', (library, file, changes) => {
    const before = unpatched(file, library);
    expect(before).not.toBe(read(file, library));
    expect(patched(file, before, changes)).toBe(read(file, library));
  });
});

describe('the mend of libsecp256k1', () => {
  it('refuses another source', () => {
    const [[file, changes]] = Object.entries(patches.secp256k1);
    expect(() => patched(file, read(file), changes)).toThrow('is another source');
    const twice = unpatched(file).repeat(2);
    expect(() => patched(file, twice, changes)).toThrow('is another source');
  });

  it('leaves no mask that comes straight from a secret bit', () => {
    const sources = readdirSync(inRoot(folder, 'src')).filter((name) =>
      /_impl\.h$|util\.h$/.test(name),
    );
    const bare = sources.flatMap((name) =>
      read(`src/${name}`)
        .split('\n')
        .filter((line) => /(?<!v)\bflag (\+ ~|- 1\b)|!flag\b|-\(?flag\b/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
    expect(bare).toEqual([]);
    for (const name of ['modinv32_impl.h', 'modinv64_impl.h']) {
      const masks = read(`src/${name}`).match(/^.*\b(c1, c2|cond_add, cond_negate)\b.*;$/gm);
      const declared = masks.filter((line) => !/var|=/.test(line) && !/^ *\/?\*/.test(line));
      expect(declared.filter((line) => !line.includes('volatile'))).toEqual([]);
      expect(declared.length).toBeGreaterThan(1);
    }
  });
});
