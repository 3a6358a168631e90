// Drives a Client: commands become promises, events listeners, and every output its deed.
//
//   const host = await ClientHost.open({ module, mount, folder, genesisHash, transport, sign });
//   await host.command({ $: 'OpenNetwork', ... });
import type { StoreMount } from '@mica/storage-idb';
import type {
  AccountOwner,
  AccountSignature,
  ClientCommand,
  ClientEvent,
  ClientOutput,
  ClientResult,
  CryptoHash,
  Failure,
  FailureCode,
  FailureDetail,
  MoneyState,
} from '../../generated/types.ts';
import { askFor, type AskHost } from './ask_host.ts';
import { MAX_CLOCK_AHEAD_MS } from '../limits.ts';
import { Loop } from './loop.ts';
import { toTimestamp } from '../codec/scalars.ts';
import { toHex } from '../codec/text.ts';
import { aboutTime } from '../times.ts';
import { untouched } from './failures.ts';
import { hostOf, type Blame } from './left_out.ts';
import type { EngineModule, NativeStore } from './module.ts';
import { OpenStreams } from './open_streams.ts';
import { textOf } from '../error_text.ts';
import { Alarm, StoreIo } from './store_io.ts';
import type { Transport } from './transport.ts';

/** What a command rejects with. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  constructor(
    readonly code: FailureCode,
    message: string,
    /** What became of the money. */
    readonly money: MoneyState = 'Untouched',
    /** What a text about it can name. */
    readonly detail: FailureDetail = { $: 'None' },
  ) {
    super(message);
  }
}

export interface SignRequest {
  owner: AccountOwner;
  /** The genesis hash: chains of two networks may have one id. */
  network: CryptoHash;
  /** BCS of the ProposalContent. */
  content: Uint8Array;
  /** The class of blocks that needs no window. */
  receiving: boolean;
}
/**
 * Rejects with a ClientError: see signingError. Whoever signs must never sign two blocks of one
 * height in the fast round, after a restart neither (core/wallet/vault_guard.h).
 */
export type Sign = (request: SignRequest) => Promise<AccountSignature>;

export type ClientNews = Extract<
  ClientOutput,
  { $: 'ChainChanged' | 'BlockChanged' | 'DraftChanged' | 'ValidatorChanged' | 'Log' }
>;

interface ClientHostOptions {
  module: EngineModule;
  mount: StoreMount;
  /** 32 bytes; the store of another genesis is refused. */
  genesisHash: CryptoHash;
  transport: Transport;
  sign: Sign;
  /** Asks hosts what applications ask them; without it none is asked, and their blocks fail. */
  askHost?: AskHost;
  onNews?: (news: ClientNews) => void;
  /** The core aborted, and on what: open a new host from storage. */
  onDeath?: (error: unknown, blame: Blame | null) => void;
  /** Nothing more is written, and nothing that waited for it is sent: close, and open again. */
  onStorageFailure?: (failure: Failure) => void;
  /** Go on with what can be read of a damaged store. */
  setAsideDamage?: boolean;
  /** Microseconds since 1970. */
  clock?: () => bigint;
}

/** What the core acts on, of what a vault may answer; all else is a refusal. */
const ofVault: Record<string, FailureCode> = {
  Locked: 'SignerLocked',
  FastRoundTaken: 'FastRoundTaken',
};
/** Why a vault did not sign, as the core is told it. */
export const signingError = (vaultCode: string, text: string) =>
  new ClientError(ofVault[vaultCode] ?? 'SignerRefused', text);

export class ClientHost {
  readonly #options: ClientHostOptions;
  readonly #store: NativeStore;
  readonly #loop: Loop<'ClientInput', 'ClientOutput', Blame>;
  readonly #clock: () => bigint;
  readonly #storeIo: StoreIo;
  readonly #alarm: Alarm;
  #commands = new Map<bigint, PromiseWithResolvers>();
  readonly #streams: OpenStreams;
  #lastId = 0n;

  /** Rejects with StorageCorrupt or NetworkReset when the store cannot be opened. */
  static async open(options: ClientHostOptions): Promise<ClientHost> {
    try {
      const store = openStore(options);
      options.mount.release();
      return new ClientHost(options, store);
    } catch (error) {
      await options.mount.close();
      throw error;
    }
  }

