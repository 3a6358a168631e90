import { FakeClock } from '@mica/bindings/fake_clock';
import { describe, expect, it } from 'vitest';
import { OffscreenLine, type WindowClientLike } from './offscreen_host.ts';

function world() {
  const clock = new FakeClock();
  const posted: unknown[] = [];
  const page: WindowClientLike = { url: 'offscreen', postMessage: (what) => posted.push(what) };
  const state = { found: false, looks: 0, made: 0 };
  const line = new OffscreenLine(() => undefined, {
    clock,
    find: async () => {
      state.looks += 1;
      return state.found ? page : undefined;
    },
    make: async () => void (state.made += 1),
    turn: (act) => act(),
  });
  return { clock, posted, page, state, line };
}

describe('the way to the offscreen page', () => {
  it('is there at once when the page is', async () => {
    const { line, posted, state } = world();
    state.found = true;
    await line.send({ kind: 'tick' });
    expect([posted, state.made]).toEqual([[{ kind: 'line' }], 0]);
  });

  it('waits until a page that is not found yet says that it has started', async () => {
    const { line, posted, page, state, clock } = world();
    const sent = line.send({ kind: 'tick' });
    await clock.pass(1000);
    expect(posted).toEqual([]);
    expect(state).toMatchObject({ made: 1, looks: 2 });
    line.met(page);
    await sent;
    expect(posted).toEqual([{ kind: 'line' }]);
    expect(clock.waiting).toBe(0);
  });

  it('is not waited for longer than a page may take', async () => {
    const { line, clock, state } = world();
    const sent = line.send({ kind: 'tick' });
    sent.catch(() => undefined);
    await clock.pass(5000);
    await expect(sent).rejects.toThrow('did not start');
    state.found = true;
    await line.send({ kind: 'tick' });
  });
});
