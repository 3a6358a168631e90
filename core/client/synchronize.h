// Synchronize: one chain up to what a quorum (or one validator) knows: its description, its blocks
// and the evidence about its current round. Messages that wait for it: inbox_fetch.h.
//
// What a validator promises and does not show costs a short while, however much it promises.
// linera-core/src/client/mod.rs, synchronize_chain_state
#pragma once

#include "core/client/fetch.h"
#include "core/client/quorum.h"
#include "core/client/room.h"

namespace mica::client {

class Synchronize : public Flow {
 public:
  struct Plan {
    ChainId chain;
    bool owned = false;                      // also rounds and proposals
    std::optional<ValidatorPublicKey> only;  // ask just this one; none: a quorum
  };
  struct Outcome {
    bool complete = false;  // enough validators answered, and what they told of is here
    bool unknown = false;   // nobody knows the chain
    // Why this node cannot execute the chain's next block, which is certified.
    std::optional<ExecutionError> not_executed;
    // No validator of a quorum has a proposal for the next height.
    bool no_proposals = false;
    // Of those who answered: how many entries their received logs have.
    std::map<ValidatorPublicKey, uint64_t> logs;
    // The first few.
    std::vector<std::pair<ValidatorPublicKey, NodeError>> errors;
  };
  using Then = std::function<void(Outcome)>;

  Synchronize(Outside& outside, Plan plan) : Flow(outside), plan_(std::move(plan)) {}
  void start(Then then);

 private:
  struct Answer {
    ValidatorPublicKey validator;
    ChainInfo info;
  };
  using Next = std::function<void()>;

  void describe();
  void initialize();
  void query();
  void query_own_committee();
  void query_all(const Committee& committee, std::function<void(Quorum<ChainInfo>::Outcome)> then);
  void query_one(const ValidatorPublicKey& validator,
                 std::function<void(NodeResult<ChainInfo>)> then);
  void got_answers(std::vector<std::pair<ValidatorPublicKey, ChainInfo>> answers, bool quorum);
  void add_answers(std::vector<std::pair<ValidatorPublicKey, ChainInfo>> answers);
  void order_answers(const Committee& committee);
  void download_from_next();
  void downloaded(const ValidatorPublicKey& from, Downloaded downloaded);
  void look_at_downloads(uint64_t turn);
  void end_blocks();
  void take_rounds();
  void take_evidence(const ValidatorPublicKey& from, std::vector<NodeRequest> evidence, Next next);
  void take_one(const ValidatorPublicKey& from, NodeRequest request, int attempts, Next next);
  void take_messages(const ValidatorPublicKey& from,
                     std::vector<std::pair<ChainId, BlockHeight>> bundles,
                     std::function<void(bool)> then);
  void take_pending_blobs(const ValidatorPublicKey& from, std::vector<BlobId> ids,
                          std::function<void(bool)> then);
  void add_error(const ValidatorPublicKey& from, const NodeError& error);
  void finish();

  const Plan plan_;
  Then then_;
  Outcome outcome_;
  bool asked_own_committee_ = false;
  std::vector<Answer> answers_;  // whose heights somebody honest has first, highest first
  // Downloads of the chain's blocks: one, and one more whenever that is not enough.
  size_t next_answer_ = 0, downloading_ = 0;
  BlockHeight solid_;          // somebody honest has the blocks below
  uint64_t turns_beyond_ = 0;  // spent on what may be nobody's
  bool blocks_done_ = false;
  BlockHeight last_tip_;
  uint64_t turn_ = 0;
  size_t evidence_open_ = 0;  // answers whose evidence is being taken
};

}  // namespace mica::client
