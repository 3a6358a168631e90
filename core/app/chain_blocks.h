// ChainBlocks: the blocks that this wallet makes on one chain, as its desk allows: drafts,
// receiving blocks, and the signed block until it is certified.
#pragma once

#include "core/app/chain_context.h"
#include "core/app/chain_delivery.h"
#include "core/app/chain_sync.h"
#include "core/app/desk.h"
#include "core/app/room.h"
#include "core/app/staging.h"
#include "core/client/commit.h"

namespace mica::app {

class ChainBlocks : public Flow {
 public:
  ChainBlocks(Outside& outside, SharedContext context, std::shared_ptr<ChainSync> sync,
              std::shared_ptr<Staging> staging, std::shared_ptr<ChainDelivery> delivery);
  ~ChainBlocks() override;

  void prepare(uint64_t command_id, const ClientCommand::PrepareBlock& command);
  void receive_incoming(uint64_t command_id, const ClientCommand::ReceiveIncoming& command);
  bool has_draft(uint64_t draft_id) const { return draft_ && draft_->id == draft_id; }
  // Both of a draft that there is.
  void commit_draft(uint64_t command_id);
  void drop_draft();
  void retry_pending(uint64_t command_id);
  void show_pending(uint64_t command_id);
  void show_locked(uint64_t command_id);
  std::optional<Locked> locked_by_another() const;

  // Goes on with a signed block that an earlier run of the Client left.
  void resume();
  // The signed block, if there is one, is tried now.
  bool retry_signed();
  // `withheld`: a proposal of this chain was never sent.
  void storage_failed(const Failure& failure, bool withheld);
  // The chain may have moved under an open draft.
  void look_at_draft();
  // The chain is left: whoever waits hears of it.
  void leave(const Failure& failure);
  std::optional<BlockHeight> pending_height() const;

 private:
  struct Job {  // receiving where the plan has a fee cap
    uint64_t command_id = 0;
    BlockPlan plan;
    bool of_locked = false;  // a draft of the block that another owner made; its plan is empty
  };
  struct Draft {
    uint64_t id = 0;
    BlockPlan plan;  // nothing: it is the signed block
    StagedBlock staged;
  };

  struct Listener {  // a command that ends as the signed block does, or another that it approved
    uint64_t command_id = 0;
    std::optional<ProposedBlock> approved = {};
  };

  std::optional<Failure> broken() const;
  std::optional<Failure> why_not() const;
  void want(Job job);
  // Tells the desk, and those whom it concerns. None: it may be.
  std::optional<Failure> happens(Desk::Event event);
  void serve_those_who_wait();
  void begin();
  void give_up(Failure failure);
  void make_draft();
  void make_locked_draft();
  void show_signed(uint64_t command_id, bool locked);
  void signed_staged(Result<StagedBlock, Failure> staged, bool locked);
  uint64_t show(BlockPlan plan, StagedBlock staged);
  bool is_draft_behind() const;
  void remake_draft();
  void make_receiving();
  void receiving_made(StagedBlock staged);
  bool without_events(const Failure& why);
  void start_commit(PendingBlock pending);
  void join_commit(Listener listener);
  void unsettled(const Failure& failure);
  void settled(Propose::Outcome outcome);

  const SharedContext context_;
  const std::shared_ptr<ChainSync> sync_;
  const std::shared_ptr<Staging> staging_;
  const std::shared_ptr<ChainDelivery> delivery_;
  Desk desk_;
  std::map<uint64_t, Job> waiting_;  // by the desk's names for them
  std::optional<Job> job_;           // while the desk is Making or Showing: whose turn it is
  std::optional<Draft> draft_;       // while the desk shows something
  std::shared_ptr<Commit> commit_;
  std::optional<Amount> fees_;  // of the signed block, where it was made here
  std::vector<Listener> listeners_;
  bool never_stored_ = false;  // the signed block: it goes with this Client
};

}  // namespace mica::app
