import { describe, expect, it } from 'vitest';
import { faucetUrlOf } from './checked.ts';
import { failureOf } from './engine.ts';

function refused(url: string) {
  try {
    return faucetUrlOf(url);
  } catch (error) {
    const { code, reason } = failureOf(error);
    return { code, reason };
  }
}

describe("a faucet's address", () => {
  it.each(['https://faucet.example/', 'http://127.0.0.1:8080/', 'http://localhost/'])(
    'may be %s',
    (url) => expect(faucetUrlOf(` ${url} `)).toBe(url),
  );
  it.each(['http://[::1]:8080/', 'https://[2001:db8::1]/'])(
    'is refused at once where the extension cannot reach it: %s',
    (url) => expect(refused(url)).toEqual({ code: 'InvalidInput', reason: 'FaucetIpv6' }),
  );
  it.each(['http://faucet.example/', 'ftp://x', 'x'])('must be https: %s', (url) =>
    expect(refused(url)).toEqual({ code: 'InvalidInput', reason: 'FaucetAddress' }),
  );
});
