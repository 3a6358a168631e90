// The Client as the wallet service sees it: commands and what it reports unasked.
import type { ClientCommand, ClientResult } from '@mica/bindings/types';
import { WalletError, type FailureCode, type WalletFailure } from '@mica/wallet-contract/api';

/** The part of ClientHost that is used. */
export interface Engine {
  /** `asker`: the origin that it is for, in case the engine aborts on it. */
  command(command: ClientCommand, asker?: string | null): Promise<ClientResult>;
  online(): void;
  close(): Promise<void>;
  /** By how much this computer's clock is ahead of the validators'; null: unknown. */
  readonly clockAheadMs: number | null;
  /** Hex; null for a text that is no genesis configuration. */
  genesisHashOf(genesisJson: string): string | null;
}

/** How each command ends well (core/app/client_commands.cc); one without a row does not compile. */
export const resultKinds = {
  OpenNetwork: 'Network',
  TrackChain: 'Nothing',
  ForgetChain: 'Nothing',
  ListChains: 'Chains',
  Synchronize: 'Chains',
  PrepareBlock: 'Draft',
  CommitDraft: 'Committed',
  DropDraft: 'Nothing',
  ReceiveIncoming: 'Committed',
  RetryPending: 'Committed',
  GetHistory: 'History',
  GetCertificate: 'Certificate',
  CheckChain: 'Exists',
  GetValidators: 'Validators',
  PutRecord: 'Nothing',
  ListRecords: 'Records',
  ShowPending: 'Draft',
} as const satisfies Record<ClientCommand['$'], ClientResult['$']>;

export type ResultOf<C extends ClientCommand> = Extract<
  ClientResult,
  { $: (typeof resultKinds)[C['$']] }
>;

/** Another result than the command's own is a bug. */
export async function ask<C extends ClientCommand>(
  engine: Engine,
  command: C,
  asker: string | null = null,
): Promise<ResultOf<C>> {
  const result = await engine.command(command, asker);
  const kind: ClientResult['$'] = resultKinds[command.$];
  if (result.$ !== kind) throw new Error(`${command.$} answered ${result.$}`);
  return result as ResultOf<C>;
}

/** A failure of the core, however it was wrapped on its way. */
export function failureOf(error: unknown): WalletFailure {
  if (error instanceof WalletError) return error.failure;
  const outer = error as { failure?: unknown; code?: unknown; message?: unknown; money?: unknown };
  const inner = (outer?.failure ?? outer) as typeof outer;
  if (typeof inner?.code === 'string' && typeof inner.message === 'string') {
    const money = inner.money as WalletFailure['money'];
    return { code: inner.code as FailureCode, message: inner.message, money };
  }
  return { code: 'Internal', message: error instanceof Error ? error.message : String(error) };
}

/** `money`: what became of it, said only where that is known. */
export function fail(code: FailureCode, message: string, money?: WalletFailure['money']): never {
  throw new WalletError(money ? { code, message, money } : { code, message });
}
