// What the offscreen page tells the service worker, until it is confirmed: the browser may stop
// that worker at any moment, also in the middle of a message. What is said again has the same
// id, so that nothing is shown twice. In order for each page and each stored value.
import { backoff, wakeIn, type Clock } from '@mica/bindings/wake';
import type { FromOffscreen } from '../shared/wire.ts';

interface CourierOutside {
  /** `again`: it was said before, and nobody confirmed. */
  post(message: FromOffscreen, port: MessagePort, again: boolean): Promise<void>;
  clock: Clock;
  newId(): string;
}

/** How long the answer to each saying is waited for. */
const waitMs = backoff(400, 5000);

function laneOf(message: FromOffscreen): string {
  if (message.kind === 'toPage') return `page ${message.documentId}`;
  return 'key' in message ? `key ${message.key}` : message.kind;
}

export class Courier {
  private readonly lanes = new Map<string, Promise<void>>();

  constructor(private readonly outside: CourierOutside) {}

  /** `answered` gets what the service worker answers, once. */
  send(message: FromOffscreen, answered: (said: unknown) => void): void {
    const named = this.named(message);
    const lane = laneOf(message);
    const before = this.lanes.get(lane) ?? Promise.resolve();
    const done = before.then(() => this.deliver(named)).then(answered);
    this.lanes.set(lane, done);
    void done.then(() => {
      if (this.lanes.get(lane) === done) this.lanes.delete(lane);
    });
  }

  private named(message: FromOffscreen): FromOffscreen {
    if (message.kind === 'notify') return { ...message, id: this.outside.newId() };
    if (message.kind !== 'toPage') return message;
    const { text } = message;
    return { ...message, text: `{"said":"${this.outside.newId()}",${text.slice(1)}` };
  }

  // An answer ends the wait; only a service worker that was stopped before it is spoken to again.
  private async deliver(message: FromOffscreen): Promise<unknown> {
    for (let tries = 0; ; tries += 1) {
      const said = await this.once(message, waitMs(tries), tries > 0);
      if (said !== null) return said.answer;
    }
  }

  private once(
    message: FromOffscreen,
    withinMs: number,
    again: boolean,
  ): Promise<{ answer: unknown } | null> {
    const { port1, port2 } = new MessageChannel();
    let late = () => {};
    return new Promise<{ answer: unknown } | null>((resolve) => {
      port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve({ answer: data });
      late = wakeIn(withinMs, () => resolve(null), this.outside.clock);
      this.outside.post(message, port2, again).catch(() => resolve(null));
    }).finally(() => {
      late();
      port1.close();
    });
  }
}
