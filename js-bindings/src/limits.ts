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

// --- what pages may leave behind -----------------------------------------------------------------
