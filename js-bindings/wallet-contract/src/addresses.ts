// Addresses as people paste them: a chain id, owner@chain (ours) or chain:owner (the CLI's).
import { keccak_256 } from '@noble/hashes/sha3.js';
import { toHex } from '@mica/bindings/text';
import type { ChainIdText, OwnerText } from './api.ts';

export const CHAIN_OWNER = '0x00';

export interface AccountText {
  chainId: ChainIdText;
  owner: OwnerText;
}

type ParsedAddress = { account: AccountText } | { problem: string };

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

const WRONG_CAPITALS =
  "A character of the owner's address is wrong: its capitals are a check, and they do not fit. " +
  'Copy the whole address again.';

export function parseChainId(text: unknown): ChainIdText | null {
  const lower = typeof text === 'string' ? clean(text).toLowerCase() : '';
  return isChainId(lower) ? lower : null;
}

export function parseOwner(text: unknown): OwnerText | null {
  const cased = typeof text === 'string' ? clean(text) : '';
  const lower = cased.toLowerCase();
  return isOwner(lower) && !hasWrongCapitals(cased) ? lower : null;
}

/** Where money may be sent. Says in words what is wrong otherwise. */
export function parseAddress(text: unknown): ParsedAddress {
  if (typeof text !== 'string') return { problem: 'The recipient must be text.' };
  const cased = clean(text);
  const lower = cased.toLowerCase();
  if (lower === '') return { problem: 'The recipient is missing.' };
  if (isChainId(lower)) return { account: { chainId: lower, owner: CHAIN_OWNER } };
  const [left = '', right = '', more] = cased.includes('@')
    ? cased.split('@')
    : cased.split(':').reverse();
  const [owner, chainId] = [left.toLowerCase(), right.toLowerCase()];
  if (more === undefined && isOwner(owner) && isChainId(chainId)) {
    return hasWrongCapitals(left) ? { problem: WRONG_CAPITALS } : { account: { chainId, owner } };
  }
  return { problem: problemOf(cased, lower) };
}

function problemOf(cased: string, lower: string): string {
  if (hasWrongCapitals(cased)) return WRONG_CAPITALS;
  if (lower.startsWith('0x') && isChainId(lower.slice(2))) {
    return (
      'A chain id has no 0x in front; with it, this is an owner. For a chain leave 0x away, for ' +
      "an owner's account write owner@chain."
    );
  }
  if (isOwner(lower)) {
    return (
      "This is an owner's address. Money goes to a chain: ask for the chain id (64 digits) " +
      'or owner@chain.'
    );
  }
  return 'This is no address: a chain id is 64 hex digits, or write owner@chain.';
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
