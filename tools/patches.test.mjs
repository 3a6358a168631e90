import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from './lib.mjs';
import { patched, patches } from './patches.mjs';

const folder = 'build/deps/secp256k1';
const read = (file) => readFileSync(inRoot(folder, file), 'utf8');
/** As it was before the mend. */
const unpatched = (file) => {
  let text = read(file);
  for (const { from, to } of patches.secp256k1[file]) text = text.replaceAll(to, () => from);
  return text;
};

describe('the mend of libsecp256k1', () => {
  it.each(Object.entries(patches.secp256k1))('is in %s', (file, changes) => {
    const before = unpatched(file);
    expect(before).not.toBe(read(file));
    expect(patched(file, before, changes)).toBe(read(file));
  });

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
