// Drives a Client: commands become promises, events listeners, and every output its deed.
//
//   const host = await ClientHost.open({ module, mount, folder, genesisHash, transport, sign });
//   await host.command({ $: 'OpenNetwork', ... });
import { StoreError, type StoreMount } from '@mica/storage-idb';
import type {
  AccountOwner,
  AccountSignature,
  ClientCommand,
  ClientEvent,
  ClientOutput,
  ClientResult,
  Failure,
  FailureCode,
  MoneyState,
} from '../../generated/types.ts';
import { Loop } from './loop.ts';
import type { EngineModule, NativeStore } from './module.ts';
import type { Transport } from './transport.ts';

/** What a command rejects with. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  constructor(
    readonly code: FailureCode,
    message: string,
    /** What became of the money. */
    readonly money: MoneyState = 'Untouched',
  ) {
    super(message);
  }
}

export interface SignRequest {
  owner: AccountOwner;
  /** BCS of the ProposalContent. */
  content: Uint8Array;
  /** The class of blocks that needs no window. */
  receiving: boolean;
}
/** Rejects with a ClientError: SignerRefused, SignerLocked. */
export type Sign = (request: SignRequest) => Promise<AccountSignature>;

export type ClientNews = Extract<
  ClientOutput,
  { $: 'ChainChanged' | 'BlockChanged' | 'DraftChanged' | 'ValidatorChanged' | 'Log' }
>;

export interface ClientHostOptions {
  module: EngineModule;
  mount: StoreMount;
  /** 32 bytes; the store of another genesis is refused. */
  genesisHash: Uint8Array;
  transport: Transport;
  sign: Sign;
  onNews?: (news: ClientNews) => void;
  /** The core aborted or the store failed: open a new host from storage. */
  onDeath?: (error: unknown) => void;
  /** Go on with what can be read of a damaged store. */
  setAsideDamage?: boolean;
  /** Microseconds since 1970. */
  clock?: () => bigint;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class ClientHost {
  readonly #options: ClientHostOptions;
  readonly #store: NativeStore;
  readonly #loop: Loop<'ClientInput', 'ClientOutput'>;
  readonly #clock: () => bigint;
  #commands = new Map<bigint, PromiseWithResolvers>();
  #streams = new Map<bigint, { close(): void }>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0n;

  /** Rejects with StorageCorrupt or NetworkReset when the store cannot be opened. */
  static async open(options: ClientHostOptions): Promise<ClientHost> {
    const store = openStore(options);
    options.mount.release();
    return new ClientHost(options, store);
  }

  private constructor(options: ClientHostOptions, store: NativeStore) {
    this.#options = options;
    this.#store = store;
    this.#clock = options.clock ?? (() => BigInt(Date.now()) * 1000n);
    this.#loop = new Loop(
      new options.module.Client(store),
      'ClientInput',
      'ClientOutput',
      (output) => this.#act(output),
      (error) => this.#died(error),
    );
  }

  /** What an opening with setAsideDamage could not keep. */
  get losses(): string[] {
    return this.#store.losses();
  }
  get storeCounters(): Record<string, number> {
    return this.#store.counters();
  }

