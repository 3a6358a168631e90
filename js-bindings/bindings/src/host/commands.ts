// The engine's commands, each with the result that its list in core/app/client_commands.h names.
import { resultKinds } from '../../generated/commands.ts';
import type { ClientCommand, ClientResult } from '../../generated/types.ts';

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
