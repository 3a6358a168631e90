// Staging: executes blocks and asks services as the chain is here, without keeping anything. What
// they read beyond what is stored here is fetched.
#pragma once

#include "core/app/chain_context.h"
#include "core/app/inbox_order.h"
#include "core/app/locked_block.h"
#include "core/app/room.h"

namespace mica::app {

// What a block is to do; it can be made again and again from it.
struct BlockPlan {
  std::vector<Operation> operations;
  std::vector<BlobContent> blobs;
  bool receive_incoming = false;
  bool update_streams = false;
  std::optional<Amount> fee_cap;  // of a receiving block, which takes only what can be accepted
  // What hosts answered while the block was made, for as long as it is made again.
  std::shared_ptr<Answers> answers = std::make_shared<Answers>();
};
BlockPlan plan_of(std::vector<Operation> operations, const std::vector<Bytes>& blobs);

class Staging : public Flow {
 public:
  using Staged = std::function<void(Result<StagedBlock, Failure>)>;
  Staging(Outside& outside, SharedContext context) : Flow(outside), context_(std::move(context)) {}

  // At the next height.
  void stage(BlockPlan plan, Staged then);
  // The block that was signed, once more, with the answers that it has.
  void stage_again(const PendingBlock& pending, Staged then) {
    stage_known(pending.block, pending.blobs, std::move(then));
  }
  struct StagedLock {
    StagedBlock staged;
    std::vector<BlobContent> blobs;  // that it publishes
  };
  // Of a block that was validated it must give what validators say that it gives.
  void stage_locked(const Locked& locked, std::function<void(Result<StagedLock, Failure>)> then);
  using Answered = std::function<void(Result<ServiceAnswer, Failure>)>;
  void query(const ApplicationId& application, const Bytes& query, Answered then);
  const InboxOrder& inbox_order() const { return inbox_order_; }

 private:
  struct Task {
    ProposedBlock block;
    Round round;
    std::vector<BlobContent> published;
    BundlePolicy policy = BundlePolicy::kAbort;
    std::optional<Amount> fee_cap;
    std::shared_ptr<Answers> answers;
  };
  void stage_with(const ChainInfo& info, const Committee& committee, BlockPlan plan, Staged then);
  ProposedBlock assemble(const ChainInfo& info, const BlockPlan& plan);
  void run(Task task, Staged then);
  void stage_known(const Block& block, const std::vector<BlobContent>& published, Staged then);
  template <class T>
  void execute(std::function<LocalAnswer<T>()> run, std::shared_ptr<Answers> answers,
               std::function<void(Result<T, Failure>)> then);
  void bring(std::vector<Wanted> wanted, std::shared_ptr<Answers> answers,
             std::function<void(bool)> then);

  const SharedContext context_;
  InboxOrder inbox_order_;
};

}  // namespace mica::app
