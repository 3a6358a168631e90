// What a person sees when a round, a disk or a draft goes wrong.
#include <gtest/gtest.h>

#include "tests/sim/world.h"

namespace mica {
namespace {

using C = ClientCommand;

class Trouble {
 public:
  explicit Trouble(WorldOptions options = {}) : world(std::move(options)) {}
  size_t wallet(uint8_t name, size_t chain) {
    const size_t client = world.add_client(name);
    run(client, {C::TrackChain{world.chain(chain), sim_owner(name), false}});
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

TEST(Trouble, AFullDiskSendsNoProposal) {
  Trouble trouble;
  const size_t alice = trouble.wallet(101, 0);
  const auto draft = trouble.draft(alice, 0, 1);
  ASSERT_TRUE(draft);
  trouble.world.run_for(1'000'000);
  trouble.world.fill_disk(alice);
  trouble.run(alice, {C::CommitDraft{*draft}});
  EXPECT_EQ(trouble.failure(alice), FailureCode::StorageFull);
  EXPECT_EQ(trouble.world.failed(alice, trouble.last)->money, MoneyState::Untouched);
  trouble.world.run_for(60'000'000);
  EXPECT_EQ(trouble.world.look(0).tip(trouble.world.chain(0)).next_block_height.height, 0u);
  EXPECT_FALSE(trouble.world.look(0).manager(trouble.world.chain(0))->requested_proposed);
  trouble.run(alice, {C::PutRecord{"key", {1}}});
  EXPECT_EQ(trouble.failure(alice), FailureCode::StorageFull);
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
