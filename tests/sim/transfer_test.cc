// Whole stories of Clients and Validators in one simulated world.
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using C = ClientCommand;

TEST(Transfer, IsPreparedCommittedDeliveredAndReceived) {
  World world;
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  const auto* made = draft(world, alice, 0, 1, 3);
  ASSERT_NE(made, nullptr);
  ASSERT_GE(made->effects.balances.size(), 1u);
  EXPECT_EQ(made->effects.balances[0].before, Amount::from_tokens(10));
  EXPECT_EQ(made->effects.balances[0].after, Amount::from_tokens(7));
  EXPECT_TRUE(made->effects.fees.zero());
  EXPECT_EQ(world.signatures(), 0u);
  const Answer answer = commit(world, alice, made->draft_id);
  ASSERT_TRUE(answer) << answer.text() << tail(world);
  const auto& committed = *answer.as<ClientResult::Committed>();
  EXPECT_EQ(committed.block_hash, made->effects.block_hash);
  EXPECT_TRUE(check_certificate(committed.certificate, world.genesis().committee).ok());
  EXPECT_EQ(world.signatures(), 1u);
  EXPECT_TRUE(world.run_until([&] {
    return world.block_state(alice, world.chain(0), 0) == BlockState::Delivered;
  })) << tail(world);
  receive(world, bob, 1);
  EXPECT_EQ(balance(world, alice, 0), Amount::from_tokens(7));
  EXPECT_EQ(balance(world, bob, 1), Amount::from_tokens(13));
  EXPECT_TRUE(world.offences().empty());
}

TEST(Transfer, NeedsNoMoreThanFourRequestsPerValidatorToReceiveAndNoneWhenIdle) {
  World world;
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  ASSERT_TRUE(pay(world, alice, 0, 1, 3));
  receive(world, bob, 1);  // warm
  ASSERT_TRUE(pay(world, alice, 0, 1, 1));
  world.run_for(5'000'000);
  std::vector<uint64_t> before;
  for (size_t v = 0; v < World::kValidators; ++v) before.push_back(world.requests(v));
  receive(world, bob, 1);
  world.run_for(5'000'000);
  for (size_t v = 0; v < World::kValidators; ++v) {
    EXPECT_LE(world.requests(v) - before[v], 3u);  // and one for the certificate, from one of them
    before[v] = world.requests(v);
  }
  world.run_for(60'000'000);
  for (size_t v = 0; v < World::kValidators; ++v) EXPECT_EQ(world.requests(v), before[v]);
  EXPECT_EQ(balance(world, bob, 1), Amount::from_tokens(14));
}

class OneBad : public testing::TestWithParam<Behaviour> {};

TEST_P(OneBad, ValidatorOfFourIsTolerated) {
  World world({.seed = 5});
  world.behave(2, GetParam());
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(pay(world, alice, 0, 1, 1));
    receive(world, bob, 1);
  }
  EXPECT_EQ(balance(world, bob, 1), Amount::from_tokens(13));
  EXPECT_TRUE(world.offences().empty());
}
INSTANTIATE_TEST_SUITE_P(Behaviours, OneBad,
                         testing::Values(Behaviour::kDown, Behaviour::kHung, Behaviour::kGarbage,
                                         Behaviour::kTruncated, Behaviour::kForgedVotes));

TEST(Transfer, BringsALaggingValidatorUpToDate) {
  World world;
  world.behave(3, Behaviour::kDown);
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  ASSERT_TRUE(pay(world, alice, 0, 1, 1));
  receive(world, bob, 1);
  ASSERT_TRUE(pay(world, alice, 0, 1, 1));
  world.run_for(2'000'000);
  world.behave(3, Behaviour::kHonest);
  world.behave(0, Behaviour::kDown);  // now the late one is needed
  world.run_for(120'000'000);
  ASSERT_TRUE(pay(world, alice, 0, 1, 1));
  ASSERT_TRUE(pay(world, alice, 0, 1, 1));
  world.run_for(2'000'000);
  receive(world, bob, 1);
  EXPECT_EQ(world.look(3).read(world.chain(0)).tip().next_block_height.height, 4u);
  EXPECT_EQ(balance(world, bob, 1), Amount::from_tokens(14));
}

