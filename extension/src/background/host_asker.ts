// Hosts outside are asked one question to a worker: it has nothing but fetch, is told nothing but
// the question, and is ended with the answer or when its time is over.
import type { HostQuestion } from '@mica/bindings/ask_host';
import { HOST_WORKER_GRACE_MS, MAX_HOST_WORKERS } from '@mica/bindings/limits';
import type { Response as HostAnswer } from '@mica/bindings/types';
import { wakeIn, type Clock } from '@mica/bindings/wake';

export type HostSaid = { answer: HostAnswer } | { error: string };

/** The parts of a Worker that are used. */
export interface HostWorker {
  onmessage: ((event: MessageEvent<HostSaid>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(question: HostQuestion): void;
  terminate(): void;
}

interface HostAskerOutside {
  clock: Clock;
  start(): HostWorker;
  /** Whether the browser lets the extension reach it. */
  isAllowed(origin: string): Promise<boolean>;
}

export class HostAsker {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly outside: HostAskerOutside) {}

  async ask(question: HostQuestion): Promise<HostAnswer | 'NotAllowed'> {
    await this.turn();
    try {
      if (!(await this.outside.isAllowed(new URL(question.url).origin))) return 'NotAllowed';
      return await this.askOnce(question);
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    while (this.running >= MAX_HOST_WORKERS) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.running += 1;
  }

  private askOnce(question: HostQuestion): Promise<HostAnswer> {
    const { start, clock } = this.outside;
    const worker = start();
    let late = () => {};
    return new Promise<HostAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }) =>
        'answer' in data ? resolve(data.answer) : reject(new Error(data.error));
      worker.onerror = ({ message }) => reject(new Error(message));
      const ms = Number(question.timeout_ms) + HOST_WORKER_GRACE_MS;
      const over = () => reject(new Error(`no answer in ${question.timeout_ms} ms`));
      late = wakeIn(ms, over, clock);
      worker.postMessage(question);
    }).finally(() => {
      late();
      worker.terminate();
    });
  }
}
