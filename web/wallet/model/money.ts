// What is typed as an amount against what there is. Attos and bigint throughout.
import { formatTokens, parseTokens } from '@mica/wallet-contract/amounts';
import { CHAIN_OWNER } from '@mica/wallet-contract/addresses';
import type { Attos, ChainState, OwnerText } from '@mica/wallet-contract/api';

export type TypedAmount = { amount: Attos } | { problem: string };

export function checkAmount(text: string, available: Attos): TypedAmount {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'How much?' };
  if (trimmed.includes(',')) {
    const point = trimmed.replace(',', '.');
    const meant = /^\d+,\d{1,18}$/.test(trimmed) ? ` Did you mean ${point}?` : '';
    return { problem: `Write a point before decimals and nothing between thousands.${meant}` };
  }
  if (/^-/.test(trimmed)) return { problem: 'The amount must be more than zero.' };
  if (/\.\d{19,}$/.test(trimmed)) return { problem: 'There are at most 18 decimals.' };
  const amount = parseTokens(text);
  if (amount === null) return { problem: 'This is no amount: digits, and one point for decimals.' };
  if (amount === 0n) return { problem: 'The amount must be more than zero.' };
  if (amount > available) {
    return { problem: `Too much: there are ${formatTokens(available)} on this account.` };
  }
  return { amount };
}

/** All of it, when `fees` are taken from the same account; null when nothing would be left. */
export const allBut = (available: Attos, fees: Attos): Attos | null =>
  available > fees ? available - fees : null;

export interface Source {
  owner: OwnerText;
  balance: Attos;
}

/** Where this wallet can send from on a chain: the chain's own balance first. */
export function sourcesOf(chain: ChainState): Source[] {
  const own = chain.ownerBalances.filter(
    ({ owner, balance }) => owner === chain.owner && balance > 0n,
  );
  return [{ owner: CHAIN_OWNER, balance: chain.chainBalance }, ...own];
}

export function ownBalance(chain: ChainState): Attos {
  return chain.ownerBalances.find(({ owner }) => owner === chain.owner)?.balance ?? 0n;
}

/** What this wallet can spend on the chain. */
export const totalOf = (chain: ChainState): Attos =>
  chain.owner === null ? chain.chainBalance : chain.chainBalance + ownBalance(chain);

/** Grouped; cut, never rounded up, for headings; the exact text goes into a title. */
export function displayTokens(attos: Attos, decimals = 6): string {
  const [whole = '0', fraction = ''] = formatTokens(attos < 0n ? -attos : attos).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u2009');
  const short = fraction.slice(0, decimals).replace(/0+$/, '');
  // What is there must not look like nothing.
  const cut = whole === '0' && short === '' ? fraction : short;
  const sign = attos < 0n ? '−' : '';
  return `${sign}${grouped}${cut ? '.' : ''}${cut}`;
}
