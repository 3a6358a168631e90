// How much a site may ask: a token bucket per origin. Floods are answered with an error at once;
// nothing of them is stored, executed or shown.
import { LARGE_BURST, LARGE_PER_MIN } from '@mica/bindings/limits';

interface RateLimits {
  burst: number;
  perSecond: number;
}

export const pageLimits: RateLimits = { burst: 40, perSecond: 10 };
/** Besides, for what is large. */
export const largeLimits: RateLimits = { burst: LARGE_BURST, perSecond: LARGE_PER_MIN / 60 };

interface Bucket {
  tokens: number;
  at: number;
}

export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly limits: RateLimits,
    private readonly now: () => number,
  ) {}

  /** 0: let in. Otherwise the milliseconds until the next would be. */
  take(origin: string): number {
    const now = this.now();
    const bucket = this.buckets.get(origin) ?? { tokens: this.limits.burst, at: now };
    const gained = (Math.max(0, now - bucket.at) / 1000) * this.limits.perSecond;
    bucket.tokens = Math.min(this.limits.burst, bucket.tokens + gained);
    bucket.at = now;
    this.buckets.set(origin, bucket);
    this.forgetFull(now);
    if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / this.limits.perSecond) * 1000);
    bucket.tokens -= 1;
    return 0;
  }

  // Buckets that have filled up again say nothing: many origins must not cost memory.
  private forgetFull(now: number): void {
    if (this.buckets.size < 1000) return;
    const fullAfterMs = (this.limits.burst / this.limits.perSecond) * 1000;
    for (const [origin, bucket] of this.buckets) {
      if (now - bucket.at > fullAfterMs) this.buckets.delete(origin);
    }
  }
}
