// Requests over fetch and server streams over WebSocket or fetch: how outputs reach validators.

import { MAX_ANSWER_BYTES } from '../limits.ts';
import { wakeIn } from '../wake.ts';
import { ClockSkew } from './clock_skew.ts';
import { readLimited } from './read_limited.ts';
import { StreamMeter, StreamPauses } from './stream_limits.ts';

interface HttpAnswer {
  status: number;
  grpcStatus: number | null;
  grpcMessage: string;
  body: Uint8Array;
}
export interface StreamHandlers {
  onData(bytes: Uint8Array): void;
  /** Once, however the stream ends. */
  onClose(reason: string): void;
}
export interface Transport {
  /** Rejects when there is no answer in time. */
  send(url: string, body: Uint8Array, timeoutMs: number): Promise<HttpAnswer>;
  /** Never throws: what is wrong with the address comes to onClose, as all other failures. */
  openStream(url: string, body: Uint8Array, handlers: StreamHandlers): { close(): void };
  /** By how much this computer's clock is ahead of those that answer; null: unknown. */
  readonly clockAheadMs?: number | null;
  /** Asks those for the time that gave it before; resolves also when nobody answers. */
  measureClock?(): Promise<void>;
}

/** For an answer whose only use is its time. */
const CLOCK_TIMEOUT_MS = 3000;
const HEADERS = { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' };

interface Socket {
  binaryType: string;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: unknown) => void) | null;
  send(data: Uint8Array): void;
  close(): void;
}
export type SocketClass = new (url: string, protocols: string[]) => Socket;

interface WebTransportOptions {
  fetch?: typeof fetch;
  /** null: streams go over fetch. */
  WebSocket?: SocketClass | null;
  /** Milliseconds, for limits. */
  now?: () => number;
}

export class WebTransport implements Transport {
  readonly #fetch: typeof fetch;
  readonly #socket: SocketClass | null;
  /** Validators that refused WebSocket; they get fetch streams. */
  readonly #withoutSocket = new Set<string>();
  readonly #skew = new ClockSkew();
  readonly #now: () => number;
  readonly #pauses: StreamPauses;
  /** Where each host was asked last. */
  readonly #timed = new Map<string, string>();

  constructor(options: WebTransportOptions = {}) {
    this.#now = options.now ?? Date.now;
    this.#pauses = new StreamPauses(this.#now);
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    const given = options.WebSocket;
    this.#socket = given === undefined ? ((globalThis as never)['WebSocket'] ?? null) : given;
  }

  get clockAheadMs(): number | null {
    return this.#skew.aheadMs;
  }

  async send(url: string, body: Uint8Array, timeoutMs: number): Promise<HttpAnswer> {
    const abort = new AbortController();
    const late = wakeIn(timeoutMs, () => abort.abort());
    try {
      const answer = await this.#post(url, body, abort.signal);
      const { host } = new URL(url);
      this.#skew.heard(host, answer.headers.get('date'));
      this.#timed.set(host, url);
      const status = answer.headers.get('grpc-status');
      return {
        status: answer.status,
        grpcStatus: status === null ? null : Number(status) >>> 0,
        grpcMessage: decodeMessage(answer.headers.get('grpc-message') ?? ''),
        body: await readLimited(answer, MAX_ANSWER_BYTES),
      };
    } catch (error) {
      const why = abort.signal.aborted ? `no answer in ${timeoutMs} ms` : String(error);
      throw new Error(why, { cause: error });
    } finally {
      late();
      abort.abort();
    }
  }

  async measureClock(): Promise<void> {
    const asked = [...this.#timed.values()].map((url) =>
      this.send(url, new Uint8Array(), CLOCK_TIMEOUT_MS),
    );
    await Promise.allSettled(asked);
  }

