// Failures in words: what happened, what became of the money, what to do next.
import { MAX_FAILURE_CHARS } from '@mica/bindings/limits';
import type { FailureCode, WalletFailure } from '@mica/wallet-contract/api';
import { shorten } from '@mica/wallet-contract/addresses';
import { foreignText } from '@mica/wallet-contract/foreign_text';
import type { Words } from '../words/words.ts';

export interface Explained {
  title: string;
  /** What the failure's parameters say, where it has them. */
  facts: string | null;
  money: string | null;
  next: string;
  /** wait: nothing is lost, it goes on by itself. */
  tone: 'bad' | 'wait';
  /** Its message alone tells what happened. */
  open: boolean;
}

interface Kind {
  /** About keys and passwords: nobody asks about money. */
  keysOnly?: true;
  waits?: true;
  open?: true;
  /** People mend it themselves: it needs no report. */
  everyday?: true;
}

const typing: Kind = { keysOnly: true, everyday: true };

/** Of every code; its texts are failure.<code> and failure.<code>.next. */
const kinds: Record<FailureCode, Kind> = {
  InvalidInput: { everyday: true, open: true },
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
  Unsupported: { open: true },
  DraftGone: {},
  Busy: { waits: true },
  NothingToDo: { waits: true, everyday: true },
  ExecutionFailed: { open: true },
  Internal: { open: true },
  NoHttpAnswer: { open: true },
  AnswersDiffer: {},
  BadInput: { ...typing, open: true },
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

type Params = NonNullable<WalletFailure['params']>;

/** Null unless all that the text names is there. */
function factsOf({ code, params = {} }: WalletFailure, words: Words): string | null {
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
  const { keysOnly, waits, open } = kinds[code];
  return {
    title: words.say(`failure.${code}`),
    facts: factsOf(failure, words),
    money: failure.money && !keysOnly ? words.say(`failure.money.${failure.money}`) : null,
    next: words.say(`failure.${code}.next`),
    tone: waits ? 'wait' : 'bad',
    open: open === true,
  };
}

/** The failure's own message, spelt out and cut; null: it has none. */
export const detailOf = (failure: WalletFailure | null): string | null =>
  foreignText(failure?.message ?? '', MAX_FAILURE_CHARS) || null;

export const reportable = ({ code }: WalletFailure): boolean => !kinds[code]?.everyday;

/** For a report: no secrets are in a failure. */
export const report = (failure: WalletFailure): string =>
  [`code: ${failure.code}`, `message: ${failure.message}`, `money: ${failure.money ?? '-'}`].join(
    '\n',
  );
