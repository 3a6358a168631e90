// How far this computer's clock is from the validators', by the Date headers of their answers. The
// median of hosts: fewer than half of them lying cannot move it beyond what honest ones say.

interface Heard {
  /** Of this clock and of one that nobody sets, when the answer came. */
  wall: number;
  steady: number;
  ahead: number;
}

/** A header has whole seconds; an answer has been on its way for a part of one. */
const ROUNDING_MS = 500;
/** Clocks that part further than this since then: one was set, or the computer slept. */
const STEP_MS = 2000;

export interface Clocks {
  now(): number;
  steady(): number;
}
const computer: Clocks = { now: () => Date.now(), steady: () => performance.now() };

export class ClockSkew {
  readonly #heard = new Map<string, Heard>();
  constructor(private readonly clocks: Clocks = computer) {}

  heard(host: string, date: string | null): void {
    const time = date === null ? NaN : Date.parse(date);
    if (Number.isNaN(time)) return;
    const wall = this.clocks.now();
    const ahead = wall - time - ROUNDING_MS;
    this.#heard.set(host, { wall, steady: this.clocks.steady(), ahead });
  }

  /** Milliseconds; negative: behind. Null: nothing was heard since the clock was set. */
  get aheadMs(): number | null {
    const wall = this.clocks.now();
    const steady = this.clocks.steady();
    const values = [...this.#heard.values()]
      .filter((one) => Math.abs(wall - one.wall - (steady - one.steady)) < STEP_MS)
      .map(({ ahead }) => ahead)
      .sort((a, b) => a - b);
    return values[Math.floor((values.length - 1) / 2)] ?? null;
  }
}
