// Requests over fetch and server streams over WebSocket or fetch: how outputs reach validators.

import { ClockSkew } from './clock_skew.ts';

export interface HttpAnswer {
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
  openStream(url: string, body: Uint8Array, handlers: StreamHandlers): { close(): void };
  /** By how much this computer's clock is ahead of those that answer; null: unknown. */
  readonly clockAheadMs?: number | null;
}

/** Larger answers are cut off: no message of the protocol is longer (16 MiB and its frames). */
const MAX_ANSWER_BYTES = 17 * 1024 * 1024;
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

export interface WebTransportOptions {
  fetch?: typeof fetch;
  /** null: streams go over fetch. */
  WebSocket?: SocketClass | null;
}

export class WebTransport implements Transport {
  readonly #fetch: typeof fetch;
  readonly #socket: SocketClass | null;
  /** Validators that refused WebSocket; they get fetch streams. */
  readonly #withoutSocket = new Set<string>();
  readonly #skew = new ClockSkew();

  constructor(options: WebTransportOptions = {}) {
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    const given = options.WebSocket;
    this.#socket = given === undefined ? ((globalThis as never)['WebSocket'] ?? null) : given;
  }

  get clockAheadMs(): number | null {
    return this.#skew.aheadMs;
  }

  async send(url: string, body: Uint8Array, timeoutMs: number): Promise<HttpAnswer> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const answer = await this.#post(url, body, abort.signal);
      this.#skew.heard(new URL(url).host, answer.headers.get('date'));
      const status = answer.headers.get('grpc-status');
      return {
        status: answer.status,
        grpcStatus: status === null ? null : Number(status) >>> 0,
        grpcMessage: decodeMessage(answer.headers.get('grpc-message') ?? ''),
        body: await readLimited(answer),
      };
    } catch (error) {
      const why = abort.signal.aborted ? `no answer in ${timeoutMs} ms` : String(error);
      throw new Error(why, { cause: error });
    } finally {
      clearTimeout(timer);
      abort.abort();
    }
  }

  openStream(url: string, body: Uint8Array, handlers: StreamHandlers): { close(): void } {
    const once = closeOnce(handlers);
    const host = new URL(url).host;
    if (this.#socket === null || this.#withoutSocket.has(host)) {
      return this.#fetchStream(url, body, once);
    }
    let current = this.#socketStream(this.#socket, url, body, once, () => {
      // Down, or without WebSocket: the latter once it speaks over fetch.
      current = this.#fetchStream(url, body, {
        onClose: once.onClose,
        onData: (bytes) => {
          this.#withoutSocket.add(host);
          once.onData(bytes);
        },
      });
    });
    return { close: () => current.close() };
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
    const socket = new Socket(url.replace(/^http/, 'ws'), ['grpc-websockets']);
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
      if (data instanceof ArrayBuffer) handlers.onData(new Uint8Array(data));
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

async function readLimited(answer: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > MAX_ANSWER_BYTES) throw new Error('answer longer than the protocol allows');
    parts.push(part.value);
  }
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function decodeMessage(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
