// What is typed as an amount against what there is. Attos and bigint throughout.
import { formatTokens, parseTokens } from '@mica/wallet-contract/amounts';
import { CHAIN_OWNER } from '@mica/wallet-contract/addresses';
import type { Attos, ChainView, OwnerText } from '@mica/wallet-contract/api';
import type { Words } from '../words/words.ts';

type TypedAmount = { amount: Attos } | { problem: string };

/** The decimal sign is that of the language; the other one may mean anything. */
export function checkAmount(text: string, available: Attos, words: Words): TypedAmount {
  const { say, decimalSign: sign } = words;
  const trimmed = text.trim();
  if (trimmed === '') return { problem: say('amount.missing') };
  const other = sign === ',' ? '.' : ',';
  if (trimmed.includes(other)) {
    const [whole = '', fraction = '', more] = trimmed.split(other);
    const clear = /^\d+$/.test(whole) && /^\d{1,18}$/.test(fraction) && more === undefined;
    if (!clear) return { problem: say('amount.sign', { sign }) };
    return { problem: say('amount.signMeant', { sign, meant: `${whole}${sign}${fraction}` }) };
  }
  const plain = trimmed.replace(sign, '.');
  if (plain.startsWith('-')) return { problem: say('amount.zero') };
  if (/\.\d{19,}$/.test(plain)) return { problem: say('amount.decimals') };
  const amount = parseTokens(text.replace(sign, '.'));
  if (amount === null) return { problem: say('amount.malformed') };
  if (amount === 0n) return { problem: say('amount.zero') };
  if (amount > available) {
    return { problem: say('amount.tooMuch', { available: words.exact(available) }) };
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
export function sourcesOf(chain: ChainView): Source[] {
  const own = chain.ownerBalances.filter(
    ({ owner, balance }) => owner === chain.owner && balance > 0n,
  );
  return [{ owner: CHAIN_OWNER, balance: chain.chainBalance }, ...own];
}

export function ownBalance(chain: ChainView): Attos {
  return chain.ownerBalances.find(({ owner }) => owner === chain.owner)?.balance ?? 0n;
}

/** What this wallet can spend on the chain. */
export const totalOf = (chain: ChainView): Attos =>
  chain.owner === null ? chain.chainBalance : chain.chainBalance + ownBalance(chain);

/** Near enough for a plural. */
export const inTokens = (attos: Attos): number => Math.abs(Number(formatTokens(attos)));
