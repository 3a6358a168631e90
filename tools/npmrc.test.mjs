// No package may run a script of its own while it is installed, however npm is called.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRoot } from './lib.mjs';

it('install scripts are off', () => {
  expect(readFileSync(inRoot('.npmrc'), 'utf8').split('\n')).toContain('ignore-scripts=true');
});
