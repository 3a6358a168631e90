#include "core/client/commit.h"

#include "tests/core/client/proposing.h"

namespace mica::client {
namespace {

using End = Propose::End;

class CommitTest : public Proposing {
 protected:
  std::shared_ptr<Commit> start(PendingBlock block) {
    auto commit = make_flow<Commit>(
        outside_, std::move(block), false,
        Commit::Events{[this](Failure failure) { told_.push_back(std::move(failure)); },
                       [this](Propose::Outcome outcome) { done_ = std::move(outcome); }});
    commit->start();
    return commit;
  }
  bool ends() {
    return outside_.run_until([this] { return done_.has_value(); }, kHour_us).has_value();
  }
  void silence(size_t count) {
    answer_all([](const NodeRequest&) { return Lie::silent(); }, count);
  }

  std::vector<Failure> told_;
  std::optional<Propose::Outcome> done_;
};

TEST_F(CommitTest, ACommittedBlockIsNoLongerPending) {
  start(pending());
  ASSERT_TRUE(ends());
  EXPECT_EQ(done_->end, End::kCommitted);
  EXPECT_TRUE(outside_.records.empty());
  EXPECT_EQ(outside_.certified, BlockHeight{0});
  EXPECT_TRUE(told_.empty());
}

TEST_F(CommitTest, WithoutAQuorumItGoesOnAndSaysSoOnce) {
  silence(2);
  auto commit = start(pending());
  outside_.run_for(kHour_us / 2);
  EXPECT_FALSE(done_);
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].code, FailureCode::OutcomeUnknown);
  EXPECT_TRUE(outside_.records.contains(chain()));
  outside_.script.clear();
  ASSERT_TRUE(ends());
  EXPECT_EQ(done_->end, End::kCommitted);
  EXPECT_EQ(told_.size(), 1u);
}

TEST_F(CommitTest, TriesBecomeRarer) {
  size_t tries = 0;
  outside_.script[0] = [&](const NodeRequest& request) {
    tries += std::get_if<NodeRequest::HandleBlockProposal>(&request.kind) != nullptr;
    return Lie::refused();
  };
  for (size_t i = 1; i < 4; ++i)
    outside_.script[i] = [](const NodeRequest&) { return Lie::refused(); };
  auto commit = start(pending());
  outside_.run_for(10'000'000);
  EXPECT_GE(tries, 3u);
  outside_.run_for(kHour_us);
  tries = 0;
  outside_.run_for(60'000'000);
  EXPECT_GE(tries, 1u);
  EXPECT_LE(tries, 3u);
}

TEST_F(CommitTest, ARetryDoesNotWaitForTheNextTry) {
  silence(4);
  auto commit = start(pending());
  outside_.run_for(kHour_us / 2);
  outside_.run_until([&] { return !commit->attempting(); }, kHour_us);
  outside_.script.clear();
  commit->retry_now();
  EXPECT_TRUE(outside_.run_until([this] { return done_.has_value(); }, 2'000'000));
}

TEST_F(CommitTest, AnothersBlockEndsItAndIsDeliveredToo) {
  const PendingBlock ours = pending();
  network_.confirm(0, transfer(2));
  start(ours);
  ASSERT_TRUE(ends());
  EXPECT_EQ(done_->end, End::kConflict);
  EXPECT_TRUE(outside_.records.empty());
  EXPECT_EQ(outside_.certified, BlockHeight{0});
}

TEST_F(CommitTest, ARefusedSignatureEndsItWithNothingToDeliver) {
  outside_.signer = [](const ProposalContent&) {
    return Failure{FailureCode::SignerRefused, "no", MoneyState::Untouched};
  };
  start(pending());
  ASSERT_TRUE(ends());
  EXPECT_EQ(done_->end, End::kRefused);
  EXPECT_FALSE(outside_.certified);
}

TEST_F(CommitTest, AfterARestartItGoesOnWithTheProposalThatWasSigned) {
  silence(4);
  {
    auto before = start(pending());
    outside_.run_for(30'000'000);
    before->stop();
  }
  const size_t signed_before = outside_.signed_count;
  const PendingBlock stored = outside_.records.at(chain());
  ASSERT_TRUE(stored.proposal);
  outside_.script.clear();
  start(stored);
  ASSERT_TRUE(ends());
  EXPECT_EQ(done_->end, End::kCommitted);
  EXPECT_EQ(outside_.signed_count, signed_before);
}

TEST_F(CommitTest, WhatWasNeverWrittenDownMovedNothing) {
  auto commit = start(pending());
  EXPECT_FALSE(commit->storage_failed({FailureCode::StorageFull, "full", {}}, false));
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].money, MoneyState::Untouched);
}

TEST_F(CommitTest, WhatMayHaveBeenSentIsUnknownWhenTheStoreFails) {
  silence(4);
  auto commit = start(pending());
  outside_.run_until([&] { return outside_.records.contains(chain()); }, kHour_us);
  EXPECT_TRUE(commit->storage_failed({FailureCode::StorageFull, "full", {}}, false));
  ASSERT_FALSE(told_.empty());
  EXPECT_EQ(told_.back().money, MoneyState::Unknown);
}

// --- Deliver ------------------------------------------------------------------------------------

TEST_F(CommitTest, ADeliveryEndsWhenAQuorumHasDelivered) {
  const auto certificate = network_.full(network_.confirm(0, transfer()));
  synchronize();
  silence(2);
  bool delivered = false;
  auto deliver = make_flow<Deliver>(outside_, certificate);
  deliver->start([&] { delivered = true; });
  outside_.run_for(60'000'000);
  EXPECT_FALSE(delivered);
  outside_.script.clear();
  EXPECT_TRUE(outside_.run_until([&] { return delivered; }, kHour_us));
}

}  // namespace
}  // namespace mica::client
