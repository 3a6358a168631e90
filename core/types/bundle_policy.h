// What becomes of incoming bundles that a block cannot receive, and why they wait.
#pragma once

#include "core/types/ids.h"
#include "core/types/room.h"

namespace mica::types {

// Of a bundle that fails while a client makes a block.
enum class BundlePolicy : uint8_t {
  kAbort,      // the block fails; of every block that is not being made
  kAutoRetry,  // it is rejected, or left out with its origin's later ones
  kLeaveOut,   // it is left out likewise, never rejected; for a block that nobody looks at
};

// Failed: its messages do not execute. TooLarge: it fits no block, not even alone. NotSupported:
// this build does not know its messages. TooCostly: its fees are above the cap. Unanswered: it asks
// somebody outside who did not answer.
MICA_CHOICE(WaitReason, Failed, TooLarge, NotSupported, TooCostly, Unanswered)

// The bundle that stopped its origin in a block; those that the origin sent later wait behind it.
struct LeftOut {
  ChainId origin;
  BlockHeight height;
  uint32_t transaction_index = 0;
  std::optional<WaitReason> reason;  // none: the block was full, the next one has room
  MICA_FIELDS(LeftOut, origin, height, transaction_index, reason)
};

// How many bundles of an inbox wait for one reason, those behind them included.
struct WaitingBundles {
  WaitReason reason{};
  uint32_t bundles = 0;
  MICA_FIELDS(WaitingBundles, reason, bundles)
};

}  // namespace mica::types
