// Calls and events over a MessagePort: one side serves an object of async methods, the other holds
// a proxy of it. Values travel by structured clone (bigint and Uint8Array stay what they are), but
// secrets: their memory is handed over, so that no copy stays behind in a message.
import { textOf } from '@mica/bindings/error_text';
import { WalletError, type Remote, type WalletFailure } from './api.ts';
import { receivedSecrets, secretsIn, wipe, type Secret } from './secret.ts';

/** `secrets`: those of the parameters or the result, the same objects. */
type Wire =
  | { t: 'call'; id: number; method: string; params: unknown; secrets: Secret[] }
  | { t: 'done'; id: number; result: unknown; secrets: Secret[] }
  | { t: 'failed'; id: number; failure: WalletFailure }
  | { t: 'event'; name: string; value: unknown }
  | { t: 'left'; done: boolean };

interface Ping {
  /** Somebody can see the window that asks. */
  seen?: boolean;
}
interface Proxied {
  /** Resolves when the other side is alive. */
  ping(params: Ping): Promise<unknown>;
  /** Tells the other side that this one goes; `done`: because there was nothing left to do. */
  leave(done?: boolean): void;
  /** The other side was started anew: goes on with it; calls under way are rejected. */
  reconnect(port: Port): void;
}

export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close?(): void;
}

// What may be called on Api from the other side: its async methods with one parameter.
type Methods<Api> = { [K in keyof Api]: (params: never) => Promise<unknown> };
export type Handlers<Api extends Methods<Api>> = {
  [K in keyof Api]: (params: Parameters<Api[K]>[0]) => ReturnType<Api[K]>;
};

function toFailure(error: unknown): WalletFailure {
  if (error instanceof WalletError) return error.failure;
  return { code: 'Internal', message: textOf(error) };
}

const startedAnew = (): WalletFailure => ({
  code: 'Internal',
  reason: 'StartedAnew',
  message:
    'The wallet was started anew while this was under way. ' +
    'Look at what it shows before you do it again.',
});

const buffersOf = (secrets: Secret[]) => secrets.map(({ buffer }) => buffer);

export function remote<Api, Events>(first: Port): Api & Remote<Events> & Proxied {
  let port = first;
  const calls = new Map<number, { resolve(v: unknown): void; reject(e: Error): void }>();
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  let last = 0;
  const hear = ({ data }: MessageEvent<Wire>) => {
    if (data.t === 'event') {
      for (const listener of listeners.get(data.name) ?? []) listener(data.value);
      return;
    }
    if (data.t !== 'done' && data.t !== 'failed') return;
    const call = calls.get(data.id);
    calls.delete(data.id);
    if (data.t === 'done') {
      receivedSecrets(data.secrets);
      call?.resolve(data.result);
    }
    if (data.t === 'failed') call?.reject(new WalletError(data.failure));
  };
  port.onmessage = hear;
  const leave = (done = false) => port.postMessage({ t: 'left', done } satisfies Wire, []);
  const reconnect = (next: Port) => {
    leave();
    port.onmessage = null;
    port.close?.();
    port = next;
    port.onmessage = hear;
    const lost = [...calls.values()];
    calls.clear();
    for (const { reject } of lost) reject(new WalletError(startedAnew()));
  };
  const on = (name: string, listener: (value: unknown) => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  };
  const call = (method: string, params: unknown) =>
    new Promise((resolve, reject) => {
      last += 1;
      calls.set(last, { resolve, reject });
      const secrets = secretsIn(params);
      const message: Wire = { t: 'call', id: last, method, params, secrets };
      port.postMessage(message, buffersOf(secrets));
    });
  const target = { on, leave, reconnect } as Record<string, unknown>;
  return new Proxy(target, {
    get: (object, name) => {
      // A proxy that is awaited must not look like a promise.
      if (typeof name !== 'string' || name === 'then') return undefined;
      return (object[name] ??= (params: unknown) => call(name, params ?? {}));
    },
  }) as Api & Remote<Events> & Proxied;
}

/** Answers calls; returns how to send events. Only `handlers`' own methods can be called. */
export function serve<Api extends Methods<Api>, Events>(
  port: Port,
  handlers: Handlers<Api>,
  other: { pinged?: (ping: Ping) => void; left?: (done: boolean) => void } = {},
): { emit<K extends keyof Events>(name: K, value: Events[K]): void } {
  const table = new Map<string, (params: unknown) => Promise<unknown>>();
  for (const [name, method] of Object.entries(handlers)) {
    table.set(name, method as (params: unknown) => Promise<unknown>);
  }
  table.set('ping', async (params) => other.pinged?.(params as Ping) ?? null);
  port.onmessage = ({ data }: MessageEvent<Wire>) => {
    if (data.t === 'left') other.left?.(data.done);
    if (data.t !== 'call') return;
    const { id } = data;
    const given = receivedSecrets(data.secrets);
    const method = table.get(data.method);
    const result = method
      ? Promise.resolve().then(() => method(data.params))
      : Promise.reject(new Error(`no such method: ${data.method}`));
    result
      .finally(() => given.forEach(wipe))
      .then(
        (result) => {
          const secrets = secretsIn(result);
          port.postMessage({ t: 'done', id, result, secrets } satisfies Wire, buffersOf(secrets));
        },
        (error) =>
          port.postMessage({ t: 'failed', id, failure: toFailure(error) } satisfies Wire, []),
      );
  };
  return {
    emit: (name, value) =>
      port.postMessage({ t: 'event', name: String(name), value } satisfies Wire, []),
  };
}
