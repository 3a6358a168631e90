import { beforeEach, describe, expect, it } from 'vitest';
import { ClockSkew } from './clock_skew.ts';
import { WebTransport } from './transport.ts';

const HOUR = 3_600_000;
const time = { true: 1_800_000_000_000, wrong: 0, steady: 0 };
const pass = (ms: number) => {
  time.true += ms;
  time.steady += ms;
};
const header = (lie = 0) => new Date(time.true + lie).toUTCString();
let skew: ClockSkew;

beforeEach(() => {
  time.wrong = 0;
  skew = new ClockSkew({ now: () => time.true + time.wrong, steady: () => time.steady });
});

describe('the clock, compared with the validators', () => {
  it('is unknown until somebody has said a time', () => {
    skew.heard('a', null);
    skew.heard('a', 'soon');
    expect(skew.aheadMs).toBeNull();
  });

  it('is ahead or behind by what the middle one says, whoever lies', () => {
    time.wrong = 3 * HOUR;
    for (const host of ['a', 'b', 'c']) skew.heard(host, header());
    skew.heard('liar', header(-90 * HOUR));
    expect(Math.round(skew.aheadMs! / HOUR)).toBe(3);
    time.wrong = -2 * HOUR;
    for (const host of ['a', 'b', 'c']) skew.heard(host, header());
    expect(Math.round(skew.aheadMs! / HOUR)).toBe(-2);
  });

  it('forgets what was heard before it was set, or before a sleep', () => {
    time.wrong = 3 * HOUR;
    skew.heard('a', header());
    pass(60_000);
    expect(Math.round(skew.aheadMs! / HOUR)).toBe(3);
    time.wrong = 0;
    expect(skew.aheadMs).toBeNull();
    skew.heard('a', header());
    time.true += 8 * HOUR; // asleep: nothing steady ticked
    expect(skew.aheadMs).toBeNull();
  });
});

it('is measured again when asked, at those that were asked before', async () => {
  let behind = 2 * 86_400_000;
  const asked: string[] = [];
  const transport = new WebTransport({
    WebSocket: null,
    fetch: async (url) => {
      asked.push(String(url));
      const date = new Date(Date.now() - behind).toUTCString();
      return new Response(null, { headers: { date } });
    },
  });
  await transport.send('https://a.example/x', new Uint8Array([1]), 1000);
  expect(transport.clockAheadMs).toBeGreaterThan(86_400_000);
  behind = 0;
  await transport.measureClock();
  expect(Math.abs(transport.clockAheadMs ?? NaN)).toBeLessThan(5000);
  expect(asked).toEqual(['https://a.example/x', 'https://a.example/x']);
});
