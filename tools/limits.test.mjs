// docs/limits.md says of every limit what it is and why: each constant of the two files has its
// row with the same value, and each row its constant.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from './lib.mjs';

const read = (path) => readFileSync(inRoot(path), 'utf8');

const DECLARATION = {
  'core/base/limits.h': /^inline constexpr \w+ (k\w+) = ([^;]+);/gm,
  'js-bindings/bindings/src/limits.ts': /^export const ([A-Z]\w*) = ([^;]+);/gm,
};
const UNITS = {
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const isTime = (unit) => ['us', 'ms', 's', 'min', 'h', 'd'].includes(unit);

// A product or sum of numbers and of constants before it: all that a limit's value may be.
function valueOf(expression, known) {
  const plain = expression
    .replace(/\/\/.*$/gm, '')
    .replace(/(?<=\d)['_](?=\d)/g, '')
    .replace(/[A-Za-z_]\w*/g, (name) => known.get(name) ?? `unknown(${name})`);
  if (!/^[\d\s*+()/-]+$/.test(plain)) throw new Error(`not a limit's value: ${expression}`);
  return Function(`return ${plain}`)();
}

function constantsOf(source, pattern) {
  const found = new Map();
  for (const [, name, expression] of source.matchAll(pattern)) {
    found.set(name, valueOf(expression, found));
  }
  return found;
}

// Rows: | `name` | value | why |
export function rowsOf(page) {
  const rows = new Map();
  for (const line of page.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length < 5 || /^(limit|-+)$/.test(cells[1])) continue;
    rows.set(cells[1].replaceAll('`', ''), { value: cells[2], why: cells[3] });
  }
  return rows;
}

// The constant's number in the unit of its name's end; times in milliseconds, bytes in bytes.
const scaleOf = (name) =>
  /_us$/i.test(name) ? 0.001 : /(_s|Seconds)$/.test(name) && !/PER_S$/i.test(name) ? 1000 : 1;

export function fits(name, value, text) {
  const found = /^([\d,.]+)(?: ?([a-zA-Z]+))?/.exec(text);
  if (!found) return false;
  const number = Number(found[1].replaceAll(',', ''));
  const unit = UNITS[found[2]] ?? 1;
  const scale = isTime(found[2]) || unit === 1 ? scaleOf(name) : 1;
  const own = isTime(found[2]) ? value * scale : value;
  return Math.abs(number * unit - own) < 1e-9 * Math.max(1, own);
}

const rows = rowsOf(read('docs/limits.md'));
const constants = new Map();
for (const [path, pattern] of Object.entries(DECLARATION)) {
  for (const [name, value] of constantsOf(read(path), pattern)) constants.set(name, value);
}

describe('docs/limits.md', () => {
  it('has a row of the same value, with a reason, for every limit', () => {
    expect(constants.size).toBeGreaterThan(0);
    const wrong = [...constants].filter(([name, value]) => {
      const row = rows.get(name);
      return !row || !fits(name, value, row.value) || row.why === '';
    });
    expect(wrong).toEqual([]);
  });
  it('has no row without a limit', () => {
    expect([...rows.keys()].filter((name) => !constants.has(name))).toEqual([]);
  });
  it('has one value for what both sides keep to', () => {
    expect(constants.get('MAX_CLOCK_AHEAD_MS') * 1000).toBe(constants.get('kMaxClockWait_us'));
  });
  it('sees every declaration of the two files', () => {
    for (const [path, pattern] of Object.entries(DECLARATION)) {
      const source = read(path);
      const declared = source.match(/^(inline constexpr|constexpr \w+ k|export const)\b/gm) ?? [];
      expect([...source.matchAll(pattern)].length, path).toBe(declared.length);
    }
  });
});

describe('the reader of limits', () => {
  it('understands numbers, products and earlier constants', () => {
    const text = 'export const A = 4 * 1_024;\nexport const B = 2 * A;\n';
    const found = constantsOf(text, DECLARATION['js-bindings/bindings/src/limits.ts']);
    expect([...found]).toEqual([
      ['A', 4096],
      ['B', 8192],
    ]);
  });
  it('tells a value from another', () => {
    expect(fits('kA', 16 * 1024 ** 2, '16 MiB')).toBe(true);
    expect(fits('kA', 16 * 1024 ** 2, '17 MiB')).toBe(false);
    expect(fits('A_MS', 10_000, '10 s')).toBe(true);
    expect(fits('kWait_us', 10_000_000, '10 s')).toBe(true);
    expect(fits('kWait_us', 10_000_000, '11 s')).toBe(false);
    expect(fits('kA', 1000, '1,000')).toBe(true);
    expect(fits('kA', 1000, 'many')).toBe(false);
  });
});
