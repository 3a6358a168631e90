// What everything remote may cost the hosts and the extension, in one place (docs/limits.md lists
// it with the reasons). The core's own are in core/base/limits.h.

// --- what validators and faucets send ------------------------------------------------------------

/** How far a clock may be ahead of the validators': longer, and they are not waited for. */
export const MAX_CLOCK_AHEAD_MS = 30_000;
export const MAX_ANSWER_BYTES = 17 * 1024 * 1024;
export const MAX_STREAM_MESSAGE_BYTES = 1024 * 1024;
export const MAX_STREAM_MESSAGES_PER_S = 100;
export const MAX_STREAM_BURST = 1000;
export const STREAM_PAUSE_FIRST_MS = 10_000;
export const STREAM_PAUSE_LONGEST_MS = 3_600_000;
/** A stream that said nothing for so long is opened anew. */
export const SILENT_STREAM_MS = 10 * 60_000;
/** A minute's tick that comes so late: the computer has slept. */
export const SLEPT_MS = 3 * 60_000;
export const MAX_FAUCET_ANSWER_BYTES = 4 * 1024 * 1024;
export const FAUCET_TIMEOUT_MS = 30_000;
/** A text that was not written here, in an error. */
export const MAX_FOREIGN_CHARS = 200;
/** A whole error in a window or for a page: the wallet's own sentence with a foreign part. */
export const MAX_FAILURE_CHARS = 2 * MAX_FOREIGN_CHARS;

// --- what hosts outside answer -------------------------------------------------------------------

/** As upstream's validators: reqwest follows so many, and hyper reads so many headers. */
export const MAX_HOST_REDIRECTS = 9;
export const MAX_HOST_HEADERS = 100;
/** Questions that the extension has under way; each has a worker of its own. */
export const MAX_HOST_WORKERS = 8;
/** A worker that does not end by itself when its time is over. */
export const HOST_WORKER_GRACE_MS = 2000;
/** Hosts that the person has let the wallet ask. */
export const MAX_ALLOWED_HOSTS = 100;
/** What a window shows: characters of the address, names of headers, bytes of the answer. */
export const MAX_SHOWN_URL_CHARS = 2000;
export const MAX_SHOWN_HEADERS = 30;
export const SHOWN_BODY_BYTES = 300;

// --- what the wallet looks at of its own ---------------------------------------------------------

/** Blocks of each own chain that are searched for who was paid before. */
export const LOOKED_BACK_BLOCKS = 1000;

/** Receiving by itself costs a day at most so many times the cap of one block. */
export const RECEIVE_CAPS_PER_DAY = 100;
/** Between two of the browser's notices of money that came in. */
export const NOTICE_EVERY_MS = 60_000;

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
/** Of those who are left out, so many at a time: a quorum of four can do without one. */
export const LEFT_OUT_AT_ONCE = 1;
/** At most so many are remembered: their names are the network's. */
export const LEFT_OUT_COUNT = 100;

// --- what pages may leave behind -----------------------------------------------------------------

/** JSON of what a page orders, checked; more is refused. */
export const MAX_ORDER_BYTES = 4096;
/** A data blob of a page, in the block and in the request that waits for the person. */
export const MAX_DATA_BLOB_BYTES = 32 * 1024;
/** Entries of a chain's activity, and blocks, in one answer. */
export const MAX_PAGE_ENTRIES = 100;
export const MAX_PAGE_BLOCKS = 50;
/** Events of a stream, and applications of a chain, in one answer. */
export const MAX_PAGE_EVENTS = 100;
export const MAX_PAGE_APPLICATIONS = 100;
/** JSON of a list in one answer; its first entry is always given. */
export const MAX_LIST_ANSWER_CHARS = 1024 * 1024;
/** A blob that a page reads; larger ones it is refused. */
export const MAX_READ_BLOB_BYTES = 1024 * 1024;
/** Operations that a page has simulated in one block. */
export const MAX_SIMULATED_OPERATIONS = 100;
/** Requests that wait for the person. */
export const MAX_WAITING = 20;
export const MAX_WAITING_PER_ORIGIN = 3;
export const WAITING_EXPIRES_MS = 3_600_000;
export const CONNECT_EXPIRES_MS = 15 * 60_000;
/** How long a page waits for a quorum before it is told that the outcome is unknown. */
export const TELL_UNKNOWN_AFTER_MS = 20_000;
/** Requests that have ended: how long and how many are found by their ids. */
export const ENDED_KEPT_MS = 24 * 3_600_000;
export const MAX_ENDED = 200;
export const MAX_ENDED_PER_ORIGIN = 50;
/** Characters of the JSON of all requests that have ended. */
export const MAX_ENDED_CHARS = 1024 * 1024;
/** Documents that are told of events. */
export const MAX_DOCUMENTS = 1000;
/** Contract and service of a module, together, before they are compressed. */
export const MAX_MODULE_BYTES = 8 * 1024 * 1024;
/** The message of a page that brings them; all others are far shorter. */
export const MAX_MODULE_MESSAGE_CHARS = 12 * 1024 * 1024;
/** Requests whose parameters are held in memory while they wait: of all sites, and of one. */
export const MAX_WAITING_LARGE = 2;
export const MAX_WAITING_LARGE_PER_ORIGIN = 1;
/** How often a site may bring such parameters. */
export const LARGE_BURST = 3;
export const LARGE_PER_MIN = 3;
/** Parameters and argument of an application that a page creates, and what it requires. */
export const MAX_APPLICATION_TEXT_BYTES = 16 * 1024;
export const MAX_REQUIRED_APPLICATIONS = 64;
/** Questions that pages have asked again whenever a chain moves. */
export const MAX_SUBSCRIPTIONS = 200;
export const MAX_SUBSCRIPTIONS_PER_ORIGIN = 20;
/** Chains that are followed only because sites read them: of one site, and of all. */
export const MAX_READINGS_PER_ORIGIN = 8;
export const MAX_READINGS = 32;
/** Asked for within that time, one does not make room for another. */
export const READING_KEPT_MS = 60_000;
/** After so long without a question it is forgotten. */
export const READING_IDLE_MS = 30 * 60_000;
/** An answer that is pushed to a page. */
export const MAX_PUSHED_CHARS = 256 * 1024;
/** After one no, two, and more: how long a site raises no window. */
export const COOL_DOWN_FIRST_MS = 60_000;
export const COOL_DOWN_SECOND_MS = 5 * 60_000;
export const COOL_DOWN_LONGEST_MS = 30 * 60_000;
/** After so long without a no the first cool-down is next. */
export const COOL_DOWN_FORGOTTEN_MS = 2 * 3_600_000;
/** Origins whose refusals are remembered. */
export const MAX_COOL_DOWNS = 1000;
/** Origins that the person has blocked. */
export const MAX_BLOCKED = 1000;
