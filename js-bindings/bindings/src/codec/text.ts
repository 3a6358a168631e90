// Text forms of the protocol's values, as core/types has them: hex, owners, chain ids, amounts.
import type {
  AccountOwner,
  Amount,
  ApplicationId,
  ChainId,
  CryptoHash,
} from '../../generated/types.ts';
import { CodecError } from './error.ts';
import { toAmount, toChainId, toCryptoHash } from './scalars.ts';

export function toHex(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += byte.toString(16).padStart(2, '0');
  return out;
}

// Either case, no prefix.
export function fromHex(text: string, where = 'hex'): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) throw new CodecError('BadText', where);
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

// 64 hex digits.
function hash32FromText(text: string, where: string): Uint8Array {
  if (text.length !== 64) throw new CodecError('BadText', where);
  return fromHex(text, where);
}
export const hashFromText = (text: string): CryptoHash =>
  toCryptoHash(hash32FromText(text, 'hash'));
export const chainIdToText = (chain: ChainId): string => toHex(chain);
export const chainIdFromText = (text: string): ChainId =>
  toChainId(hash32FromText(text, 'chain id'));
export const applicationIdToText = (id: ApplicationId): string =>
  toHex(id.application_description_hash);
export const applicationIdFromText = (text: string): ApplicationId => ({
  application_description_hash: toCryptoHash(hash32FromText(text, 'application id')),
});

// The chain's own balance.
export const chainOwner: AccountOwner = { $: 'Reserved', value: 0 };

// 0x and 2, 64 or 40 hex digits.
export function ownerToText(owner: AccountOwner): string {
  return owner.$ === 'Reserved'
    ? `0x${owner.value.toString(16).padStart(2, '0')}`
    : `0x${toHex(owner.value)}`;
}

export function ownerFromText(text: string): AccountOwner {
  if (!text.startsWith('0x')) throw new CodecError('BadText', 'account owner: no 0x');
  const value = fromHex(text.slice(2), 'account owner');
  switch (value.length) {
    case 1:
      return { $: 'Reserved', value: value[0]! };
    case 20:
      return { $: 'Address20', value };
    case 32:
      return { $: 'Address32', value: toCryptoHash(value) };
  }
  throw new CodecError('BadText', 'account owner');
}

const oneToken = 10n ** 18n;
const maxAmount = 2n ** 128n - 1n;

// "1." or "0.5": always a point, no trailing zeros.
export function amountToText(amount: bigint): string {
  const fraction = (amount % oneToken).toString().padStart(18, '0').replace(/0+$/, '');
  return `${amount / oneToken}.${fraction}`;
}

// For people: no point where nothing follows it, and thousands apart on request.
export function amountToDisplay(amount: bigint, group = ''): string {
  const [whole = '', fraction = ''] = amountToText(amount).split('.');
  const grouped = group ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
  return fraction ? `${grouped}.${fraction}` : grouped;
}

// At most 18 decimals; a sign '+', spaces around and '_' between digits are ignored.
export function amountFromText(text: string): Amount {
  const bare = text
    .replace(/^ +| +$/g, '')
    .replace(/^\+/, '')
    .replaceAll('_', '');
  const match = /^([0-9]*)(?:\.([0-9]*))?$/.exec(bare);
  const whole = match?.[1] ?? '';
  const fraction = match?.[2] ?? '';
  if (!match || whole + fraction === '') throw new CodecError('BadText', 'amount');
  if (fraction.length > 18) throw new CodecError('TooLong', 'amount decimals');
  if (whole.length > 39) throw new CodecError('TooLong', 'amount');
  const amount = BigInt(whole + fraction.padEnd(18, '0'));
  if (amount > maxAmount) throw new CodecError('TooLong', 'amount');
  return toAmount(amount);
}
