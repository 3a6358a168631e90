// Two owners of one chain who want different blocks, told step by step: what is locked binds
// everybody, is found and finished by who is left, and a certificate is nobody's to keep.
#include "core/chain/rounds.h"
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using C = ClientCommand;
constexpr uint64_t kAtOnce_us = 5'000'000, kLater_us = 120'000'000;

struct Start {
  uint32_t multi_leader_rounds = 2;
  bool alice_publishes = false, bob_publishes = false;
  bool fast = false;       // both are super owners, and Alice proposes in the fast round
  bool one_owner = false;  // they are two devices of one super owner
  bool agreed = true;      // each has seen the other's block, and lets it pass if it is locked
};

ChainOwnership two_owners(const Start& start) {
  ChainOwnership ownership;
  if (start.fast) {
    ownership.super_owners = {sim_owner(101)};
    if (!start.one_owner) ownership.super_owners.insert(sim_owner(103));
    ownership.timeout_config.base_timeout = TimeDelta{60'000'000};  // longer than any pause
  } else {
    ownership.owners = {{sim_owner(101), 1}, {sim_owner(103), 1}};
  }
  ownership.multi_leader_rounds = start.multi_leader_rounds;
  return ownership;
}

const Round kFirst{Round::MultiLeader{0}}, kSecond{Round::MultiLeader{1}};
const Round kLed{Round::SingleLeader{0}};

// Alice's block is on its way when Bob, the leader of single-leader round 0, wants another.
class Locks {
 public:
  explicit Locks(const Start& start = {})
      : ownership_(two_owners(start)),
        agreed_(start.agreed),
        world({.jitter_us = 0, .chains = {ownership_, ChainOwnership::single(sim_owner(102))}}) {
    const bool bob_is_103 = round_leader(ownership_, {}, 0, kLed) == sim_owner(103);
    alice = wallet(world, bob_is_103 || start.one_owner ? 101 : 103, 0, start.fast);
    bob = wallet(world, bob_is_103 ? 103 : 101, 0);
    recipient = wallet(world, 102, 1);
    alices_draft = draft(alice, start.alice_publishes);
    bobs_draft = draft(bob, start.bob_publishes);
    world.run_for(1'000'000);
  }

