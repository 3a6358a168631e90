// What everything remote may cost the hosts and the extension, in one place (docs/limits.md lists
// it with the reasons). The core's own are in core/base/limits.h.

// --- what validators and faucets send --------------------------------------------------------------

// --- what pages may leave behind -------------------------------------------------------------------
