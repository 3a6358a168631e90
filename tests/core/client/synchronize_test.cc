#include "core/client/synchronize.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "tests/core/client/network_outside.h"

namespace mica::client {
namespace {

class SynchronizeTest : public testing::Test {
 protected:
  void grow(size_t blocks) {
    for (size_t i = 0; i < blocks; ++i) {
      network_.confirm(0, network_.block(0, {crumb_to(network_.chain_id(1))}));
    }
  }
  // How long it took.
  uint64_t synchronize(size_t chain) {
    std::optional<Synchronize::Outcome> outcome;
    make_flow<Synchronize>(outside_, Synchronize::Plan{network_.chain_id(chain), true, {}})
        ->start([&](Synchronize::Outcome o) { outcome = std::move(o); });
    const auto took = outside_.run_until([&] { return outcome.has_value(); }, 3'600 * kSecond_us);
    EXPECT_TRUE(took);
    outcome_ = outcome.value_or(Synchronize::Outcome{});
    return took.value_or(0);
  }
  uint64_t height(size_t chain) {
    return outside_.worker().read(network_.chain_id(chain)).tip().next_block_height.height;
  }
  // It claims blocks of its own; then `about_blocks`.
  void boasts(size_t validator, uint64_t height, Lie about_blocks) {
    outside_.script[validator] = [=, this](const NodeRequest& request) {
      if (asks_for_blocks(request)) return about_blocks;
      if (!std::get_if<NodeRequest::HandleChainInfoQuery>(&request.kind)) return Lie::honest();
      ChainInfo info = *info_of(network_.ask(validator, request));
      info.next_block_height = {height};
      return Lie{false, outside_.signed_info(validator, info)};
    };
  }

  TestNetwork network_;
  NetworkOutside outside_{network_};
  Synchronize::Outcome outcome_;
};

TEST_F(SynchronizeTest, TakesTheBlocksOfAQuorum) {
  grow(3);
  EXPECT_LT(synchronize(0), kSecond_us / 2);
  EXPECT_TRUE(outcome_.complete);
  EXPECT_EQ(height(0), 3u);
}

TEST_F(SynchronizeTest, APromisedHeightThatNobodyShowsCostsASecond) {
  for (size_t liar = 0; liar < 4; ++liar) {
    outside_.script.clear();
    grow(2);
    boasts(liar, 1'000'000, Lie::silent());
    EXPECT_LT(synchronize(0), 3 * kSecond_us / 2);
    EXPECT_TRUE(outcome_.complete);
    EXPECT_EQ(height(0), 2 * (liar + 1));
  }
}

// The same height as everybody's, and then silence.
TEST_F(SynchronizeTest, WhoIsSilentAboutBlocksThatOthersHaveCostsASecond) {
  for (size_t liar = 0; liar < 4; ++liar) {
    outside_.script.clear();
    grow(2);
    boasts(liar, 2 * (liar + 1), Lie::silent());
    EXPECT_LT(synchronize(0), 3 * kSecond_us / 2);
    EXPECT_EQ(height(0), 2 * (liar + 1));
  }
}

TEST_F(SynchronizeTest, AReceivedLogIsNoPartOfIt) {
  grow(1);
  size_t logs = 0;
  for (size_t i = 0; i < 4; ++i) {
    outside_.script[i] = [&](const NodeRequest& request) {
      logs += asks_for_log(request);
      return Lie::honest();
    };
  }
  synchronize(1);
  EXPECT_TRUE(outcome_.complete);
  EXPECT_EQ(logs, 0u);
}

// A proposal that another owner made receives messages that are not here yet.
TEST_F(SynchronizeTest, FetchesWhatAProposalReceives) {
  grow(1);
  const ProposedBlock block = network_.block(1, {network_.receive(1)});
  const auto proposal = network_.owner(1).propose(block, multi(0));
  for (size_t i = 0; i < 4; ++i) network_.ask(i, network_.proposal_request(proposal));
  synchronize(1);
  EXPECT_TRUE(outcome_.complete);
  EXPECT_FALSE(outcome_.no_proposals);
  EXPECT_EQ(outside_.worker().read(network_.chain_id(1)).pending_bundles().size(), 1u);
  const auto manager = outside_.worker().read(network_.chain_id(1)).manager();
  ASSERT_TRUE(manager);
  EXPECT_TRUE(manager->requested_proposed.has_value());
}

TEST_F(SynchronizeTest, ErrorsAreCounted) {
  for (size_t i = 0; i < 4; ++i) {
    outside_.script[i] = [](const NodeRequest&) {
      return Lie{false, NodeResponse{NodeResponse::Status{13, std::string(100'000, 'x')}}};
    };
  }
  synchronize(0);
  EXPECT_FALSE(outcome_.complete);
  EXPECT_LE(outcome_.errors.size(), limits::kOutcomeErrors);
}

}  // namespace
}  // namespace mica::client
