// The Client as the wallet service sees it: commands and what it reports unasked.
import { ClientError } from '@mica/bindings/client_host';
import { resultOf, type CommandResult } from '@mica/bindings/commands';
import { textOf } from '@mica/bindings/error_text';
import { toHex } from '@mica/bindings/text';
import type {
  ClientCommand,
  ClientResult,
  FailureDetail,
  NoAnswerKind,
  Round,
} from '@mica/bindings/types';
import { WalletError, type FailureCode, type WalletFailure } from '@mica/wallet-contract/api';

/** The part of ClientHost that is used. */
export interface Engine {
  /** `asker`: the origin that it is for, in case the engine aborts on it. */
  command(command: ClientCommand, asker?: string | null): Promise<ClientResult>;
  online(): void;
  replaceSilentStreams(silentMs: number): void;
  close(): Promise<void>;
  /** By how much this computer's clock is ahead of the validators'; null: unknown. */
  readonly clockAheadMs: number | null;
  /** Hex; null for a text that is no genesis configuration. */
  genesisHashOf(genesisJson: string): string | null;
}

/** Another result than the command's own is a bug. */
export const ask = async <C extends ClientCommand>(
  engine: Engine,
  command: C,
  asker: string | null = null,
): Promise<CommandResult<C>> => resultOf(command, await engine.command(command, asker));

/** The wallet's own failures and the core's; anything else is a bug. */
export function failureOf(error: unknown): WalletFailure {
  if (error instanceof WalletError) return error.failure;
  if (!(error instanceof ClientError)) return { code: 'Internal', message: textOf(error) };
  const { code, message, money } = error;
  const params = paramsOf(error.detail);
  if (!params) return { code, message, money };
  return { code, message, money, params, ...reasonOf(params) };
}

/** What the window's texts name. */
function paramsOf(detail: FailureDetail): WalletFailure['params'] {
  switch (detail.$) {
    case 'None':
      return undefined;
    case 'Shortfall':
      return {
        of: 'InsufficientBalance',
        ...{ needed: detail.needed, available: detail.available },
      };
    case 'Clocks':
      return { of: 'ClockSkew', aheadMs: Number(detail.block - detail.validator) / 1000 };
    case 'InRound':
      return { of: 'WaitForRound', ...roundOf(detail.value) };
    case 'OfChain':
      return { of: 'UnknownChain', chain: toHex(detail.value) };
    case 'OfHost':
      return { of: HOST_REASONS[detail.why], host: detail.host };
    default:
      return detail satisfies never;
  }
}

const HOST_REASONS = {
  Asked: 'NoHttpAnswer',
  OverLimit: 'NoHttpAnswer',
  NotAllowed: 'HostNotAllowed',
  Insecure: 'HostInsecure',
} as const satisfies Record<NoAnswerKind, string>;

/** Where the wallet's own word is more than the core's code. */
function reasonOf({ of }: NonNullable<WalletFailure['params']>): Pick<WalletFailure, 'reason'> {
  return of === 'HostNotAllowed' || of === 'HostInsecure' ? { reason: of } : {};
}

const roundOf = (round: Round) => ({
  round: round.$,
  number: round.$ === 'Fast' ? 0 : round.value,
});

/** The same with what the engine knows beside: how wrong the clock is that was refused. */
export function failureAt(engine: Engine, error: unknown): WalletFailure {
  const failure = failureOf(error);
  const aheadMs = engine.clockAheadMs;
  if (failure.code !== 'ClockSkew' || failure.params || aheadMs === null) return failure;
  return { ...failure, params: { of: 'ClockSkew', aheadMs } };
}

/** `more`: what became of the money, only where that is known; and what windows say of it. */
export function fail(
  code: FailureCode,
  message: string,
  more: Pick<WalletFailure, 'money' | 'reason' | 'params'> = {},
): never {
  throw new WalletError({ code, message, ...more });
}
