// What the promises of the contract (api.ts) reject with.
import type { FailureCode as CoreFailureCode, Round, VaultFailure } from '@mica/bindings/types';
import type { Attos, ChainIdText, Millis } from './api.ts';

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
  // of a chain
  | 'ChainClosed'
  | 'ChainElsewhere'
  // of the vault: it said yes to blocks of that chain on another network
  | 'SignedElsewhere'
  // of the network
  | 'NetworkChanged'
  | 'NetworkInUse'
  | 'OtherNetwork'
  // of a faucet
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

/** By code or reason, what the window's text for it names; the others name nothing. */
export interface FailureParams {
  // codes
  InsufficientBalance: { available: Attos; needed: Attos };
  ClockSkew: { aheadMs: Millis };
  /** `number`: 0 for the fast round. */
  WaitForRound: { round: Round['$']; number: number };
  UnknownChain: { chain: ChainIdText };
  NoHttpAnswer: { host: string };
  // reasons
  ChainElsewhere: { network: string };
  NetworkChanged: { network: string };
  FaucetStatus: { status: number };
  HostNotAllowed: { host: string };
  HostInsecure: { host: string };
}

export interface WalletFailure {
  code: FailureCode;
  reason?: FailureReason;
  /** What is named, where that is known. */
  params?: { [Of in keyof FailureParams]: { of: Of } & FailureParams[Of] }[keyof FailureParams];
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
