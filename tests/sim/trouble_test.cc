// What a person sees when a round, a disk or a draft goes wrong.
#include <gtest/gtest.h>

#include "tests/sim/world.h"

namespace mica {
namespace {

using C = ClientCommand;

class Trouble {
 public:
  explicit Trouble(WorldOptions options = {}) : world(std::move(options)) {}
  size_t wallet(uint8_t name, size_t chain, bool fast = false) {
    const size_t client = world.add_client(name);
    run(client, {C::TrackChain{world.chain(chain), sim_owner(name), fast}});
    return client;
  }
  // To its answer, which is null where it failed.
  const ClientResult* run(size_t client, C command) {
    last = world.command(client, std::move(command));
    EXPECT_TRUE(world.run_until([&] { return world.answered(client, last); }));
    return world.done(client, last);
  }
  std::optional<uint64_t> draft(size_t client, size_t from, size_t to) {
    const auto transfer = Operation::system(SystemOperation::Transfer{
        AccountOwner::chain(), {world.chain(to), AccountOwner::chain()}, Amount::from_tokens(1)});
    const auto* made = run(client, {C::PrepareBlock{world.chain(from), {transfer}, {}, false}});
    const auto* draft = made ? std::get_if<ClientResult::Draft>(&made->kind) : nullptr;
    return draft ? std::optional(draft->draft_id) : std::nullopt;
  }
  bool pay(size_t client, size_t from, size_t to) {
    const auto id = draft(client, from, to);
    return id && run(client, {C::CommitDraft{*id}}) != nullptr;
  }
  FailureCode failure(size_t client) const {
    const Failure* failure = world.failed(client, last);
    EXPECT_NE(failure, nullptr);
    return failure ? failure->code : FailureCode::Internal;
  }
  uint64_t height(size_t client, size_t chain) const {
    const ChainSummary* summary = world.summary(client, world.chain(chain));
    return summary ? summary->next_block_height.height : 0;
  }