  openStream(url: string, body: Uint8Array, handlers: StreamHandlers): { close(): void } {
    const once = closeOnce(handlers);
    const host = URL.canParse(url) ? new URL(url).host : null;
    if (host === null) return closedSoon(once, `not an address: ${url.slice(0, 100)}`);
    if (this.#pauses.paused(host)) return closedSoon(once, 'left alone after it sent too much');
    let current: { close(): void } | null = null;
    const metered = this.#metered(host, once, () => current?.close());
    current = this.#open(host, url, body, metered);
    return { close: () => current?.close() };
  }

  // Over WebSocket, or over fetch where the validator has none.
  #open(host: string, url: string, body: Uint8Array, handlers: StreamHandlers) {
    if (this.#socket === null || this.#withoutSocket.has(host)) {
      return this.#fetchStream(url, body, handlers);
    }
    let current = this.#socketStream(this.#socket, url, body, handlers, () => {
      // Down, or without WebSocket: the latter once it speaks over fetch.
      current = this.#fetchStream(url, body, {
        onClose: handlers.onClose,
        onData: (bytes) => {
          this.#withoutSocket.add(host);
          handlers.onData(bytes);
        },
      });
    });
    return { close: () => current.close() };
  }

  // Ends the stream at what no honest validator sends.
  #metered(host: string, handlers: StreamHandlers, close: () => void): StreamHandlers {
    const meter = new StreamMeter(this.#now);
    return {
      onClose: handlers.onClose,
      onData: (bytes) => {
        const fault = meter.take(bytes);
        if (fault === null) return handlers.onData(bytes);
        this.#pauses.blame(host);
        handlers.onClose(fault);
        close();
      },
    };
  }

  #post(url: string, body: Uint8Array, signal: AbortSignal): Promise<Response> {
    const headers = { ...HEADERS, accept: HEADERS['content-type'] };
    return this.#fetch(url, { method: 'POST', headers, body: body as BodyInit, signal });
  }

  // gRPC-Web over WebSocket: headers, then 0 and the request's frame, then 1 for "no more".
  #socketStream(
    Socket: SocketClass,
    url: string,
    body: Uint8Array,
    handlers: StreamHandlers,
    refused: () => void,
  ): { close(): void } {
    let socket: Socket;
    try {
      socket = new Socket(url.replace(/^http/, 'ws'), ['grpc-websockets']);
    } catch (error) {
      return closedSoon(handlers, String(error));
    }
    let opened = false;
    let closed = false;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      opened = true;
      const lines = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.send(new TextEncoder().encode(lines.join('')));
      socket.send(new Uint8Array([0, ...body]));
      socket.send(new Uint8Array([1]));
    };
    socket.onmessage = ({ data }) => {
      // Text says nothing, and counts against the limits all the same.
      handlers.onData(data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array());
    };
    socket.onerror = () => {};
    socket.onclose = ({ code, reason }) => {
      if (closed) return;
      if (opened) handlers.onClose(reason || `WebSocket closed (${code})`);
      else refused();
    };
    return {
      close() {
        closed = true;
        socket.close();
        handlers.onClose('closed here');
      },
    };
  }

  #fetchStream(url: string, body: Uint8Array, handlers: StreamHandlers): { close(): void } {
    const abort = new AbortController();
    const run = async () => {
      const answer = await this.#post(url, body, abort.signal);
      if (!answer.ok || !answer.body) throw new Error(`HTTP status ${answer.status}`);
      const reader = answer.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        handlers.onData(part.value);
      }
    };
    run().then(
      () => handlers.onClose('the validator ended the stream'),
      (error: unknown) => handlers.onClose(String(error)),
    );
    return { close: () => abort.abort() };
  }
}

function closeOnce(handlers: StreamHandlers): StreamHandlers {
  let open = true;
  return {
    onData: (bytes) => open && handlers.onData(bytes),
    onClose(reason) {
      if (!open) return;
      open = false;
      handlers.onClose(reason);
    },
  };
}

// After openStream has returned, as every other close.
function closedSoon(handlers: StreamHandlers, reason: string): { close(): void } {
  queueMicrotask(() => handlers.onClose(reason));
  return { close: () => handlers.onClose('closed here') };
}

function decodeMessage(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
