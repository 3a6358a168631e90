import { expect, it } from 'vitest';
import { readOptions } from './lib.mjs';

const defaults = { rounds: 20, only: '', upstream: false, names: [] };

it('takes options of the kinds of their defaults', () => {
  expect(readOptions(defaults, [])).toEqual(defaults);
  const args = ['one', '--rounds', '7', '--upstream', '--only', 'size', 'two'];
  const given = { rounds: 7, only: 'size', upstream: true, names: ['one', 'two'] };
  expect(readOptions(defaults, args)).toEqual(given);
});

it('refuses what it does not know', () => {
  expect(() => readOptions(defaults, ['--round', '7'])).toThrow('--round');
  expect(() => readOptions(defaults, ['--rounds', '7e'])).toThrow('--rounds takes a whole number');
  expect(() => readOptions({ rounds: 1 }, ['one'])).toThrow('one');
});
