// A clock that tests move by hand.
import type { Clock, Stop } from './wake.ts';

interface Alarm {
  at: number;
  run(): void;
}

export class FakeClock implements Clock {
  private alarms: Alarm[] = [];

  constructor(public time = 1_000_000) {}

  readonly now = (): number => this.time;

  wakeAt(time: number, run: () => void): Stop {
    const alarm = { at: Math.max(time, this.time), run };
    this.alarms.push(alarm);
    return () => void (this.alarms = this.alarms.filter((one) => one !== alarm));
  }

  /** What is still to ring. */
  get waiting(): number {
    return this.alarms.length;
  }

  /** Lets promises run and everything ring that is due by then, in order. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settled();
      const next = this.alarms.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.alarms = this.alarms.filter((one) => one !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = Math.max(this.time, end);
  }
}

async function settled(): Promise<void> {
  for (let turns = 0; turns < 100; turns += 1) await Promise.resolve();
}
