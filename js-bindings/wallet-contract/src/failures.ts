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

/** Which case of its code a failure is, where a window can say more of it. */
export type FailureReason =
  // of a chain; ChainElsewhere: params has the `network`
  | 'ChainClosed'
  | 'ChainElsewhere'
  // of the vault: it said yes to blocks of that chain on another network
  | 'SignedElsewhere'
  // of the network; params of NetworkChanged has the `network`
  | 'NetworkChanged'
  | 'NetworkInUse'
  | 'OtherNetwork'
  // of a faucet; params of FaucetStatus has the `status`
  | 'FaucetAddress'
  | 'FaucetIpv6'
  | 'FaucetStatus'
  | 'FaucetRefused'
  | 'FaucetNonsense'
  // of a host outside; params of all but HostRefused have the `host`
  | 'HostNotAllowed'
  | 'HostInsecure'
  | 'HostRefused'
  // of the wallet
  | 'StartedAnew'
  | 'ReceiveBudget'
  // of what waited for the person
  | 'Approved'
  | 'SignedAlready'
  | 'Rejected'
  | 'NetworkSwitched'
  | 'NetworkReset'
  | 'NetworkClosed'
  | 'WalletRemoved'
  | 'WalletUpdated'
  | 'NotConnected'
  | 'EngineStopped'
  | 'Blocked'
  | 'Expired'
  | 'NotKept'
  | 'PageLeft';

export interface WalletFailure {
  code: FailureCode;
  reason?: FailureReason;
  /** What the window's texts for `code` and `reason` name. */
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
