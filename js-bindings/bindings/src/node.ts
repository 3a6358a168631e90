// The package under Node: everything of `.`, validators, a vault, and the module that holds them.
import { readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import type { ModuleFactory, NodeModule } from './host/module.ts';
import { WebTransport, type SocketClass } from './host/transport.ts';

export * from './index.ts';
export * from './host/validator_host.ts';
export * from './host/vault_host.ts';

/** `folder` holds node.mjs and node.wasm. One module has one heap: give each validator its own. */
export async function loadNodeModule(folder: string): Promise<NodeModule> {
  const { default: factory } = (await import(`${folder}/node.mjs`)) as {
    default: ModuleFactory<NodeModule>;
  };
  return factory({ wasmBinary: await readFile(`${folder}/node.wasm`) });
}

export const nodeTransport = () =>
  new WebTransport({ WebSocket: WebSocket as unknown as SocketClass });
