// What a person sees when a round, a disk or a draft goes wrong.
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using C = ClientCommand;

ChainOwnership led_by_turns() {
  ChainOwnership ownership;
  ownership.owners = {{sim_owner(101), 1}, {sim_owner(103), 1}};
  ownership.multi_leader_rounds = 0;
  return ownership;
}

TEST(Trouble, ARoundWhoseLeaderIsAwayTimesOut) {
  World world({.chains = {led_by_turns(), ChainOwnership::single(sim_owner(102))}});
  const size_t one = wallet(world, 101, 0), other = wallet(world, 103, 0);
  int waited = 0;
  for (uint64_t block = 0; block < 6; ++block) {
    const size_t payer = block % 2 == 0 ? one : other;
    if (const Answer paid = pay(world, payer, 0, 1); !paid) {
      EXPECT_EQ(paid.code(), FailureCode::WaitForRound);
      ++waited;
    }
    EXPECT_TRUE(world.run_until([&] {
      return height(world, payer, 0) == block + 1 &&
             !world.summary(payer, world.chain(0))->pending_height;
    })) << block;
    world.run_for(2'000'000);
  }
  EXPECT_GT(waited, 0);
  EXPECT_LT(waited, 6);
  EXPECT_TRUE(world.offences().empty());
}

// The only multi-leader round has a time, which passes while nobody wants anything.
TEST(Trouble, ARoundWhoseTimeHasPassedIsStillUsed) {
  ChainOwnership ownership = led_by_turns();
  ownership.multi_leader_rounds = 1;
  World world({.chains = {ownership, ChainOwnership::single(sim_owner(102))}});
  const size_t one = wallet(world, 101, 0), other = wallet(world, 103, 0);
  for (int block = 0; block < 6; ++block) {
    world.run_for(60'000'000);
    EXPECT_TRUE(pay(world, block % 2 == 0 ? one : other, 0, 1)) << block;
  }
  EXPECT_TRUE(world.offences().empty());
}

// Without multi-leader rounds: who leaves the fast round is in the single-leader ones.
ChainOwnership with_super_owner(bool alone) {
  ChainOwnership ownership;
  ownership.super_owners = {sim_owner(101)};
  if (alone) return ownership;
  ownership.owners = {{sim_owner(111), 1}};
  ownership.timeout_config.fast_round_duration = TimeDelta{1'000'000};
  return ownership;
}

TEST(Trouble, ASuperOwnerAloneIsNotLockedOutOfLaterRounds) {
  World world({.chains = {with_super_owner(true), ChainOwnership::single(sim_owner(102))}});
  const size_t alice = wallet(world, 101, 0);
  EXPECT_TRUE(pay(world, alice, 0, 1));
  EXPECT_TRUE(pay(world, alice, 0, 1));
  EXPECT_EQ(height(world, alice, 0), 2u);
}

TEST(Trouble, ASuperOwnerDoesNotWaitForEverForAnIdleLeader) {
  World world({.chains = {with_super_owner(false), ChainOwnership::single(sim_owner(102))}});
  const size_t alice = wallet(world, 101, 0);
  EXPECT_EQ(pay(world, alice, 0, 1).code(), FailureCode::WaitForRound);
  EXPECT_TRUE(world.run_until([&] { return height(world, alice, 0) == 1; }));
}

