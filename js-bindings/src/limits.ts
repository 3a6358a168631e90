// What everything remote may cost the hosts and the extension, in one place (docs/limits.md lists
// it with the reasons). The core's own are in core/base/limits.h.

// --- what validators and faucets send ------------------------------------------------------------

export const MAX_ANSWER_BYTES = 17 * 1024 * 1024;
export const MAX_STREAM_MESSAGE_BYTES = 1024 * 1024;
export const MAX_STREAM_MESSAGES_PER_S = 100;
export const MAX_STREAM_BURST = 1000;
export const STREAM_PAUSE_FIRST_MS = 10_000;
export const STREAM_PAUSE_LONGEST_MS = 3_600_000;
export const MAX_FAUCET_ANSWER_BYTES = 4 * 1024 * 1024;
/** Of a faucet's own words, shown as a quotation. */
export const FAUCET_WORDS_CHARS = 200;

// --- after an abort of the core ------------------------------------------------------------------

/** Before the engine is started again: doubled by each abort, at most the longest. */
export const RESTART_FIRST_MS = 1000;
export const RESTART_LONGEST_MS = 5 * 60_000;
/** Alive so long, the next abort counts as the first. */
export const RESTART_HEALTHY_MS = 10 * 60_000;
/** How long a validator is not asked: doubled by each abort on what it sent. */
export const LEFT_OUT_FIRST_MS = 10 * 60_000;
export const LEFT_OUT_LONGEST_MS = 24 * 3_600_000;
/** After so long without another abort it is as any other again. */
export const LEFT_OUT_REMEMBERED_MS = 7 * 24 * 3_600_000;
/** At most so many are remembered: their names are the network's. */
export const LEFT_OUT_COUNT = 100;

// --- what pages may leave behind -----------------------------------------------------------------
