import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ChainId, CryptoHash } from '../../generated/types.ts';
import {
  millisToTimestamp,
  toAmount,
  toBlockHeight,
  toChainId,
  toCryptoHash,
  toTimestamp,
} from './scalars.ts';
import { hashFromText, toHex } from './text.ts';

describe('bytes and numbers become values', () => {
  const bytes = new Uint8Array(32).fill(7);

  it('as they are', () => {
    expect(toChainId(bytes)).toBe(bytes);
    expect(toCryptoHash(bytes)).toBe(bytes);
    expect([toAmount(2n ** 128n - 1n), toBlockHeight(0n)]).toEqual([2n ** 128n - 1n, 0n]);
    expect(millisToTimestamp(1.9)).toBe(1000n);
    expect(toHex(hashFromText('7a'.repeat(32)))).toBe('7a'.repeat(32));
  });

  it('unless there can be no such value', () => {
    const bad = [
      () => toChainId(new Uint8Array(31)),
      () => toCryptoHash(new Uint8Array(33)),
      () => toAmount(-1n),
      () => toAmount(2n ** 128n),
      () => toBlockHeight(2n ** 64n),
      () => toTimestamp(-1n),
    ];
    for (const make of bad) expect(make).toThrow('BadValue');
    expect(() => hashFromText('7a')).toThrow('BadText');
  });

  it('of which none is taken for another', () => {
    expectTypeOf<ChainId>().not.toExtend<CryptoHash>();
    expectTypeOf<CryptoHash>().not.toExtend<ChainId>();
    expectTypeOf<Uint8Array>().not.toExtend<ChainId>();
  });
});
