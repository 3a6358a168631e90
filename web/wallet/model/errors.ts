// Failures in words: what happened, what became of the money, what to do next.
import { MAX_FAILURE_CHARS } from '@mica/bindings/limits';
import type { FailureCode, WalletFailure } from '@mica/wallet-contract/api';
import { foreignText } from '@mica/wallet-contract/foreign_text';

export interface Explained {
  title: string;
  text: string | null;
  money: string | null;
  next: string | null;
  /** wait: nothing is lost, it goes on by itself. */
  tone: 'bad' | 'wait';
}

const money = {
  Untouched: 'No money has moved.',
  Unknown:
    'Whether the money moved is not known yet. Do not send it again: the wallet keeps trying.',
  Moved: 'The money has moved.',
};

type Words = [title: string, next?: string];

const words: Partial<Record<FailureCode, Words>> = {
  InvalidInput: ['This cannot be used', 'Correct it and try again.'],
  InsufficientBalance: ['Not enough money', 'Send less, or receive more first. Fees count too.'],
  NotOwner: ['Not your chain', 'Choose a chain that an account of this wallet owns.'],
  UnknownChain: ['Unknown chain', 'Check the chain id and the network.'],
  UnknownRecipient: ['Unknown recipient', 'Ask the recipient for the chain id again.'],
  NoQuorum: ['Too few validators answered', 'Try again in a moment; nothing is lost by waiting.'],
  OutcomeUnknown: [
    'Outcome unknown, still trying',
    'Look at the activity: the answer shows there.',
  ],
  SignerRefused: ['The vault did not sign', 'Look at the request again.'],
  SignerLocked: ['The wallet is locked', 'Unlock and try again.'],
  Conflict: ['Something changed meanwhile', 'Look at the new effects and decide again.'],
  WaitForRound: ['The chain is busy', 'The wallet goes on as soon as the round allows it.'],
  ClockSkew: ['The clock is wrong', "Set this computer's date and time, then try again."],
  NetworkReset: ['The network was reset', 'Start anew on it, or switch to another network.'],
  StorageFull: [
    'The disk is full',
    'Free some space: the wallet goes on by itself, and nothing is lost. Then try again.',
  ],
  StorageFailed: [
    'The disk did not take it',
    'The wallet tries again by itself. If this stays, restart the browser.',
  ],
  StorageCorrupt: [
    'The stored data is damaged',
    'Your money is safe: it is on the chains, and your keys are stored apart. The wallet can ' +
      'fetch everything again and keeps the damaged files. Chains that the faucet does not know ' +
      'come back from a backup file, or by their ids.',
  ],
  CommitteeRemoved: [
    'The validators of this chain were replaced',
    'They answer too seldom to bring the chain to the new ones. The wallet keeps trying: the ' +
      'chain moves when they are back.',
  ],
  Unsupported: ['Not possible yet'],
  DraftGone: ['This request is over', 'Ask again.'],
  Busy: ['Busy', 'Wait until the running step is done.'],
  NothingToDo: ['Nothing to do'],
  ExecutionFailed: ['The block cannot be made', 'Read the reason; the chain is unchanged.'],
  BadInput: ['This cannot be used', 'Correct it and try again.'],
  WrongPassword: ['Wrong password', 'Check capitals and keyboard layout.'],
  TooSoon: ['Too many wrong passwords', 'Wait until the time is up.'],
  Damaged: ['This file is damaged', 'Use another copy of it.'],
  NewerFile: ['This file is from a newer version', 'Update the extension first.'],
  WeakKdf: ['This file is protected too weakly', 'Make a new backup with the current version.'],
  NoMemory: ['Too little memory', 'Close other tabs and try again.'],
  Locked: ['The wallet is locked', 'Unlock and try again.'],
  BadPhrase: ['This is not a valid phrase', 'Compare each word with what you wrote down.'],
  AccountExists: ['This account exists already'],
  NoPhrase: ['This wallet has no phrase', 'Its keys were imported; save a backup file instead.'],
  NotApproved: ['Not approved', 'Look at the request and approve it again.'],
  FastRoundTaken: ['Another block was signed for this round', 'Try again: a later round is used.'],
  BadText: ['This text cannot be signed', 'Only sign-in text that names the page is signed.'],
  FaucetFailed: ['The faucet did not answer', 'Check the connection or try again later.'],
  NoNetwork: ['No network', 'Check the connection; the wallet goes on by itself.'],
  NotFound: ['Not found', 'It may be over already.'],
  AlreadyExists: ['It exists already'],
  Internal: ['Something went wrong in the wallet', 'Close this window and open it again.'],
};

// About keys and passwords: nobody asks about money.
const keysOnly = new Set<FailureCode>([
  'WrongPassword',
  'TooSoon',
  'BadPhrase',
  'BadInput',
  'Damaged',
  'NewerFile',
  'WeakKdf',
  'AccountExists',
  'AlreadyExists',
  'NoPhrase',
]);
const waiting = new Set<FailureCode>(['OutcomeUnknown', 'WaitForRound', 'Busy', 'NothingToDo']);

// Where and how, for a report; no words for people.
const technical = new Set<FailureCode>(['StorageCorrupt']);

export function explain(failure: WalletFailure): Explained {
  const [title, next = null] = words[failure.code] ?? ['Something went wrong'];
  const message = foreignText(failure.message, MAX_FAILURE_CHARS);
  return {
    title,
    text: message !== title && !technical.has(failure.code) ? message || null : null,
    money: failure.money && !keysOnly.has(failure.code) ? money[failure.money] : null,
    next,
    tone: waiting.has(failure.code) ? 'wait' : 'bad',
  };
}

// What people mend themselves needs no report.
const everyday = new Set<FailureCode>([
  'InvalidInput',
  'InsufficientBalance',
  'BadInput',
  'WrongPassword',
  'TooSoon',
  'BadPhrase',
  'AccountExists',
  'AlreadyExists',
  'Locked',
  'SignerLocked',
  'NothingToDo',
]);
export const reportable = ({ code }: WalletFailure): boolean => !everyday.has(code);

/** For a report: no secrets are in a failure. */
export const report = (failure: WalletFailure): string =>
  [`code: ${failure.code}`, `message: ${failure.message}`, `money: ${failure.money ?? '-'}`].join(
    '\n',
  );
