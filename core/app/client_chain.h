// ClientChain: one followed chain at run time: synchronising, drafts, the block on its way,
// deliveries, incoming messages. The Client owns one per tracked chain.
#pragma once

#include "core/app/client_outside.h"
#include "core/app/inbox_order.h"
#include "core/app/room.h"
#include "core/client/commit.h"
#include "core/client/inbox_fetch.h"
#include "core/client/synchronize.h"

namespace mica::app {

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
  void set_tracked(TrackedChain tracked);

  using Ready = std::function<void(std::optional<Failure>)>;
  // Its blocks and rounds; messages follow by themselves.
  void synchronize(Ready then);
  // And what waits for it, as far as a quorum's validators soon have it.
  void synchronize_with_inbox(Ready then);
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
  void query(uint64_t command_id, const ClientCommand::QueryApplication& command);
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
    std::optional<Amount> fee_cap;  // of a receiving block, which takes only what can be accepted
  };
  struct Draft {
    uint64_t id = 0;
    Plan plan;
    StagedBlock staged;
    bool stale = false;    // the chain moved and it could not be made again
    bool pending = false;  // of the signed block that is on its way
  };
  using Staged = std::function<void(Result<StagedBlock, Failure>)>;

  void fail(uint64_t command_id, Failure failure);
  void ready_for_block(Ready then);
  void stage(Plan plan, Staged then);
  void stage_with(const ChainInfo& info, const Committee& committee, Plan plan, Staged then);
  struct Staging {  // what is executed here, and again when what it lacked has come
    ProposedBlock block;
    Round round;
    std::vector<BlobContent> published;
    BundlePolicy policy = BundlePolicy::kAbort;
    std::optional<Amount> fee_cap;
  };
  void stage_block(Staging staging, Staged then);
  template <class T>
  void execute(std::function<LocalAnswer<T>()> run, std::function<void(Result<T, Failure>)> then);
  void bring(std::vector<Wanted> wanted, std::function<void(bool)> then);
  ProposedBlock assemble(const ChainInfo& info, const Plan& plan);
  void remake_draft();
  void stage_receiving(uint64_t command_id, const Amount& fee_cap);
  void received_block_staged(uint64_t command_id, const Amount& fee_cap, StagedBlock staged);
  void start_commit(std::optional<uint64_t> command_id, PendingBlock pending);
  void commit_ended(std::optional<uint64_t> command_id, Propose::Outcome outcome);
  void deliver(const ConfirmedBlockCertificate& certificate);
  void resume_delivery(BlockHeight height);
  void synchronized(bool owned, Synchronize::Outcome outcome);
  // `beside`: those who are downloading are slow.
  void download_next(bool beside);
  void count_inbox();
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
  InboxOrder inbox_order_;
  std::shared_ptr<InboxFetch> inbox_;
  std::map<ValidatorPublicKey, BlockHeight> newer_;     // below which height who has blocks
  std::map<ValidatorPublicKey, uint64_t> downloading_;  // from whom, and which download
  uint64_t last_download_ = 0;
  std::optional<BlockHeight> proposed_told_;
  Bytes last_summary_;
  std::optional<Epoch> epoch_;
  struct InboxCount {
    std::vector<IncomingBundle> listed;  // the first of them
    uint32_t count = 0;
    Amount amount;  // of all credits
    std::vector<WaitingBundles> waiting;
  } counted_;
  Timestamp count_again_at_;  // not before this
  bool count_stale_ = false;
  bool never_stored_ = false;  // the pending block: it goes with this Client
};

Effects effects_of(const StagedBlock& staged);
Failure failure_of(const NodeError& error);

}  // namespace mica::app
