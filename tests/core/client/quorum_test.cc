#include "core/client/quorum.h"

#include <gtest/gtest.h>

#include "tests/core/client/fake_outside.h"

namespace mica::client {
namespace {

using Numbers = Quorum<int>;

class QuorumTest : public testing::Test {
 protected:
  QuorumTest() {
    for (uint8_t name = 1; name <= 4; ++name) {
      ValidatorPublicKey key;
      key.bytes.fill(name);
      keys_.push_back(key);
      outside_.validators.validators[key].votes = 100;
    }
  }
  void start() {
    auto quorum = make_flow<Numbers>(outside_, outside_.validators,
                                     [](const int& n) { return Bytes{static_cast<uint8_t>(n)}; });
    quorum->start([this](const ValidatorPublicKey& validator,
                         Numbers::Vote vote) { votes_[validator] = std::move(vote); },
                  [this](Numbers::Outcome outcome) {
                    ++ends_;
                    outcome_ = std::move(outcome);
                  });
  }
  void vote(size_t who, int value) { votes_.at(keys_[who])(value); }
  void fails(size_t who) { votes_.at(keys_[who])(NodeError(NodeError::UnexpectedMessage{})); }

  FakeOutside outside_;
  std::vector<ValidatorPublicKey> keys_;
  std::map<ValidatorPublicKey, Numbers::Vote> votes_;
  Numbers::Outcome outcome_;
  int ends_ = 0;
};

TEST_F(QuorumTest, IsReachedByThreeOfFourAfterAShortGrace) {
  start();
  outside_.advance(1'000);
  vote(0, 7);
  vote(1, 7);
  EXPECT_TRUE(outside_.timers.empty());
  vote(2, 7);
  EXPECT_EQ(ends_, 0);
  outside_.advance(199);
  EXPECT_EQ(ends_, 0);
  outside_.advance(1);
  ASSERT_EQ(ends_, 1);
  EXPECT_TRUE(outcome_.reached);
  EXPECT_EQ(outcome_.values.size(), 3u);
  vote(3, 7);  // late, and nobody minds
  EXPECT_EQ(ends_, 1);
}

TEST_F(QuorumTest, AValidatorCountsOnce) {
  start();
  outside_.advance(1'000);
  for (int i = 0; i < 5; ++i) vote(0, 7);
  vote(1, 7);
  outside_.advance(1'000'000);
  EXPECT_EQ(ends_, 0);
  fails(2);
  fails(3);
  ASSERT_EQ(ends_, 1);
  EXPECT_FALSE(outcome_.reached);
}

TEST_F(QuorumTest, DifferentAnswersAreNoQuorum) {
  start();
  vote(0, 7);
  vote(1, 8);
  EXPECT_EQ(ends_, 0);
  vote(2, 8);
  vote(3, 7);
  ASSERT_EQ(ends_, 1);
  EXPECT_FALSE(outcome_.reached);
  EXPECT_TRUE(outcome_.disagreement);
}

TEST_F(QuorumTest, EndsAsSoonAsItCannotBeReached) {
  start();
  fails(0);
  EXPECT_EQ(ends_, 0);
  fails(1);
  ASSERT_EQ(ends_, 1);
  EXPECT_FALSE(outcome_.reached);
  // Two of four: one of them is honest.
  ASSERT_TRUE(outcome_.trusted_error);
  EXPECT_TRUE(outcome_.trusted_error->as<NodeError::UnexpectedMessage>());
}

TEST_F(QuorumTest, AllAnswersNeedNoGrace) {
  start();
  outside_.advance(1'000);
  for (size_t i = 0; i < 4; ++i) vote(i, 1);
  EXPECT_EQ(ends_, 1);
  EXPECT_EQ(outcome_.values.size(), 4u);
}

TEST_F(QuorumTest, ValidatorsWithoutVotesAreNotAsked) {
  outside_.validators.validators[keys_[3]].votes = 0;
  start();
  EXPECT_EQ(votes_.size(), 3u);
  EXPECT_FALSE(votes_.contains(keys_[3]));
}

TEST_F(QuorumTest, AnEmptyCommitteeIsNoQuorum) {
  outside_.validators.validators.clear();
  start();
  outside_.run_posted();
  ASSERT_EQ(ends_, 1);
  EXPECT_FALSE(outcome_.reached);
}

}  // namespace
}  // namespace mica::client
