// Networks under FLAG_HISTORICAL_HASH: the state hash is the validators' own; a client executes
// every block, compares everything else, and takes the state hash from the quorum.
#include "tests/core/execution/scripted_applications.h"
#include "tests/sim/reconfiguration.h"
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using execution::Execution;
using execution::ExecutionStatus;
using execution::ScriptedApplications;

// What no client could compute.
class SecretHash : public HistoricalHash {
 public:
  CryptoHash of(const ExecutionState& state) const override {
    return hash_named("SecretHash", encode(legacy_state_hash(state)));
  }
};

const std::set<std::string> kHistorical = {std::string(kFlagHistoricalHash)};

class Historical : public testing::Test {
 protected:
  explicit Historical(std::set<std::string> flags = kHistorical,
                      const HistoricalHash* hash = &kHash)
      : world({.jitter_us = 0,
               .chains = {ChainOwnership::single_super(sim_owner(101)),
                          ChainOwnership::single_super(sim_owner(102))},
               .flags = std::move(flags),
               .reserves = 1,
               .applications = &applications,
               .historical_hash = hash}) {
    applications.on_operation = [this](Execution& run, const Operation::User&) -> ExecutionStatus {
      run.transaction.set_operation_result({own_executions_left > 0 ? uint8_t{1} : uint8_t{2}});
      if (own_executions_left > 0) --own_executions_left;
      return Ok{};
    };
  }
  ~Historical() override {
    EXPECT_TRUE(world.offences().empty()) << world.offences().front() << tail(world);
  }

  CryptoHash state_hash(size_t validator, size_t chain) {
    return world.chain_info(validator, world.chain(chain))->state_hash.value();
  }
  // As that of its own block says.
  CryptoHash state_hash_here(size_t client, size_t chain) {
    const Worker worker = world.look_client(client);
    return worker.read(world.chain(chain)).state().execution_state_hash.get().value();
  }
  void expect_payment(bool fast) {
    const size_t bob = wallet(world, 102, 1, fast);
    ASSERT_TRUE(track(world, alice, 101, 0, fast));
    const Answer paid = pay(world, alice, 0, 1, 2);
    ASSERT_TRUE(paid) << paid.text() << tail(world);
    const Answer again = pay(world, alice, 0, 1, 3);
    ASSERT_TRUE(again) << again.text() << tail(world);
    ASSERT_TRUE(world.run_until([&] {
      return world.summary(bob, world.chain(1))->incoming_amount == Amount::from_tokens(5);
    })) << tail(world);
    receive(world, bob, 1);
    world.run_for(2'000'000);  // until all validators have it
    EXPECT_EQ(balance(world, bob, 1), Amount::from_tokens(15));
    EXPECT_EQ(state_hash_here(bob, 1), state_hash(0, 1));
    EXPECT_NE(state_hash(0, 1), CryptoHash{});
    EXPECT_EQ(world.fast_proposals(), fast ? 3u : 0u);
  }

  static inline const SecretHash kHash;
  size_t own_executions_left = 0;  // of operations, before validators see them otherwise
  ScriptedApplications applications;
  World world;
  const size_t alice = wallet(world, 101, 0);
};

TEST_F(Historical, PaymentsAreMadeAndReceived) { expect_payment(false); }
TEST_F(Historical, PaymentsInTheFastRoundAreToo) { expect_payment(true); }

TEST_F(Historical, AnotherDeviceExecutesWhatIsCertified) {
  ASSERT_TRUE(pay(world, alice, 0, 1)) << tail(world);
  const size_t other = wallet(world, 101, 0);
  ASSERT_TRUE(run(world, other, {ClientCommand::Synchronize{world.chain(0)}}));
  EXPECT_EQ(height(world, other, 0), 1u);
  EXPECT_EQ(balance(world, other, 0), Amount::from_tokens(9));
  EXPECT_EQ(state_hash_here(other, 0), state_hash(1, 0));
}

// Staged, and once more when it is signed.
TEST_F(Historical, WhatValidatorsExecuteOtherwiseIsNotCertified) {
  own_executions_left = 2;
  const Answer made = make(world, alice, 0, {Operation{Operation::User{{}, {1}}}});
  EXPECT_EQ(made.code(), FailureCode::ExecutionFailed) << made.text();
  EXPECT_EQ(made.text(), "validators executed this block otherwise than this wallet");
  EXPECT_EQ(height(world, alice, 0), 0u);
  EXPECT_FALSE(world.summary(alice, world.chain(0))->pending_height);
}

TEST_F(Historical, OneValidatorThatTellsNothingKeepsNobodyFromTheStateHash) {
  for (const Behaviour behaviour : {Behaviour::kGarbage, Behaviour::kStale, Behaviour::kHung}) {
    world.behave(2, behaviour);
    EXPECT_TRUE(pay(world, alice, 0, 1)) << tail(world);
  }
}

class TurnedOnLate : public Historical {
 protected:
  TurnedOnLate() : Historical({}) {}
  void new_flags(std::set<std::string> flags, Epoch epoch, const std::vector<size_t>& validators) {
    world.flags(std::move(flags));
    for (const auto& block : new_committee(world, epoch, validators)) {
      const Answer made = make(world, alice, 0, block.operations, block.blobs);
      ASSERT_TRUE(made) << made.text() << tail(world);
    }
    world.run_for(2'000'000);
  }
};

TEST_F(TurnedOnLate, ByALaterCommittee) {
  new_flags(kHistorical, {1}, {1, 2, 3, 4});
  expect_payment(false);
  EXPECT_EQ(world.look_client(alice).read(world.chain(0)).epoch(), Epoch{1});
}

// As the devnet's.
class WithoutTheHash : public Historical {
 protected:
  WithoutTheHash() : Historical(kHistorical, nullptr) {}
};

TEST_F(WithoutTheHash, ValidatorsDoNotVote) {
  ASSERT_FALSE(pay(world, alice, 0, 1));
  const std::string why = "This validator cannot vote: it has no historical state hash";
  const auto told = [&](const std::string& line) { return line.find(why) != std::string::npos; };
  EXPECT_TRUE(std::any_of(world.log.begin(), world.log.end(), told)) << tail(world);
}

// Nothing else changes: the flag is read at every committee.
TEST_F(TurnedOnLate, AndOffAgain) {
  new_flags(kHistorical, {1}, {1, 2, 3, 4});
  ASSERT_TRUE(pay(world, alice, 0, 1)) << tail(world);
  new_flags({std::string(kFlagHistoricalHashShadow)}, {2}, {0, 1, 2, 3});
  ASSERT_TRUE(pay(world, alice, 0, 1)) << tail(world);
  ASSERT_TRUE(pay(world, alice, 0, 1)) << tail(world);
  EXPECT_EQ(state_hash(0, 0), CryptoHash{});
  EXPECT_EQ(state_hash_here(alice, 0), CryptoHash{});
}

}  // namespace
}  // namespace mica::sim
