// A local network in one process: validators, each with its own core instance and folder, and the
// faucet. All of it lives in one folder, so that it can be stopped and started again.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeMount } from '@mica/storage-idb/node';
import {
  ClientHost,
  ValidatorHost,
  VaultHost,
  chainIdFromText,
  fromHex,
  loadNodeModule,
  millisToTimestamp,
  nodeTransport,
  toAmount,
  toHex,
  type AccountOwner,
  type Amount,
  type ChainId,
  type PricePreset,
} from '@mica/bindings/node';
import { Faucet } from './faucet.ts';
import { ValidatorServer, type Service } from './server.ts';

export interface NetworkOptions {
  folder: string;
  /** Where build/wasm/node.mjs is. */
  wasm: string;
  validators: number;
  validatorPort: number;
  faucetPort: number;
  prices: PricePreset;
  /** zero: FLAG_ZERO_HASH.linera.network; legacy: the content hash. */
  stateHash: 'zero' | 'legacy';
  /** Hosts that applications may ask, by name; none if not given. */
  hosts?: string[];
  /** Whole tokens of a claimed chain. */
  claimTokens: bigint;
  /** Further root chains, for tests: their owner and attos. */
  chains?: { owner: AccountOwner; balance: Amount }[];
  /** false: leave it to the system when bytes reach the disk. */
  sync?: boolean;
  /** Streams over WebSocket too (default); false: HTTP alone, as upstream's proxy. */
  webSocket?: boolean;
  /** Puts something between a server and its validator, for tests. */
  between?: (index: number, service: Service) => Service;
  progress?: (text: string) => void;
}

interface Saved {
  genesisJson: string;
  faucetChain: string;
}

const ROOT_TOKENS = 1_000_000n;
const ONE_TOKEN = 10n ** 18n;

export class Network {
  private constructor(
    readonly genesisJson: string,
    readonly faucetChain: ChainId,
    readonly faucet: Faucet,
    readonly faucetClient: ClientHost,
    readonly validators: ValidatorHost[],
    readonly servers: ValidatorServer[],
  ) {}

  static async start(options: NetworkOptions): Promise<Network> {
    const say = options.progress ?? (() => {});
    await mkdir(options.folder, { recursive: true });
    say(`opening ${options.validators} validators`);
    const validators: ValidatorHost[] = [];
    for (let i = 0; i < options.validators; i += 1)
      validators.push(await openValidator(options, i));
    const vault = await openVault(options);
    const saved = await genesisOf(options, validators, vault.owner);
    for (const validator of validators) await validator.open(saved.genesisJson);
    const servers = await serve(options, validators);
    say('opening the faucet');
    const module = await loadNodeModule(options.wasm);
    const chainId = chainIdFromText(saved.faucetChain);
    const client = await openFaucetClient(options, saved, vault, chainId);
    const faucet = new Faucet({
      module,
      client,
      chainId,
      genesisJson: saved.genesisJson,
      port: options.faucetPort,
      amount: toAmount(options.claimTokens * ONE_TOKEN),
    });
    await faucet.listen();
    return new Network(saved.genesisJson, chainId, faucet, client, validators, servers);
  }

  async close(): Promise<void> {
    await this.faucet.close();
    await this.faucetClient.close();
    for (const server of this.servers) await server.close();
    for (const validator of this.validators) await validator.close();
  }
}

/** Forgets the network in `folder`. */
export const reset = (folder: string) => rm(folder, { recursive: true, force: true });

async function openValidator(options: NetworkOptions, index: number): Promise<ValidatorHost> {
  const module = await loadNodeModule(options.wasm);
  const name = `validator-${index + 1}`;
  const mount = await NodeMount.open(module, `/${name}`, join(options.folder, name), {
    sync: options.sync ?? true,
  });
  return new ValidatorHost({
    module,
    mount,
    onLog: (text) => console.error(`${name}: ${text}`),
    onDeath: (error) => console.error(`${name} died:`, error),
  });
}

async function openVault(options: NetworkOptions): Promise<VaultHost> {
  const module = await loadNodeModule(options.wasm);
  const path = join(options.folder, 'faucet-vault.json');
  if (existsSync(path)) {
    const { vault, wrapKey } = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
    return VaultHost.open(module, { vault: fromHex(vault!), wrapKey: fromHex(wrapKey!) });
  }
  const random = (count: number) => new Uint8Array(randomBytes(count));
  const { host, file } = VaultHost.create(module, random(32), random);
  const text = JSON.stringify({ vault: toHex(file.vault), wrapKey: toHex(file.wrapKey) });
  await writeFile(path, text, { mode: 0o600 });
  return host;
}

async function genesisOf(
  options: NetworkOptions,
  validators: ValidatorHost[],
  faucetOwner: AccountOwner,
): Promise<Saved> {
  const keys = [];
  for (const validator of validators) {
    keys.push(await validator.create(new Uint8Array(randomBytes(64))));
  }
  const path = join(options.folder, 'network.json');
  if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as Saved;
  const balance = toAmount(ROOT_TOKENS * ONE_TOKEN);
  const now = new Date();
  const genesisJson = await validators[0]!.makeGenesis({
    validators: keys.map(({ publicKey, accountPublicKey }, i) => [
      publicKey,
      {
        network_address: `grpc:127.0.0.1:${options.validatorPort + i}`,
        votes: 100n,
        account_public_key: accountPublicKey,
      },
    ]),
    prices: options.prices,
    flags: [
      ...(options.stateHash === 'zero' ? ['FLAG_ZERO_HASH.linera.network'] : []),
      ...(options.hosts ?? []),
    ],
    chains: [
      { owner: faucetOwner, balance },
      { owner: faucetOwner, balance },
      ...(options.chains ?? []),
    ],
    timestamp: millisToTimestamp(now.getTime()),
    network_name: `linera-${now.toISOString().slice(0, 19)}`,
  });
  const saved = { genesisJson, faucetChain: await chainIdAt(options, genesisJson, 1) };
  await writeFile(path, JSON.stringify(saved));
  return saved;
}

// The id of a root chain; the core computes it.
async function chainIdAt(options: NetworkOptions, genesisJson: string, index: number) {
  const module = await loadNodeModule(options.wasm);
  return toHex(module.rootChainIds(genesisJson)[index]!);
}

async function serve(options: NetworkOptions, validators: ValidatorHost[]) {
  const servers = validators.map((validator, i) => {
    const service = options.between ? options.between(i, validator) : validator;
    return new ValidatorServer({
      service,
      port: options.validatorPort + i,
      logFile: join(options.folder, `validator-${i + 1}.log`),
      webSocket: options.webSocket ?? true,
    });
  });
  for (const server of servers) await server.listen();
  return servers;
}

async function openFaucetClient(
  options: NetworkOptions,
  saved: Saved,
  vault: VaultHost,
  chainId: ChainId,
): Promise<ClientHost> {
  const module = await loadNodeModule(options.wasm);
  const mount = await NodeMount.open(module, '/faucet', join(options.folder, 'faucet'), {
    sync: options.sync ?? true,
  });
  const client = await ClientHost.open({
    module,
    mount,
    genesisHash: module.genesisHash(saved.genesisJson)!,
    transport: nodeTransport(),
    sign: vault.sign,
    onDeath: (error) => console.error('the faucet died:', error),
  });
  const entropy = randomBytes(8).readBigUInt64LE();
  await client.command({ $: 'OpenNetwork', genesis_json: saved.genesisJson, entropy });
  await client.command({
    $: 'TrackChain',
    chain_id: chainId,
    owner: vault.owner,
    allow_fast_blocks: false,
  });
  return client;
}
