// The loop every host of a core object runs: inputs in, outputs out, one at a time, and never an
// input from inside a call.
import { decode, encode } from '../codec/index.ts';
import type { Types } from '../../generated/types.ts';
import type { Machine } from './module.ts';

/** `From`: what the host notes of an input, in case the core aborts on it. */
export class Loop<In extends keyof Types, Out extends keyof Types, From = never> {
  #queue: { input: Types[In]; from: From | null }[] = [];
  #handling: From | null = null;
  #running = false;
  #dead: unknown = null;

  constructor(
    private readonly machine: Machine,
    private readonly input: In,
    private readonly output: Out,
    private readonly act: (output: Types[Out]) => void,
    /** Called once, when the core has aborted: make a new instance from storage. */
    private readonly died: (error: unknown, from: From | null) => void,
  ) {}

  get dead(): boolean {
    return this.#dead !== null;
  }

  push(input: Types[In], from: From | null = null): void {
    if (this.#dead !== null) return;
    this.#queue.push({ input, from });
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
        const bytes = encode(this.input, next.input);
        this.#handling = next.from;
        this.#guard(() => this.machine.handle(bytes));
        this.#drain();
      }
    } finally {
      this.#handling = null;
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
      this.died(error, this.#handling);
      return null;
    }
  }
}
