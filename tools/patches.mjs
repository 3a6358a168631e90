// Mends of C sources that tools/setup.mjs lays out, as texts that stand in them so many times and
// what stands there instead. A source with another number of them is another source, and refused.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const mask = (type) => [
  {
    from: `    ${type} mask0, mask1;\n`,
    to: `    ${type} mask0, mask1;\n    volatile int vflag = flag;\n`,
  },
  { from: `mask0 = flag + ~((${type})0);`, to: `mask0 = vflag + ~((${type})0);` },
];

const scalar = (type, sum, shift, top) => [
  {
    from: `int flag) {\n    ${sum} t;\n`,
    to: `int flag) {\n    ${sum} t;\n    volatile int vflag = flag;\n`,
  },
  {
    from: `bit += ((uint32_t) flag - 1) & 0x100;  /* forcing (bit >> ${shift}) > ${top}`,
    to: `bit += ((uint32_t) vflag - 1) & 0x100;  /* forcing (bit >> ${shift}) > ${top}`,
  },
  {
    from: `    ${type} mask = !flag - 1;\n`,
    to: `    volatile int vflag = flag;\n    ${type} mask = !vflag - 1;\n`,
  },
  ...mask(type),
];

const inverse = (bits) => [
  {
    from: `    int${bits}_t cond_add, cond_negate;\n`,
    to: `    volatile int${bits}_t cond_add, cond_negate;\n`,
  },
  {
    from: `    uint${bits}_t c1, c2, f = f0, g = g0, x, y, z;\n`,
    to: `    volatile uint${bits}_t c1, c2;\n    uint${bits}_t f = f0, g = g0, x, y, z;\n`,
  },
];

const twice = (changes) => changes.map((change) => ({ ...change, times: 2 }));

/**
 * libsecp256k1 0.2.0: Clang 14 and later see that a mask comes from a bit, and may make a branch of
 * what must take the same time for every key. Read through a volatile variable, the bit is not
 * known to be one: as upstream since 0.3.1 and, for inverses, 0.3.2.
 */
const secp256k1 = {
  'src/field_5x52_impl.h': twice(mask('uint64_t')),
  'src/field_10x26_impl.h': twice(mask('uint32_t')),
  'src/scalar_4x64_impl.h': scalar('uint64_t', 'secp256k1_uint128', 6, 3),
  'src/scalar_8x32_impl.h': scalar('uint32_t', 'uint64_t', 5, 7),
  'src/scalar_low_impl.h': mask('uint32_t'),
  'src/modinv64_impl.h': inverse(64),
  'src/modinv32_impl.h': inverse(32),
};

/** XKCP's Keccak: its rounds are all unrolled, unless it is told how many of them. */
const keccak = {
  'KeccakP-1600-opt64-config.h': [
    {
      from: '#define KeccakP1600_fullUnrolling',
      to: '#ifndef KeccakP1600_unrolling\n#define KeccakP1600_fullUnrolling\n#endif',
    },
  ],
};

export const patches = { secp256k1, keccak };

export function patched(file, text, changes) {
  let out = text;
  for (const { from, to, times = 1 } of changes) {
    const found = out.split(from).length - 1;
    if (found !== times) {
      const place = from.trim().split('\n')[0];
      throw new Error(`${file} is another source: "${place}" stands there ${found} times`);
    }
    out = out.replaceAll(from, () => to);
  }
  return out;
}

/** `name`: of a library, laid out in `folder`. */
export function patch(name, folder) {
  for (const [file, changes] of Object.entries(patches[name] ?? {})) {
    const path = join(folder, file);
    writeFileSync(path, patched(file, readFileSync(path, 'utf8'), changes));
  }
}
