// Committees: the committees of recent epochs, read and parsed once. Epochs never change their
// committee, so what was read stays true. linera-storage/src/lib.rs, get_or_load_committee
#pragma once

#include <memory>

#include "core/base/limits.h"
#include "core/base/recent_values.h"
#include "core/chain/room.h"
#include "core/execution/execution_state.h"

namespace mica::chain {

struct CommitteeInfo {
  Committee committee;
  std::map<AccountOwner, uint64_t> fallback_owners;
};
using CommitteePtr = std::shared_ptr<const CommitteeInfo>;

class Committees {
 public:
  // By the bytes of their encoding.
  explicit Committees(size_t limit_bytes = limits::kCommitteeCacheBytes) : known_(limit_bytes) {}

  // From the genesis or the admin chain's events; EventsNotFound or BlobsNotFound otherwise.
  NodeResult<CommitteePtr> of_epoch(Epoch epoch, const Lookup& lookup);
  // Of the chain's epoch; InactiveChain if there is none.
  NodeResult<CommitteePtr> current(const ExecutionState& state, const ChainId& chain,
                                   const Lookup& lookup);

 private:
  RecentValues<Epoch, CommitteeInfo> known_;
};

}  // namespace mica::chain