  // Validators that have voted for a block, by what it is a vote for.
  size_t votes(bool to_confirm) {
    size_t count = 0;
    for (size_t v = 0; v < World::kValidators; ++v) count += voted(v, to_confirm);
    return count;
  }
  bool voted(size_t validator, bool to_confirm) {
    const auto manager = world.look(validator).read(chain()).manager();
    if (!manager) return false;
    return to_confirm ? manager->requested_confirmed.has_value()
                      : manager->requested_validated.has_value();
  }
  // Alice's block locks validator 0, validator 3 goes, and Bob's proposal, which the locked one
  // refuses, brings the two that are free into this round.
  void split(const Round& later) {
    commit(alice);
    ASSERT_TRUE(soon([&] { return votes(false) == 4; }));
    answers_arrive_and_cut(alice, {1, 2, 3});
    ASSERT_TRUE(soon([&] { return voted(0, true); }));
    cut(alice, {0});
    cut(bob, {0});
    ASSERT_EQ(votes(true), 1u);
    ASSERT_TRUE(run(world, bob, {C::Synchronize{chain()}}));
    world.behave(3, Behaviour::kDown);
    commit(bob);
    ASSERT_TRUE(soon([&] { return round(1) == later && round(2) == later; }));
    EXPECT_EQ(round(0), kFirst);
  }
  // Bob has asked while Alice's block had votes but no lock, and his, for the round after it, waits
  // for a signature. Nobody hears Alice.
  void bob_asks_early() {
    commit(alice);
    ASSERT_TRUE(soon([&] { return votes(false) == 4; }));
    cut(alice, all);
    ASSERT_TRUE(run(world, bob, {C::Synchronize{chain()}}));
    world.hold_signatures(bob, true);
    commit(bob);
    ASSERT_TRUE(soon([&] { return world.round_to_sign(bob) == kSecond; }));
  }
  // Alice's fast block locks validators 0 and 1, and nobody hears her any more.
  void lock_fast_block() {
    cut(alice, {2, 3});
    commit(alice);
    ASSERT_TRUE(soon([&] { return voted(0, true) && voted(1, true); }));
    cut(alice, all);
  }
  // Of a quorum of votes to validate.
  bool has_certificate(size_t validator) {
    const auto manager = world.look(validator).read(chain()).manager();
    return manager && manager->requested_locking &&
           std::holds_alternative<LockingBlock::Regular>(manager->requested_locking->kind);
  }
  Round round(size_t validator) {
    return world.look(validator).read(chain()).manager()->current_round;
  }
  void cut(size_t client, std::set<size_t> validators, bool off = true) {
    for (size_t v : validators) world.partition(client, v, off);
  }
  // All have voted now: the client hears them, and nobody hears it any more.
  void answers_arrive_and_cut(size_t client, const std::set<size_t>& validators) {
    world.run_for(2'000);
    cut(client, validators);
    world.run_for(3'000);
  }
  bool soon(const std::function<bool()>& done, uint64_t us = kAtOnce_us) {
    return world.run_until(done, us);
  }
  bool in_the_end(const std::function<bool()>& done) {
    for (int step = 0; step < 600 && !done(); ++step) world.run_for(500'000);
    return done();
  }
  // Does not wait for the answer.
  void commit(size_t client) {
    world.command(client, {C::CommitDraft{client == alice ? alices_draft : bobs_draft}});
  }
  BlockHeight height(size_t validator) {
    return world.look(validator).read(chain()).tip().next_block_height;
  }
  bool all_have(const CryptoHash& hash, std::set<size_t> validators = {0, 1, 2, 3}) {
    for (size_t v : validators) {
      if (world.look(v).read(chain()).block_hash({0}) != hash) return false;
    }
    return true;
  }
  CryptoHash alices_block() const { return effects_.at(alice); }
  ChainId chain() const { return world.chain(0); }

  const std::set<size_t> all{0, 1, 2, 3};

 private:
  ChainOwnership ownership_;
  bool agreed_;
  std::map<size_t, CryptoHash> effects_;

  uint64_t draft(size_t client, bool publishes) {
    std::vector<Operation> operations = {transfer(world.chain(1), 1)};
    std::vector<Bytes> blobs;
    if (publishes) {
      blobs = {Bytes(100, static_cast<uint8_t>(client))};
      const BlobContent blob{BlobType::Data, blobs.front()};
      operations.push_back(Operation::system(SystemOperation::PublishDataBlob{blob.id().hash}));
    }
    const Answer prepared = prepare(world, client, 0, std::move(operations), std::move(blobs));
    const auto& made = *prepared.as<ClientResult::Draft>();
    effects_[client] = made.effects.block_hash.value();
    if (agreed_) {
      for (size_t owner : {alice, bob}) world.approve(owner, made.effects.block);
    }
    return made.draft_id;
  }

 public:
  World world;
  size_t alice = 0, bob = 0, recipient = 0;
  uint64_t alices_draft = 0, bobs_draft = 0;
};

// Bob asked before the lock was there, and his other block comes after a quorum confirmed Alice's.
TEST(Locks, WhoVotedToConfirmRefusesAnotherBlockInALaterRound) {
  Locks l;
  ASSERT_NO_FATAL_FAILURE(l.bob_asks_early());
  l.cut(l.alice, l.all, false);
  ASSERT_TRUE(l.world.run_until([&] { return l.votes(true) == 4; }));
  l.answers_arrive_and_cut(l.alice, l.all);
  ASSERT_EQ(l.world.certified().size(), 1u) << "only Alice knows";
  l.world.hold_signatures(l.bob, false);
  EXPECT_TRUE(l.in_the_end([&] { return l.all_have(l.alices_block()); }));
  EXPECT_TRUE(l.world.offences().empty()) << l.world.offences().front();
}

// One validator is locked, one is gone, and the two that are free have entered a round by Bob's
// proposal, which the locked one refuses: only the lock opens that round to it.
TEST(Locks, ALockFoundLateIsShownInTheSameRound) {
  Locks l({.multi_leader_rounds = 1});
  ASSERT_NO_FATAL_FAILURE(l.split(kLed));
  l.cut(l.bob, {0}, false);
  l.world.input(l.bob, {ClientEvent::Online{}});
  const uint64_t before = l.world.requests(1);
  EXPECT_TRUE(l.world.run_until(
      [&] {
        return l.all_have(l.alices_block(), {0, 1, 2});
      },
      uint64_t{600'000'000}));
  EXPECT_LT(l.world.requests(1) - before, 100u) << "while the round waits for its timeout";
  EXPECT_TRUE(l.world.offences().empty());
}

// The same, but whoever made that proposal is gone too: the other owner opens the round.
TEST(Locks, ALockThatAnothersProposalHidesIsShownInTheSameRound) {
  Locks l;
  ASSERT_NO_FATAL_FAILURE(l.split(kSecond));
  l.cut(l.bob, l.all);
  l.cut(l.alice, l.all, false);
  l.world.input(l.alice, {ClientEvent::Online{}});
  EXPECT_TRUE(l.in_the_end([&] { return l.all_have(l.alices_block(), {0, 1, 2}); }));
  EXPECT_TRUE(l.world.offences().empty());
}

// Bob finishes Alice's fast block, and his certificate locks two validators in the first round. The
// others enter the next by her own proposal, which shows the fast lock only; and she is lost.
TEST(Locks, ALockThatAnOlderOneHidesIsShownInTheSameRound) {
  Locks l({.multi_leader_rounds = 1, .fast = true});
  ASSERT_NO_FATAL_FAILURE(l.lock_fast_block());
  ASSERT_TRUE(run(l.world, l.bob, {C::Synchronize{l.chain()}}));
  l.commit(l.bob);
  ASSERT_TRUE(l.soon([&] { return l.votes(false) == 4; }));
  l.answers_arrive_and_cut(l.bob, l.all);
  l.world.hold_signatures(l.alice, true);
  l.cut(l.alice, l.all, false);
  l.world.input(l.alice, {ClientEvent::Online{}});
  ASSERT_TRUE(l.in_the_end([&] { return l.world.round_to_sign(l.alice) == kLed; }));
  l.cut(l.bob, {1, 2}, false);
  ASSERT_TRUE(l.in_the_end([&] { return l.has_certificate(1) && l.has_certificate(2); }));
  l.cut(l.bob, l.all);
  l.cut(l.alice, {1, 2});
  l.world.hold_signatures(l.alice, false);
  ASSERT_TRUE(l.soon([&] { return l.round(0) == kLed && l.round(3) == kLed; }));
  ASSERT_TRUE(l.round(1) == kFirst && l.round(2) == kFirst);
  l.cut(l.alice, l.all);
  l.cut(l.bob, l.all, false);
  l.world.input(l.bob, {ClientEvent::Online{}});
  EXPECT_TRUE(l.in_the_end([&] { return l.all_have(l.alices_block()); }));
  EXPECT_TRUE(l.world.offences().empty());
}

// A validator has entered the next round by Bob's proposal alone, which never came to a vote.
TEST(Locks, ALockThatAProposalWithoutItsBlobHidesIsShownInTheSameRound) {
  Locks l({.bob_publishes = true});
  ASSERT_NO_FATAL_FAILURE(l.bob_asks_early());
  l.cut(l.alice, {0, 2, 3}, false);
  ASSERT_TRUE(l.soon([&] { return l.has_certificate(0) && l.has_certificate(2); }, kLater_us));
  l.cut(l.alice, l.all);
  l.world.behave(3, Behaviour::kDown);
  l.cut(l.bob, {0, 2});
  l.world.hold_signatures(l.bob, false);
  ASSERT_TRUE(l.soon([&] { return l.round(1) == kSecond; }));
  l.cut(l.bob, l.all);
  ASSERT_EQ(l.votes(true), 3u);
  l.cut(l.alice, l.all, false);
  l.world.input(l.alice, {ClientEvent::Online{}});
  EXPECT_TRUE(l.in_the_end([&] { return l.all_have(l.alices_block(), {0, 1, 2}); }));
  EXPECT_TRUE(l.world.offences().empty());
}

// Alice's fast block locks two validators; Bob, who asked before, is in a later round when he hears
// of it.
class FastLock : public testing::TestWithParam<bool> {};

TEST_P(FastLock, IsFoundInALaterRound) {
  const bool publish = GetParam();
  Locks l({.alice_publishes = publish, .bob_publishes = publish, .fast = true, .one_owner = true});
  l.world.hold_signatures(l.bob, true);
  l.commit(l.bob);
  ASSERT_TRUE(l.soon([&] { return l.world.round_to_sign(l.bob) == kFirst; }));
  ASSERT_NO_FATAL_FAILURE(l.lock_fast_block());
  l.world.hold_signatures(l.bob, false);
  EXPECT_TRUE(l.in_the_end([&] { return l.all_have(l.alices_block()); }));
  EXPECT_TRUE(l.world.offences().empty());
}

INSTANTIATE_TEST_SUITE_P(That, FastLock, testing::Bool(), [](const auto& info) {
  return std::string(info.param ? "Publishes" : "PublishesNothing");
});

TEST(Locks, WhoFinishesAnothersBlockDeliversIt) {
  Locks l;
  l.commit(l.alice);
  ASSERT_TRUE(l.soon([&] { return l.votes(true) == 4; }));
  l.cut(l.alice, l.all);
  l.commit(l.bob);
  EXPECT_TRUE(l.in_the_end([&] { return l.all_have(l.alices_block()); }));
  EXPECT_TRUE(l.in_the_end([&] { return has_incoming(l.world, l.recipient, 1); }));
}

// The validator whose vote is missing has seen neither Alice's proposal nor what it publishes.
TEST(Locks, WhoFinishesAnothersBlockHandsOnWhatItPublishes) {
  Locks l({.alice_publishes = true});
  l.cut(l.alice, {0});
  l.commit(l.alice);
  ASSERT_TRUE(l.soon([&] { return l.votes(true) == 3; }));
  l.cut(l.alice, l.all);
  l.world.behave(3, Behaviour::kDown);
  l.commit(l.bob);
  EXPECT_TRUE(l.world.run_until(
      [&] {
        return l.all_have(l.alices_block(), {0, 1, 2});
      },
      60'000'000));
}

// Its own block, or another's that it finished: stopped after the certificate, before anybody else
// had it, a client delivers when it is started again, and nobody has to ask.
class Undelivered : public testing::TestWithParam<bool> {};

TEST_P(Undelivered, IsDeliveredAfterARestart) {
  Locks l;
  l.commit(l.alice);
  ASSERT_TRUE(l.soon([&] { return l.votes(true) == 4; }));
  size_t maker = l.alice;
  if (GetParam()) {
    l.cut(l.alice, l.all);
    maker = l.bob;
    ASSERT_TRUE(run(l.world, l.bob, {C::Synchronize{l.chain()}}));
    l.commit(l.bob);
    l.world.run_for(1'500);
    l.cut(l.bob, l.all);
    l.world.run_for(3'000);
  } else {
    l.answers_arrive_and_cut(l.alice, l.all);
  }
  ASSERT_EQ(l.world.look_client(maker).read(l.chain()).block_hash({0}), l.alices_block());
  ASSERT_EQ(l.height(0).height, 0u);
  l.world.run_for(10'000);
  l.world.crash_client(maker);
  l.cut(maker, l.all, false);
  EXPECT_TRUE(l.in_the_end([&] { return l.all_have(l.alices_block()); }));
}

// Bob has never heard of Alice's block.
class Unagreed : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    l.commit(l.alice);
    ASSERT_TRUE(l.soon([&] { return l.votes(true) == 4; }));
    l.cut(l.alice, l.all);
    ASSERT_TRUE(run(l.world, l.bob, {C::Synchronize{l.chain()}}));
  }
  std::optional<LockedBlock> locked() const { return l.world.summary(l.bob, l.chain())->locked; }
  void TearDown() override {
    EXPECT_TRUE(l.all_have(l.alices_block()));
    EXPECT_EQ(locked(), std::nullopt);
    EXPECT_TRUE(l.world.offences().empty()) << l.world.offences().front();
    EXPECT_TRUE(pay(l.world, l.bob, 0, 1)) << tail(l.world);
  }

  Locks l{{.multi_leader_rounds = GetParam() ? 2u : 1u, .fast = !GetParam(), .agreed = false}};
};

TEST_P(Unagreed, ALockedBlockIsSeenAndCarriedOnByAYes) {
  ASSERT_TRUE(run(l.world, l.bob, {C::DropDraft{l.bobs_draft}}));
  ASSERT_TRUE(locked());
  EXPECT_EQ(locked()->height, BlockHeight{0});
  EXPECT_EQ(locked()->validated, GetParam());
  const Answer shown = run(l.world, l.bob, {C::ShowLocked{l.chain()}});
  const auto* seen = shown.as<ClientResult::Draft>();
  ASSERT_NE(seen, nullptr) << shown.text();
  EXPECT_EQ(seen->effects.block_hash, l.alices_block());
  EXPECT_EQ(seen->effects.block.authenticated_signer, locked()->signer);
  const Answer carried_on = commit(l.world, l.bob, seen->draft_id);
  ASSERT_TRUE(carried_on) << carried_on.text() << tail(l.world);
  EXPECT_EQ(carried_on.as<ClientResult::Committed>()->block_hash, l.alices_block());
  l.world.run_for(2'000'000);
}

TEST_P(Unagreed, NoOtherBlockIsMadeAndTheVaultAsksFirst) {
  const size_t signed_before = l.world.signatures();
  const Answer refused = commit(l.world, l.bob, l.bobs_draft);
  // A certificate of the current round needs no signature of his, so it is finished at once.
  const bool validated = GetParam();
  EXPECT_EQ(refused.code(), validated ? FailureCode::Conflict : FailureCode::LockedByOther)
      << refused.text();
  EXPECT_EQ(refused.failure->money, MoneyState::Untouched);
  EXPECT_EQ(l.world.signatures(), signed_before);
  // Bob's person looks at what waits for a yes.
  EXPECT_TRUE(l.in_the_end([&] { return l.all_have(l.alices_block()); })) << tail(l.world);
  EXPECT_EQ(l.world.carried_on(), validated ? 0u : 1u);
}

INSTANTIATE_TEST_SUITE_P(How, Unagreed, testing::Bool(), [](const auto& info) {
  return std::string(info.param ? "Validated" : "InTheFastRound");
});

INSTANTIATE_TEST_SUITE_P(OfWhom, Undelivered, testing::Bool(), [](const auto& info) {
  return std::string(info.param ? "Another" : "Itself");
});

}  // namespace
}  // namespace mica::sim