TEST(Transfer, WithoutAQuorumTheOutcomeIsUnknownAndComesLater) {
  World world;
  const size_t alice = wallet(world, 101, 0);
  const auto* made = draft(world, alice, 0, 1, 3);
  world.behave(1, Behaviour::kDown);
  world.behave(2, Behaviour::kDown);
  const Answer answer = commit(world, alice, made->draft_id);
  ASSERT_EQ(answer.code(), FailureCode::OutcomeUnknown);
  EXPECT_EQ(answer.failure->money, MoneyState::Unknown);
  world.behave(1, Behaviour::kHonest);
  world.behave(2, Behaviour::kHonest);
  EXPECT_TRUE(world.run_until([&] { return balance(world, alice, 0) == Amount::from_tokens(7); }))
      << tail(world);
}

TEST(Transfer, SurvivesACrashAtAnyMoment) {
  for (bool fast : {false, true}) {
    for (uint64_t ms = 0; ms < 16; ++ms) {
      WorldOptions options{.seed = ms + 1};
      options.chains = {fast ? ChainOwnership::single_super(sim_owner(101))
                             : ChainOwnership::single(sim_owner(101)),
                        ChainOwnership::single(sim_owner(102))};
      World world(options);
      const size_t alice = wallet(world, 101, 0, fast);
      const auto* made = draft(world, alice, 0, 1, 3);
      ASSERT_NE(made, nullptr);
      world.command(alice, {C::CommitDraft{made->draft_id}});
      world.run_for(ms * 1000);
      world.crash_client(alice, ms % 3);
      world.run_for(20'000'000);
      const ChainSummary* summary = world.summary(alice, world.chain(0));
      ASSERT_NE(summary, nullptr) << tail(world);
      EXPECT_FALSE(summary->pending_height) << fast << ms << tail(world);
      // Done, or it can be repeated.
      if (summary->next_block_height.height == 0) {
        ASSERT_TRUE(pay(world, alice, 0, 1, 3)) << fast << ms;
      }
      EXPECT_EQ(balance(world, alice, 0), Amount::from_tokens(7)) << fast << ms << tail(world);
      EXPECT_TRUE(world.offences().empty()) << world.offences()[0];
    }
  }
}

TEST(Transfer, GoesThroughInTheFastRound) {
  World world({.chains = {ChainOwnership::single_super(sim_owner(101)),
                          ChainOwnership::single(sim_owner(102))}});
  const size_t alice = wallet(world, 101, 0, true), bob = wallet(world, 102, 1);
  for (int i = 0; i < 3; ++i) {
    const Answer paid = pay(world, alice, 0, 1);
    ASSERT_TRUE(paid) << paid.text();
    EXPECT_TRUE(paid.as<ClientResult::Committed>()->certificate.round.is_fast());
  }
  world.run_for(1'000'000);
  receive(world, bob, 1);
  EXPECT_EQ(balance(world, bob, 1), Amount::from_tokens(13));
}

TEST(Transfer, ARestartedClientHasWhatItHad) {
  World world;
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  ASSERT_TRUE(pay(world, alice, 0, 1, 3));
  receive(world, bob, 1);
  world.run_for(1'000'000);
  world.crash_client(alice);
  world.crash_client(bob);
  world.run_for(1'000'000);
  EXPECT_EQ(balance(world, alice, 0), Amount::from_tokens(7));
  EXPECT_EQ(balance(world, bob, 1), Amount::from_tokens(13));
  const Answer answer = run(world, bob, {C::GetHistory{world.chain(1), {}, 10}});
  ASSERT_TRUE(answer) << answer.text();
  const auto& history = *answer.as<ClientResult::History>();
  ASSERT_EQ(history.entries.size(), 1u);
  EXPECT_EQ(history.entries[0].state, BlockState::Delivered);
  ASSERT_TRUE(pay(world, bob, 1, 0, 2));
  receive(world, alice, 0);
  EXPECT_EQ(balance(world, alice, 0), Amount::from_tokens(9));
}

