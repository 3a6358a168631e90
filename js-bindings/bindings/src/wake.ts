// The only timer: something is done once, at a time to come, unless its owner takes it back. Who
// waits for an event sets a time as its deadline, and asks nothing again and again.

/** Takes back what is to be done. */
export type Stop = () => void;

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once at that time; at once, but never inside the call, when it has passed. */
  wakeAt(time: number, run: () => void): Stop;
}

/** Browsers and Node ring a timer that is further ahead at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(time, run) {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (ms: number) => {
      const part = Math.min(ms, LONGEST_TIMER_MS);
      timer = setTimeout(() => (ms > part ? wait(ms - part) : run()), part);
    };
    wait(Math.max(0, Math.ceil(time - Date.now())));
    return () => clearTimeout(timer);
  },
};

export const wakeIn = (ms: number, run: () => void, clock: Clock = systemClock): Stop =>
  clock.wakeAt(clock.now() + ms, run);

export const pause = (ms: number, clock: Clock = systemClock): Promise<void> =>
  new Promise((resolve) => void wakeIn(ms, resolve, clock));

/** How long to wait after so many tries: `first` ms after the first one (0), then twice as long. */
export const backoff =
  (first: number, longest: number) =>
  (tries: number): number =>
    Math.min(first * 2 ** Math.min(tries, 30), longest);

/**
 * Does what nothing tells the success of but doing it; after each failure again, when its wait is
 * over. Resolves with what it came to.
 */
export function untilDone<T>(
  act: () => Promise<T>,
  how: { clock: Clock; waitMs(tries: number): number; failed(error: unknown): void },
): Promise<T> {
  return new Promise((resolve) => {
    const attempt = (tries: number): void => {
      act().then(resolve, (error: unknown) => {
        how.failed(error);
        wakeIn(how.waitMs(tries), () => attempt(tries + 1), how.clock);
      });
    };
    attempt(0);
  });
}

/** One act at a time to come for each key; a new time takes the place of the one before. */
export class WakeUps<Key> {
  private readonly set = new Map<Key, Stop>();

  constructor(private readonly clock: Clock) {}

  at(key: Key, time: number, run: () => void): void {
    this.stop(key);
    const ring = () => {
      this.set.delete(key);
      run();
    };
    this.set.set(key, this.clock.wakeAt(time, ring));
  }
  in(key: Key, ms: number, run: () => void): void {
    this.at(key, this.clock.now() + ms, run);
  }

  has(key: Key): boolean {
    return this.set.has(key);
  }
  get size(): number {
    return this.set.size;
  }

  stop(key: Key): void {
    this.set.get(key)?.();
    this.set.delete(key);
  }
  stopAll(): void {
    for (const key of [...this.set.keys()]) this.stop(key);
  }
}

/** One act at a time to come: the newest time wins. */
export class WakeUp {
  private readonly one: WakeUps<null>;

  constructor(
    clock: Clock,
    private readonly run: () => void,
  ) {
    this.one = new WakeUps(clock);
  }

  at(time: number): void {
    this.one.at(null, time, this.run);
  }
  in(ms: number): void {
    this.one.in(null, ms, this.run);
  }
  get isSet(): boolean {
    return this.one.has(null);
  }
  stop(): void {
    this.one.stop(null);
  }
}
