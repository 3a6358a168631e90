import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from './fake_clock.ts';
import { backoff, pause, systemClock, untilDone, wakeIn, WakeUp, WakeUps } from './wake.ts';

describe('what is to be done later', () => {
  it('is done once, at the newest time', async () => {
    const clock = new FakeClock();
    const rung: number[] = [];
    const one = new WakeUp(clock, () => rung.push(clock.time));
    one.in(500);
    one.at(clock.time + 200);
    expect(one.isSet).toBe(true);
    await clock.pass(1000);
    expect(rung).toEqual([1_000_200]);
    expect(one.isSet).toBe(false);
  });

  it('may set itself again while it is done', async () => {
    const clock = new FakeClock();
    let times = 0;
    const one: WakeUp = new WakeUp(clock, () => (times += 1) < 3 && one.in(10));
    one.in(10);
    await clock.pass(1000);
    expect([times, one.isSet, clock.waiting]).toEqual([3, false, 0]);
  });

  it('is done again after each failure, after longer and longer waits', async () => {
    const clock = new FakeClock();
    const at: number[] = [];
    const failures: unknown[] = [];
    const act = async () => {
      at.push(clock.time - 1_000_000);
      if (at.length < 5) throw new Error('not yet');
      return 'done';
    };
    const waitMs = backoff(100, 300);
    const done = untilDone(act, { clock, waitMs, failed: (error) => failures.push(error) });
    await clock.pass(5000);
    expect(await done).toBe('done');
    expect(at).toEqual([0, 100, 300, 600, 900]);
    expect([failures.length, clock.waiting]).toEqual([4, 0]);
    expect(waitMs(5000)).toBe(300);
  });

  it('is taken back by its owner', async () => {
    const clock = new FakeClock();
    const rung: string[] = [];
    const all = new WakeUps<string>(clock);
    const set = (key: string) => all.in(key, 10, () => rung.push(key));
    for (const key of ['a', 'b', 'c']) set(key);
    all.stop('b');
    expect([all.size, all.has('b'), clock.waiting]).toEqual([2, false, 2]);
    await clock.pass(10);
    set('d');
    all.stopAll();
    await clock.pass(10);
    expect(rung).toEqual(['a', 'c']);
    expect(clock.waiting).toBe(0);
  });

  it('can be waited for', async () => {
    const clock = new FakeClock();
    let over = false;
    void pause(100, clock).then(() => (over = true));
    await clock.pass(99);
    expect(over).toBe(false);
    await clock.pass(1);
    expect(over).toBe(true);
  });
});

describe("the computer's clock", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('never rings inside the call, also for a time that has passed', () => {
    const rung = vi.fn();
    systemClock.wakeAt(Date.now() - 1000, rung);
    expect(rung).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    expect(rung).toHaveBeenCalledOnce();
  });

  it('rings what is further ahead than one timer reaches, then and not before', () => {
    const rung = vi.fn();
    const days = 60 * 24 * 3_600_000;
    wakeIn(days, rung);
    vi.advanceTimersByTime(days - 1);
    expect(rung).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(rung).toHaveBeenCalledOnce();
  });

  it('takes back also what has waited for one part', () => {
    const rung = vi.fn();
    const stop = wakeIn(2 ** 32, rung);
    vi.advanceTimersByTime(2 ** 31 + 10);
    stop();
    vi.advanceTimersByTime(2 ** 32);
    expect(rung).not.toHaveBeenCalled();
  });
});
