import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schema } from '../../generated/schema.ts';
import type { AccountOwner, ClientInput, Types } from '../../generated/types.ts';
import { CodecError, decode, encode, fromHex, toHex } from './index.ts';
import { leastBytes } from './least_bytes.ts';
import { Reader } from './reader.ts';
import { toTimestamp } from './scalars.ts';

const vectors = readFileSync('tests/vectors/codec.txt', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(' ') as [keyof Types, string]);

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CodecError) return `${error.code} ${error.where}`;
    throw error;
  }
  return 'no error';
}
const refusal = (type: keyof Types, hex: string) => codeOf(() => decode(type, fromHex(hex)));

describe('samples that C++ encoded', () => {
  it('are there for every type', () => {
    expect(new Set(vectors.map(([type]) => type))).toEqual(new Set(Object.keys(schema)));
  });

  it('decode and encode to the same bytes', () => {
    for (const [type, hex] of vectors) {
      expect(`${type} ${toHex(encode(type, decode(type, fromHex(hex))))}`).toBe(`${type} ${hex}`);
    }
  });

  it('are refused when cut anywhere or followed by a byte', () => {
    for (const [type, hex] of vectors) {
      for (let end = 0; end < hex.length; end += 2) {
        expect(refusal(type, hex.slice(0, end)), `${type} ${end}`).not.toBe('no error');
      }
      expect(refusal(type, `${hex}00`)).toMatch(/^TrailingBytes/);
    }
  });

  it('are refused with any byte changed, or are the bytes of another value', () => {
    let refused = 0;
    for (const [type, hex] of vectors) {
      for (let at = 0; at < hex.length && at < 400; at += 2) {
        const bytes = fromHex(hex);
        bytes[at / 2]! ^= 0x81;
        if (codeOf(() => decode(type, bytes)) !== 'no error') refused += 1;
        else expect(toHex(encode(type, decode(type, bytes)))).toBe(toHex(bytes));
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});

describe('forms of values', () => {
  it('names alternatives by $, with fields beside it or the content as value', () => {
    const owner: AccountOwner = { $: 'Address20', value: new Uint8Array(20).fill(0x33) };
    expect(toHex(encode('AccountOwner', owner))).toBe(`02${'33'.repeat(20)}`);
    expect(decode('Round', fromHex('00'))).toEqual({ $: 'Fast' });
    expect(decode('Round', fromHex('0107000000'))).toEqual({ $: 'MultiLeader', value: 7 });
    expect(decode('OracleResponse', fromHex(`05${'aa'.repeat(32)}0001ff0300000002beef`))).toEqual({
      $: 'Event',
      value: [
        {
          chain_id: new Uint8Array(32).fill(0xaa),
          stream_id: { application_id: { $: 'System' }, stream_name: new Uint8Array([0xff]) },
          index: 3,
        },
        new Uint8Array([0xbe, 0xef]),
      ],
    });
    const input: ClientInput = { now: toTimestamp(5n), event: { $: 'Tick' } };
    expect(decode('ClientInput', encode('ClientInput', input))).toEqual(input);
    expect(decode('BlobType', fromHex('05'))).toBe('Committee');
    expect(decode('BlockHeight', fromHex('ffffffffffffffff'))).toBe(2n ** 64n - 1n);
    expect(decode('BlockHeightRange', fromHex('010000000000000000'))).toEqual({
      start: 1n,
      limit: null,
    });
  });

  it('sorts the entries of a map by the bytes of their keys', () => {
    const key = (byte: number): AccountOwner => ({ $: 'Reserved', value: byte });
    const ownership = (owners: [AccountOwner, bigint][]): Types['ChainOwnership'] => ({
      super_owners: [],
      owners,
      multi_leader_rounds: 0,
      open_multi_leader_rounds: false,
      timeout_config: {
        fast_round_duration: null,
        base_timeout: 0n,
        timeout_increment: 0n,
        fallback_duration: 0n,
      },
    });
    const hex = toHex(
      encode(
        'ChainOwnership',
        ownership([
          [key(2), 7n],
          [key(1), 8n],
        ]),
      ),
    );
    expect(hex).toContain('00020001080000000000000000020700000000000000');
    expect(
      codeOf(() =>
        encode(
          'ChainOwnership',
          ownership([
            [key(2), 7n],
            [key(2), 7n],
          ]),
        ),
      ),
    ).toBe('NonCanonical ChainOwnership.owners');
    const swapped = hex.replace(
      '00020001080000000000000000020700000000000000',
      '00020002070000000000000000010800000000000000',
    );
    expect(refusal('ChainOwnership', swapped)).toBe('NonCanonical ChainOwnership.owners');
  });
});

describe('what is refused', () => {
  it('when decoding', () => {
    expect(refusal('Round', '04')).toBe('BadTag Round');
    expect(refusal('Round', '8000')).toBe('NonCanonical Round');
    expect(refusal('Round', 'ffffffffff')).toBe('TooLong Round');
    expect(refusal('StreamName', 'ffffffff7f00')).toBe('TooLong StreamName');
    expect(refusal('StreamName', 'ffffffff07')).toBe('Truncated StreamName');
    expect(refusal('BlockHeightRange', '000000000000000002')).toBe('BadTag BlockHeightRange.limit');
    expect(refusal('Header', '01ff00')).toBe('BadText Header.name');
    expect(refusal('Header', '03eda08000')).toBe('BadText Header.name');
    expect(refusal('Epoch', '')).toBe('Truncated Epoch');
  });

  it('when encoding', () => {
    const refused = (type: keyof Types, value: unknown) =>
      codeOf(() => encode(type, value as never));
    expect(refused('Epoch', -1)).toBe('BadValue Epoch');
    expect(refused('Epoch', 1.5)).toBe('BadValue Epoch');
    expect(refused('Epoch', 2 ** 32)).toBe('BadValue Epoch');
    expect(refused('BlockHeight', 1)).toBe('BadValue BlockHeight');
    expect(refused('BlockHeight', 2n ** 64n)).toBe('BadValue BlockHeight');
    expect(refused('Amount', 2n ** 128n)).toBe('BadValue Amount');
    expect(refused('CryptoHash', new Uint8Array(31))).toBe('BadValue CryptoHash');
    expect(refused('CryptoHash', 'aa')).toBe('BadValue CryptoHash');
    expect(refused('Header', { name: '\ud800', value: new Uint8Array() })).toBe(
      'BadText Header.name',
    );
    expect(refused('Header', { name: 'a' })).toBe('BadValue Header.value');
    expect(refused('Round', { $: 'Slow' })).toBe('BadValue Round.$');
    expect(refused('Round', { $: 'MultiLeader' })).toBe('BadValue Round.MultiLeader');
    expect(refused('BlobType', 'data')).toBe('BadValue BlobType');
    expect(refused('Account', null)).toBe('BadValue Account');
  });
});

describe('lengths', () => {
  it('are held against the bytes ahead, whatever the elements take', () => {
    for (const type of ['BlockBody', 'ProposedBlock', 'ChainOwnership'] as const) {
      expect(leastBytes(type)).toBeGreaterThan(0);
    }
    // A Transaction takes three bytes at least: twenty of them cannot lie in 40 bytes.
    expect(leastBytes('Transaction')).toBe(3);
    const body = new Uint8Array(41);
    body[0] = 20;
    const reader = new Reader(body);
    expect(() => reader.elements(leastBytes('Transaction'))).toThrow(/Truncated/);
    const enough = new Reader(body);
    expect(enough.elements(2)).toBe(20);
  });
});
