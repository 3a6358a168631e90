// Whose turn it is to make a block: who finds a chain's desk taken waits (core/app/desk.h).
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using C = ClientCommand;

class Turns : public testing::Test {
 protected:
  uint64_t ask(uint64_t tokens) {
    return world.command(
        alice, {C::PrepareBlock{world.chain(0), {transfer(world.chain(1), tokens)}, {}, false}});
  }
  bool comes(uint64_t id) {
    return world.run_until([&] { return world.answered(alice, id); });
  }
  const ClientResult::Draft* draft_of(uint64_t id) {
    const ClientResult* result = comes(id) ? world.done(alice, id) : nullptr;
    return result ? std::get_if<ClientResult::Draft>(&result->kind) : nullptr;
  }

  World world;
  const size_t alice = wallet(world, 101, 0);
};

TEST_F(Turns, ABlockIsMadeWhenTheDraftBeforeItIsDropped) {
  const auto* first = draft_of(ask(1));
  ASSERT_NE(first, nullptr);
  const uint64_t second = ask(2), third = ask(30);
  world.run_for(60'000'000);
  EXPECT_FALSE(world.answered(alice, second));
  EXPECT_TRUE(run(world, alice, {C::DropDraft{first->draft_id}}));
  const auto* made = draft_of(second);
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->effects.balances.at(0).after, Amount::from_tokens(8));
  EXPECT_FALSE(world.answered(alice, third));
  EXPECT_TRUE(run(world, alice, {C::DropDraft{made->draft_id}}));
  ASSERT_TRUE(comes(third));
  EXPECT_EQ(world.failed(alice, third)->code, FailureCode::InsufficientBalance);
  EXPECT_TRUE(pay(world, alice, 0, 1)) << "a block that failed leaves the desk free";
}

TEST_F(Turns, ABlockIsMadeOnTopOfTheOneBefore) {
  const auto* first = draft_of(ask(1));
  ASSERT_NE(first, nullptr);
  const uint64_t second = ask(2);
  ASSERT_TRUE(commit(world, alice, first->draft_id));
  const auto* made = draft_of(second);
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->effects.block.height, BlockHeight{1});
  EXPECT_EQ(made->effects.balances.at(0).after, Amount::from_tokens(7));
}

TEST_F(Turns, NobodyWaitsForABlockWhoseOutcomeIsOpen) {
  const auto* first = draft_of(ask(1));
  ASSERT_NE(first, nullptr);
  for (size_t v = 0; v < World::kValidators; ++v) world.partition(alice, v, true);
  const uint64_t committed = world.command(alice, {C::CommitDraft{first->draft_id}});
  const uint64_t second = ask(2);
  ASSERT_TRUE(comes(committed));
  EXPECT_EQ(world.failed(alice, committed)->code, FailureCode::OutcomeUnknown);
  ASSERT_TRUE(comes(second));
  EXPECT_EQ(world.failed(alice, second)->code, FailureCode::Busy);
  EXPECT_EQ(prepare(world, alice, 0, {transfer(world.chain(1), 1)}).code(), FailureCode::Busy);
  // Two may ask how it ends, also while a try is under way.
  const uint64_t one = world.command(alice, {C::RetryPending{world.chain(0)}});
  const uint64_t other = world.command(alice, {C::RetryPending{world.chain(0)}});
  for (size_t v = 0; v < World::kValidators; ++v) world.partition(alice, v, false);
  EXPECT_TRUE(comes(one) && world.done(alice, one));
  EXPECT_TRUE(comes(other) && world.done(alice, other));
  EXPECT_TRUE(pay(world, alice, 0, 1));
}

TEST_F(Turns, WhoWaitsHearsThatTheChainIsForgotten) {
  const auto* first = draft_of(ask(1));
  ASSERT_NE(first, nullptr);
  const uint64_t second = ask(2);
  EXPECT_TRUE(run(world, alice, {C::ForgetChain{world.chain(0)}}));
  ASSERT_TRUE(comes(second));
  EXPECT_EQ(world.failed(alice, second)->code, FailureCode::UnknownChain);
  ASSERT_TRUE(track(world, alice, 101, 0));
  EXPECT_TRUE(pay(world, alice, 0, 1));
}

}  // namespace
}  // namespace mica::sim
