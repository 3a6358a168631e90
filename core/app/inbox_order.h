// InboxOrder: which bundles of a chain's inbox a block tries, and which wait and why. Origins whose
// first bundle could not be received come last, those tried longest ago first: however many there
// are, they do not crowd out the others.
#pragma once

#include "core/app/room.h"
#include "core/types/bundle_policy.h"
#include "core/worker/worker.h"

namespace mica::app {

class InboxOrder {
 public:
  using Bundles = std::vector<IncomingBundle>;  // by timestamp, as Worker::pending_bundles

  // Those that the next block tries.
  Bundles choose(Bundles pending);
  // What became of them in a receiving block.
  void note(const StagedBlock& staged);
  // Whether some bundle could not be received yet, but not for a reason of its origin's.
  bool has_untried(const Bundles& pending) const;
  std::vector<WaitingBundles> waiting(const Bundles& pending) const;

 private:
  struct Stopped {
    LeftOut by;
    uint64_t tried = 0;  // the larger, the later
  };
  using StoppedNow = std::map<ChainId, Stopped>;
  // Without origins whose bundle has gone since.
  StoppedNow stopped_now(const Bundles& pending) const;

  StoppedNow stopped_;
  uint64_t tries_ = 0;
};

}  // namespace mica::app
