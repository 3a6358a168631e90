#include "core/client/validator_updater.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/client/synchronize.h"
#include "tests/core/client/network_outside.h"

namespace mica::client {
namespace {

constexpr uint64_t kHour_us = 3'600'000'000;

Lie refuses(NodeError error) {
  return {false, NodeResponse{NodeResponse::Failure{std::move(error)}}};
}

class ValidatorUpdaterTest : public testing::Test {
 protected:
  void synchronize() {
    bool done = false;
    make_flow<Synchronize>(outside_, Synchronize::Plan{.chain = network_.chain_id(0)})
        ->start([&](Synchronize::Outcome) { done = true; });
    ASSERT_TRUE(outside_.run_until([&] { return done; }, kHour_us));
    outside_.asked.clear();
  }
  ProposedBlock transfer() { return network_.block(0, {transfer_to(network_.chain_id(1), 1)}); }
  LiteValue validated(const ProposedBlock& block) {
    auto staged =
        outside_.worker().stage_block(outside_.now(), block, multi(0), {}, BundlePolicy::kAbort);
    EXPECT_TRUE(staged.result.ok());
    return {hash_of(staged.result->block), network_.chain_id(0), CertificateKind::Validated};
  }
  NodeResult<LiteVote> submit(size_t validator, const ProposedBlock& block,
                              const LiteValue& expected) {
    std::optional<NodeResult<LiteVote>> result;
    make_flow<ValidatorUpdater>(outside_, network_.names[validator])
        ->submit(network_.owner(0).propose(block, multi(0)), {},
                 {expected.chain_id, expected.kind, expected.value_hash},
                 [&](NodeResult<LiteVote> vote) { result = std::move(vote); });
    EXPECT_TRUE(outside_.run_until([&] { return result.has_value(); }, kHour_us));
    return result.value_or(NodeError(NodeError::UnexpectedMessage{}));
  }

  TestNetwork network_;
  NetworkOutside outside_{network_};
};

TEST_F(ValidatorUpdaterTest, WhoAlwaysSaysTooEarlyIsAskedAFewTimes) {
  outside_.script[0] = [](const NodeRequest&) {
    return refuses(NodeError::WorkerError{"too early [us:1000001:1000000]"});
  };
  const auto result = submit(0, transfer(), {});
  EXPECT_FALSE(result.ok());
  EXPECT_TRUE(early_block(result.error()));
  EXPECT_LE(outside_.asked[0], limits::kEarlyTries + 1);
}

TEST_F(ValidatorUpdaterTest, AnHonestVoteIsTaken) {
  synchronize();
  const auto block = transfer();
  const auto expected = validated(block);
  const auto vote = submit(0, block, expected);
  ASSERT_TRUE(vote.ok());
  EXPECT_EQ(vote->value, expected);
  EXPECT_EQ(outside_.asked[0], 1u);
}

TEST_F(ValidatorUpdaterTest, AVoteForAnotherBlockIsNone) {
  synchronize();
  auto other = transfer();
  other.transactions = {transfer_to(network_.chain_id(1), 2)};
  const auto vote = submit(0, transfer(), validated(other));
  ASSERT_FALSE(vote.ok());
  EXPECT_TRUE(vote.error().as<NodeError::UnexpectedCertificateValue>());
}

TEST_F(ValidatorUpdaterTest, AnothersVoteIsNotCountedForIt) {
  synchronize();
  const auto block = transfer();
  outside_.script[0] = [this](const NodeRequest& request) {
    return Lie{false, network_.ask(1, request)};
  };
  const auto vote = submit(0, block, validated(block));
  ASSERT_FALSE(vote.ok());
  EXPECT_TRUE(vote.error().as<NodeError::CryptoError>());
}

TEST_F(ValidatorUpdaterTest, AnAnswerWithoutAVoteIsNone) {
  synchronize();
  const auto block = transfer();
  outside_.script[0] = [this](const NodeRequest&) {
    ChainInfo info;
    info.chain_id = network_.chain_id(0);
    return Lie{false, outside_.signed_info(0, info)};
  };
  const auto vote = submit(0, block, validated(block));
  ASSERT_FALSE(vote.ok());
  EXPECT_TRUE(vote.error().as<NodeError::MissingVoteInValidatorResponse>());
}

TEST_F(ValidatorUpdaterTest, OneThatLagsIsHelpedAndVotes) {
  // A validator that was away while a block was made.
  network_.confirm(0, transfer());
  network_.nodes[3] = std::make_unique<TestNode>(4, true, network_.genesis);
  synchronize();
  ASSERT_EQ(outside_.worker().read(network_.chain_id(0)).tip().next_block_height.height, 1u);
  const auto block = transfer();
  EXPECT_TRUE(submit(3, block, validated(block)).ok());
  EXPECT_EQ(network_.worker(3).read(network_.chain_id(0)).tip().next_block_height.height, 1u);
}

TEST_F(ValidatorUpdaterTest, OneThatStaysBehindIsHelpedOnce) {
  network_.confirm(0, transfer());
  synchronize();
  outside_.script[0] = [](const NodeRequest& request) {
    if (!std::get_if<NodeRequest::HandleBlockProposal>(&request.kind)) return Lie::honest();
    return refuses(NodeError::UnexpectedBlockHeight{{0}, {1}});
  };
  const auto block = transfer();
  const auto vote = submit(0, block, validated(block));
  ASSERT_FALSE(vote.ok());
  EXPECT_TRUE(vote.error().as<NodeError::UnexpectedBlockHeight>());
  EXPECT_LE(outside_.asked[0], 5u);
}

TEST_F(ValidatorUpdaterTest, BlobsThatNobodyHasAreNotSought) {
  synchronize();
  outside_.script[0] = [](const NodeRequest&) {
    return refuses(NodeError::BlobsNotFound{{BlobContent{BlobType::Data, {1, 2, 3}}.id()}});
  };
  const auto block = transfer();
  const auto vote = submit(0, block, validated(block));
  ASSERT_FALSE(vote.ok());
  EXPECT_TRUE(vote.error().as<NodeError::BlobsNotFound>());
  EXPECT_EQ(outside_.asked[0], 1u);
}

TEST_F(ValidatorUpdaterTest, WhoIsSilentCostsOneTimeOut) {
  synchronize();
  outside_.script[0] = [](const NodeRequest&) { return Lie::silent(); };
  const auto block = transfer();
  EXPECT_FALSE(submit(0, block, validated(block)).ok());
  EXPECT_EQ(outside_.asked[0], 1u);
}

}  // namespace
}  // namespace mica::client
