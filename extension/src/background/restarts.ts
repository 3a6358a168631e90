// What the offscreen page remembers of engines that aborted: when to start the next one, which
// validators it leaves out, and which pages' waiting requests it ends.
import type { Blame, LeftOut } from '@mica/bindings/left_out';
import {
  LEFT_OUT_COUNT,
  LEFT_OUT_FIRST_MS,
  LEFT_OUT_LONGEST_MS,
  LEFT_OUT_REMEMBERED_MS,
  RESTART_FIRST_MS,
  RESTART_HEALTHY_MS,
  RESTART_LONGEST_MS,
} from '@mica/bindings/limits';
import { backoff } from '@mica/bindings/wake';

export interface Aborts {
  validators: (LeftOut & { times: number })[];
  /** Of pages whose request the engine aborted on: the next engine ends what they asked. */
  origins: string[];
}

const leftOutMs = backoff(LEFT_OUT_FIRST_MS, LEFT_OUT_LONGEST_MS);
const restartMs = backoff(RESTART_FIRST_MS, RESTART_LONGEST_MS);

/** What is known after one more abort. */
export function afterAbort(before: Aborts, blame: Blame | null, now: number): Aborts {
  const known = before.validators.filter(({ until }) => now < until + LEFT_OUT_REMEMBERED_MS);
  if (blame?.$ === 'Asker') {
    return { validators: known, origins: [...new Set([...before.origins, blame.origin])] };
  }
  if (blame?.$ !== 'Validator') return { ...before, validators: known };
  const { host } = blame;
  const times = known.find((one) => one.host === host)?.times ?? 0;
  const until = now + leftOutMs(times);
  const others = known.filter((one) => one.host !== host);
  return {
    validators: [...others, { host, until, times: times + 1 }].slice(-LEFT_OUT_COUNT),
    origins: before.origins,
  };
}

/**
 * Notes each abort where the next engine reads it. Read anew each time: what it has ended by then
 * it has taken out itself, and what it has not must not be lost with another abort.
 */
export class AbortNotes {
  private last: Aborts = { validators: [], origins: [] };

  constructor(
    private readonly storage: {
      load(): Promise<Aborts | null>;
      save(aborts: Aborts): Promise<void>;
    },
    private readonly now: () => number,
  ) {}

  /** Never rejects: what cannot be stored is remembered for the next. */
  async note(blame: Blame | null): Promise<void> {
    const stored = await this.storage.load().catch(() => this.last);
    this.last = afterAbort(stored ?? this.last, blame, this.now());
    await this.storage.save(this.last).catch((error: unknown) => console.warn(error));
  }
}

/** How long each abort is waited after. */
export class RestartDelay {
  private times = 0;
  private startedAt: number;

  constructor(private readonly now: () => number) {
    this.startedAt = now();
  }

  started(): void {
    this.startedAt = this.now();
  }

  next(): number {
    if (this.now() - this.startedAt >= RESTART_HEALTHY_MS) this.times = 0;
    this.times += 1;
    return restartMs(this.times - 1);
  }
}
