// Failures in words: what happened, what became of the money, what to do next.
import { MAX_FAILURE_CHARS } from '@mica/bindings/limits';
import type {
  FailureCode,
  FailureParams,
  FailureReason,
  WalletFailure,
} from '@mica/wallet-contract/api';
import { shorten } from '@mica/wallet-contract/addresses';
import { foreignText } from '@mica/wallet-contract/foreign_text';
import type { Words } from '../words/words.ts';

interface Explained {
  title: string;
  /** What its reason and parameters say, where it has them. */
  facts: string | null;
  money: string | null;
  next: string;
  /** wait: nothing is lost, it goes on by itself. */
  tone: 'bad' | 'wait';
}

interface Kind {
  /** About keys and passwords: nobody asks about money. */
  keysOnly?: true;
  waits?: true;
  /** People mend it themselves: it needs no report. */
  everyday?: true;
}

const typing: Kind = { keysOnly: true, everyday: true };

/** Of every code; its texts are failure.<code> and failure.<code>.next. */
const kinds: Record<FailureCode, Kind> = {
  InvalidInput: { everyday: true },
  InsufficientBalance: { everyday: true },
  NotOwner: {},
  UnknownChain: {},
  UnknownRecipient: {},
  NoQuorum: {},
  OutcomeUnknown: { waits: true },
  SignerRefused: {},
  SignerLocked: { everyday: true },
  FastRoundTaken: {},
  Conflict: {},
  WaitForRound: { waits: true },
  ClockSkew: {},
  NetworkReset: {},
  StorageFull: {},
  StorageFailed: {},
  StorageCorrupt: {},
  CommitteeRemoved: {},
  Unsupported: {},
  DraftGone: {},
  Busy: { waits: true },
  NothingToDo: { waits: true, everyday: true },
  ExecutionFailed: {},
  Internal: {},
  NoHttpAnswer: {},
  AnswersDiffer: {},
  LockedByOther: {},
  BadInput: typing,
  WrongDoor: {},
  WrongPassword: typing,
  TooSoon: typing,
  Damaged: { keysOnly: true },
  NewerFile: { keysOnly: true },
  WeakKdf: { keysOnly: true },
  CostlyKdf: { keysOnly: true },
  NoMemory: {},
  Locked: { everyday: true },
  BadPhrase: typing,
  BadKey: typing,
  AccountExists: typing,
  NoPhrase: { keysOnly: true },
  UnknownOwner: { keysOnly: true },
  NotApproved: {},
  BadText: {},
  Outdated: {},
  FaucetFailed: {},
  NoNetwork: {},
  NotFound: {},
  AlreadyExists: typing,
  Cancelled: { keysOnly: true, waits: true, everyday: true },
};

/** Those that this window has texts for. */
export const failureCodes = Object.keys(kinds) as FailureCode[];

/** Reasons whose texts name nothing. */
const bare: Record<Exclude<FailureReason, keyof FailureParams>, true> = {
  ChainClosed: true,
  SignedElsewhere: true,
  NetworkInUse: true,
  OtherNetwork: true,
  FaucetAddress: true,
  FaucetIpv6: true,
  FaucetRefused: true,
  FaucetNonsense: true,
  HostRefused: true,
  StartedAnew: true,
  ReceiveBudget: true,
  Approved: true,
  SignedAlready: true,
  Rejected: true,
  NetworkSwitched: true,
  NetworkReset: true,
  NetworkClosed: true,
  WalletRemoved: true,
  WalletUpdated: true,
  NotConnected: true,
  EngineStopped: true,
  Blocked: true,
  Expired: true,
  NotKept: true,
  PageLeft: true,
};

type Facts = {
  [Of in keyof FailureParams]: (params: FailureParams[Of], words: Words) => string | null;
};

/** What is said of what is named; one that is forgotten does not compile. */
const factsWith: Facts = {
  InsufficientBalance: ({ available, needed }, { say, amount }) =>
    say('failure.InsufficientBalance.facts', {
      available: amount(available, 18),
      needed: amount(needed, 18),
    }),
  ClockSkew: ({ aheadMs }, { say, span }) =>
    aheadMs === 0
      ? null
      : say(aheadMs > 0 ? 'clock.ahead' : 'clock.behind', { time: span(Math.abs(aheadMs)) }),
  WaitForRound: (params, { say }) => say('failure.WaitForRound.facts', params),
  UnknownChain: ({ chain }, { say }) =>
    say('failure.UnknownChain.facts', { chain: shorten(foreignText(chain)) }),
  NoHttpAnswer: ({ host }, { say }) =>
    say('failure.NoHttpAnswer.facts', { host: foreignText(host) }),
  ChainElsewhere: ({ network }, { say }) =>
    say('failure.reason.ChainElsewhere', { network: foreignText(network) }),
  NetworkChanged: ({ network }, { say }) =>
    say('failure.reason.NetworkChanged', { network: foreignText(network) }),
  FaucetStatus: ({ status }, { say }) => say('failure.reason.FaucetStatus', { status }),
  HostNotAllowed: ({ host }, { say }) =>
    say('failure.reason.HostNotAllowed', { host: foreignText(host) }),
  HostInsecure: ({ host }, { say }) =>
    say('failure.reason.HostInsecure', { host: foreignText(host) }),
};

const factsFor = <Of extends keyof FailureParams>(
  params: { of: Of } & FailureParams[Of],
  words: Words,
): string | null => factsWith[params.of](params, words);

const isBare = (reason: FailureReason): reason is keyof typeof bare => Object.hasOwn(bare, reason);

/** Null where neither its reason nor its parameters say more, or are not known to this window. */
function factsOf({ reason, params }: WalletFailure, words: Words): string | null {
  if (reason && isBare(reason)) return words.say(`failure.reason.${reason}`);
  return params && Object.hasOwn(factsWith, params.of) ? factsFor(params, words) : null;
}

export function explain(failure: WalletFailure, words: Words): Explained {
  // A newer engine may know a code that this window does not.
  const code = failure.code in kinds ? failure.code : 'Internal';
  const { keysOnly, waits } = kinds[code];
  return {
    title: words.say(`failure.${code}`),
    facts: factsOf(failure, words),
    money: failure.money && !keysOnly ? words.say(`failure.money.${failure.money}`) : null,
    next: words.say(`failure.${code}.next`),
    tone: waits ? 'wait' : 'bad',
  };
}

/** A message of the log, spelt out and cut; null: there is none. */
export const detailOf = (message = ''): string | null =>
  foreignText(message, MAX_FAILURE_CHARS) || null;

export const reportable = ({ code }: WalletFailure): boolean => !kinds[code]?.everyday;

/** For a report: no secrets are in a failure. */
export const report = ({ code, reason, message, money }: WalletFailure): string =>
  [
    `code: ${code}`,
    `reason: ${reason ?? '-'}`,
    `message: ${message}`,
    `money: ${money ?? '-'}`,
  ].join('\n');