  command(command: ClientCommand): Promise<ClientResult> {
    if (this.#loop.dead) {
      return Promise.reject(new ClientError('Internal', 'the engine has stopped', 'Unknown'));
    }
    this.#lastId += 1n;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#commands.set(id, { resolve, reject });
      this.#push({ $: 'Command', command_id: id, command });
    });
  }

  /** The host believes that the network is back. */
  online(): void {
    this.#push({ $: 'Online' });
  }

  /** Lets go of everything; durable state stays. */
  async close(): Promise<void> {
    this.#release(new ClientError('Internal', 'the engine was closed', 'Unknown'));
    this.#loop.stop();
    await this.#options.mount.close();
  }

  #push(event: ClientEvent): void {
    this.#loop.push({ now: this.#clock(), event });
  }

  #act(output: ClientOutput): void {
    switch (output.$) {
      case 'Send':
        return this.#send(output);
      case 'OpenStream':
        return this.#openStream(output);
      case 'CloseStream':
        this.#streams.get(output.value)?.close();
        this.#streams.delete(output.value);
        return;
      case 'WakeAt':
        return this.#wakeAt(output.value);
      case 'Sign':
        return this.#sign(output);
      case 'Flush':
        return this.#flush(output.value);
      case 'Load':
        return this.#load(output.value);
      case 'Done':
        this.#commands.get(output.command_id)?.resolve(output.result);
        this.#commands.delete(output.command_id);
        return;
      case 'Failed':
        this.#commands.get(output.command_id)?.reject(asError(output.failure));
        this.#commands.delete(output.command_id);
        return;
      default:
        this.#options.onNews?.(output);
    }
  }

  #send({ request_id, url, body, timeout_ms }: Extract<ClientOutput, { $: 'Send' }>): void {
    this.#options.transport.send(url, body, timeout_ms).then(
      (answer) =>
        this.#push({
          $: 'Reply',
          request_id,
          http_status: answer.status,
          grpc_status: answer.grpcStatus,
          grpc_message: answer.grpcMessage,
          body: answer.body,
        }),
      (error: unknown) => this.#push({ $: 'SendFailed', request_id, reason: textOf(error) }),
    );
  }

  #openStream({ stream_id, url, body }: Extract<ClientOutput, { $: 'OpenStream' }>): void {
    const stream = this.#options.transport.openStream(url, body, {
      onData: (bytes) => this.#push({ $: 'StreamData', stream_id, bytes }),
      onClose: (reason) => {
        if (this.#streams.delete(stream_id)) this.#push({ $: 'StreamClosed', stream_id, reason });
      },
    });
    this.#streams.set(stream_id, stream);
  }

  #wakeAt(time: bigint): void {
    clearTimeout(this.#timer);
    const ms = Number(time - this.#clock()) / 1000;
    const wait = Math.min(Math.max(Math.ceil(ms), 0), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#push({ $: 'Tick' }), wait);
  }

  #sign({ sign_id, owner, content, receiving }: Extract<ClientOutput, { $: 'Sign' }>): void {
    this.#options.sign({ owner, content, receiving }).then(
      (signature) => this.#push({ $: 'Signed', sign_id, signature }),
      (error: unknown) => {
        const code = error instanceof ClientError ? error.code : 'SignerRefused';
        const failure: Failure = { code, message: textOf(error), money: 'Untouched' };
        this.#push({ $: 'SignFailed', sign_id, failure });
      },
    );
  }

  #flush(commitId: bigint): void {
    this.#options.mount.flush(this.#store.takeChanges()).then(
      () => this.#push({ $: 'Flushed', value: commitId }),
      (error: unknown) =>
        this.#push({ $: 'FlushFailed', commit_id: commitId, failure: storeFailure(error) }),
    );
  }

  #load(file: string): void {
    this.#options.mount.load(file).then(
      () => {
        const problem = this.#store.segmentLoaded(file);
        this.#options.mount.unload(file);
        if (problem) this.#options.onNews?.({ $: 'Log', value: problem });
        this.#push({ $: 'Loaded', file, ok: problem === '' });
      },
      (error: unknown) => {
        this.#store.segmentLoaded(file);
        this.#options.onNews?.({ $: 'Log', value: textOf(error) });
        this.#push({ $: 'Loaded', file, ok: false });
      },
    );
  }

  #died(error: unknown): void {
    this.#release(new ClientError('Internal', `the engine stopped: ${textOf(error)}`, 'Unknown'));
    this.#options.onDeath?.(error);
  }

  #release(error: ClientError): void {
    clearTimeout(this.#timer);
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    for (const stream of streams) stream.close();
    const commands = [...this.#commands.values()];
    this.#commands.clear();
    for (const { reject } of commands) reject(error);
  }
}

interface PromiseWithResolvers {
  resolve(result: ClientResult): void;
  reject(error: ClientError): void;
}

function openStore(options: ClientHostOptions): NativeStore {
  const store = new options.module.Store();
  const problem = store.open(
    options.mount.folder,
    options.genesisHash,
    options.setAsideDamage ?? false,
  );
  if (problem === '') return store;
  store.delete();
  throw new ClientError('StorageCorrupt', problem, 'Untouched');
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const asError = ({ code, message, money }: Failure) => new ClientError(code, message, money);

function storeFailure(error: unknown): Failure {
  const full = error instanceof StoreError && error.code === 'quota';
  return {
    code: full ? 'StorageFull' : 'StorageFailed',
    message: full
      ? 'the disk quota is full: nothing was signed or sent; free some space and try again'
      : `the store could not be written: ${textOf(error)}`,
    money: 'Untouched',
  };
}
