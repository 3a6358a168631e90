// What everything remote may cost, in one place (docs/limits.md lists it with the reasons).
// A limit has its unit in its name; what crosses it is refused by an error, never by an abort.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mica::limits {

// --- decoding: core/bcs, core/rpc ----------------------------------------------------------------

// --- asking validators: core/client, core/app -----------------------------------------------------

}  // namespace mica::limits
