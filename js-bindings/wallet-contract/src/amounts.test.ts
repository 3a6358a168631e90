import { describe, expect, it } from 'vitest';
import { formatTokens, parseTokens } from './amounts.ts';

const token = 10n ** 18n;

describe('an amount', () => {
  it.each([
    ['97.', 97n * token],
    ['.5', token / 2n],
    [' 1.5 ', (3n * token) / 2n],
    ['0.000000000000000001', 1n],
    ['0.', 0n],
  ])('%j is read', (text, attos) => {
    expect(parseTokens(text)).toBe(attos);
    expect(parseTokens(formatTokens(attos))).toBe(attos);
  });

  it.each([
    '.',
    '',
    ' ',
    '1\n',
    '\t1',
    '1\u00a0',
    '+1',
    '-1',
    '1_0',
    '1 0',
    '1e3',
    `.${'1'.repeat(19)}`,
  ])('%j is none', (text) => {
    expect(parseTokens(text)).toBeNull();
  });
});
