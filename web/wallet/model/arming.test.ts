import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ARMING_MS } from './approval.ts';
import { MAX_FOCUS_REARMS, watchArming } from './arming.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function sight() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const window = new EventTarget();
  let armed = true;
  const stop = watchArming({ window, document }, (now) => (armed = now));
  const focus = () => window.dispatchEvent(new Event('focus'));
  return { document, focus, stop, isArmed: () => armed };
}

describe('a yes', () => {
  it('is armed a moment after the window was raised', () => {
    const { focus, isArmed } = sight();
    expect(isArmed()).toBe(false);
    vi.advanceTimersByTime(ARMING_MS);
    expect(isArmed()).toBe(true);
    focus();
    expect(isArmed()).toBe(false);
    vi.advanceTimersByTime(ARMING_MS);
    expect(isArmed()).toBe(true);
  });

  it('cannot be put off for ever by a tab that takes the focus away', () => {
    const { focus, isArmed } = sight();
    for (let at = 0; at <= MAX_FOCUS_REARMS; at += 1) {
      vi.advanceTimersByTime(ARMING_MS - 1);
      expect(isArmed()).toBe(false);
      focus();
    }
    vi.advanceTimersByTime(1);
    expect(isArmed()).toBe(true);
    focus();
    expect(isArmed()).toBe(true);
  });

  it('is never armed out of sight', () => {
    const { document, isArmed } = sight();
    vi.advanceTimersByTime(ARMING_MS);
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(10 * ARMING_MS);
    expect(isArmed()).toBe(false);
  });
});
