// What a validator may do to the transport: send too much, too often, or be no address at all.
import { describe, expect, it } from 'vitest';
import {
  MAX_ANSWER_BYTES,
  MAX_STREAM_BURST,
  MAX_STREAM_MESSAGE_BYTES,
  MAX_STREAM_MESSAGES_PER_S,
  STREAM_PAUSE_FIRST_MS,
} from '../limits.ts';
import { WebTransport } from './transport.ts';

const URL_A = 'http://127.0.0.1:1/rpc.v1.ValidatorNode/Subscribe';
const frame = (payload: number) => {
  const bytes = new Uint8Array(5 + payload);
  new DataView(bytes.buffer).setUint32(1, payload);
  return bytes;
};
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

class FakeSocket {
  static last: FakeSocket;
  binaryType = '';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  constructor() {
    FakeSocket.last = this;
  }
  send(): void {}
  close(): void {
    this.closed = true;
  }
}

function open(transport: WebTransport, url = URL_A) {
  const seen = { bytes: 0, reasons: [] as string[] };
  const stream = transport.openStream(url, new Uint8Array(), {
    onData: (bytes) => (seen.bytes += bytes.length),
    onClose: (reason) => seen.reasons.push(reason),
  });
  return { seen, stream, socket: FakeSocket.last };
}

const client = (clock: { ms: number }) =>
  new WebTransport({ WebSocket: FakeSocket as never, now: () => clock.ms });

describe('streams', () => {
  it('end at a message that is too long', () => {
    const { seen, socket } = open(client({ ms: 0 }));
    socket.onopen?.();
    socket.onmessage?.({ data: frame(MAX_STREAM_MESSAGE_BYTES - 5).buffer });
    expect(seen.reasons).toEqual([]);
    socket.onmessage?.({ data: frame(MAX_STREAM_MESSAGE_BYTES - 4).buffer });
    expect(seen.reasons).toEqual(['the validator sent too much at once']);
    expect(socket.closed).toBe(true);
    expect(seen.bytes).toBe(MAX_STREAM_MESSAGE_BYTES);
  });

  it('end at too many notifications, however they are packed', () => {
    const packed = new Uint8Array(5 * (MAX_STREAM_BURST + 1));
    const one = open(client({ ms: 0 }));
    one.socket.onmessage?.({ data: packed.buffer });
    expect(one.seen.reasons).toEqual(['the validator sent too many notifications']);
    const cut = open(client({ ms: 0 }));
    for (let at = 0; at < packed.length; at += 1000) {
      cut.socket.onmessage?.({ data: packed.slice(at, at + 1000).buffer });
    }
    expect(cut.seen.reasons).toHaveLength(1);
    const text = open(client({ ms: 0 }));
    for (let i = 0; i <= MAX_STREAM_BURST; i += 1) text.socket.onmessage?.({ data: 'x' });
    expect(text.seen.reasons).toHaveLength(1);
  });

  it('go on at the rate that is allowed', () => {
    const clock = { ms: 0 };
    const { seen, socket } = open(client(clock));
    for (let i = 0; i < 5 * MAX_STREAM_BURST; i += 1) {
      clock.ms += 1000 / MAX_STREAM_MESSAGES_PER_S;
      socket.onmessage?.({ data: frame(80).buffer });
    }
    expect(seen.reasons).toEqual([]);
  });

  it('leave the validator alone, longer each time', async () => {
    const clock = { ms: 0 };
    const transport = client(clock);
    const misbehave = () =>
      open(transport).socket.onmessage?.({ data: new ArrayBuffer(MAX_STREAM_MESSAGE_BYTES + 1) });
    const refused = async () => {
      const { seen } = open(transport);
      await soon();
      return seen.reasons.length === 1;
    };
    misbehave();
    expect(await refused()).toBe(true);
    clock.ms += STREAM_PAUSE_FIRST_MS;
    expect(await refused()).toBe(false);
    misbehave();
    clock.ms += STREAM_PAUSE_FIRST_MS;
    expect(await refused()).toBe(true);
    clock.ms += STREAM_PAUSE_FIRST_MS;
    expect(await refused()).toBe(false);
  });

  it('fail like any other at an address that is none', async () => {
    for (const url of ['http://256.1.1.1:80/x', 'http://xn--a:80/x', 'http://a b:1/x', '']) {
      const { seen } = open(client({ ms: 0 }), url);
      expect(seen.reasons).toEqual([]);
      await soon();
      expect(seen.reasons, url).toHaveLength(1);
    }
    class Throws {
      constructor() {
        throw new SyntaxError('no');
      }
    }
    const { seen } = open(new WebTransport({ WebSocket: Throws as never }));
    await soon();
    expect(seen.reasons).toEqual(['SyntaxError: no']);
  });
});

describe('answers', () => {
  it('are read no further than the protocol goes', async () => {
    let pulled = 0;
    let cancelled = false;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
      cancel() {
        cancelled = true;
      },
    });
    const transport = new WebTransport({ WebSocket: null, fetch: async () => new Response(body) });
    await expect(transport.send(URL_A, new Uint8Array(), 10_000)).rejects.toThrow('more than');
    expect(cancelled).toBe(true);
    expect(pulled).toBeLessThan(MAX_ANSWER_BYTES / (1024 * 1024) + 4);
  });

  it('of an address that is none are failures', async () => {
    const transport = new WebTransport({ WebSocket: null });
    await expect(transport.send('http://256.1.1.1:80/x', new Uint8Array(), 1000)).rejects.toThrow();
  });
});
