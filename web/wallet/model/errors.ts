// Failures in words: what happened, what became of the money, what to do next.
import { MAX_FAILURE_CHARS } from '@mica/bindings/limits';
import type { FailureCode, FailureReason, WalletFailure } from '@mica/wallet-contract/api';
import { shorten } from '@mica/wallet-contract/addresses';
import { foreignText } from '@mica/wallet-contract/foreign_text';
import type { Words } from '../words/words.ts';

export interface Explained {
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

type Params = NonNullable<WalletFailure['params']>;

type Naming =
  'ChainElsewhere' | 'NetworkChanged' | 'FaucetStatus' | 'HostNotAllowed' | 'HostInsecure';
/** Reasons whose texts name nothing. */
const bare: Record<Exclude<FailureReason, Naming>, true> = {
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

/** Which case of its code it is; null: none, or one that this window does not know. */
function reasonOf({ reason, params = {} }: WalletFailure, words: Words): string | null {
  const { network, status, host } = params;
  switch (reason) {
    case undefined:
      return null;
    case 'ChainElsewhere':
    case 'NetworkChanged':
      if (typeof network !== 'string') return null;
      return words.say(`failure.reason.${reason}`, { network: foreignText(network) });
    case 'HostNotAllowed':
    case 'HostInsecure':
      if (typeof host !== 'string') return null;
      return words.say(`failure.reason.${reason}`, { host: foreignText(host) });
    case 'FaucetStatus':
      return typeof status === 'number' ? words.say(`failure.reason.${reason}`, { status }) : null;
    default:
      return Object.hasOwn(bare, reason) ? words.say(`failure.reason.${reason}`) : null;
  }
}

/** Null unless all that the text names is there. */
function factsOf(failure: WalletFailure, words: Words): string | null {
  return reasonOf(failure, words) ?? paramsOf(failure, words);
}

function paramsOf({ code, params = {} }: WalletFailure, words: Words): string | null {
  const attos = (name: string) => {
    const value: Params[string] | undefined = params[name];
    return typeof value === 'bigint' ? words.amount(value, 18) : null;
  };
  const count = (name: string) => (typeof params[name] === 'number' ? params[name] : null);
  if (code === 'InsufficientBalance') {
    const [available, needed] = [attos('available'), attos('needed')];
    if (available && needed) return words.say(`failure.${code}.facts`, { available, needed });
  }
  if (code === 'NoQuorum') {
    const [answered, all] = [count('answered'), count('all')];
    if (answered !== null && all) return words.say(`failure.${code}.facts`, { answered, all });
  }
  if (code === 'ClockSkew') {
    const aheadMs = count('aheadMs');
    const time = words.span(Math.abs(aheadMs ?? 0));
    if (aheadMs) return words.say(aheadMs > 0 ? 'clock.ahead' : 'clock.behind', { time });
  }
  if (code === 'NoHttpAnswer' && typeof params.host === 'string') {
    return words.say(`failure.${code}.facts`, { host: foreignText(params.host) });
  }
  if (code === 'UnknownChain' || code === 'UnknownRecipient') {
    const { chain } = params;
    if (typeof chain === 'string') {
      return words.say(`failure.${code}.facts`, { chain: shorten(foreignText(chain)) });
    }
  }
  return null;
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
