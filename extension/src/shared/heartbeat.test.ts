import { FakeClock } from '@mica/bindings/fake_clock';
import { describe, expect, it } from 'vitest';
import { Heartbeat, PING_EVERY_MS } from './heartbeat.ts';

function world() {
  const clock = new FakeClock();
  const state = { answers: true, pings: 0, silences: 0 };
  const heartbeat = new Heartbeat(clock, {
    ping: () => {
      state.pings += 1;
      return state.answers ? Promise.resolve() : new Promise(() => undefined);
    },
  });
  heartbeat.events.on('silent', () => void (state.silences += 1));
  heartbeat.start();
  return { clock, state, heartbeat };
}

describe('a window', () => {
  it('says every few seconds that it is there, and at once when it is raised', async () => {
    const { clock, state, heartbeat } = world();
    await clock.pass(3 * PING_EVERY_MS);
    expect(state.pings).toBe(3);
    heartbeat.ask();
    await clock.pass(PING_EVERY_MS - 1);
    expect(state.pings).toBe(4);
    expect(clock.waiting).toBe(1);
  });

  it('is not alarmed by one answer that is missing, and is by two', async () => {
    const { clock, state } = world();
    state.answers = false;
    await clock.pass(PING_EVERY_MS);
    expect(state.silences).toBe(0);
    await clock.pass(2 * PING_EVERY_MS);
    expect(state.silences).toBe(0);
    state.answers = true;
    await clock.pass(2 * PING_EVERY_MS);
    expect(state.silences).toBe(1);
    await clock.pass(10 * PING_EVERY_MS);
    expect(state.silences).toBe(1);
  });

  it('sleeps, and is not alarmed when it wakes', async () => {
    const { clock, state } = world();
    state.answers = false;
    await clock.pass(2 * PING_EVERY_MS);
    state.answers = true;
    await clock.pass(2 * PING_EVERY_MS);
    expect(state.silences).toBe(0);
  });

  it('asks nobody any more once it is left', async () => {
    const { clock, state, heartbeat } = world();
    heartbeat.ask();
    heartbeat.stop();
    await clock.pass(10 * PING_EVERY_MS);
    expect(clock.waiting).toBe(0);
    expect(state.pings).toBe(1);
  });
});
