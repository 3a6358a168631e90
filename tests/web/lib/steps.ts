// Named steps with their time; a failed one is told and counted, and the last line sums up.
interface StepReport {
  name: string;
  ms: number;
  ok: boolean;
  error?: string;
}

export class Steps {
  readonly reports: StepReport[] = [];

  /** A step that takes longer than that hangs, and fails. */
  constructor(private readonly limitMs = 600_000) {}

  /** Runs one step. `needed`: without it nothing after makes sense, so its error goes on. */
  async run<T>(name: string, work: () => Promise<T>, needed = true): Promise<T> {
    const started = performance.now();
    try {
      const result = await withinLimit(work(), this.limitMs);
      this.#add({ name, ms: performance.now() - started, ok: true });
      return result;
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#add({ name, ms: performance.now() - started, ok: false, error: text });
      if (needed) throw error;
      return undefined as T;
    }
  }

  get failed(): number {
    return this.reports.filter(({ ok }) => !ok).length;
  }

  /** Prints the sum and gives the exit code. */
  finish(): number {
    console.log(`${this.reports.length - this.failed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.reports.length > 0 ? 0 : 1;
  }

  #add(report: StepReport): void {
    this.reports.push(report);
    const ms = `${report.ms.toFixed(0)} ms`.padStart(9);
    console.log(`${report.ok ? 'ok    ' : 'FAILED'} ${ms}  ${report.name}`);
    if (report.error) console.log(report.error);
  }
}

function withinLimit<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end in ${ms} ms`)), ms);
  });
  return Promise.race([work, end]).finally(() => clearTimeout(timer));
}

export function check(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`expected: ${what}`);
}

export function same<T>(actual: T, expected: T, what: string): void {
  const [a, b] = [JSON.stringify(actual, big), JSON.stringify(expected, big)];
  if (a !== b) throw new Error(`${what}: ${a}, expected ${b}`);
}
const big = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until it is true; fails after the time. Not for measuring. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  ms = 20_000,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(25);
  }
}
