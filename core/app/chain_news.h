// ChainNews: what validators tell of one chain, and what is done about it. News are hints: what
// they name is asked for.
#pragma once

#include "core/app/chain_context.h"
#include "core/app/room.h"

namespace mica::app {

class ChainBlocks;
class ChainSync;

class ChainNews : public Flow {
 public:
  ChainNews(Outside& outside, SharedContext context, std::shared_ptr<ChainSync> sync,
            std::shared_ptr<ChainBlocks> blocks)
      : Flow(outside),
        context_(std::move(context)),
        sync_(std::move(sync)),
        blocks_(std::move(blocks)) {}

  void notified(const ValidatorPublicKey& validator, const Reason& reason);

 private:
  // `beside`: those who are downloading are slow.
  void download_next(bool beside);
  void download(const ValidatorPublicKey& validator, BlockHeight end);

  const SharedContext context_;
  const std::shared_ptr<ChainSync> sync_;
  const std::shared_ptr<ChainBlocks> blocks_;
  std::map<ValidatorPublicKey, BlockHeight> newer_;     // below which height who has blocks
  std::map<ValidatorPublicKey, uint64_t> downloading_;  // from whom, and which download
  uint64_t last_download_ = 0;
};

}  // namespace mica::app
