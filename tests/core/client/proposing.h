// A chain of one owner that is synchronised, and a block of it that waits to be proposed.
#pragma once

#include "core/client/commit.h"
#include "core/client/synchronize.h"
#include "tests/core/client/network_outside.h"

namespace mica::client {

class Proposing : public testing::Test {
 protected:
  static constexpr uint64_t kHour_us = 3'600'000'000;

  explicit Proposing(ChainOwnership ownership = ChainOwnership::single(TestOwner{101}.owner()))
      : network_({std::move(ownership), ChainOwnership::single(TestOwner{102}.owner())}) {
    synchronize();
  }
  ChainId chain() const { return network_.chain_id(0); }
  void synchronize() {
    bool done = false;
    Synchronize::Plan plan{.chain = chain(), .owned = true};
    make_flow<Synchronize>(outside_, plan)->start([&](Synchronize::Outcome) { done = true; });
    EXPECT_TRUE(outside_.run_until([&] { return done; }, kHour_us));
  }
  ProposedBlock transfer(uint64_t tokens = 1) {
    return network_.block(0, {transfer_to(network_.chain_id(1), tokens)});
  }
  PendingBlock pending(const ProposedBlock& block) {
    auto staged =
        outside_.worker().stage_block(outside_.now(), block, multi(0), {}, BundlePolicy::kAbort);
    EXPECT_TRUE(staged.result.ok());
    PendingBlock pending;
    if (staged.result.ok()) pending.block = staged.result->block;
    pending.owner = TestOwner{101}.owner();
    return pending;
  }
  PendingBlock pending() { return pending(transfer()); }

  void answer_all(const std::function<Lie(const NodeRequest&)>& lie, size_t count = 4) {
    for (size_t i = 0; i < count; ++i) outside_.script[i] = lie;
  }
  static Lie refuse_proposals(const NodeRequest& request, NodeError error) {
    if (!std::get_if<NodeRequest::HandleBlockProposal>(&request.kind)) return Lie::honest();
    return {false, NodeResponse{NodeResponse::Failure{std::move(error)}}};
  }

  TestNetwork network_;
  NetworkOutside outside_{network_};
};

}  // namespace mica::client
