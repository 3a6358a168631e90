// Synchronize: one chain up to what a quorum (or one validator) knows: its description, its blocks,
// the evidence about its current round, and for an owned chain the messages that wait for it.
// linera-core/src/client/mod.rs, synchronize_chain_state; received_log.rs
#pragma once

#include "core/client/fetch.h"
#include "core/client/quorum.h"

namespace mica {

class Synchronize : public Flow {
 public:
  struct Plan {
    ChainId chain;
    bool owned = false;                      // also rounds, proposals and the received log
    std::optional<ValidatorPublicKey> only;  // ask just this one; none: a quorum
  };
  struct Outcome {
    bool complete = false;  // enough validators answered, and what they told of is here
    bool unknown = false;   // nobody knows the chain
    // No validator of a quorum has a proposal for the next height.
    bool no_proposals = false;
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
  void take_blocks(size_t next);
  void take_rounds(size_t next);
  void take_evidence(const ValidatorPublicKey& from, std::vector<NodeRequest> evidence, Next next);
  void take_one(const ValidatorPublicKey& from, NodeRequest request, int attempts, Next next);
  void take_pending_blobs(const ValidatorPublicKey& from, std::vector<BlobId> ids,
                          std::function<void(bool)> then);
  void take_messages();
  void receive_next();
  void move_trackers();
  void finish();

  const Plan plan_;
  Then then_;
  Outcome outcome_;
  std::vector<Answer> answers_;  // the most advanced first
  bool asked_own_committee_ = false;
  // Where the received log that each validator was asked for begins.
  std::map<ValidatorPublicKey, uint64_t> asked_from_;
  // Whose messages are missing, up to which height, by whose word.
  struct Missing {
    ChainId sender;
    BlockHeight height;
    ValidatorPublicKey source;
  };
  std::vector<Missing> missing_;
};

}  // namespace mica
