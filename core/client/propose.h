// Propose: one attempt to get one block of a chain certified: choose what to propose and in which
// round, have it signed, write that down, collect votes, finalise, and let the local node take the
// certificate. linera-core/src/client/chain_client/mod.rs, process_pending_block_without_prepare
//
// Never signs another block for a height that has a PendingBlock, and never proposes in the fast
// round unless the caller vouches that nobody did before.
#pragma once

#include "core/client/quorum.h"
#include "core/client/room.h"
#include "core/client/validator_updater.h"

namespace mica::client {

class Propose : public Flow {
 public:
  struct Task {
    PendingBlock pending;
    bool allow_fast = false;  // and this client knows of every fast proposal at this height
    // A round in which this block's proposal was refused; the next one must be later.
    std::optional<Round> spoiled_round;
  };
  enum class End : uint8_t {
    kCommitted,  // `certificate` is of our block
    kConflict,   // another block won; `certificate` is its
    kStale,      // synchronise and try again
    kNoQuorum,   // too few answered
    kWait,       // until `retry_at`
    kRefused,    // `failure`; nobody voted for it, and nothing is pending any more
    kStuck,      // `failure`; the block is still pending
  };
  struct Outcome {
    End end{};
    std::optional<ConfirmedBlockCertificate> certificate;
    Failure failure;
    Timestamp retry_at;
    std::optional<Round> spoiled_round;
  };
  using Then = std::function<void(Outcome)>;

  Propose(Outside& outside, Task task) : Flow(outside), task_(std::move(task)) {}
  void start(Then then);

 private:
  using Votes = Quorum<LiteVote>::Outcome;
  using Next = std::function<void()>;

  const ChainId& chain() const { return task_.pending.block.header.chain_id; }
  BlockHeight height() const { return task_.pending.block.header.height; }
  void look(bool after_timeout);
  void choose(const ChainInfo& info);
  void settle();
  void take_blobs_of(const ProposedBlock& block, Next then);
  void adopt(const ProposedBlock& block, const ChainInfo& info);
  bool is_first(const ChainInfo& info) const;
  bool is_taken(const ChainManagerInfo& manager) const;
  std::optional<Round> own_round(const ChainInfo& info, const Block& block, bool conflict) const;
  bool unshown_lock(const ChainManagerInfo& manager) const;
  // Set: the round to propose in. Otherwise the attempt has ended.
  std::optional<Round> round_for(const ChainInfo& info, const Block& block);
  void sign(const Round& round, const ChainManagerInfo& manager);
  void not_signed(const Round& round, const Failure& failure);
  void write_down(BlockProposal proposal);
  void handle_locally(BlockProposal proposal, bool blobs_given);
  void submit(const BlockProposal& proposal);
  void voted(const BlockProposal& proposal, Votes votes);
  void certify(const Round& round, const Votes& votes);
  void learn_state_hash(const Round& round, Votes votes);
  void voted_otherwise(const Round& round);
  void finalize(ValidatedBlockCertificate certificate);
  void finalized(Votes votes);
  void confirm(ConfirmedBlockCertificate certificate);
  Failure open_outcome(const std::string& reasons);
  bool no_answer_wins(const Votes& votes) const;
  void no_quorum(const Votes& votes, const Round& round, bool finalizing);
  void finish(End end, Failure failure = {});
  void finish(Outcome outcome);

  Task task_;
  Then then_;
  Committee committee_;
  Block block_;  // being proposed: the pending one, or the one that is locked
  std::vector<BlobContent> blobs_;
  ValidatedBlockCertificate validated_;
};

// Rounds before which this client does not have to wait: what staging uses for the round oracle.
std::optional<Round> expected_round(const ChainManagerInfo& manager, const Committee& committee,
                                    BlockHeight height, const AccountOwner& owner, bool skip_fast,
                                    bool conflict);

}  // namespace mica::client
