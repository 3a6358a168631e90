// Validators that are not asked for a while, because the core aborted on what they had sent.
import { LEFT_OUT_AT_ONCE } from '../limits.ts';
import type { StreamHandlers, Transport } from './transport.ts';

export interface LeftOut {
  /** As in a URL: name and port. */
  host: string;
  /** Milliseconds since 1970. */
  until: number;
}

/** What the core was given when it aborted. */
export type Blame =
  /** An answer or a notification of this validator. */
  | { $: 'Validator'; host: string }
  /** A command that this origin had asked for. */
  | { $: 'Asker'; origin: string };

// The blame may be wrong: no more than a quorum can do without, those with the longest time to go.
function leftOutNow(leftOut: readonly LeftOut[], now: number): LeftOut[] {
  const active = leftOut.filter(({ until }) => now < until);
  return active.sort((a, b) => b.until - a.until).slice(0, LEFT_OUT_AT_ONCE);
}

/** The transport, but those answer nothing until their time is over. */
export function leavingOut(
  transport: Transport,
  leftOut: readonly LeftOut[],
  now: () => number = Date.now,
): Transport {
  const refusal = (url: string): string | null => {
    const host = hostOf(url);
    const found = leftOutNow(leftOut, now()).find((one) => one.host === host);
    if (!found) return null;
    return `left out until ${new Date(found.until).toISOString()}: it stopped the engine`;
  };
  return {
    get clockAheadMs() {
      return transport.clockAheadMs;
    },
    measureClock: () => transport.measureClock?.() ?? Promise.resolve(),
    send(url, body, timeoutMs) {
      const refused = refusal(url);
      return refused === null
        ? transport.send(url, body, timeoutMs)
        : Promise.reject(new Error(refused));
    },
    openStream(url, body, handlers) {
      const refused = refusal(url);
      return refused === null
        ? transport.openStream(url, body, handlers)
        : refusedStream(handlers, refused);
    },
  };
}

/** Null for what is no URL. */
export const hostOf = (url: string): string | null => URL.parse(url)?.host ?? null;

// It ends after it was opened, as others do.
function refusedStream(handlers: StreamHandlers, reason: string): { close(): void } {
  let open = true;
  queueMicrotask(() => {
    if (open) handlers.onClose(reason);
  });
  return { close: () => (open = false) };
}
