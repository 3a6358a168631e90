import { expect, it, vi } from 'vitest';
import { Steps } from './steps.ts';

it('fails what throws and what never ends, and goes on unless that was needed', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const steps = new Steps(20);
  const hangs = () => new Promise<void>(() => undefined);
  expect(await steps.run('works', async () => 1)).toBe(1);
  await steps.run('hangs', hangs, false);
  await expect(steps.run('is needed', hangs)).rejects.toThrow('no end in 20 ms');
  await steps.run('throws', () => Promise.reject(new Error('wrong')), false);
  expect(steps.finish()).toBe(1);
  expect(steps.reports.map(({ ok }) => ok)).toEqual([true, false, false, false]);
  expect(said).toHaveBeenLastCalledWith('1 passed, 3 failed');
});

it('does not pass without a step', () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  expect(new Steps().finish()).toBe(1);
});
