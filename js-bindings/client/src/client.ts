// A client: its core with every action bound to it.
import * as actions from './actions/index.ts';
import { openCore, type ClientCore, type ClientOptions, type Platform } from './core.ts';

type Actions = typeof actions;
type Bound<Action> = Action extends (core: ClientCore, ...args: infer Args) => infer Result
  ? (...args: Args) => Result
  : never;

/** Every action is a method, without its first parameter. */
export type Client = ClientCore & { [Name in keyof Actions]: Bound<Actions[Name]> };

export async function openClient(options: ClientOptions, platform: Platform): Promise<Client> {
  const core = await openCore(options, platform);
  const bound = Object.entries(actions).map(([name, action]) => [
    name,
    (...args: unknown[]) => (action as (...all: unknown[]) => unknown)(core, ...args),
  ]);
  return { ...core, ...(Object.fromEntries(bound) as Omit<Client, keyof ClientCore>) };
}
