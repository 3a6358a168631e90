// Chains that lag behind the committee of the network, and how they catch up.
#include "tests/sim/reconfiguration.h"
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using C = ClientCommand;

// Chain 0 is the admin chain, 1 Alice's, 2 Bob's; validators 0 to 3 are the first committee.
class Epochs : public testing::Test {
 protected:
  explicit Epochs(ChainOwnership of_alice = ChainOwnership::single(sim_owner(102)))
      : world({.chains = {ChainOwnership::single(sim_owner(101)), std::move(of_alice),
                          ChainOwnership::single(sim_owner(103))},
               .reserves = 4}) {}
  ~Epochs() override { EXPECT_TRUE(world.offences().empty()) << world.offences().front(); }

  void reconfigure(const std::vector<size_t>& validators) {
    for (const auto& block : new_committee(world, Epoch{++newest}, validators)) {
      const Answer made = make(world, admin, 0, block.operations, block.blobs);
      ASSERT_TRUE(made) << made.text() << tail(world);
    }
    world.run_for(2'000'000);
  }
  void remove(uint32_t epoch) {
    const Answer made = make(world, admin, 0, {remove_committee({epoch})});
    ASSERT_TRUE(made) << made.text() << tail(world);
    world.run_for(2'000'000);
  }
  void away(size_t client, bool off) {
    for (size_t v = 0; v < world.validators(); ++v) world.partition(client, v, off);
    if (!off) world.input(client, {ClientEvent::Online{}});
  }
  uint64_t changes(size_t client, size_t chain) const {
    const ChainSummary* summary = world.summary(client, world.chain(chain));
    return summary ? summary->epoch_changes : 0;
  }
  uint32_t epoch(size_t client, size_t chain) {
    return world.look_client(client).read(world.chain(chain)).epoch().epoch;
  }
  bool hears_of(size_t client, size_t chain, uint64_t epoch_changes) {
    return world.run_until([&] { return changes(client, chain) == epoch_changes; });
  }
  Answer receive_nothing_else(size_t client, size_t chain) {
    return run(world, client, {C::ReceiveIncoming{world.chain(chain), Amount{}}});
  }

  World world;
  const size_t admin = wallet(world, 101, 0);
  uint32_t newest = 0;
};

TEST_F(Epochs, TheWholeCommitteeIsReplacedWhileAClientIsAway) {
  const size_t alice = wallet(world, 102, 1), bob = wallet(world, 103, 2);
  away(alice, true);
  reconfigure({1, 2, 3, 4});
  reconfigure({2, 3, 4, 5});
  reconfigure({3, 4, 5, 6});
  reconfigure({4, 5, 6, 7});
  away(alice, false);
  ASSERT_TRUE(hears_of(alice, 1, 4)) << tail(world);
  const Answer paid = pay(world, alice, 1, 2);
  ASSERT_TRUE(paid) << paid.text() << tail(world);
  EXPECT_EQ(epoch(alice, 1), 4u);
  receive(world, bob, 2);
  EXPECT_EQ(epoch(bob, 2), 4u);
  EXPECT_EQ(balance(world, bob, 2), Amount::from_tokens(11));
}

// Whom it knows has no part in the network any more, but was told who came next.
TEST_F(Epochs, AClientThatKnowsNobodyOfTheNewCommitteeFindsIt) {
  const size_t alice = wallet(world, 102, 1);
  away(alice, true);
  reconfigure({4, 5, 6, 7});
  away(alice, false);
  ASSERT_TRUE(hears_of(alice, 1, 1)) << tail(world);
  EXPECT_TRUE(receive_nothing_else(alice, 1)) << tail(world);
  EXPECT_EQ(epoch(alice, 1), 1u);
}

