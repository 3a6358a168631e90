// The faucet: GraphQL as Linera's own has it, over a Client that owns the faucet's chain.
// linera-faucet/server/src/lib.rs
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  ClientError,
  chainIdToText,
  decode,
  ownerFromText,
  ownerToText,
  toHex,
  type AccountOwner,
  type Amount,
  type ChainId,
  type ClientHost,
  type ConfirmedBlockCertificate,
  type NodeModule,
  type Operation,
} from '@mica/bindings/node';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';

interface FaucetOptions {
  module: NodeModule;
  client: ClientHost;
  chainId: ChainId;
  genesisJson: string;
  port: number;
  /** Attos that a claimed chain starts with. */
  amount: Amount;
}

/** At most so many chains in one block. linera-faucet/server, max_batch_size */
const BATCH = 100;
const MAX_QUERY_BYTES = 64 * 1024;
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-max-age': '7200',
};

interface ClaimedChain {
  chainId: ChainId;
  /** The ChainDescription. */
  json: string;
}
interface Claim {
  owner: AccountOwner;
  resolve(chain: ClaimedChain): void;
  reject(error: unknown): void;
}

export class Faucet {
  readonly #options: FaucetOptions;
  readonly #http: Server;
  #waiting: Claim[] = [];
  #running = false;

  constructor(options: FaucetOptions) {
    this.#options = options;
    this.#http = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        answer(response, 200, { data: null, errors: [{ message: messageOf(error) }] });
      });
    });
    this.#http.keepAliveTimeout = 60_000;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(this.#options.port, '127.0.0.1', resolve);
    });
  }

  async close(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** The same owner always gets the same chain. */
  async claim(owner: AccountOwner): Promise<ClaimedChain> {
    const known = await this.#find(owner);
    if (known) return known;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ owner, resolve, reject });
      void this.#work();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') {
      response.writeHead(200, cors).end();
      return;
    }
    if (request.method === 'GET') {
      const ready = request.url === '/ready';
      response.writeHead(ready ? 200 : 404, { ...cors, 'content-type': 'text/plain' });
      response.end(ready ? 'ready!' : 'The faucet answers GraphQL by POST.');
      return;
    }
    const { query } = JSON.parse(await readText(request)) as { query?: unknown };
    if (typeof query !== 'string') throw new Error('the body is not {"query": "…"}');
    answer(response, 200, `{"data":{${await this.#answers(query)}}}`);
  }

  // Each known field of the query, in its order, as `"name":json`.
  async #answers(query: string): Promise<string> {
    const fields = [...query.matchAll(FIELD)];
    if (fields.length === 0) throw new Error(`unknown field in query: ${query.slice(0, 80)}`);
    const out: string[] = [];
    for (const [, name, owner] of fields) out.push(`"${name}":${await this.#field(name!, owner)}`);
    return out.join(',');
  }

  async #field(name: string, owner: string | undefined): Promise<string> {
    switch (name) {
      case 'genesisConfig':
        return this.#options.genesisJson;
      case 'version':
        return JSON.stringify(VERSION);
      case 'currentValidators':
        return JSON.stringify(await this.#validators());
      case 'chainId': {
        const found = await this.#find(ownerOf(owner));
        if (!found) throw new Error('This user has no chain yet');
        return JSON.stringify(chainIdToText(found.chainId));
      }
      case 'initialClaim': {
        const found = await this.#find(ownerOf(owner));
        return JSON.stringify(found && { chainId: chainIdToText(found.chainId) });
      }
      default:
        return (await this.claim(ownerOf(owner))).json;
    }
  }

  // Of the newest committee that the admin chain tells of.
  async #validators(): Promise<{ publicKey: string; networkAddress: string }[]> {
    const result = await this.#options.client.command({ $: 'GetValidators' });
    if (result.$ !== 'Validators') throw new Error(`unexpected ${result.$}`);
    return result.value.map(({ public_key, address }) => ({
      publicKey: toHex(public_key),
      networkAddress: address,
    }));
  }

  async #find(owner: AccountOwner): Promise<ClaimedChain | null> {
    const key = claimKey(owner);
    const result = await this.#options.client.command({ $: 'ListRecords', value: key });
    if (result.$ !== 'Records') throw new Error(`unexpected ${result.$}`);
    const found = result.value.find(([name]) => name === key);
    return found ? this.#options.module.describeChain(found[1]) : null;
  }

  // Claims that wait go into one block together.
  async #work(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      await this.#openChains(batch).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    this.#running = false;
  }

  async #openChains(batch: Claim[]): Promise<void> {
    const owners = new Map(batch.map(({ owner }) => [ownerToText(owner), owner]));
    for (const [text, owner] of owners) if (await this.#find(owner)) owners.delete(text);
    if (owners.size > 0) {
      const operations = [...owners.values()].map((owner) => this.#openChain(owner));
      const certificate = await this.#commit(operations);
      await this.#remember(certificate);
    }
    for (const { owner, resolve, reject } of batch) {
      const found = await this.#find(owner);
      if (found) resolve(found);
      else reject(new Error('the chain was not opened'));
    }
  }

  #openChain(owner: AccountOwner): Operation {
    return {
      $: 'System',
      value: {
        $: 'OpenChain',
        value: {
          ownership: singleOwner(owner),
          balance: this.#options.amount,
          application_permissions: NO_PERMISSIONS,
        },
      },
    };
  }

  async #commit(operations: Operation[]): Promise<ConfirmedBlockCertificate> {
    const { client, chainId } = this.#options;
    const draft = await client.command({
      $: 'PrepareBlock',
      chain_id: chainId,
      operations,
      blobs: [],
      receive_incoming: true,
    });
    if (draft.$ !== 'Draft') throw new Error(`unexpected ${draft.$}`);
    const done = await client.command({ $: 'CommitDraft', value: draft.draft_id });
    if (done.$ !== 'Committed') throw new Error(`unexpected ${done.$}`);
    return done.certificate;
  }

  async #remember(certificate: ConfirmedBlockCertificate): Promise<void> {
    for (const blob of certificate.value.body.blobs.flat()) {
      if (blob.blob_type !== 'ChainDescription') continue;
      const { config } = decode('ChainDescription', blob.bytes);
      const key = claimKey(config.ownership.owners[0]![0]);
      await this.#options.client.command({ $: 'PutRecord', key, value: blob.bytes });
    }
  }
}

