// Why a request is refused: EIP-1193 and JSON-RPC codes, and under each the reasons it can have.

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
export type ProviderCode = keyof typeof providerCodes;

/** Of making a block, and of sending it. */
export const blockFailures = [
  // of making a block
  'InsufficientBalance',
  'ExecutionFailed',
  'NotOwner',
  'UnknownChain',
  'UnknownRecipient',
  'NothingToDo',
  'Unsupported',
  'Busy',
  'DraftGone',
  'ClockSkew',
  'SignerRefused',
  'SignerLocked',
  'FastRoundTaken',
  // of sending it
  'NoQuorum',
  'OutcomeUnknown',
  'NotSent',
  'Conflict',
  'WaitForRound',
  'CommitteeRemoved',
  'NoHttpAnswer',
  'AnswersDiffer',
  'LockedByOther',
] as const;

/** Of the wallet: any request can end so. */
export const walletFailures = [
  'Expired',
  'PageLeft',
  'EngineStopped',
  'NotKept',
  'StorageFull',
  'StorageFailed',
  'StorageCorrupt',
  'NetworkReset',
  'NoNetwork',
  'FaucetFailed',
  'NotFound',
  'AlreadyExists',
  'Internal',
] as const;

/** All that there are; docs/provider.md lists the same. */
export const providerReasons = {
  userRejected: ['Rejected', 'HostRefused'],
  unauthorized: ['NotConnected', 'Locked', 'Blocked', 'WalletRemoved', 'HostNotAllowed'],
  unsupportedMethod: ['UnsupportedMethod'],
  disconnected: [
    'NoNetwork',
    'NoWallet',
    'NetworkSwitched',
    'NetworkReset',
    'NetworkClosed',
    'WalletUpdated',
  ],
  limitExceeded: ['RateLimited', 'TooManyWaiting', 'TooManySubscriptions', 'TooManyReadings'],
  invalidRequest: ['BadRequest', 'Refused'],
  invalidParams: [
    'BadAddress',
    'BadAmount',
    'BadData',
    'NotOwner',
    'Closed',
    'BadText',
    'TooLong',
    'WrongDomain',
    'NothingToDo',
    'RequestIdTaken',
    'UnknownRequest',
    'InvalidParams',
    'InvalidInput',
  ],
  internal: [...blockFailures, ...walletFailures],
} as const satisfies Record<ProviderCode, readonly string[]>;

export type ReasonOf<Code extends ProviderCode> = (typeof providerReasons)[Code][number];
/** A stable name: 'Locked', 'NotConnected', 'InsufficientBalance', 'OutcomeUnknown', … */
export type ProviderReason = ReasonOf<ProviderCode>;

export interface ProviderErrorData {
  reason: ProviderReason;
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

/** A reason under its code. */
export const providerError = <Code extends ProviderCode>(
  code: Code,
  reason: ReasonOf<Code>,
  message: string,
  more: Omit<ProviderErrorData, 'reason'> = {},
): ProviderError => new ProviderError(providerCodes[code], message, { reason, ...more });

/** Two requests of a page under one id; the first goes on. */
export const requestIdTaken = () =>
  providerError('invalidParams', 'RequestIdTaken', 'This id is another request.');
