// ConfirmedMode: what becomes of a confirmed block.
// linera-core/src/chain_worker/state.rs, ProcessConfirmedBlockMode
#pragma once

#include <cstdint>

#include "core/worker/room.h"

namespace mica::worker {

// Auto executes the next block and preprocesses those beyond; Preprocess never executes.
enum class ConfirmedMode : uint8_t { kAuto, kPreprocess };

}  // namespace mica::worker
