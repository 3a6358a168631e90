// When yes may be said: after the same thing has been in sight for a moment, in a window not just
// raised.
import { systemClock, WakeUp } from '@mica/bindings/wake';
import { ARMING_MS } from './approval.ts';

/** Coming to the front puts the yes off so often; else another tab could do it for ever. */
export const MAX_FOCUS_REARMS = 10;

/** What of a window and its document is used. */
interface Sight {
  window: EventTarget;
  document: EventTarget & { visibilityState: string };
}

/** Tells every change until the returned function is called; begins with false. */
export function watchArming({ window, document }: Sight, tell: (armed: boolean) => void) {
  const moment = new WakeUp(systemClock, () => tell(true));
  let rearms = 0;
  const again = () => {
    moment.stop();
    tell(false);
    if (document.visibilityState === 'visible') moment.in(ARMING_MS);
  };
  const focused = () => {
    rearms += 1;
    if (rearms <= MAX_FOCUS_REARMS) again();
  };
  again();
  window.addEventListener('focus', focused);
  document.addEventListener('visibilitychange', again);
  return () => {
    moment.stop();
    window.removeEventListener('focus', focused);
    document.removeEventListener('visibilitychange', again);
  };
}
