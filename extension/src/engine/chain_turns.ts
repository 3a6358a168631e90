// When something happened on a chain: whoever found it busy waits for that instead of asking again
// and again.
import { wakeIn, type Clock } from '@mica/bindings/wake';

export class ChainTurns {
  private readonly counts = new Map<string, number>();
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(private readonly clock: Clock) {}

  /** How often it did so far. */
  count(chainId: string): number {
    return this.counts.get(chainId) ?? 0;
  }

  happened(chainId: string): void {
    this.counts.set(chainId, this.count(chainId) + 1);
    const waiting = this.waiting.get(chainId) ?? [];
    this.waiting.delete(chainId);
    for (const go of waiting) go();
  }

  /** At once if it happened more than `seen` times; after `ms` at the latest. */
  next(chainId: string, seen: number, ms: number): Promise<void> {
    if (this.count(chainId) > seen) return Promise.resolve();
    return new Promise((resolve) => {
      const its = this.waiting.get(chainId) ?? new Set();
      const late = wakeIn(ms, () => its.delete(go) && resolve(), this.clock);
      const go = () => {
        late();
        resolve();
      };
      this.waiting.set(chainId, its.add(go));
    });
  }
}
