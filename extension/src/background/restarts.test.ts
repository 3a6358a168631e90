import { describe, expect, it } from 'vitest';
import {
  LEFT_OUT_COUNT,
  LEFT_OUT_FIRST_MS,
  LEFT_OUT_LONGEST_MS,
  LEFT_OUT_REMEMBERED_MS,
  RESTART_HEALTHY_MS,
  RESTART_LONGEST_MS,
} from '@mica/bindings/limits';
import { AbortNotes, afterAbort, RestartDelay, type Aborts } from './restarts.ts';

const none: Aborts = { validators: [], origins: [] };
const liar = { $: 'Validator', host: 'liar.example:443' } as const;

describe('after an abort', () => {
  it('the next start waits longer each time, until one stays healthy', () => {
    const clock = { now: 0 };
    const delay = new RestartDelay(() => clock.now);
    const waits = Array.from({ length: 12 }, () => {
      const wait = delay.next();
      clock.now += wait;
      delay.started();
      return wait;
    });
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(waits.at(-1)).toBe(RESTART_LONGEST_MS);
    clock.now += RESTART_HEALTHY_MS - 1;
    expect(delay.next()).toBe(RESTART_LONGEST_MS);
    delay.started();
    clock.now += RESTART_HEALTHY_MS;
    expect(delay.next()).toBe(1000);
  });

  it('the validator is left out, longer each time, and forgiven in the end', () => {
    let now = 1000;
    let aborts = afterAbort(none, liar, now);
    const until = () => aborts.validators[0]!.until;
    expect(until()).toBe(now + LEFT_OUT_FIRST_MS);
    now = until();
    aborts = afterAbort(aborts, liar, now);
    expect(until()).toBe(now + 2 * LEFT_OUT_FIRST_MS);
    for (let i = 0; i < 40; i += 1) aborts = afterAbort(aborts, liar, now);
    expect(until()).toBe(now + LEFT_OUT_LONGEST_MS);
    now = until() + LEFT_OUT_REMEMBERED_MS;
    aborts = afterAbort(aborts, liar, now);
    expect(until()).toBe(now + LEFT_OUT_FIRST_MS);
  });

  it('no list grows without an end, and nobody is blamed for nothing', () => {
    let aborts = none;
    for (let i = 0; i < 2 * LEFT_OUT_COUNT; i += 1) {
      aborts = afterAbort(aborts, { $: 'Validator', host: `v${i}` }, 0);
    }
    expect(aborts.validators).toHaveLength(LEFT_OUT_COUNT);
    expect(afterAbort(none, null, 0)).toEqual(none);
    const page = { $: 'Asker', origin: 'https://shop.example' } as const;
    expect(afterAbort(afterAbort(none, page, 0), page, 1)).toEqual({
      validators: [],
      origins: ['https://shop.example'],
    });
  });
});

describe('aborts that are noted', () => {
  const asker = (origin: string) => ({ $: 'Asker', origin }) as const;

  it('keep the origins that no engine has ended yet', async () => {
    let stored: Aborts | null = null;
    const storage = {
      load: async () => stored,
      save: async (aborts: Aborts) => void (stored = structuredClone(aborts)),
    };
    const notes = new AbortNotes(storage, () => 0);
    await notes.note(asker('https://one.example'));
    // The next engine aborts before it has read them.
    await notes.note(asker('https://two.example'));
    expect(stored).toMatchObject({ origins: ['https://one.example', 'https://two.example'] });
    // This one has ended them.
    stored = { validators: [], origins: [] };
    await notes.note(asker('https://three.example'));
    expect(stored).toMatchObject({ origins: ['https://three.example'] });
  });

  it('are remembered while they cannot be stored', async () => {
    const saved: Aborts[] = [];
    const full = () => Promise.reject(new Error('no room'));
    const storage = { load: full, save: async (aborts: Aborts) => void saved.push(aborts) };
    const notes = new AbortNotes(storage, () => 0);
    await notes.note(asker('https://one.example'));
    await notes.note(asker('https://two.example'));
    expect(saved.at(-1)?.origins).toEqual(['https://one.example', 'https://two.example']);
  });
});
