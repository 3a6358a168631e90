// Many chains of one wallet: added by one command, compared in turns, and no question asked twice.
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

constexpr uint8_t kOwner = 101;

struct Wallet {
  explicit Wallet(size_t chains) : world(options(chains)), client(world.add_client(kOwner)) {
    ClientCommand::TrackChains all;
    for (size_t i = 0; i < chains; ++i)
      all.chains.push_back({world.chain(i), sim_owner(kOwner), false});
    const Answer tracked = run(world, client, {all});
    EXPECT_TRUE(tracked) << tracked.text();
    if (tracked) EXPECT_TRUE(tracked.as<ClientResult::Tracked>()->failed.empty());
    world.run_for(5'000'000);
  }
  static WorldOptions options(size_t chains) {
    WorldOptions options;
    for (size_t i = 0; i <= chains; ++i)
      options.chains.push_back(ChainOwnership::single(sim_owner(kOwner)));
    return options;
  }
  uint64_t requests() const {
    uint64_t all = 0;
    for (size_t i = 0; i < World::kValidators; ++i) all += world.requests(i);
    return all;
  }

  World world;
  size_t client;
};

// What a wallet asks of all validators that finds so many chains in its store.
uint64_t requests_to_compare(size_t chains) {
  Wallet wallet(chains);
  World& world = wallet.world;
  world.crash_client(wallet.client);
  const uint64_t before = wallet.requests();
  EXPECT_TRUE(world.run_until([&] {
    for (size_t i = 0; i < chains; ++i) {
      if (!synchronized(world, wallet.client, i)) return false;
    }
    return true;
  })) << tail(world);
  world.run_for(10'000'000);
  return wallet.requests() - before;
}

TEST(Many, ChainsAreFollowedByOneCommand) {
  Wallet wallet(100);
  for (size_t i = 0; i < 100; ++i) EXPECT_TRUE(synchronized(wallet.world, wallet.client, i));
  EXPECT_TRUE(pay(wallet.world, wallet.client, 99, 100));
}

TEST(Many, WhatGoesWrongWithOneIsItsOwn) {
  Wallet wallet(3);
  World& world = wallet.world;
  const ChainId nowhere{CryptoHash{{7}}};
  const size_t other = world.add_client(102);
  const Answer tracked = run(world, other,
                             {ClientCommand::TrackChains{{{world.chain(0), std::nullopt, false},
                                                          {nowhere, std::nullopt, false},
                                                          {world.chain(1), sim_owner(102), false},
                                                          {world.chain(2), std::nullopt, false}}}});
  ASSERT_TRUE(tracked) << tracked.text();
  std::map<ChainId, FailureCode> failed;
  for (const auto& one : tracked.as<ClientResult::Tracked>()->failed)
    failed[one.chain_id] = one.failure.code;
  EXPECT_EQ(failed, (std::map<ChainId, FailureCode>{{nowhere, FailureCode::UnknownChain},
                                                    {world.chain(1), FailureCode::NotOwner}}));
  const Answer list = run(world, other, {ClientCommand::ListChains{}});
  EXPECT_EQ(list.as<ClientResult::Chains>()->chains.size(), 2u);
}

// Whoever answers while the news are listened to is not asked for the same again, nor for a log
// that has nothing new; who was slower than a quorum is asked once more.
TEST(Many, AreComparedByLittleMoreThanOneQuestionEach) {
  const uint64_t few = requests_to_compare(50), many = requests_to_compare(150);
  EXPECT_LE(many - few, 100 * World::kValidators * 3 / 2);
}

}  // namespace
}  // namespace mica::sim