TEST_F(Epochs, AnIdleChainThatLagsThreeEpochsMovesOnInOneBlock) {
  const size_t alice = wallet(world, 102, 1);
  reconfigure({1, 2, 3, 4});
  reconfigure({2, 3, 4, 5});
  reconfigure({3, 4, 5, 6});
  remove(0);
  remove(1);
  ASSERT_TRUE(hears_of(alice, 1, 5));
  EXPECT_EQ(epoch(alice, 1), 0u);
  EXPECT_TRUE(receive_nothing_else(alice, 1)) << tail(world);
  EXPECT_EQ(height(world, alice, 1), 1u);
  EXPECT_EQ(epoch(alice, 1), 3u);
  const std::set<Epoch> trusted = {{2}, {3}};
  EXPECT_EQ(world.look_client(alice).read(world.chain(1)).epochs(), trusted);
  EXPECT_EQ(receive_nothing_else(alice, 1).code(), FailureCode::NothingToDo);
}

// Messages of a chain that lags arrive, by whichever committee they were certified.
TEST_F(Epochs, AChainWhoseCommitteeIsGoneSaysSoAndMovesWhenItComesBack) {
  const size_t alice = wallet(world, 102, 1), bob = wallet(world, 103, 2);
  reconfigure({4, 5, 6, 7});
  remove(0);
  ASSERT_TRUE(hears_of(alice, 1, 2));
  ASSERT_TRUE(receive_nothing_else(bob, 2)) << tail(world);
  for (size_t v : {size_t{0}, size_t{1}}) world.behave(v, Behaviour::kDown);
  const Answer paid = pay(world, alice, 1, 2);
  ASSERT_EQ(paid.code(), FailureCode::CommitteeRemoved) << paid.text();
  EXPECT_EQ(paid.failure->money, MoneyState::Unknown);
  world.calm();
  EXPECT_TRUE(world.run_until([&] { return height(world, alice, 1) == 1; })) << tail(world);
  EXPECT_EQ(epoch(alice, 1), 1u);
  receive(world, bob, 2);
  EXPECT_EQ(balance(world, bob, 2), Amount::from_tokens(11));
}

TEST_F(Epochs, ABlockThatOnlyTheOldCommitteeHasIsFound) {
  const size_t alice = wallet(world, 102, 1);
  reconfigure({4, 5, 6, 7});
  ASSERT_TRUE(hears_of(alice, 1, 1));
  const size_t other = world.add_client(102);
  world.run_for(5'000'000);
  for (size_t v = 4; v < world.validators(); ++v) world.partition(alice, v, true);
  ASSERT_TRUE(pay(world, alice, 1, 2)) << tail(world);
  world.run_for(30'000'000);
  ASSERT_TRUE(track(world, other, 102, 1));
  EXPECT_EQ(height(world, other, 1), 1u);
}

class LedByTurns : public Epochs {
 protected:
  LedByTurns() : Epochs(ownership()) {}
  static ChainOwnership ownership() {
    ChainOwnership ownership;
    ownership.owners = {{sim_owner(102), 1}, {sim_owner(104), 1}};
    ownership.multi_leader_rounds = 0;
    return ownership;
  }
};

TEST_F(LedByTurns, ARoundOfALaggingChainIsEndedByItsOwnCommittee) {
  const size_t alice = wallet(world, 102, 1), carol = wallet(world, 104, 1);
  reconfigure({3, 4, 5, 6});
  ASSERT_TRUE(hears_of(alice, 1, 1));
  ASSERT_TRUE(hears_of(carol, 1, 1));
  const bool alice_leads = world.look_client(alice).read(world.chain(1)).manager()->leader ==
                           std::optional(sim_owner(102));
  const size_t leader = alice_leads ? alice : carol, payer = alice_leads ? carol : alice;
  away(leader, true);
  EXPECT_EQ(pay(world, payer, 1, 2).code(), FailureCode::WaitForRound);
  EXPECT_TRUE(world.run_until([&] { return height(world, payer, 1) == 1; })) << tail(world);
  EXPECT_EQ(epoch(payer, 1), 1u);
}

TEST(Reconfiguration, BreaksNoPromise) {
  ReconfigurationTotals total;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    const ReconfigurationReport report = run_reconfiguration(seed);
    for (const std::string& broken : report.broken) ADD_FAILURE() << seed << ": " << broken;
    total.add(report.totals);
  }
  EXPECT_GT(total.committees, 20u);
  EXPECT_GT(total.stranded, 0u);
}

}  // namespace
}  // namespace mica::sim
