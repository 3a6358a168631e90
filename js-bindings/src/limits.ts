// What everything remote may cost the hosts and the extension, in one place (docs/limits.md lists
// it with the reasons). The core's own are in core/base/limits.h.

// --- what validators and faucets send ----------------------------------------------------------

/** Characters shown of a message that a faucet or a validator wrote. */
export const FOREIGN_TEXT_CHARS = 200;

// --- what the wallet looks at of its own -------------------------------------------------------

/** Characters of a failure's message in a window; the wallet's own sentences are shorter. */
export const FAILURE_TEXT_CHARS = 400;

/** Blocks of each own chain that are searched for who was paid before. */
export const LOOKED_BACK_BLOCKS = 1000;

// --- what pages may leave behind ---------------------------------------------------------------
