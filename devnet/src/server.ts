// One validator's front door: gRPC-Web over HTTP/1.1, and over WebSocket for its streams.
import { appendFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { RpcAnswer, StreamHandlers } from '@mica/bindings/node';

/** What answers behind the door; a ValidatorHost, or a test's idea of one. */
export interface Service {
  request(method: string, body: Uint8Array): Promise<RpcAnswer>;
  openStream(method: string, body: Uint8Array, handlers: StreamHandlers): { close(): void };
}

interface ServerOptions {
  service: Service;
  port: number;
  /** A line for each request: time, transport, method, milliseconds, gRPC status. */
  logFile?: string;
  /** null: streams go over HTTP alone, as upstream's proxy has them. */
  webSocket?: boolean;
}

const PATH = '/rpc.v1.ValidatorNode/';
const TYPE = 'application/grpc-web+proto';
const MAX_REQUEST_BYTES = 17 * 1024 * 1024;

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type, x-grpc-web, x-user-agent, grpc-timeout',
  'access-control-expose-headers': '*',
  'access-control-max-age': '7200',
};

export class ValidatorServer {
  readonly #options: ServerOptions;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  #log: Promise<unknown> = Promise.resolve();
  /** Requests answered so far, by method. */
  readonly requests = new Map<string, number>();

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#http = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500, cors);
        response.end(String(error));
      });
    });
    this.#http.keepAliveTimeout = 60_000;
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_REQUEST_BYTES,
      handleProtocols: (offered) => (offered.has('grpc-websockets') ? 'grpc-websockets' : false),
    });
    this.#http.on('upgrade', (request, socket, head) => {
      const method = methodOf(request);
      if (method === null || options.webSocket === false) return socket.destroy();
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#talk(ws, method));
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(this.#options.port, '127.0.0.1', resolve);
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
    await this.#log;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') {
      response.writeHead(200, cors).end();
      return;
    }
    const method = methodOf(request);
    if (request.method !== 'POST' || method === null) {
      response.writeHead(404, cors).end();
      return;
    }
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('application/grpc-web') || type.startsWith('application/grpc-web-text')) {
      response.writeHead(415, cors).end();
      return;
    }
    const body = await readBody(request);
    if (body === null) {
      response.writeHead(413, cors).end();
    } else if (method === 'Subscribe') {
      this.#stream(request, response, body);
    } else {
      await this.#unary(method, body, response);
    }
  }

  async #unary(method: string, body: Uint8Array, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const answer = await this.#options.service.request(method, body);
    this.#note('http', method, performance.now() - started, answer.status);
    const headers: Record<string, string> = { ...cors, 'content-type': TYPE };
    if (answer.status !== 0) {
      headers['grpc-status'] = String(answer.status);
      headers['grpc-message'] = encodeURIComponent(answer.message);
    }
    response.writeHead(200, headers).end(answer.body);
  }

  #stream(request: IncomingMessage, response: ServerResponse, body: Uint8Array): void {
    this.#note('http', 'Subscribe', 0, 0);
    response.writeHead(200, { ...cors, 'content-type': TYPE });
    response.flushHeaders();
    const stream = this.#options.service.openStream('Subscribe', body, {
      onData: (bytes) => response.write(bytes),
      onClose: (reason) => response.end(trailers(14, reason)),
    });
    request.socket.once('close', () => stream.close());
  }

  // The headers first, then 0 and the request's frame, then 1; answers are plain frames.
  #talk(ws: WebSocket, method: string): void {
    let headersSeen = false;
    let stream: { close(): void } | null = null;
    ws.on('message', (data: Buffer) => {
      if (!headersSeen) {
        headersSeen = true;
        return;
      }
      if (data[0] !== 0 || stream) return;
      this.#note('ws', method, 0, 0);
      ws.send(headerFrame());
      stream = this.#options.service.openStream(method, new Uint8Array(data.subarray(1)), {
        onData: (bytes) => ws.send(bytes),
        onClose: (reason) => {
          ws.send(trailers(14, reason));
          ws.close(1000);
        },
      });
    });
    ws.on('close', () => stream?.close());
    ws.on('error', () => ws.terminate());
  }

  #note(transport: string, method: string, ms: number, status: number): void {
    this.requests.set(method, (this.requests.get(method) ?? 0) + 1);
    const { logFile } = this.#options;
    if (!logFile) return;
    const line = `${new Date().toISOString()} ${transport} ${method} ${ms.toFixed(1)} ${status}\n`;
    this.#log = this.#log.then(() => appendFile(logFile, line)).catch(() => {});
  }
}

function methodOf(request: IncomingMessage): string | null {
  const path = (request.url ?? '').split('?')[0]!;
  return path.startsWith(PATH) ? path.slice(PATH.length) : null;
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_REQUEST_BYTES) return null;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(5);
  header[0] = 0x80;
  header.writeUInt32BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}
const headerFrame = () => frame(`content-type: ${TYPE}\r\n`);
const trailers = (status: number, message: string) =>
  frame(`grpc-status:${status}\r\ngrpc-message:${encodeURIComponent(message)}\r\n`);