  private constructor(options: ClientHostOptions, store: NativeStore) {
    this.#options = options;
    this.#store = store;
    this.#clock = options.clock ?? (() => BigInt(Date.now()) * 1000n);
    this.#streams = new OpenStreams(
      () => Number(this.#clock() / 1000n),
      (stream_id, reason) => this.#push({ $: 'StreamClosed', stream_id, reason }),
    );
    this.#alarm = new Alarm(this.#clock, () => this.#push({ $: 'Tick' }));
    this.#storeIo = new StoreIo(
      store,
      options.mount,
      (event) => this.#push(event),
      (value) => options.onNews?.({ $: 'Log', value }),
      (failure) => options.onStorageFailure?.(failure),
    );
    this.#loop = new Loop(
      new options.module.Client(store),
      'ClientInput',
      'ClientOutput',
      (output) => this.#act(output),
      (error, blame) => this.#died(error, blame),
    );
  }

  /** What an opening with setAsideDamage could not keep. */
  get losses(): string[] {
    return this.#store.losses();
  }
  get storeCounters(): Record<string, number> {
    return this.#store.counters();
  }

  get clockAheadMs(): number | null {
    return this.#options.transport.clockAheadMs ?? null;
  }
  /** Names the network, however its genesis is written; null: it is refused. */
  genesisHashOf(genesisJson: string): string | null {
    const hash = this.#options.module.genesisHash(genesisJson);
    return hash && toHex(hash);
  }

  /** `asker`: the origin of the page that it is for. */
  command(command: ClientCommand, asker: string | null = null): Promise<ClientResult> {
    if (this.#loop.dead) {
      return Promise.reject(new ClientError('Internal', 'the engine has stopped', 'Unknown'));
    }
    this.#lastId += 1n;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#commands.set(id, { resolve, reject });
      const blame: Blame | null = asker === null ? null : { $: 'Asker', origin: asker };
      this.#push({ $: 'Command', command_id: id, command }, blame);
    });
  }

  /** The network is back, or the computer has slept: no stream from before is relied on. */
  online(): void {
    this.#streams.endSilent(0);
    this.#push({ $: 'Online' });
  }

  /** Streams that said nothing for so long are opened anew; what they missed is asked for then. */
  replaceSilentStreams(silentMs: number): void {
    this.#streams.endSilent(silentMs);
  }

  /** Lets go of everything; durable state stays. */
  async close(): Promise<void> {
    this.#release(new ClientError('Internal', 'the engine was closed', 'Unknown'));
    this.#loop.stop();
    await this.#options.mount.close();
  }

  #push(event: ClientEvent, blame: Blame | null = null): void {
    this.#loop.push({ now: toTimestamp(this.#clock()), event }, blame);
  }

  #act(output: ClientOutput): void {
    switch (output.$) {
      case 'Send':
        return this.#send(output);
      case 'HttpRequest':
        return askFor(this.#options.askHost, output, (event) => this.#push(event));
      case 'OpenStream':
        return this.#openStream(output);
      case 'CloseStream':
        return this.#streams.close(output.value);
      case 'WakeAt':
        return this.#alarm.set(output.value);
      case 'Sign':
        return this.#sign(output);
      case 'Flush':
        return this.#storeIo.flush(output.value);
      case 'Load':
        return this.#storeIo.load(output.value);
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
      (answer) => {
        const reply = {
          http_status: answer.status,
          grpc_status: answer.grpcStatus,
          grpc_message: answer.grpcMessage,
          body: answer.body,
        };
        this.#push({ $: 'Reply', request_id, ...reply }, validatorAt(url));
      },
      (error: unknown) => this.#push({ $: 'SendFailed', request_id, reason: textOf(error) }),
    );
  }

  #openStream({ stream_id, url, body }: Extract<ClientOutput, { $: 'OpenStream' }>): void {
    const stream = this.#options.transport.openStream(url, body, {
      onData: (bytes) => {
        this.#streams.heard(stream_id);
        this.#push({ $: 'StreamData', stream_id, bytes }, validatorAt(url));
      },
      onClose: (reason) => this.#streams.closed(stream_id, reason),
    });
    this.#streams.add(stream_id, stream);
  }

  #sign({ sign_id, owner, content, receiving }: Extract<ClientOutput, { $: 'Sign' }>): void {
    const network = this.#options.genesisHash;
    this.#refuseWrongClock()
      .then(() => this.#options.sign({ owner, network, content, receiving }))
      .then(
        (signature) => this.#push({ $: 'Signed', sign_id, signature }),
        (error: unknown) => {
          const code = error instanceof ClientError ? error.code : 'SignerRefused';
          const failure = untouched(code, textOf(error));
          this.#push({ $: 'SignFailed', sign_id, failure });
        },
      );
  }

  // Validators would refuse the block until its time has come, and a fast one cannot be replaced.
  // What was measured before may be over: their clocks may have been wrong, or this one was set.
  async #refuseWrongClock(): Promise<void> {
    if ((this.clockAheadMs ?? 0) <= MAX_CLOCK_AHEAD_MS) return;
    await this.#options.transport.measureClock?.();
    const ahead = this.clockAheadMs ?? 0;
    if (ahead > MAX_CLOCK_AHEAD_MS) throw clockError(ahead);
  }

  #died(error: unknown, blame: Blame | null): void {
    this.#release(new ClientError('Internal', `the engine stopped: ${textOf(error)}`, 'Unknown'));
    this.#options.onDeath?.(error, blame);
  }

  #release(error: ClientError): void {
    this.#alarm.stop();
    this.#streams.closeAll();
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

function validatorAt(url: string): Blame | null {
  const host = hostOf(url);
  return host === null ? null : { $: 'Validator', host };
}

const asError = ({ code, message, money, detail }: Failure) =>
  new ClientError(code, message, money, detail);

const clockError = (aheadMs: number) =>
  new ClientError(
    'ClockSkew',
    `This computer's clock is ${aboutTime(aheadMs)} ahead of the validators'. ` +
      'They would refuse a block with that time, so nothing was signed or sent.',
  );
