// ChainSummaries: what the host is told of one chain's state: a summary whenever it has changed,
// and which block of ours is on its way.
#pragma once

#include "core/app/chain_blocks.h"
#include "core/app/chain_context.h"
#include "core/app/chain_sync.h"
#include "core/app/room.h"

namespace mica::app {

class ChainSummaries {
 public:
  ChainSummaries(SharedContext context, std::shared_ptr<ChainSync> sync,
                 std::shared_ptr<Staging> staging, std::shared_ptr<ChainBlocks> blocks)
      : context_(std::move(context)),
        sync_(std::move(sync)),
        staging_(std::move(staging)),
        blocks_(std::move(blocks)) {}

  ChainSummary summary();
  void tell_changes();

 private:
  void tell_proposed(BlockHeight height);
  void count_inbox();

  const SharedContext context_;
  const std::shared_ptr<ChainSync> sync_;
  const std::shared_ptr<Staging> staging_;
  const std::shared_ptr<ChainBlocks> blocks_;
  std::optional<BlockHeight> proposed_told_;
  Bytes last_told_;
  struct InboxCount {
    std::vector<IncomingBundle> listed;  // the first of them
    uint32_t count = 0;
    Amount amount;  // of all credits
    std::vector<WaitingBundles> waiting;
  } counted_;
  Timestamp count_again_at_;  // not before this
};

}  // namespace mica::app
