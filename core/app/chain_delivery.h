// ChainDelivery: certified blocks of one chain on their way to whom they have messages for.
#pragma once

#include "core/app/chain_context.h"
#include "core/app/room.h"
#include "core/client/commit.h"

namespace mica::app {

class ChainDelivery : public Flow {
 public:
  ChainDelivery(Outside& outside, SharedContext context)
      : Flow(outside), context_(std::move(context)) {}
  ~ChainDelivery() override;

  // Those that an earlier run of the Client left.
  void resume();
  void deliver(const ConfirmedBlockCertificate& certificate);
  void retry_now();
  BlockState state_of(BlockHeight height) const;

 private:
  void delivered(BlockHeight height, const CryptoHash& hash);

  const SharedContext context_;
  std::map<BlockHeight, std::shared_ptr<Deliver>> deliveries_;
};

}  // namespace mica::app
