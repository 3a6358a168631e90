#include "core/client/validator_updater.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "tests/core/client/network_outside.h"

namespace mica::client {
namespace {

TEST(ValidatorUpdater, WhoAlwaysSaysTooEarlyIsAskedAFewTimes) {
  TestNetwork network;
  NetworkOutside outside(network);
  outside.script[0] = [](const NodeRequest&) {
    const NodeError early(NodeError::WorkerError{"too early [us:1000001:1000000]"});
    return Lie{false, NodeResponse{NodeResponse::Failure{early}}};
  };
  const auto block = network.block(0, {transfer_to(network.chain_id(1), 1)});
  std::optional<NodeResult<LiteVote>> result;
  make_flow<ValidatorUpdater>(outside, network.names[0])
      ->submit(network.owner(0).propose(block, multi(0)), {}, {},
               [&](NodeResult<LiteVote> vote) { result = std::move(vote); });
  const auto took = outside.run_until([&] { return result.has_value(); }, 3'600'000'000);
  ASSERT_TRUE(took);
  EXPECT_FALSE(result->ok());
  EXPECT_TRUE(early_block(result->error()));
  EXPECT_LE(outside.asked[0], limits::kEarlyTries + 1);
}

}  // namespace
}  // namespace mica::client
