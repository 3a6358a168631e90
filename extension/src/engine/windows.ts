// The wallet's open windows: what they are told, which of them is looked at, and what pages had
// asked when the last one went.
import { WakeUp } from '@mica/bindings/wake';
import type { WalletEvents } from '@mica/wallet-contract/api';
import type { Base } from './base.ts';
import type { OpenNetwork } from './open_network.ts';

type Emit = <K extends keyof WalletEvents>(name: K, value: WalletEvents[K]) => void;

/** Windows say every 5 s that they are seen (extension/src/window.ts). */
const SEEN_FOR_MS = 12_000;
/** Many changes at once make one message. */
const TELL_AFTER_MS = 20;

export class Windows {
  /** When each said last that somebody sees it. */
  private readonly open = new Map<Emit, number>();
  private knownWhenLeft: ReadonlySet<string> = new Set();
  private readonly telling: WakeUp;

  constructor(
    private readonly base: Base,
    private readonly network: Pick<OpenNetwork, 'askedByPages'>,
  ) {
    this.telling = new WakeUp(base.outside.clock, () => base.events.emit('tellState'));
  }

  /** Returns how to leave again; `done`: by itself, because nothing waited. */
  attach(emit: Emit): (done: boolean) => void {
    this.seen(emit);
    this.changed();
    return (done) => {
      this.open.delete(emit);
      this.knownWhenLeft = new Set(done ? [] : this.network.askedByPages());
    };
  }

  /** Pages' requests that waited when the last window went; told once. */
  takeKnownWhenLeft(): ReadonlySet<string> {
    const known = this.knownWhenLeft;
    this.knownWhenLeft = new Set();
    return known;
  }

  /** A window that says so every few seconds is being looked at: what came in is no news then. */
  seen(emit: Emit): void {
    this.open.set(emit, this.base.outside.clock.now());
    this.base.events.emit('seen');
  }
  isLookedAt(): boolean {
    const since = this.base.outside.clock.now() - SEEN_FOR_MS;
    return [...this.open.values()].some((time) => time > since);
  }

  tell<K extends keyof WalletEvents>(name: K, value: WalletEvents[K]): void {
    for (const emit of this.open.keys()) emit(name, value);
  }

  changed(): void {
    if (!this.telling.isSet) this.telling.in(TELL_AFTER_MS);
  }
}
