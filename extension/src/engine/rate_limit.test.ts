import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate_limit.ts';

describe('the rate limit', () => {
  it('lets a burst in, then says when to come back', () => {
    let now = 0;
    const limiter = new RateLimiter({ burst: 3, perSecond: 2 }, () => now);
    expect([1, 2, 3].map(() => limiter.take('https://a'))).toEqual([0, 0, 0]);
    expect(limiter.take('https://a')).toBe(500);
    now += 499;
    expect(limiter.take('https://a')).toBeGreaterThan(0);
    now += 2;
    expect(limiter.take('https://a')).toBe(0);
  });

  it('counts each origin by itself', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 1 }, () => 0);
    expect(limiter.take('https://a')).toBe(0);
    expect(limiter.take('https://a')).toBeGreaterThan(0);
    expect(limiter.take('https://b')).toBe(0);
  });

  it('does not believe a clock that goes backwards', () => {
    let now = 10_000;
    const limiter = new RateLimiter({ burst: 1, perSecond: 1 }, () => now);
    limiter.take('https://a');
    now = 0;
    expect(limiter.take('https://a')).toBeGreaterThan(0);
  });
});
