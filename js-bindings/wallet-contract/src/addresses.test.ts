import { describe, expect, it } from 'vitest';
import { checksummed, looksLike, parseAddress, parseOwner } from './addresses.ts';

const chain = 'e476187f6ddfeb9d588c7b45d3df334d5501d6499b3f9ad5595cae86cce16a65';
// From EIP-55.
const good = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const mistyped = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe1';
const lower = good.toLowerCase();
const problem = (text: string) => {
  const parsed = parseAddress(text);
  return 'problem' in parsed ? parsed.problem : null;
};

describe('an address', () => {
  it('whose capitals do not fit is refused wherever it comes from', () => {
    expect(problem(`${mistyped}@${chain}`)).toBe('checksum');
    expect(problem(`${chain}:${mistyped}`)).toBe('checksum');
    expect(problem(mistyped)).toBe('checksum');
    expect(parseOwner(mistyped)).toBeNull();
    expect(parseOwner(good)).toBe(lower);
    for (const digits of [lower, `0x${lower.slice(2).toUpperCase()}`, good]) {
      expect(parseAddress(`${digits}@${chain}`)).toEqual({
        account: { chainId: chain, owner: lower },
      });
    }
    expect(checksummed(lower)).toBe(good);
  });
  it('may be broken over lines, quoted, or have invisible characters inside', () => {
    const account = { chainId: chain, owner: lower };
    const pasted = [
      `${chain.slice(0, 20)}\n  ${chain.slice(20)}`,
      `"${chain}"`,
      `\u200b${chain.toUpperCase()}\u200b`,
      `<${chain}>`,
    ];
    for (const text of pasted) {
      expect(parseAddress(text)).toEqual({ account: { chainId: chain, owner: '0x00' } });
    }
    expect(parseAddress(` ${good} @ ${chain} `)).toEqual({ account });
  });
  it('with 0x and 64 digits may be a chain or an owner', () => {
    expect(problem(`0x${chain}`)).toBe('prefixed');
  });
  it('says what it is not', () => {
    expect(problem(' \n')).toBe('missing');
    expect(problem(good)).toBe('owner');
    expect(problem(`"${lower}"`)).toBe('owner');
    expect(problem('bob')).toBe('malformed');
    expect(problem(`${lower}@${chain}@${chain}`)).toBe('malformed');
    expect(problem(`0x00${chain}`)).toBe('malformed');
  });
  it('imitates another by its ends', () => {
    const other = `e476${'0'.repeat(56)}6a65`;
    const of = (chainId: string, owner = '0x00') => ({ chainId, owner });
    expect(looksLike(of(other), of(chain))).toBe(true);
    expect(looksLike(of(chain), of(chain))).toBe(false);
    expect(
      looksLike(
        of(chain, `${lower.slice(0, 6)}${'0'.repeat(32)}${lower.slice(-4)}`),
        of(chain, lower),
      ),
    ).toBe(true);
  });
});
