#!/usr/bin/env node
// mica: applications from the command line. A folder keeps key and chains of the one who calls; the
// key is sealed by MICA_PASSWORD.
import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  createClient,
  createLocalSigner,
  folderStore,
  formatAmount,
  openLocalSigner,
  type Client,
  type JsonValue,
} from './node.ts';

const usage = `mica <command> [options]

  mica chain                                  the chain that is used, claimed if there is none
  mica publish <contract.wasm> <service.wasm> the module's id
  mica create <module id>                     the application's id
        [--argument JSON] [--parameters JSON] [--requires <application id> ...]
  mica query <application id> <query>         what the application answers
  mica mutate <application id> <query>        and proposes the operations that it schedules

A query that does not begin with a brace of JSON is sent as GraphQL: mica query … '{ value }'

  --faucet <address>   of the network; default: http://127.0.0.1:8080/
  --wallet <folder>    key and chains; default: .mica
  --chain <chain id>   default: the first of the wallet
`;

const options = {
  faucet: { type: 'string', default: 'http://127.0.0.1:8080/' },
  wallet: { type: 'string', default: '.mica' },
  chain: { type: 'string' },
  argument: { type: 'string', default: 'null' },
  parameters: { type: 'string', default: 'null' },
  requires: { type: 'string', multiple: true },
} as const;

const read = () => parseArgs({ options, allowPositionals: true });
type Values = ReturnType<typeof read>['values'];

interface CommandCall {
  client: Client;
  chainId: string;
  values: Values;
  /** Of the command, exactly as many as it names. */
  args: string[];
}

class UsageError extends Error {}

function json(text: string, name: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new UsageError(`--${name} is no JSON: ${text}`);
  }
}

// `{ value }` is GraphQL, `{"query": …}` is JSON already.
function queryOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return { query: text };
  }
}

const commands: Record<string, { args: number; run(call: CommandCall): Promise<string> }> = {
  chain: {
    args: 0,
    async run({ client, chainId }) {
      return `${chainId}  ${formatAmount(await client.getBalance({ chainId }))} tokens`;
    },
  },
  publish: {
    args: 2,
    async run({ client, chainId, args: [contract = '', service = ''] }) {
      const bytes = { contract: await readFile(contract), service: await readFile(service) };
      return (await client.publishModule({ chainId, ...bytes })).moduleId;
    },
  },
  create: {
    args: 1,
    async run({ client, chainId, values, args: [moduleId = ''] }) {
      const argument = json(values.argument, 'argument');
      const parameters = json(values.parameters, 'parameters');
      const requiredApplicationIds = values.requires ?? [];
      const asked = { chainId, moduleId, argument, parameters, requiredApplicationIds };
      return (await client.createApplication(asked)).applicationId;
    },
  },
  query: {
    args: 2,
    async run({ client, chainId, args: [applicationId = '', query = ''] }) {
      return (await client.queryApplication({ chainId, applicationId, query: queryOf(query) }))
        .text;
    },
  },
  mutate: {
    args: 2,
    async run({ client, chainId, args: [applicationId = '', query = ''] }) {
      const asked = { chainId, applicationId, query: queryOf(query) };
      const { answer, height, blockHash } = await client.mutateApplication(asked);
      return `${answer.text}\nheight ${height}  block ${blockHash}`;
    },
  },
};

async function signerIn(folder: string) {
  const password = () => new TextEncoder().encode(process.env['MICA_PASSWORD'] ?? '');
  if (password().length === 0) throw new UsageError('MICA_PASSWORD must be set: it seals the key');
  const path = join(folder, 'key.sealed');
  if (existsSync(path)) return openLocalSigner(readFileSync(path), password());
  mkdirSync(folder, { recursive: true });
  const signer = await createLocalSigner({ password: password() });
  writeFileSync(path, signer.sealed ?? new Uint8Array(), { mode: 0o600, flag: 'wx' });
  return signer;
}

async function chainOf(client: Client, named: string | undefined): Promise<string> {
  if (named !== undefined) {
    await client.synchronize({ chainId: named });
    return named;
  }
  const [first] = await client.getChains();
  if (!first) return (await client.claimChain()).chainId;
  await client.synchronize({ chainId: first.chainId });
  return first.chainId;
}

async function main(): Promise<string> {
  const { values, positionals } = parsed();
  const [name = '', ...args] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command?.args !== args.length) throw new UsageError(usage);
  const signer = await signerIn(values.wallet);
  const store = folderStore(join(values.wallet, 'chains'));
  const client = await createClient({ faucet: values.faucet, signer, store });
  try {
    const chainId = await chainOf(client, values.chain);
    return await command.run({ client, chainId, values, args });
  } finally {
    await client.close();
  }
}

function parsed(): ReturnType<typeof read> {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

try {
  console.log(await main());
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  console.error(error instanceof UsageError || !code ? message : `${code}: ${message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