  World world;
  uint64_t last = 0;
};

ChainOwnership led_by_turns() {
  ChainOwnership ownership;
  ownership.owners = {{sim_owner(101), 1}, {sim_owner(103), 1}};
  ownership.multi_leader_rounds = 0;
  return ownership;
}

TEST(Trouble, ARoundWhoseLeaderIsAwayTimesOut) {
  Trouble trouble({.chains = {led_by_turns(), ChainOwnership::single(sim_owner(102))}});
  const size_t one = trouble.wallet(101, 0), other = trouble.wallet(103, 0);
  int waited = 0;
  for (uint64_t block = 0; block < 6; ++block) {
    const size_t payer = block % 2 == 0 ? one : other;
    if (!trouble.pay(payer, 0, 1)) {
      EXPECT_EQ(trouble.failure(payer), FailureCode::WaitForRound);
      ++waited;
    }
    EXPECT_TRUE(trouble.world.run_until([&] {
      return trouble.height(payer, 0) == block + 1 &&
             !trouble.world.summary(payer, trouble.world.chain(0))->pending_height;
    })) << block;
    trouble.world.run_for(2'000'000);
  }
  EXPECT_GT(waited, 0);
  EXPECT_LT(waited, 6);
  EXPECT_TRUE(trouble.world.offences().empty());
}

// The only multi-leader round has a time, which passes while nobody wants anything.
TEST(Trouble, ARoundWhoseTimeHasPassedIsStillUsed) {
  ChainOwnership ownership = led_by_turns();
  ownership.multi_leader_rounds = 1;
  Trouble trouble({.chains = {ownership, ChainOwnership::single(sim_owner(102))}});
  const size_t one = trouble.wallet(101, 0), other = trouble.wallet(103, 0);
  for (int block = 0; block < 6; ++block) {
    trouble.world.run_for(60'000'000);
    EXPECT_TRUE(trouble.pay(block % 2 == 0 ? one : other, 0, 1)) << block;
  }
  EXPECT_TRUE(trouble.world.offences().empty());
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
  Trouble trouble({.chains = {with_super_owner(true), ChainOwnership::single(sim_owner(102))}});
  const size_t alice = trouble.wallet(101, 0);
  EXPECT_TRUE(trouble.pay(alice, 0, 1));
  EXPECT_TRUE(trouble.pay(alice, 0, 1));
  EXPECT_EQ(trouble.height(alice, 0), 2u);
}

TEST(Trouble, ASuperOwnerDoesNotWaitForEverForAnIdleLeader) {
  Trouble trouble({.chains = {with_super_owner(false), ChainOwnership::single(sim_owner(102))}});
  const size_t alice = trouble.wallet(101, 0);
  EXPECT_FALSE(trouble.pay(alice, 0, 1));
  EXPECT_EQ(trouble.failure(alice), FailureCode::WaitForRound);
  EXPECT_TRUE(trouble.world.run_until([&] { return trouble.height(alice, 0) == 1; }));
}

// Asked before the payment, told of nothing while the streams were down.
TEST(Trouble, NewsMissedDuringASlowStartAreCaughtUp) {
  Trouble trouble;
  const size_t alice = trouble.wallet(101, 0), bob = trouble.wallet(102, 1);
  trouble.world.run_for(5'000'000);
  trouble.world.crash_client(bob);
  trouble.world.partition(bob, 2, true);
  trouble.world.partition(bob, 3, true);
  trouble.world.run_for(100'000);
  trouble.world.drop_streams(bob);
  ASSERT_TRUE(trouble.pay(alice, 0, 1));
  trouble.world.run_for(100'000);
  trouble.world.partition(bob, 2, false);
  trouble.world.partition(bob, 3, false);
  EXPECT_TRUE(trouble.world.run_until([&] {
    const ChainSummary* summary = trouble.world.summary(bob, trouble.world.chain(1));
    return summary && summary->synchronized && !summary->incoming.empty();
  }));
}

// A signed block that nobody heard of, in a wallet that was started again.
class SignedBlock : public testing::Test {
 protected:
  SignedBlock() {
    cut(true);
    const auto id = trouble.draft(alice, 0, 1);
    EXPECT_TRUE(id);
    hash = std::get<ClientResult::Draft>(trouble.world.done(alice, trouble.last)->kind)
               .effects.block_hash;
    EXPECT_EQ(trouble.run(alice, {C::CommitDraft{id.value_or(0)}}), nullptr);
    EXPECT_EQ(trouble.failure(alice), FailureCode::OutcomeUnknown);
    trouble.world.crash_client(alice);
  }
  void cut(bool off) {
    for (size_t v = 0; v < World::kValidators; ++v) trouble.world.partition(alice, v, off);
  }
  // Between two tries of the client: while one is under way the chain is busy.
  const ClientResult::Draft* show() {
    const ClientResult* shown = nullptr;
    for (int tries = 0; tries < 60 && shown == nullptr; ++tries) {
      shown = trouble.run(alice, {C::ShowPending{chain}});
      if (shown == nullptr && trouble.failure(alice) != FailureCode::Busy) return nullptr;
      if (shown == nullptr) trouble.world.run_for(500'000);
    }
    return shown ? std::get_if<ClientResult::Draft>(&shown->kind) : nullptr;
  }

  Trouble trouble;
  const size_t alice = trouble.wallet(101, 0);
  const ChainId chain = trouble.world.chain(0);
  CryptoHash hash;
};

TEST_F(SignedBlock, IsShownAndApprovedAgain) {
  const auto* shown = show();
  ASSERT_NE(shown, nullptr);
  EXPECT_EQ(shown->effects.block_hash, hash);
  EXPECT_EQ(shown->effects.balances.at(0).after, Amount::from_tokens(9));
  EXPECT_FALSE(trouble.draft(alice, 0, 1)) << "no other block beside it";
  EXPECT_EQ(trouble.failure(alice), FailureCode::Busy);
  cut(false);
  const auto* result = trouble.run(alice, {C::CommitDraft{shown->draft_id}});
  ASSERT_NE(result, nullptr);
  EXPECT_EQ(std::get<ClientResult::Committed>(result->kind).block_hash, hash);
  EXPECT_EQ(trouble.world.signatures(), 1u) << "what was signed is sent again";
  EXPECT_EQ(show(), nullptr);
  EXPECT_EQ(trouble.failure(alice), FailureCode::NothingToDo);
}

TEST_F(SignedBlock, StaysPendingWhenItsDraftIsDropped) {
  const auto* shown = show();
  ASSERT_NE(shown, nullptr);
  EXPECT_NE(trouble.run(alice, {C::DropDraft{shown->draft_id}}), nullptr);
  EXPECT_EQ(trouble.world.summary(alice, chain)->pending_height, BlockHeight{0});
  const auto* again = show();
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->effects.block_hash, hash);
  EXPECT_NE(again->draft_id, shown->draft_id);
}

TEST(Trouble, AFullDiskSendsNoProposal) {
  Trouble trouble;
  const size_t alice = trouble.wallet(101, 0);
  const auto draft = trouble.draft(alice, 0, 1);
  ASSERT_TRUE(draft);
  trouble.world.run_for(1'000'000);
  trouble.world.break_disk(alice, FailureCode::StorageFull);
  trouble.run(alice, {C::CommitDraft{*draft}});
  EXPECT_EQ(trouble.failure(alice), FailureCode::StorageFull);
  EXPECT_EQ(trouble.world.failed(alice, trouble.last)->money, MoneyState::Untouched);
  EXPECT_FALSE(trouble.world.summary(alice, trouble.world.chain(0))->pending_height);
  trouble.world.run_for(60'000'000);
  EXPECT_EQ(trouble.world.look(0).tip(trouble.world.chain(0)).next_block_height.height, 0u);
  EXPECT_FALSE(trouble.world.look(0).manager(trouble.world.chain(0))->requested_proposed);
  trouble.run(alice, {C::PutRecord{"key", {1}}});
  EXPECT_EQ(trouble.failure(alice), FailureCode::StorageFull);
}

// A fast-round proposal that was signed, and whose flush failed.
class SignedFast : public testing::Test {
 protected:
  SignedFast() {
    const auto id = trouble.draft(alice, 0, 1);
    EXPECT_TRUE(id);
    hash = std::get<ClientResult::Draft>(trouble.world.done(alice, trouble.last)->kind)
               .effects.block_hash;
    trouble.world.run_for(1'000'000);
    draft = id.value_or(0);
  }
  MoneyState commit_on(FailureCode disk) {
    trouble.world.break_disk(alice, disk);
    EXPECT_EQ(trouble.run(alice, {C::CommitDraft{draft}}), nullptr);
    EXPECT_EQ(trouble.failure(alice), disk);
    EXPECT_EQ(trouble.world.signatures(), 1u);
    return trouble.world.failed(alice, trouble.last)->money;
  }
  // The vault still knows that it signed.
  void reopen(size_t commits_kept) {
    trouble.world.break_disk(alice, std::nullopt);
    trouble.world.crash_client(alice, commits_kept, true);
    EXPECT_TRUE(trouble.world.run_until([&] {
      const ChainSummary* summary = trouble.world.summary(alice, trouble.world.chain(0));
      return summary && summary->synchronized;
    }));
  }

  Trouble trouble{{.chains = {ChainOwnership::single_super(sim_owner(101)),
                              ChainOwnership::single(sim_owner(102))}}};
  const size_t alice = trouble.wallet(101, 0, true);
  uint64_t draft = 0;
  CryptoHash hash;
};

TEST_F(SignedFast, DoesNotBlockTheChainWhenItWasNeverStored) {
  EXPECT_EQ(commit_on(FailureCode::StorageFull), MoneyState::Untouched);
  reopen(0);
  ASSERT_TRUE(trouble.pay(alice, 0, 1)) << trouble.world.failed(alice, trouble.last)->message;
  EXPECT_NE(trouble.world.look_client(alice).block_hash(trouble.world.chain(0), {0}), hash);
  EXPECT_EQ(trouble.world.fast_proposals(), 0u) << "the fast round stays with what was signed";
  ASSERT_TRUE(trouble.pay(alice, 0, 1));
  EXPECT_EQ(trouble.world.fast_proposals(), 1u) << "of the next height";
  EXPECT_TRUE(trouble.world.offences().empty());
}

TEST_F(SignedFast, GoesOnWhenItTurnsOutToBeStored) {
  EXPECT_EQ(commit_on(FailureCode::StorageFailed), MoneyState::Unknown);
  reopen(trouble.world.client_store(alice).unflushed());
  EXPECT_TRUE(trouble.world.run_until([&] { return trouble.height(alice, 0) == 1; }));
  EXPECT_EQ(trouble.world.look_client(alice).block_hash(trouble.world.chain(0), {0}), hash);
  EXPECT_TRUE(trouble.pay(alice, 0, 1));
  EXPECT_TRUE(trouble.world.offences().empty());
}

TEST(Trouble, ADraftIsShownAnewWhenTheChainMovesUnderIt) {
  Trouble trouble;
  const size_t phone = trouble.wallet(101, 0), laptop = trouble.wallet(101, 0);
  const auto draft = trouble.draft(phone, 0, 1);
  ASSERT_TRUE(draft);
  EXPECT_EQ(trouble.world.draft_changes(phone), 0u);
  ASSERT_TRUE(trouble.pay(laptop, 0, 1));
  ASSERT_TRUE(trouble.world.run_until([&] { return trouble.world.draft_changes(phone) == 1; }));
  ASSERT_NE(trouble.run(phone, {C::CommitDraft{*draft}}), nullptr);
  EXPECT_EQ(trouble.height(phone, 0), 2u);
}

TEST(Trouble, WhoIsCutOffFromTwoValidatorsWaitsAndGoesOn) {
  Trouble trouble;
  const size_t alice = trouble.wallet(101, 0);
  trouble.world.partition(alice, 0, true);
  trouble.world.partition(alice, 1, true);
  EXPECT_FALSE(trouble.pay(alice, 0, 1));
  trouble.world.partition(alice, 0, false);
  EXPECT_TRUE(trouble.world.run_until(
      [&] { return trouble.height(alice, 0) == 1 || trouble.pay(alice, 0, 1); }));
  EXPECT_TRUE(trouble.world.run_until([&] { return trouble.height(alice, 0) == 1; }));
}

}  // namespace
}  // namespace mica
