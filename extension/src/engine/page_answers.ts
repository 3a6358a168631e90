// What pages are told: errors by their codes, accounts, balances and results as JSON.
import { MAX_FAILURE_CHARS } from '@mica/bindings/limits';
import { ProviderError, providerCodes, type BalanceJson, type TransferJson } from '@mica/provider';
import { formatTokens } from '@mica/wallet-contract/amounts';
import type { TransferResult } from '@mica/wallet-contract/api';
import { failureOf } from './engine.ts';
import { plain } from './foreign_text.ts';
import type { ChainCore } from './views.ts';

export const locked = () =>
  new ProviderError(providerCodes.unauthorized, 'The wallet is locked.', { reason: 'Locked' });
export const noNetwork = () =>
  new ProviderError(providerCodes.disconnected, 'No network is open.', { reason: 'NoNetwork' });
export const notConnected = (
  what = 'This site is not connected: call linera_requestAccounts first.',
) => new ProviderError(providerCodes.unauthorized, what, { reason: 'NotConnected' });

export function providerError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const { code: reason, message, money } = failureOf(error);
  const code = reason === 'InvalidInput' ? providerCodes.invalidParams : providerCodes.internal;
  // Validators' words may be in it.
  const text = plain(message, MAX_FAILURE_CHARS);
  return new ProviderError(code, text, money ? { reason, money } : { reason });
}

export const accountOf = (chain: ChainCore) =>
  chain.owner ? `${chain.owner}@${chain.chainId}` : chain.chainId;

/** CAIP-2: linera: and the first 32 digits of the genesis configuration's hash. */
export const networkId = (genesisHash: string) => `linera:${genesisHash.slice(0, 32)}`;

export function balanceJson(chain: ChainCore): BalanceJson {
  return {
    chainId: chain.chainId,
    balance: formatTokens(chain.chainBalance),
    attos: chain.chainBalance.toString(),
    owners: Object.fromEntries(
      chain.ownerBalances.map(({ owner, balance }) => [owner, balance.toString()]),
    ),
    incoming: chain.incomingAmount.toString(),
  };
}

export const transferJson = (result: TransferResult): TransferJson => ({
  ...result,
  height: Number(result.height),
});

export function tooManyWaiting(): ProviderError {
  const text = 'As many requests as may wait for the person do so already.';
  return new ProviderError(providerCodes.limitExceeded, text, { reason: 'TooManyWaiting' });
}

export function toError(error: unknown): { code: number; message: string; data: unknown } {
  const { code, message, data } = providerError(error);
  return { code, message, data };
}
