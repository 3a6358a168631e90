// What actions reject with.
export { ClientError, CodecError, type FailureCode, type MoneyState } from '@mica/bindings';
export { StoreError, type StoreErrorCode } from '@mica/storage-idb';

/** Unreachable: no answer in 30 s. Refused: in the faucet's words. BadAnswer: not to be read. */
export type FaucetErrorCode = 'Unreachable' | 'Refused' | 'BadAnswer';

export class FaucetError extends Error {
  override readonly name = 'FaucetError';
  constructor(
    readonly code: FaucetErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** `waitForChain` saw no such state in time. Nothing was undone: the chain goes on. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';
}
