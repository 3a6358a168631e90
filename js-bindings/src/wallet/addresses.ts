// Addresses as people paste them: a chain id, owner@chain (ours) or chain:owner (the CLI's).
import type { ChainIdText, OwnerText } from './api.ts';

export const CHAIN_OWNER = '0x00';

export interface AccountText {
  chainId: ChainIdText;
  owner: OwnerText;
}

export type ParsedAddress = { account: AccountText } | { problem: string };

const isChainId = (text: string) => /^[0-9a-f]{64}$/.test(text);
const isOwner = (text: string) => /^0x(00|[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

export function parseChainId(text: unknown): ChainIdText | null {
  const lower = typeof text === 'string' ? text.trim().toLowerCase() : '';
  return isChainId(lower) ? lower : null;
}

export function parseOwner(text: unknown): OwnerText | null {
  const lower = typeof text === 'string' ? text.trim().toLowerCase() : '';
  return isOwner(lower) ? lower : null;
}

/** Where money may be sent. Says in words what is wrong otherwise. */
export function parseAddress(text: unknown): ParsedAddress {
  if (typeof text !== 'string') return { problem: 'The recipient must be text.' };
  const lower = text.trim().toLowerCase();
  if (lower === '') return { problem: 'The recipient is missing.' };
  if (isChainId(lower)) return { account: { chainId: lower, owner: CHAIN_OWNER } };
  const [left = '', right = '', more] = lower.includes('@')
    ? lower.split('@')
    : lower.split(':').reverse();
  if (more === undefined && isOwner(left) && isChainId(right)) {
    return { account: { chainId: right, owner: left } };
  }
  if (isOwner(lower)) {
    return {
      problem:
        "This is an owner's address. Money goes to a chain: ask for the chain id (64 digits) " +
        'or owner@chain.',
    };
  }
  if (lower.startsWith('0x') && isChainId(lower.slice(2))) {
    return { problem: 'A chain id has no 0x in front.' };
  }
  return { problem: 'This is no address: a chain id is 64 hex digits, or write owner@chain.' };
}

/** "e476…0f3a" for sentences. */
export function shorten(id: string): string {
  const body = id.startsWith('0x') ? 6 : 4;
  return id.length <= 14 ? id : `${id.slice(0, body)}…${id.slice(-4)}`;
}