// Asked before the payment, told of nothing while the streams were down.
TEST(Trouble, NewsMissedDuringASlowStartAreCaughtUp) {
  World world;
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  world.run_for(5'000'000);
  world.crash_client(bob);
  world.partition(bob, 2, true);
  world.partition(bob, 3, true);
  world.run_for(100'000);
  world.drop_streams(bob);
  ASSERT_TRUE(pay(world, alice, 0, 1));
  world.run_for(100'000);
  world.partition(bob, 2, false);
  world.partition(bob, 3, false);
  EXPECT_TRUE(
      world.run_until([&] { return synchronized(world, bob, 1) && has_incoming(world, bob, 1); }));
}

// More than one answer holds, each block in a file of its own, and no memory for more than one.
TEST(Trouble, ALongChainIsHandedOutByAStoreThatKeepsNothingLoaded) {
  constexpr uint64_t kBlocks = 70;
  World world;
  const size_t alice = wallet(world, 101, 0);
  for (uint64_t block = 0; block < kBlocks; ++block) {
    ASSERT_TRUE(make(
        world, alice, 0,
        {Operation::system(SystemOperation::VerifyBlob{description_blob_id(world.chain(0))})}));
  }
  const size_t late = wallet(world, 101, 0);
  EXPECT_TRUE(world.run_until([&] { return height(world, late, 0) == kBlocks; }));
}

// A signed block that nobody heard of, in a wallet that was started again.
class SignedBlock : public testing::Test {
 protected:
  SignedBlock() {
    cut(true);
    const auto& made = *draft(world, alice, 0, 1);
    hash = made.effects.block_hash.value();
    EXPECT_EQ(commit(world, alice, made.draft_id).code(), FailureCode::OutcomeUnknown);
    world.crash_client(alice);
  }
  void cut(bool off) {
    for (size_t v = 0; v < World::kValidators; ++v) world.partition(alice, v, off);
  }
  Answer show() { return run(world, alice, {C::ShowPending{chain}}); }

  World world;
  const size_t alice = wallet(world, 101, 0);
  const ChainId chain = world.chain(0);
  CryptoHash hash;
};

TEST_F(SignedBlock, IsShownAndApprovedAgain) {
  const auto* shown = show().as<ClientResult::Draft>();
  ASSERT_NE(shown, nullptr);
  EXPECT_EQ(shown->effects.block_hash, hash);
  EXPECT_EQ(shown->effects.balances.at(0).after, Amount::from_tokens(9));
  EXPECT_EQ(prepare(world, alice, 0, {transfer(world.chain(1), 1)}).code(), FailureCode::Busy)
      << "no other block beside it";
  cut(false);
  const Answer committed = commit(world, alice, shown->draft_id);
  ASSERT_TRUE(committed) << committed.text();
  EXPECT_EQ(committed.as<ClientResult::Committed>()->block_hash, hash);
  EXPECT_EQ(world.signatures(), 1u) << "what was signed is sent again";
  EXPECT_EQ(show().code(), FailureCode::NothingToDo);
}

TEST_F(SignedBlock, StaysPendingWhenItsDraftIsDropped) {
  const auto* shown = show().as<ClientResult::Draft>();
  ASSERT_NE(shown, nullptr);
  EXPECT_TRUE(run(world, alice, {C::DropDraft{shown->draft_id}}));
  EXPECT_EQ(world.summary(alice, chain)->pending_height, BlockHeight{0});
  const auto* again = show().as<ClientResult::Draft>();
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->effects.block_hash, hash);
  EXPECT_NE(again->draft_id, shown->draft_id);
}

TEST(Trouble, AFullDiskSendsNoProposal) {
  World world;
  const size_t alice = wallet(world, 101, 0);
  const auto* made = draft(world, alice, 0, 1);
  ASSERT_NE(made, nullptr);
  world.run_for(1'000'000);
  world.break_disk(alice, FailureCode::StorageFull);
  const Answer committed = commit(world, alice, made->draft_id);
  ASSERT_EQ(committed.code(), FailureCode::StorageFull);
  EXPECT_EQ(committed.failure->money, MoneyState::Untouched);
  EXPECT_FALSE(world.summary(alice, world.chain(0))->pending_height);
  world.run_for(60'000'000);
  EXPECT_EQ(world.look(0).read(world.chain(0)).tip().next_block_height.height, 0u);
  EXPECT_FALSE(world.look(0).read(world.chain(0)).manager()->requested_proposed);
  EXPECT_EQ(run(world, alice, {C::PutRecord{"key", {1}}}).code(), FailureCode::StorageFull);
}

// A fast-round proposal that was signed, and whose flush failed.
class SignedFast : public testing::Test {
 protected:
  SignedFast() {
    const auto& made = *draft(world, alice, 0, 1);
    hash = made.effects.block_hash.value();
    draft_id = made.draft_id;
    world.run_for(1'000'000);
  }
  MoneyState commit_on(FailureCode disk) {
    world.break_disk(alice, disk);
    const Answer committed = commit(world, alice, draft_id);
    EXPECT_EQ(committed.code(), disk);
    EXPECT_EQ(world.signatures(), 1u);
    return committed.failure ? committed.failure->money : MoneyState{};
  }
  // The vault still knows that it signed.
  void reopen(size_t commits_kept) {
    world.break_disk(alice, std::nullopt);
    world.crash_client(alice, commits_kept, true);
    EXPECT_TRUE(world.run_until([&] { return synchronized(world, alice, 0); }));
  }

  World world{{.chains = {ChainOwnership::single_super(sim_owner(101)),
                          ChainOwnership::single(sim_owner(102))}}};
  const size_t alice = wallet(world, 101, 0, true);
  uint64_t draft_id = 0;
  CryptoHash hash;
};

TEST_F(SignedFast, DoesNotBlockTheChainWhenItWasNeverStored) {
  EXPECT_EQ(commit_on(FailureCode::StorageFull), MoneyState::Untouched);
  reopen(0);
  const Answer paid = pay(world, alice, 0, 1);
  ASSERT_TRUE(paid) << paid.text();
  EXPECT_NE(world.look_client(alice).read(world.chain(0)).block_hash({0}), hash);
  EXPECT_EQ(world.fast_proposals(), 0u) << "the fast round stays with what was signed";
  // Until the validators have that block: who still had its proposals would speak of them.
  world.run_for(100'000);
  ASSERT_TRUE(pay(world, alice, 0, 1));
  EXPECT_EQ(world.fast_proposals(), 1u) << "of the next height";
  EXPECT_TRUE(world.offences().empty());
}

TEST_F(SignedFast, GoesOnWhenItTurnsOutToBeStored) {
  EXPECT_EQ(commit_on(FailureCode::StorageFailed), MoneyState::Unknown);
  reopen(world.client_store(alice).unflushed());
  EXPECT_TRUE(world.run_until([&] { return height(world, alice, 0) == 1; }));
  EXPECT_EQ(world.look_client(alice).read(world.chain(0)).block_hash({0}), hash);
  EXPECT_TRUE(pay(world, alice, 0, 1));
  EXPECT_TRUE(world.offences().empty());
}

// Another owner leads what comes after the fast round: it has to time out first.
TEST(Trouble, AFastRoundInWhichTheSignerRefusesTimesOut) {
  World world({.chains = {with_super_owner(false), ChainOwnership::single(sim_owner(102))}});
  const size_t alice = wallet(world, 101, 0, true);
  const auto* made = draft(world, alice, 0, 1);
  ASSERT_NE(made, nullptr);
  world.break_disk(alice, FailureCode::StorageFull);
  ASSERT_EQ(commit(world, alice, made->draft_id).code(), FailureCode::StorageFull);
  world.break_disk(alice, std::nullopt);
  world.crash_client(alice, 0, true);
  ASSERT_TRUE(world.run_until([&] { return synchronized(world, alice, 0); }));
  if (const Answer paid = pay(world, alice, 0, 1); !paid) {
    EXPECT_EQ(paid.code(), FailureCode::WaitForRound) << paid.text();
  }
  EXPECT_TRUE(world.run_until([&] { return height(world, alice, 0) == 1; }));
}

TEST(Trouble, ADraftIsShownAnewWhenTheChainMovesUnderIt) {
  World world;
  const size_t phone = wallet(world, 101, 0), laptop = wallet(world, 101, 0);
  const auto* made = draft(world, phone, 0, 1);
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(world.draft_changes(phone), 0u);
  ASSERT_TRUE(pay(world, laptop, 0, 1));
  ASSERT_TRUE(world.run_until([&] { return world.draft_changes(phone) == 1; }));
  ASSERT_TRUE(commit(world, phone, made->draft_id));
  EXPECT_EQ(height(world, phone, 0), 2u);
}

TEST(Trouble, WhoIsCutOffFromTwoValidatorsWaitsAndGoesOn) {
  World world;
  const size_t alice = wallet(world, 101, 0);
  world.partition(alice, 0, true);
  world.partition(alice, 1, true);
  EXPECT_FALSE(pay(world, alice, 0, 1));
  world.partition(alice, 0, false);
  EXPECT_TRUE(
      world.run_until([&] { return height(world, alice, 0) == 1 || pay(world, alice, 0, 1); }));
  EXPECT_TRUE(world.run_until([&] { return height(world, alice, 0) == 1; }));
}

}  // namespace
}  // namespace mica::sim
