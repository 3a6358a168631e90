// Addresses as people paste them: a chain id, owner@chain (ours) or chain:owner (the CLI's).
import { keccak_256 } from '@noble/hashes/sha3.js';
import { toHex } from '@mica/bindings/text';
import type { ChainIdText, OwnerText } from './api.ts';

export const CHAIN_OWNER = '0x00';

export interface AccountText {
  chainId: ChainIdText;
  owner: OwnerText;
}

/** checksum: an owner's capitals do not fit. prefixed: an owner, or a chain id after 0x. */
export type AddressProblem = 'missing' | 'checksum' | 'prefixed' | 'owner' | 'malformed';

type ParsedAddress = { account: AccountText } | { problem: AddressProblem };

const isChainId = (text: string) => /^[0-9a-f]{64}$/.test(text);
const isOwner = (text: string) => /^0x(00|[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

// What mail programs and terminals put between or around the digits, and means nothing there.
const clean = (text: string) => text.replace(/[\s\p{Cf}"'`<>“”‘’«»]/gu, '');

/** EIP-55: the capitals of an EVM owner's address are a check of its digits. */
export function checksummed(owner: OwnerText): string {
  const digits = owner.slice(2).toLowerCase();
  const hash = toHex(keccak_256(new TextEncoder().encode(digits)));
  const cased = [...digits].map((digit, at) => (hash[at]! >= '8' ? digit.toUpperCase() : digit));
  return `0x${cased.join('')}`;
}

// Digits of one case carry no check.
function hasWrongCapitals(owner: string): boolean {
  const digits = owner.slice(2);
  if (!/^0x[0-9a-f]{40}$/i.test(owner)) return false;
  const mixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
  return mixed && checksummed(owner).slice(2) !== digits;
}

export function parseChainId(text: unknown): ChainIdText | null {
  const lower = typeof text === 'string' ? clean(text).toLowerCase() : '';
  return isChainId(lower) ? lower : null;
}

export function parseOwner(text: unknown): OwnerText | null {
  const cased = typeof text === 'string' ? clean(text) : '';
  const lower = cased.toLowerCase();
  return isOwner(lower) && !hasWrongCapitals(cased) ? lower : null;
}

/** Where money may be sent. */
export function parseAddress(text: string): ParsedAddress {
  const cased = clean(text);
  const lower = cased.toLowerCase();
  if (lower === '') return { problem: 'missing' };
  if (isChainId(lower)) return { account: { chainId: lower, owner: CHAIN_OWNER } };
  const [left = '', right = '', more] = cased.includes('@')
    ? cased.split('@')
    : cased.split(':').reverse();
  const [owner, chainId] = [left.toLowerCase(), right.toLowerCase()];
  if (more !== undefined || !isOwner(owner) || !isChainId(chainId)) {
    return { problem: problemOf(cased) };
  }
  return hasWrongCapitals(left) ? { problem: 'checksum' } : { account: { chainId, owner } };
}

function problemOf(cased: string): AddressProblem {
  if (cased.split(/[@:]/).some(hasWrongCapitals)) return 'checksum';
  const lower = cased.toLowerCase();
  if (!isOwner(lower)) return 'malformed';
  return isChainId(lower.slice(2)) ? 'prefixed' : 'owner';
}

/** A chain id, or owner@chain. */
export const accountOf = ({ chainId, owner }: AccountText): string =>
  owner === CHAIN_OWNER ? chainId : `${owner}@${chainId}`;

/** "e476…0f3a" for sentences. */
export function shorten(id: string): string {
  const body = id.startsWith('0x') ? 6 : 4;
  return id.length <= 14 ? id : `${id.slice(0, body)}…${id.slice(-4)}`;
}

// Shown short they are the same, and they are not.
const imitates = (a: string, b: string) => a !== b && shorten(a) === shorten(b);

/** Whoever looks at the ends alone takes the one for the other. */
export const looksLike = (one: AccountText, other: AccountText): boolean =>
  imitates(one.chainId, other.chainId) || imitates(one.owner, other.owner);
