// What every action works on: an opened engine, its network, who signs and who gives chains.
import {
  ClientError,
  ClientHost,
  CodecError,
  toHex,
  type AskHost,
  type ClientCommand,
  type ClientNews,
  type ClientResult,
  type EngineModule,
  type Transport,
} from '@mica/bindings';
import { wakeIn } from '@mica/bindings/wake';
import { faucetAt, type FaucetClient } from './faucet.ts';
import { newsOf, type News } from './news.ts';
import type { Signer } from './signer.ts';
import type { OpenStore } from './stores.ts';
import { accountSignature, ownerToText } from './texts.ts';

/** What `createClient` takes. One of `faucet` and `genesis` is needed. */
export interface ClientOptions {
  /** Address of the network's faucet: gives the genesis configuration, and chains to claim. */
  faucet?: string;
  /** The genesis configuration as JSON text, exactly as the network publishes it. */
  genesis?: string;
  /** 64 hex digits: the client opens no other network than this one. */
  genesisHash?: string;
  /** Signs this client's blocks. Without it the client only reads. */
  signer?: Signer;
  /** Where chains and certificates are kept. Pages: IndexedDB; Node: memory. */
  store?: OpenStore;
  /** How validators are reached. Default: fetch, and WebSocket for notifications. */
  transport?: Transport;
  /**
   * The engine has stopped, by a fault in it or because the store takes nothing more: every later
   * action rejects. Close this client and create another one.
   */
  onStopped?: (error: Error) => void;
}

/** What an action needs of a client. */
export interface ClientCore {
  readonly network: Network;
  readonly signer: Signer | null;
  readonly faucet: FaucetClient | null;
  /** Runs one command of the engine; rejects with a `ClientError`. */
  command(command: ClientCommand): Promise<ClientResult>;
  /** The listener hears of every change until the returned function is called. */
  listen(listener: (news: News) => void): () => void;
  /** Lets go of the store and all connections; what was confirmed stays in the store. */
  close(): Promise<void>;
}

export interface Network {
  /** As its genesis configuration has it, for example "testnet-conway". */
  name: string;
  /** 64 hex digits; names the network. */
  genesisHash: string;
}

/** What differs between a page and Node. */
export interface Platform {
  loadEngine(onAbort: (reason: unknown) => void): Promise<EngineModule>;
  defaultStore: OpenStore;
  transport(): Transport;
  askHost: AskHost;
}

export async function openCore(options: ClientOptions, platform: Platform): Promise<ClientCore> {
  const faucet = options.faucet === undefined ? null : faucetAt(options.faucet);
  const genesisJson = options.genesis ?? (await faucet?.genesisConfig());
  if (genesisJson === undefined) throw invalid('createClient needs a faucet or a genesis');
  const onStopped = (reason: unknown) => options.onStopped?.(asError(reason));
  const module = await platform.loadEngine((reason) => void wakeIn(0, () => onStopped(reason)));
  const genesisHash = module.genesisHash(genesisJson);
  if (!genesisHash) throw invalid('this is no genesis configuration');
  const named = toHex(genesisHash);
  if (options.genesisHash !== undefined && options.genesisHash.toLowerCase() !== named) {
    throw new ClientError('NetworkReset', `this network is ${named}, not the one expected`);
  }
  const listeners = new Set<(news: News) => void>();
  const host = await ClientHost.open({
    module,
    genesisHash,
    mount: await (options.store ?? platform.defaultStore)(module, named),
    transport: options.transport ?? platform.transport(),
    sign: signWith(options.signer),
    askHost: platform.askHost,
    onNews: (news) => tell(listeners, news),
    onStorageFailure: ({ message }) => onStopped(new Error(message)),
  });
  const name = await openNetwork(host, genesisJson);
  return {
    network: { name, genesisHash: named },
    signer: options.signer ?? null,
    faucet,
    command: (command) => host.command(command).catch(refused),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => host.close(),
  };
}

async function openNetwork(host: ClientHost, genesis_json: string): Promise<string> {
  const [entropy] = crypto.getRandomValues(new BigUint64Array(1));
  try {
    const command = { $: 'OpenNetwork', genesis_json, entropy: entropy! } as const;
    const opened = await host.command(command);
    return opened.$ === 'Network' ? opened.description.name : '';
  } catch (error) {
    await host.close();
    throw error;
  }
}

const signWith =
  (signer: Signer | undefined): Parameters<typeof ClientHost.open>[0]['sign'] =>
  async ({ owner, network, content, receiving }) => {
    if (!signer) throw new ClientError('SignerRefused', 'this client has no signer');
    const request = { owner: ownerToText(owner), genesisHash: toHex(network), content, receiving };
    return accountSignature(await signer.sign(request));
  };

// One listener's fault is not the others'.
function tell(listeners: Set<(news: News) => void>, news: ClientNews): void {
  const told = newsOf(news);
  for (const listener of [...listeners]) {
    try {
      listener(told);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

// A value out of its type's bounds, an amount below zero say, is bad input as any other.
function refused(error: unknown): never {
  if (error instanceof CodecError) throw invalid(error.message);
  throw error;
}

export const invalid = (message: string) => new ClientError('InvalidInput', message);

const asError = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)));
