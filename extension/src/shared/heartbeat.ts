// Whether the workers behind a window's ports are there. The browser tells a window nothing when a
// worker ends, nor a worker when a window does: each hears of the other or does not. The window
// stays as it is meanwhile: it may show a phrase that is stored nowhere yet.
import { WakeUp, type Clock } from '@mica/bindings/wake';
import { Emitter } from './emitter.ts';

export const PING_EVERY_MS = 5000;

export interface Workers {
  /** Resolves when all of them have answered; one that has gone never does. */
  ping(): Promise<unknown>;
}

interface HeartbeatEvents {
  /** Nobody has answered for so long that they are gone. */
  silent: [];
}

export class Heartbeat {
  readonly events = new Emitter<HeartbeatEvents>();
  private readonly next: WakeUp;
  private readonly late: WakeUp;
  private missed = 0;

  constructor(
    clock: Clock,
    private readonly workers: Workers,
  ) {
    this.next = new WakeUp(clock, () => this.ask());
    this.late = new WakeUp(clock, () => this.miss());
  }

  start(): void {
    this.next.in(PING_EVERY_MS);
  }
  stop(): void {
    this.next.stop();
    this.late.stop();
  }

  /** Now, and from now on again; not while an answer is awaited. */
  ask(): void {
    if (this.late.isSet) return;
    this.next.stop();
    this.late.in(2 * PING_EVERY_MS);
    this.workers.ping().then(
      () => this.answered(),
      () => undefined,
    );
  }

  private answered(): void {
    if (!this.late.isSet) return;
    this.late.stop();
    this.missed = 0;
    this.next.in(PING_EVERY_MS);
  }

  private miss(): void {
    this.missed += 1;
    if (this.missed < 2) return this.ask(); // perhaps the computer slept
    this.missed = 0;
    this.next.in(PING_EVERY_MS);
    this.events.emit('silent');
  }
}
