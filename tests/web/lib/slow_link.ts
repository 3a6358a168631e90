// A slow link to servers of this computer: all its connections share one rate each way, and every
// byte comes so much later.
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

interface SlowLink {
  /** Leads to that port over the link. */
  port(target: number): Promise<number>;
  close(): Promise<void>;
}

interface LinkOptions {
  /** There and back. */
  roundTripMs: number;
  /** Each way. */
  bitsPerSecond: number;
}

/** One direction of the link: what is sent leaves in its turn, and arrives later. */
class Way {
  #freeAt = 0;

  constructor(
    private readonly delayMs: number,
    private readonly bytesPerMs: number,
  ) {}

  carry(bytes: number, arrived: () => void): void {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + bytes / this.bytesPerMs;
    setTimeout(arrived, this.#freeAt - now + this.delayMs);
  }
}

/** In parts, so that one large answer does not hold up all others. */
const PART_BYTES = 1400;

function join(from: Socket, to: Socket, way: Way): void {
  from.on('data', (data) => {
    from.pause();
    let open = 0;
    for (let at = 0; at < data.length; at += PART_BYTES) {
      const part = data.subarray(at, at + PART_BYTES);
      open += 1;
      way.carry(part.length, () => {
        to.write(part);
        open -= 1;
        if (open === 0) from.resume();
      });
    }
  });
  from.on('end', () => way.carry(0, () => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => way.carry(0, () => to.destroy()));
}

export function slowLink({ roundTripMs, bitsPerSecond }: LinkOptions): SlowLink {
  const bytesPerMs = bitsPerSecond / 8 / 1000;
  const [there, back] = [
    new Way(roundTripMs / 2, bytesPerMs),
    new Way(roundTripMs / 2, bytesPerMs),
  ];
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  return {
    async port(target) {
      const server = createServer({ allowHalfOpen: true }, (near) => {
        const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
        for (const socket of [near, far]) {
          socket.setNoDelay(true);
          sockets.add(socket);
          socket.once('close', () => sockets.delete(socket));
        }
        join(near, far, there);
        join(far, near, back);
      });
      servers.push(server);
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      return (server.address() as AddressInfo).port;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}
