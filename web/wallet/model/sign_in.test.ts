import { expect, it } from 'vitest';
import { english } from '../fake/english.ts';
import { readSignIn } from './sign_in.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const text = (more: string) => `a.org wants you to sign in\n\nURI: https://a.org/x\n${more}`;
const problems = (more: string, from = text('')) =>
  readSignIn(from + more, 'a.org', '5f3cbbe9c5b2a5a5a2d3d3f0', now, english).problems;

it('compares what a sign-in text says with what the window knows', () => {
  expect(problems('Chain ID: 1')).toEqual([]);
  expect(problems('Chain ID: linera:5f3cbbe9c5b2a5a5')).toEqual([]);
  expect(problems('Chain ID: linera:77777777c5b2a5a5')[0]).toMatch(/another Linera network/);
  expect(problems('Expiration Time: 2025-12-31T23:59:59Z')[0]).toMatch(/expired/);
  expect(problems('Expiration Time: sometime')[0]).toMatch(/expired/);
  expect(problems('Expiration Time: 2026-01-02T00:00:00Z')).toEqual([]);
  expect(problems('Not Before: 2026-01-02T00:00:00Z')[0]).toMatch(/only later/);
  expect(problems('', 'x\nURI: https://b.org/')[0]).toMatch(/signs in at https:\/\/b.org/);
});
