// The loop every host of a core object runs: inputs in, outputs out, one at a time, and never an
// input from inside a call.
import { decode, encode } from '../codec/index.ts';
import type { Types } from '../../generated/types.ts';
import type { Machine } from './module.ts';

export class Loop<In extends keyof Types, Out extends keyof Types> {
  #queue: Types[In][] = [];
  #running = false;
  #dead: unknown = null;

  constructor(
    private readonly machine: Machine,
    private readonly input: In,
    private readonly output: Out,
    private readonly act: (output: Types[Out]) => void,
    /** Called once, when the core has aborted: make a new instance from storage. */
    private readonly died: (error: unknown) => void,
  ) {}

  get dead(): boolean {
    return this.#dead !== null;
  }

  push(input: Types[In]): void {
    if (this.#dead !== null) return;
    this.#queue.push(input);
    if (!this.#running) this.#run();
  }

  stop(): void {
    if (this.#dead !== null) return;
    this.#dead = 'stopped';
    this.#queue = [];
    this.machine.delete();
  }

  #run(): void {
    this.#running = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        const bytes = encode(this.input, next);
        this.#guard(() => this.machine.handle(bytes));
        this.#drain();
      }
    } finally {
      this.#running = false;
    }
  }

  #drain(): void {
    for (;;) {
      const bytes = this.#guard(() => (this.#dead === null ? this.machine.poll() : null));
      if (!bytes) return;
      this.act(decode(this.output, bytes));
    }
  }

  #guard<T>(call: () => T): T | null {
    try {
      return call();
    } catch (error) {
      this.#dead = error;
      this.#queue = [];
      this.died(error);
      return null;
    }
  }
}
