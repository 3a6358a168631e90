// What a countdown shows: what time it is, at each full second that is left.
import { systemClock, WakeUp, type Stop } from '@mica/bindings/wake';

const SECOND = 1000;

/** Tells the time now, and until `until` has come. */
export function countdown(until: number, tell: (now: number) => void, clock = systemClock): Stop {
  const tick = () => {
    const now = clock.now();
    tell(now);
    if (now < until) next.in((until - now) % SECOND || SECOND);
  };
  const next = new WakeUp(clock, tick);
  tick();
  return () => next.stop();
}
