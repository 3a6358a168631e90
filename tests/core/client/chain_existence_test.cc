#include "core/client/chain_existence.h"

#include <gtest/gtest.h>

#include "tests/core/client/network_outside.h"

namespace mica::client {
namespace {

constexpr uint64_t kMinute_us = 60'000'000;

class ChainExistenceTest : public testing::Test {
 protected:
  using Answer = std::function<Lie(const NodeRequest&)>;
  static Lie say(std::vector<BlobId> missing) {
    return {false, NodeResponse{NodeResponse::BlobIds{std::move(missing)}}};
  }
  static Lie has(const NodeRequest&) { return say({}); }
  static Lie lacks(const NodeRequest& request) {
    return say(std::get<NodeRequest::MissingBlobIds>(request.kind).blob_ids);
  }
  static Lie silent(const NodeRequest&) { return Lie::silent(); }
  static Lie nonsense(const NodeRequest&) { return say({{BlobType::Data, {}}}); }

  ChainExistence check(const std::vector<Answer>& answers) {
    for (size_t i = 0; i < answers.size(); ++i) outside_.script[i] = answers[i];
    return check(ChainId{hash_named("Somewhere", {})});
  }
  ChainExistence check(const ChainId& chain) {
    std::optional<ChainExistence> existence;
    make_flow<ChainExistenceCheck>(outside_, chain)->start([&](ChainExistence found) {
      existence = found;
    });
    took_ = outside_.run_until([&] { return existence.has_value(); }, kMinute_us).value_or(0);
    return existence.value();
  }

  TestNetwork network_;
  NetworkOutside outside_{network_};
  uint64_t took_ = 0;
};

TEST_F(ChainExistenceTest, AChainOfTheStoreNeedsNobody) {
  EXPECT_EQ(check(network_.chain_id(1)), ChainExistence::Exists);
  EXPECT_TRUE(outside_.asked.empty());
}

TEST_F(ChainExistenceTest, AQuorumDoesNotKnowIt) {
  EXPECT_EQ(check({lacks, lacks, lacks, lacks}), ChainExistence::Unknown);
  EXPECT_EQ(check({lacks, has, lacks, lacks}), ChainExistence::Unknown);
  EXPECT_EQ(check({lacks, silent, lacks, lacks}), ChainExistence::Unknown);
  EXPECT_LT(took_, 1'000'000u) << "nobody waits for who is silent";
}

TEST_F(ChainExistenceTest, AnHonestValidatorKnowsIt) {
  EXPECT_EQ(check({has, has, has, has}), ChainExistence::Exists);
  EXPECT_EQ(check({has, has, lacks, lacks}), ChainExistence::Exists) << "who lags does not count";
  EXPECT_EQ(check({has, has, silent, silent}), ChainExistence::Exists);
  EXPECT_LT(took_, 1'000'000u);
}

TEST_F(ChainExistenceTest, OneLiarDecidesNothing) {
  EXPECT_EQ(check({has, silent, lacks, lacks}), ChainExistence::NotSure);
  EXPECT_EQ(check({has, nonsense, lacks, lacks}), ChainExistence::NotSure);
  EXPECT_EQ(check({has, silent, silent, silent}), ChainExistence::NotSure);
  EXPECT_EQ(check({lacks, lacks, silent, silent}), ChainExistence::NotSure);
}

}  // namespace
}  // namespace mica::client
