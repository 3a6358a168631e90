// What the promises of the contract (api.ts) reject with.
import type { FailureCode as CoreFailureCode, VaultFailure } from '@mica/bindings/types';
import type { Millis } from './api.ts';

export type FailureCode =
  | CoreFailureCode
  | VaultFailure
  // of the wallet
  | 'FaucetFailed'
  | 'NoNetwork'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Cancelled';

export interface WalletFailure {
  code: FailureCode;
  /** What the window's text for `code` names. */
  params?: Record<string, string | number | bigint>;
  /** English, for logs and pages; a window shows its own text for `code`, and this as a detail. */
  message: string;
  /** What became of the money, where that is a question. */
  money?: 'Untouched' | 'Unknown' | 'Moved';
  /** After WrongPassword and TooSoon: when the next try is let in. */
  retryAt?: Millis;
}

/** What the promises of both APIs reject with. */
export class WalletError extends Error {
  override readonly name = 'WalletError';
  constructor(readonly failure: WalletFailure) {
    super(failure.message);
  }
  get code(): FailureCode {
    return this.failure.code;
  }
}
