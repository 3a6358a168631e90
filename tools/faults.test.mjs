import { expect, it } from 'vitest';
import { broken, readFaults } from './faults.mjs';

it.each(readFaults())('$name can still be made', (fault) => {
  expect(broken(fault).size).toBeGreaterThan(0);
});
