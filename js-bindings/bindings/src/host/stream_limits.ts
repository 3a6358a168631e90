// What a validator's stream may send: past a limit the stream ends as the validator's fault, and
// the validator is left alone for a while, longer each time.
import {
  MAX_STREAM_BURST,
  MAX_STREAM_MESSAGE_BYTES,
  MAX_STREAM_MESSAGES_PER_S,
  STREAM_PAUSE_FIRST_MS,
  STREAM_PAUSE_LONGEST_MS,
} from '../limits.ts';

const HEADER_BYTES = 5;

/** Counts the gRPC-Web frames of one stream, however they are cut into pieces. */
export class StreamMeter {
  #allowed = MAX_STREAM_BURST;
  #last: number;
  #header: number[] = [];
  /** Of the payload of the frame under way. */
  #missing = 0;

  constructor(private readonly now: () => number) {
    this.#last = now();
  }

  /** Why the stream must end; null while it may go on. */
  take(bytes: Uint8Array): string | null {
    if (bytes.length > MAX_STREAM_MESSAGE_BYTES) return 'the validator sent too much at once';
    const now = this.now();
    const earned = (Math.max(0, now - this.#last) * MAX_STREAM_MESSAGES_PER_S) / 1000;
    this.#allowed = Math.min(MAX_STREAM_BURST, this.#allowed + earned);
    this.#last = now;
    this.#allowed -= Math.max(1, this.#framesBegun(bytes));
    return this.#allowed < 0 ? 'the validator sent too many notifications' : null;
  }

  #framesBegun(bytes: Uint8Array): number {
    let begun = 0;
    for (let at = 0; at < bytes.length;) {
      if (this.#missing > 0) {
        const part = Math.min(this.#missing, bytes.length - at);
        this.#missing -= part;
        at += part;
        continue;
      }
      this.#header.push(bytes[at]!);
      at += 1;
      if (this.#header.length < HEADER_BYTES) continue;
      this.#missing = this.#header.slice(1).reduce((length, byte) => length * 256 + byte, 0);
      this.#header = [];
      begun += 1;
    }
    return begun;
  }
}

/** Validators whose streams broke a limit, and until when they are left alone. */
export class StreamPauses {
  readonly #hosts = new Map<string, { until: number; pause: number }>();

  constructor(private readonly now: () => number) {}

  blame(host: string): void {
    const before = this.#hosts.get(host);
    // An hour of good conduct after a pause makes up for it.
    const forgotten = !before || this.now() > before.until + STREAM_PAUSE_LONGEST_MS;
    const doubled = forgotten ? STREAM_PAUSE_FIRST_MS : before.pause * 2;
    const pause = Math.min(STREAM_PAUSE_LONGEST_MS, doubled);
    this.#hosts.set(host, { until: this.now() + pause, pause });
  }

  paused(host: string): boolean {
    return this.now() < (this.#hosts.get(host)?.until ?? 0);
  }
}
