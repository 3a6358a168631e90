// What a page sees of the wallet (docs/provider.md): types and error codes.

/** EIP-1193 and JSON-RPC codes that the provider uses. */
export const providerCodes = {
  userRejected: 4001,
  unauthorized: 4100,
  unsupportedMethod: 4200,
  disconnected: 4900,
  limitExceeded: -32005,
  invalidRequest: -32600,
  invalidParams: -32602,
  internal: -32603,
} as const;

export interface ProviderErrorData {
  /** A stable name: 'Locked', 'NotConnected', 'InsufficientBalance', 'OutcomeUnknown', … */
  reason: string;
  /** What became of the money. */
  money?: 'Untouched' | 'Unknown' | 'Moved';
  /** With which linera_getRequest goes on asking. */
  requestId?: string;
  /** With -32005: when to try again. */
  retryAfterMs?: number;
}

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  constructor(
    readonly code: number,
    message: string,
    readonly data: ProviderErrorData,
  ) {
    super(message);
  }
}

/** Two requests of a page under one id; the first goes on. */
export const requestIdTaken = () =>
  new ProviderError(providerCodes.invalidParams, 'This id is another request.', {
    reason: 'RequestIdTaken',
  });

export interface RequestArguments {
  method: string;
  params?: unknown;
  /** Chosen by the page to find the request again after a reload; made up if absent. */
  id?: string;
}

export interface Provider {
  request(args: RequestArguments): Promise<unknown>;
  on(event: string, listener: (value: unknown) => void): this;
  removeListener(event: string, listener: (value: unknown) => void): this;
}

export interface ProviderInfo {
  uuid: string;
  name: string;
  icon: string;
  rdns: string;
}

export interface ProviderDetail {
  info: ProviderInfo;
  provider: Provider;
}

/** As linera_getBalance gives it: attos as decimal text. */
export interface BalanceJson {
  chainId: string;
  /** Tokens of the chain's own balance, "9.5". */
  balance: string;
  /** The same in attos (10^-18). */
  attos: string;
  /** Balances of owners' accounts on the chain, in attos. */
  owners: Record<string, string>;
  /** On its way in, in attos: not yet received by a block. */
  incoming: string;
}

export interface TransferJson {
  chainId: string;
  height: number;
  blockHash: string;
  /** BCS of the ConfirmedBlockCertificate as hex. */
  certificate: string;
}

export type RequestStatus = 'waiting' | 'committing' | 'unknown' | 'done' | 'failed';

/** As linera_getRequest gives it. */
export interface RequestJson {
  id: string;
  method: string;
  /** unknown: sent, but no quorum has answered; the wallet goes on trying. */
  status: RequestStatus;
  result?: unknown;
  error?: { code: number; message: string; data: ProviderErrorData };
}

export { onWallet } from './on_wallet.ts';
