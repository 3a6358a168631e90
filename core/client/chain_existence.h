// ChainExistenceCheck: whether the network has a chain, by what validators say of its description.
// A single one may lie, and who lags does not know a new chain yet.
#pragma once

#include "core/client/flow.h"
#include "core/client/room.h"

namespace mica::client {

// Exists: f + 1 have it, so an honest one, who has it of a certified block. Unknown: a quorum has
// not. NotSure: neither.
MICA_CHOICE(ChainExistence, Exists, Unknown, NotSure)

class ChainExistenceCheck : public Flow {
 public:
  using Then = std::function<void(ChainExistence)>;
  ChainExistenceCheck(Outside& outside, const ChainId& chain)
      : Flow(outside), description_(description_blob_id(chain)) {}
  // Ends as soon as it is decided, or when everybody has answered or failed.
  void start(Then then);

 private:
  void answered(uint64_t weight, const NodeResult<NodeResponse>& result);
  void finish(ChainExistence existence);

  const BlobId description_;
  Committee committee_;
  Then then_;
  u128 having_ = 0, lacking_ = 0;
  size_t open_ = 0;
};

}  // namespace mica::client
