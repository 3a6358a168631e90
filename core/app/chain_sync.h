// ChainSync: one chain's blocks, rounds and waiting messages, up to what a quorum knows.
#pragma once

#include "core/app/chain_context.h"
#include "core/app/room.h"
#include "core/client/inbox_fetch.h"
#include "core/client/synchronize.h"

namespace mica::app {

class ChainSync : public Flow {
 public:
  ChainSync(Outside& outside, SharedContext context);
  ~ChainSync() override { inbox_->stop(); }

  // Its blocks and rounds; messages follow by themselves.
  void synchronize(Ready then);
  // The same, where nobody waits for this chain above others.
  void synchronize_in_turn(Ready then);
  // And what waits for it, as far as a quorum's validators soon have it.
  void synchronize_with_inbox(Ready then);
  // For a block: at once where nothing newer was told of, nor a fast proposal can be unknown.
  void make_current(Ready then);
  // A validator's stream is up: what it told before is in its log.
  void caught_up_by(const ValidatorPublicKey& validator);
  // The chain is left: whoever waits hears of it.
  void leave(const Failure& failure);
  void retry_now();

  // Of the next height there is another round, or another owner of ours, who looks first.
  void round_began() { rounds_stale_ = true; }
  void owner_changed();
  bool is_synchronized() const { return synchronized_; }
  // At this height nobody can have made a fast proposal that this client does not know.
  bool is_fast_safe(BlockHeight height) const { return fast_safe_height_ == height; }
  void set_fast_safe(BlockHeight height) { fast_safe_height_ = height; }
  InboxFetch& inbox() { return *inbox_; }

 private:
  bool is_running() const { return running_; }
  void stand_in_line();
  void take_turn();
  void begin();
  void ended(bool owned, Synchronize::Outcome outcome);
  std::optional<Failure> take(bool owned, const Synchronize::Outcome& outcome);
  void compare_with(const ValidatorPublicKey& validator);
  void compared_with(const ValidatorPublicKey& validator, const Synchronize::Outcome& outcome);

  const SharedContext context_;
  const std::shared_ptr<InboxFetch> inbox_;
  std::vector<Ready> waiting_;
  bool running_ = false, in_line_ = false;
  std::map<uint64_t, Ready> waiting_for_inbox_;
  std::set<ValidatorPublicKey> due_;   // to be compared with: they may know more
  std::set<ValidatorPublicKey> late_;  // whose stream came up while it was under way
  std::optional<BlockHeight> fast_safe_height_;
  bool synchronized_ = false, rounds_stale_ = false;
};

}  // namespace mica::app
