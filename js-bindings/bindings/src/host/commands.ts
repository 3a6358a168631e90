// Which result each command of the engine has: the other half of ClientCommand's list.
import type { ClientCommand, ClientResult } from '../../generated/types.ts';

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

export type CommandResult<C extends ClientCommand> = Extract<
  ClientResult,
  { $: (typeof resultKinds)[C['$']] }
>;

/** The result as the command's own; another one is a bug. */
export function resultOf<C extends ClientCommand>(
  command: C,
  result: ClientResult,
): CommandResult<C> {
  const kind: ClientResult['$'] = resultKinds[command.$];
  if (result.$ !== kind) throw new Error(`${command.$} answered ${result.$}`);
  return result as CommandResult<C>;
}

/** Runs a command of whoever has an engine, a ClientHost for example. */
export const ask = async <C extends ClientCommand>(
  engine: { command(command: ClientCommand): Promise<ClientResult> },
  command: C,
): Promise<CommandResult<C>> => resultOf(command, await engine.command(command));
