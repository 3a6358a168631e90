// ClientChain: one followed chain at run time, joined of its parts. The Client owns one per chain.
//
//   ChainSync      blocks, rounds and messages up to what a quorum knows
//   ChainNews      what validators tell of it
//   ChainBlocks    the blocks that this wallet makes, as the Desk allows; Staging executes them
//   ChainDelivery  certified blocks until those they have messages for have them
//   ChainSummaries what the host is told
//
// The parts are flows: what waits for an answer keeps its part alive, and once the chain is gone
// they are deaf.
#pragma once

#include "core/app/chain_blocks.h"
#include "core/app/chain_news.h"
#include "core/app/chain_summary.h"
#include "core/app/room.h"
#include "core/client/streams.h"

namespace mica::app {

class ClientChain {
 public:
  ClientChain(ClientOutside& outside, const ChainId& id, TrackedChain tracked);
  ~ClientChain();
  ClientChain(const ClientChain&) = delete;
  ClientChain& operator=(const ClientChain&) = delete;

  const ChainId& id() const { return context_->id; }
  const TrackedChain& tracked() const { return context_->tracked; }
  void set_tracked(TrackedChain tracked);

  ChainSync& sync() { return *sync_; }
  ChainNews& news() { return *news_; }
  ChainBlocks& blocks() { return *blocks_; }
  void query(uint64_t command_id, const ClientCommand::QueryApplication& command);
  void estimate(uint64_t command_id, const ClientCommand::Estimate& command);

  // Goes on with what an earlier run of the Client left: a signed block, deliveries.
  void resume();
  // The network is back: what waits tries now.
  void retry_now();
  // It is not followed any more: whoever waits hears of it.
  void leave();
  void noticed(const Reason& reason);  // by the local node
  // To whose events its applications listen, as of the last settle().
  const Publishers& publishers() const { return publishers_; }
  // The admin chain told of epochs, or a publisher of events: more may wait for a block.
  void look_again() { context_->changed(); }
  // As of the last settle(); none: the chain is not known yet.
  const std::optional<Epoch>& epoch() const { return epoch_; }
  // After each handle in which it changed: tells what did.
  void settle();
  ChainSummary summary() { return summaries_.summary(); }
  BlockState state_of(BlockHeight height) const { return delivery_->state_of(height); }

 private:
  const SharedContext context_;
  const std::shared_ptr<ChainSync> sync_;
  const std::shared_ptr<Staging> staging_;
  const std::shared_ptr<ChainDelivery> delivery_;
  const std::shared_ptr<ChainBlocks> blocks_;
  const std::shared_ptr<ChainNews> news_;
  ChainSummaries summaries_;
  std::optional<Epoch> epoch_;
  Publishers publishers_;
};

}  // namespace mica::app
