// ClientChain: one followed chain at run time: synchronising, drafts, the block on its way,
// deliveries, incoming messages. The Client owns one per tracked chain.
#pragma once

#include "core/app/client_outside.h"
#include "core/client/commit.h"
#include "core/client/synchronize.h"

namespace mica {

// A flow without steps of its own: what the Client itself asks of the local node.
class Steps : public Flow {
 public:
  using Flow::ask;
  using Flow::Flow;
  using Flow::held;
  using Flow::local;
  using Flow::local_handle;
};

class ClientChain : public std::enable_shared_from_this<ClientChain> {
 public:
  ClientChain(ClientOutside& outside, const ChainId& id, TrackedChain tracked);
  ~ClientChain();
  // Drops what is under way, which holds this chain: it can be destroyed then.
  void let_go();

  const ChainId& id() const { return id_; }
  const TrackedChain& tracked() const { return tracked_; }
  void set_tracked(TrackedChain tracked) { tracked_ = std::move(tracked); }

  using Ready = std::function<void(std::optional<Failure>)>;
  void synchronize(Ready then);
  // A validator's stream is up: what it told before is in its log.
  void caught_up_by(const ValidatorPublicKey& validator);
  // Goes on with what an earlier run of the Client left: a signed block, deliveries.
  void resume();

  void prepare(uint64_t command_id, const ClientCommand::PrepareBlock& command);
  void commit_draft(uint64_t command_id, uint64_t draft_id);
  bool has_draft(uint64_t draft_id) const { return draft_ && draft_->id == draft_id; }
  void drop_draft() { draft_.reset(); }
  void receive_incoming(uint64_t command_id, const ClientCommand::ReceiveIncoming& command);
  void retry_pending(uint64_t command_id);
  void show_pending(uint64_t command_id);
  // `withheld`: a proposal of this chain was never sent.
  void storage_failed(const Failure& failure, bool withheld);
  // The network is back, or news came: what waits tries now.
  void retry_now();

  void notified(const ValidatorPublicKey& validator, const Reason& reason);  // by a validator
  void noticed(const Reason& reason);                                        // by the local node
  // The admin chain told of epochs: what waits for a block of this chain may be more.
  void look_again() { dirty_ = true; }
  // As of the last settle(); none: the chain is not known yet.
  const std::optional<Epoch>& epoch() const { return epoch_; }
  // After each handle: tells what changed.
  void settle();
  ChainSummary summary();
  BlockState state_of(BlockHeight height);

 private:
  struct Plan {  // what a block is to do; what a draft is made from, again and again
    std::vector<Operation> operations;
    std::vector<BlobContent> blobs;
    bool receive_incoming = false;
  };
  struct Draft {
    uint64_t id = 0;
    Plan plan;
    StagedBlock staged;
    bool stale = false;    // the chain moved and it could not be made again
    bool pending = false;  // of the signed block that is on its way
  };
  struct Incoming {
    ValidatorPublicKey source;
    ChainId origin;
    BlockHeight height;
    uint32_t tries = 0;
  };
  using Staged = std::function<void(Result<StagedBlock, Failure>)>;

  void fail(uint64_t command_id, Failure failure);
  void ready_for_block(Ready then);
  void stage(Plan plan, bool reject_failing, Staged then);
  void stage_with(const ChainInfo& info, const Committee& committee, Plan plan, bool reject_failing,
                  Staged then);
  void stage_block(const ProposedBlock& block, const Round& round,
                   const std::vector<BlobContent>& published, BundlePolicy policy, Staged then);
  ProposedBlock assemble(const ChainInfo& info, const Plan& plan);
  void remake_draft();
  void received_block_staged(uint64_t command_id, const Amount& fee_cap, StagedBlock staged);
  void start_commit(std::optional<uint64_t> command_id, PendingBlock pending);
  void commit_ended(std::optional<uint64_t> command_id, Propose::Outcome outcome);
  void deliver(const ConfirmedBlockCertificate& certificate);
  void resume_delivery(BlockHeight height);
  void receive_next();
  void receive_later(Incoming incoming);
  void download_next();
  std::shared_ptr<Steps> steps() { return make_flow<Steps>(outside_); }

  ClientOutside& outside_;
  const ChainId id_;
  TrackedChain tracked_;
  bool synchronized_ = false, synchronizing_ = false, dirty_ = true, rounds_stale_ = false;
  std::vector<Ready> waiting_;
  std::set<ValidatorPublicKey> listening_late_;  // whose stream came up while synchronizing
  // At this height nobody can have made a fast proposal that this client does not know.
  std::optional<BlockHeight> fast_safe_height_;
  std::optional<Draft> draft_;
  bool staging_ = false;  // a block is being made
  std::shared_ptr<Commit> commit_;
  std::map<BlockHeight, std::shared_ptr<Deliver>> deliveries_;
  std::deque<Incoming> incoming_;  // to be received, one after the other
  bool receiving_ = false, news_dropped_ = false;
  std::map<ValidatorPublicKey, BlockHeight> newer_;  // below which height who has blocks
  bool downloading_ = false;
  std::optional<BlockHeight> proposed_told_;
  Bytes last_summary_;
  std::optional<Epoch> epoch_;
  bool never_stored_ = false;  // the pending block: it goes with this Client
};

Effects effects_of(const StagedBlock& staged);
Failure failure_of(const NodeError& error);

}  // namespace mica