const claimKey = (owner: AccountOwner) => `claim/${ownerToText(owner)}`;

// Field names that are answered; an owner argument may follow, and a selection, which is taken for
// all that there is.
const NAMES = 'genesisConfig|version|currentValidators|chainId|initialClaim|claim';
const OWNER = '\\(\\s*owner:\\s*"([^"]*)"\\s*\\)';
const FIELD = new RegExp(`\\b(${NAMES})\\b(?:\\s*${OWNER})?(?:\\s*\\{[^{}]*\\})?`, 'g');

const VERSION = {
  crate_version: '0.15.17',
  git_commit: '',
  git_dirty: false,
  rpc_hash: '',
  graphql_hash: '',
  wit_hash: '',
};

/** ChainOwnership::single of upstream 0.15.17. */
export function singleOwner(owner: AccountOwner) {
  return {
    super_owners: [],
    owners: [[owner, 100n]] as [AccountOwner, bigint][],
    multi_leader_rounds: 2,
    open_multi_leader_rounds: false,
    timeout_config: {
      fast_round_duration: null,
      base_timeout: 10_000_000n,
      timeout_increment: 1_000_000n,
      fallback_duration: 2n ** 64n - 1n,
    },
  };
}

function ownerOf(text: string | undefined): AccountOwner {
  if (text === undefined) throw new Error('an owner is needed: (owner: "0x…")');
  return ownerFromText(text);
}

const messageOf = (error: unknown) =>
  error instanceof ClientError || error instanceof Error ? error.message : String(error);

function answer(response: ServerResponse, status: number, body: object | string): void {
  response.writeHead(status, { ...cors, 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request as AsyncIterable<Buffer>) {
    text += part.toString();
    if (text.length > MAX_QUERY_BYTES) throw new Error('the query is too long');
  }
  return text;
}
