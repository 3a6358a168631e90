// Drives a Validator: one answer for each request, frames for each stream.
import { toCryptoHash, toTimestamp } from '../codec/scalars.ts';
import type { StoreMount } from '@mica/storage-idb';
import type {
  AccountPublicKey,
  GenesisSpec,
  NetworkDescription,
  ValidatorEvent,
  ValidatorOutput,
  Secp256k1PublicKey,
} from '../../generated/types.ts';
import { askFor, type AskHost } from './ask_host.ts';
import { nodeAsker } from './ask_host_node.ts';
import { Loop } from './loop.ts';
import type { NativeStore, NodeModule } from './module.ts';
import { textOf } from '../error_text.ts';
import { Alarm, StoreIo } from './store_io.ts';
import type { StreamHandlers } from './transport.ts';

export interface RpcAnswer {
  status: number;
  message: string;
  /** Message and trailer frames; empty unless the status is 0. */
  body: Uint8Array;
}

interface ValidatorHostOptions {
  module: NodeModule;
  mount: StoreMount;
  onLog?: (text: string) => void;
  /** The core aborted or its store failed. */
  onDeath?: (error: unknown) => void;
  clock?: () => bigint;
  /** Asks hosts what applications ask them; as nodeAsker does, if nothing else is given. */
  askHost?: AskHost;
}

/** A validator's store is named by its folder, not by a genesis: its keys come first. */
const STORE_TAG = new Uint8Array(32);

export class ValidatorHost {
  readonly #options: ValidatorHostOptions;
  readonly #store: NativeStore;
  readonly #loop: Loop<'ValidatorInput', 'ValidatorOutput'>;
  readonly #clock: () => bigint;
  readonly #storeIo: StoreIo;
  readonly #alarm: Alarm;
  readonly #askHost: AskHost;
  #requests = new Map<bigint, (answer: RpcAnswer) => void>();
  #streams = new Map<bigint, StreamHandlers>();
  #setup: { resolve(output: ValidatorOutput): void; reject(error: Error): void } | null = null;
  #lastId = 0n;

  constructor(options: ValidatorHostOptions) {
    this.#options = options;
    this.#askHost = options.askHost ?? nodeAsker();
    this.#clock = options.clock ?? (() => BigInt(Date.now()) * 1000n);
    this.#store = new options.module.Store();
    const problem = this.#store.open(options.mount.folder, toCryptoHash(STORE_TAG), false);
    if (problem) throw new Error(`${options.mount.folder}: ${problem}`);
    options.mount.release();
    this.#alarm = new Alarm(this.#clock, () => this.#push({ $: 'Tick' }));
    this.#storeIo = new StoreIo(
      this.#store,
      options.mount,
      (event) => this.#push(event),
      (text) => options.onLog?.(text),
    );
    this.#loop = new Loop(
      new options.module.Validator(this.#store),
      'ValidatorInput',
      'ValidatorOutput',
      (output) => this.#act(output),
      (error) => this.#died(error),
    );
  }

  /** Makes the validator's keys, or finds those it has. */
  async create(
    entropy: Uint8Array,
  ): Promise<{ publicKey: Secp256k1PublicKey; accountPublicKey: AccountPublicKey }> {
    const output = await this.#ask({ $: 'Create', value: entropy });
    if (output.$ !== 'Created') throw new Error(`unexpected ${output.$}`);
    return { publicKey: output.public_key, accountPublicKey: output.account_public_key };
  }

  async makeGenesis(spec: GenesisSpec): Promise<string> {
    const output = await this.#ask({ $: 'MakeGenesis', value: spec });
    if (output.$ !== 'Genesis') throw new Error(`unexpected ${output.$}`);
    return output.value;
  }

  async open(genesisJson: string): Promise<NetworkDescription> {
    const output = await this.#ask({ $: 'Open', value: genesisJson });
    if (output.$ !== 'Opened') throw new Error(`unexpected ${output.$}`);
    return output.value;
  }

  request(method: string, body: Uint8Array): Promise<RpcAnswer> {
    if (this.#loop.dead) return Promise.resolve(gone());
    this.#lastId += 1n;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#requests.set(id, resolve);
      this.#push({ $: 'Request', request_id: id, method, body });
    });
  }

  openStream(method: string, body: Uint8Array, handlers: StreamHandlers): { close(): void } {
    this.#lastId += 1n;
    const id = this.#lastId;
    this.#streams.set(id, handlers);
    this.#push({ $: 'OpenStream', stream_id: id, method, body });
    return {
      close: () => {
        if (this.#streams.delete(id)) this.#push({ $: 'CloseStream', value: id });
      },
    };
  }

  async close(): Promise<void> {
    this.#alarm.stop();
    this.#endAll();
    this.#loop.stop();
    await this.#options.mount.close();
  }

  #ask(event: ValidatorEvent): Promise<ValidatorOutput> {
    return new Promise((resolve, reject) => {
      this.#setup = { resolve, reject };
      this.#push(event);
    });
  }

  #push(event: ValidatorEvent): void {
    this.#loop.push({ now: toTimestamp(this.#clock()), event });
  }

  #act(output: ValidatorOutput): void {
    switch (output.$) {
      case 'Created':
      case 'Genesis':
      case 'Opened':
        return this.#setup?.resolve(output);
      case 'Failed':
        return this.#setup?.reject(new Error(output.value.message));
      case 'Respond':
        this.#requests.get(output.request_id)?.({
          status: output.grpc_status,
          message: output.grpc_message,
          body: output.body,
        });
        this.#requests.delete(output.request_id);
        return;
      case 'HttpRequest':
        return askFor(this.#askHost, output, (event) => this.#push(event));
      case 'StreamData':
        return this.#streams.get(output.stream_id)?.onData(output.bytes);
      case 'StreamEnd': {
        const stream = this.#streams.get(output.stream_id);
        this.#streams.delete(output.stream_id);
        return stream?.onClose(output.grpc_message);
      }
      case 'WakeAt':
        return this.#alarm.set(output.value);
      case 'Flush':
        return this.#storeIo.flush(output.value);
      case 'Load':
        return this.#storeIo.load(output.value);
      case 'Log':
        return this.#options.onLog?.(output.value);
    }
  }

  #died(error: unknown): void {
    this.#setup?.reject(new Error(`the validator stopped: ${textOf(error)}`));
    this.#endAll();
    this.#options.onDeath?.(error);
  }

  #endAll(): void {
    for (const resolve of this.#requests.values()) resolve(gone());
    this.#requests.clear();
    for (const stream of this.#streams.values()) stream.onClose('the validator stopped');
    this.#streams.clear();
  }
}

const UNAVAILABLE = 14;
const gone = (): RpcAnswer => ({
  status: UNAVAILABLE,
  message: 'the validator stopped',
  body: new Uint8Array(),
});
