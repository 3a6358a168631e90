import { describe, expect, it } from 'vitest';
import { english } from '../fake/english.ts';
import { passwordProblem, strengthOf } from './password.ts';

const problem = (password: string, needed?: 'weak' | 'fair') =>
  passwordProblem(password, password, english, needed);

describe('a new password', () => {
  it('has some length, and is typed twice the same', async () => {
    expect(await problem('short')).toMatch(/8 characters/);
    expect(await problem('aaaaaaaaa')).toMatch(/over and over/);
    const typed = passwordProblem('long enough', 'long enouhg', english);
    expect(await typed).toMatch(/differ/);
    expect(await problem('long enough')).toBeNull();
    expect(await passwordProblem('caf\u00e9 au lait', 'cafe\u0301 au lait', english)).toBeNull();
  });

  it.each([
    'password',
    'P4ssw0rd!',
    '12345678',
    'qwertyuiop',
    'iloveyou1',
    'abababababab',
    'micawallet',
    'linera123',
    'testnet1',
  ])('is not one that is tried first: %s', async (password) => {
    expect(await problem(password)).toMatch(/first that anybody tries/);
    expect(await strengthOf(password)).toBe('guessable');
  });

  it('is stronger for a file, which leaves this computer', async () => {
    expect(await strengthOf('file password')).toBe('weak');
    expect(await problem('file password')).toBeNull();
    expect(await problem('file password', 'fair')).toMatch(/Whoever finds the file/);
    expect(await problem('password', 'fair')).toMatch(/first that anybody tries/);
    expect(await problem('for the file alone', 'fair')).toBeNull();
  });

  it('is judged in a moment, however long it is', async () => {
    await strengthOf('the list is loaded');
    const start = performance.now();
    expect(await strengthOf('x9'.repeat(5000))).toBe('guessable');
    expect(await strengthOf('correct horse battery '.repeat(500))).toBe('strong');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
