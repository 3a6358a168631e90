import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as codec from './index.ts';

// What C++ says of each text: "kind hex text", "kind hex text = canonical" or "kind - text".
const cases = readFileSync('tests/vectors/text.txt', 'utf8')
  .replace(/\n$/, '')
  .split('\n')
  .map((line) => {
    const [kind = '', hex = ''] = line.split(' ', 2);
    const [text = '', canonical] = line.slice(kind.length + hex.length + 2).split(' = ');
    return { kind, hex, text, canonical: canonical ?? text };
  });

const kinds: Record<string, (text: string) => { hex: string; canonical: string }> = {
  amount(text) {
    const value = codec.amountFromText(text);
    return {
      hex: codec.toHex(codec.encode('Amount', value)),
      canonical: codec.amountToText(value),
    };
  },
  owner(text) {
    const value = codec.ownerFromText(text);
    const hex = codec.toHex(codec.encode('AccountOwner', value));
    return { hex, canonical: codec.ownerToText(value) };
  },
  chain(text) {
    const value = codec.chainIdFromText(text);
    return { hex: codec.toHex(value), canonical: codec.chainIdToText(value) };
  },
};

describe('text forms', () => {
  it.each(cases)('$kind "$text" is what C++ reads', ({ kind, hex, text, canonical }) => {
    if (hex === '-') expect(() => kinds[kind]!(text)).toThrow(codec.CodecError);
    else expect(kinds[kind]!(text)).toEqual({ hex, canonical });
  });

  it('shows amounts to people', () => {
    expect(codec.amountToDisplay(codec.amountFromText('1234567.'), ' ')).toBe('1 234 567');
    expect(codec.amountToDisplay(codec.amountFromText('1234.5'))).toBe('1234.5');
    expect(codec.amountToDisplay(1n)).toBe('0.000000000000000001');
  });

  it('reads hexadecimal strictly', () => {
    expect(codec.fromHex('00fFa0')).toEqual(new Uint8Array([0, 255, 160]));
    expect(() => codec.fromHex('0')).toThrow(codec.CodecError);
    expect(() => codec.fromHex('0x00')).toThrow(codec.CodecError);
    expect(codec.sameBytes(codec.fromHex('01'), codec.fromHex('01'))).toBe(true);
    expect(codec.sameBytes(codec.fromHex('01'), codec.fromHex('0100'))).toBe(false);
  });
});