TEST(Transfer, WhatCameWhileTheStreamsWereDownIsInTheReceivedLog) {
  World world;
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  world.drop_streams(bob);
  ASSERT_TRUE(pay(world, alice, 0, 1, 3));
  receive(world, bob, 1);
  EXPECT_EQ(balance(world, bob, 1), Amount::from_tokens(13));
}

// Back online, a chain asks what it missed and so does the commit that waits there: both are told
// of the same entries of the received logs, which count once.
TEST(Transfer, WhatTwoFlowsAreToldAtOnceHidesNothingToCome) {
  World world;
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  const auto* made = draft(world, bob, 1, 0);
  ASSERT_NE(made, nullptr);
  world.drop_streams(bob);
  ASSERT_TRUE(pay(world, alice, 0, 1));
  world.run_for(200'000);
  for (size_t v = 0; v < World::kValidators; ++v) world.behave(v, Behaviour::kDown);
  ASSERT_EQ(commit(world, bob, made->draft_id).code(), FailureCode::OutcomeUnknown);
  for (size_t v = 0; v < World::kValidators; ++v) world.behave(v, Behaviour::kHonest);
  world.input(bob, {ClientEvent::Online{}});
  ASSERT_TRUE(
      world.run_until([&] { return height(world, bob, 1) == 1 && has_incoming(world, bob, 1); }));
  for (size_t v = 0; v < World::kValidators; ++v) {
    EXPECT_FALSE(world.counts_ahead(bob, v, world.chain(1))) << v;
  }
}

// More than is kept, of chains that there are not: by one validator, by all.
class Flood : public testing::TestWithParam<size_t> {};

TEST_P(Flood, OfNewsHidesNoPayment) {
  World world;
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  const auto* made = draft(world, bob, 1, 0);
  ASSERT_NE(made, nullptr);
  world.run_for(1'000'000);
  uint32_t told = 0;
  const auto flood = [&](uint32_t count) {
    for (const uint32_t end = told + count; told < end; ++told) {
      const ChainId nowhere{hash_named("Nowhere", encode(told))};
      for (size_t v = 0; v < GetParam(); ++v) {
        world.tell(alice, v, {world.chain(0), {Reason::NewIncomingBundle{nowhere, {0}}}});
      }
    }
    world.run_for(1'000);
  };
  flood(300);
  world.command(bob, {C::CommitDraft{made->draft_id}});
  for (int ms = 0; ms < 100; ++ms) flood(60);
  ASSERT_EQ(height(world, bob, 1), 1u);
  receive(world, alice, 0);
}

INSTANTIATE_TEST_SUITE_P(ByHowMany, Flood, testing::Values(1, World::kValidators));

World with_chains_of_101(size_t count) {
  return World({.chains = std::vector(count, ChainOwnership::single(sim_owner(101)))});
}

TEST(Following, OneMoreChainAsksOnlyOfThatOne) {
  World world = with_chains_of_101(12);
  const size_t alice = wallet(world, 101, 0);
  for (size_t chain = 1; chain < 11; ++chain) {
    ASSERT_TRUE(track(world, alice, 101, chain));
  }
  world.run_for(5'000'000);
  std::vector<uint64_t> before;
  for (size_t v = 0; v < World::kValidators; ++v) before.push_back(world.requests(v));
  ASSERT_TRUE(track(world, alice, 101, 11));
  world.run_for(5'000'000);
  for (size_t v = 0; v < World::kValidators; ++v) EXPECT_LE(world.requests(v) - before[v], 4u);
}

// At whatever moment the subscription is replaced.
TEST(Following, OneMoreChainMissesNoNewsOfTheOthers) {
  constexpr size_t kMoments = 10;  // and as many tokens
  World world = with_chains_of_101(kMoments + 2);
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 101, 1);
  world.run_for(1'000'000);
  for (size_t moment = 0; moment < kMoments; ++moment) {
    const auto* made = draft(world, alice, 0, 1, 1);
    ASSERT_NE(made, nullptr);
    world.command(alice, {C::CommitDraft{made->draft_id}});
    world.run_for(moment * 3'000);
    world.command(bob, {C::TrackChain{world.chain(moment + 2), sim_owner(101), false}});
    world.run_for(1'000'000);
    ASSERT_TRUE(has_incoming(world, bob, 1)) << moment << "\n" << tail(world);
    receive(world, bob, 1);
    world.run_for(1'000'000);
  }
}

TEST(Draft, IsShownAgainWhenTheChainMovedOn) {
  World world;
  const size_t phone = wallet(world, 101, 0), laptop = wallet(world, 101, 0);
  const auto* made = draft(world, phone, 0, 1, 3);
  ASSERT_NE(made, nullptr);
  ASSERT_TRUE(pay(world, laptop, 0, 1, 1));
  ASSERT_TRUE(world.run_until([&] { return balance(world, phone, 0) == Amount::from_tokens(9); }))
      << tail(world);
  ASSERT_TRUE(commit(world, phone, made->draft_id));
  EXPECT_EQ(balance(world, phone, 0), Amount::from_tokens(6));
}

TEST(BadInput, IsRefusedWithTheMoneyUntouched) {
  World world;
  const size_t alice = wallet(world, 101, 0);
  EXPECT_EQ(prepare(world, alice, 0, {transfer(world.chain(1), 11)}).code(),
            FailureCode::InsufficientBalance);
  const ChainId nowhere{hash_named("Nowhere", {})};
  EXPECT_EQ(run(world, alice, {C::TrackChain{nowhere, {}, false}}).code(),
            FailureCode::UnknownChain);
  EXPECT_EQ(track(world, alice, 101, 1).code(), FailureCode::NotOwner);
  EXPECT_EQ(run(world, alice, {C::ReceiveIncoming{world.chain(0), Amount{}}}).code(),
            FailureCode::NothingToDo);
  const Answer answer = run(world, alice, {C::CheckChain{nowhere}});
  ASSERT_TRUE(answer) << answer.text();
  EXPECT_EQ(answer.as<ClientResult::Existence>()->existence, ChainExistence::Unknown);
  world.refuse_signatures(alice, true);
  const auto* made = draft(world, alice, 0, 1, 1);
  EXPECT_EQ(commit(world, alice, made->draft_id).code(), FailureCode::SignerRefused);
  EXPECT_EQ(commit(world, alice, made->draft_id).code(), FailureCode::DraftGone);
  world.refuse_signatures(alice, false);
  ASSERT_TRUE(pay(world, alice, 0, 1, 1));
  EXPECT_EQ(run(world, alice, {C::OpenNetwork{"{}", 1}}).code(), FailureCode::InvalidInput);
}

TEST(BadInput, AClockHoursAheadIsNamed) {
  World world;
  const size_t alice = wallet(world, 101, 0);
  world.skew(alice, int64_t{3} * 3600 * 1'000'000);
  const auto* made = draft(world, alice, 0, 1, 1);
  const Answer answer = commit(world, alice, made->draft_id);
  ASSERT_EQ(answer.code(), FailureCode::ClockSkew) << answer.text();
  EXPECT_NE(answer.text().find("about 3 hours ahead"), std::string::npos) << answer.text();
  EXPECT_EQ(answer.failure->money, MoneyState::Untouched);
  world.skew(alice, 0);
  EXPECT_TRUE(pay(world, alice, 0, 1, 1));
}

}  // namespace
}  // namespace mica::sim
