// Inboxes with messages that a block cannot receive.
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using C = ClientCommand;

std::vector<ChainOwnership> owned_by(std::vector<uint8_t> names) {
  std::vector<ChainOwnership> ownerships;
  for (uint8_t name : names) ownerships.push_back(ChainOwnership::single(sim_owner(name)));
  return ownerships;
}

// On money of its own that the other chain does not have.
Operation claim(uint8_t owner, const ChainId& on, const ChainId& to) {
  return Operation::system(SystemOperation::Claim{
      sim_owner(owner), on, {to, AccountOwner::chain()}, Amount::from_tokens(1)});
}

Answer ask_to_receive(World& world, size_t client, size_t chain, Amount fee_cap = {}) {
  return run(world, client, {C::ReceiveIncoming{world.chain(chain), fee_cap}});
}

size_t waiting(const World& world, size_t client, size_t chain, WaitReason reason) {
  const ChainSummary* summary = world.summary(client, world.chain(chain));
  if (summary == nullptr) return 0;
  for (const WaitingBundles& some : summary->waiting) {
    if (some.reason == reason) return some.bundles;
  }
  return 0;
}

bool incoming_are(const World& world, size_t client, size_t chain, size_t count) {
  const ChainSummary* summary = world.summary(client, world.chain(chain));
  return summary && summary->incoming_count == count;
}

TEST(Receive, AStrangersMessageThatFailsKeepsNobodyWaiting) {
  World world({.chains = owned_by({101, 102, 103})});
  const size_t victim = wallet(world, 101, 0), stranger = wallet(world, 102, 1),
               honest = wallet(world, 103, 2);
  ASSERT_TRUE(make(world, stranger, 1,
                   {claim(102, world.chain(0), world.chain(1)), transfer(world.chain(0), 1)}));
  ASSERT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 2); })) << tail(world);
  EXPECT_EQ(ask_to_receive(world, victim, 0).code(), FailureCode::NothingToDo);
  EXPECT_EQ(waiting(world, victim, 0, WaitReason::Failed), 2u) << "and what was sent after it";
  EXPECT_EQ(height(world, victim, 0), 0u);
  // An honest payment is received, as often as it comes.
  for (uint64_t payment = 1; payment <= 2; ++payment) {
    ASSERT_TRUE(pay(world, honest, 2, 0));
    ASSERT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 3); })) << tail(world);
    EXPECT_TRUE(ask_to_receive(world, victim, 0));
    EXPECT_EQ(balance(world, victim, 0), Amount::from_tokens(10 + payment));
    EXPECT_EQ(waiting(world, victim, 0, WaitReason::Failed), 2u);
  }
  // A block that its owner looks at rejects the one, and the effects show it; then the other comes.
  const Answer prepared = run(
      world, victim, {C::PrepareBlock{world.chain(0), {transfer(world.chain(2), 1)}, {}, true}});
  const auto* made = prepared.as<ClientResult::Draft>();
  ASSERT_NE(made, nullptr) << prepared.text();
  const auto* receive =
      std::get_if<Transaction::ReceiveMessages>(&made->effects.block.transactions[0].kind);
  ASSERT_NE(receive, nullptr);
  EXPECT_EQ(receive->bundle.action, MessageAction::Reject);
  ASSERT_TRUE(commit(world, victim, made->draft_id));
  EXPECT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 0); }));
  EXPECT_EQ(balance(world, victim, 0), Amount::from_tokens(12));
  EXPECT_TRUE(world.offences().empty());
}

// What waits is known again after a restart, and no message is lost by waiting.
TEST(Receive, AFloodOfFailingMessagesWaitsAndMayComeGoodLater) {
  World world({.chains = owned_by({101, 102, 103})});
  const size_t victim = wallet(world, 101, 0), stranger = wallet(world, 102, 1),
               honest = wallet(world, 103, 2);
  ASSERT_TRUE(make(world, stranger, 1,
                   std::vector<Operation>(350, claim(102, world.chain(0), world.chain(1)))));
  ASSERT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 350); })) << tail(world);
  // 350 come before it, and one block tries 300.
  ASSERT_TRUE(pay(world, honest, 2, 0));
  ASSERT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 351); })) << tail(world);
  EXPECT_TRUE(ask_to_receive(world, victim, 0));
  EXPECT_EQ(balance(world, victim, 0), Amount::from_tokens(11));
  world.run_for(1'000'000);
  world.crash_client(victim);
  ASSERT_TRUE(track(world, victim, 101, 0));
  ASSERT_TRUE(world.run_until([&] {
    return synchronized(world, victim, 0) && incoming_are(world, victim, 0, 350) &&
           !world.summary(victim, world.chain(0))->pending_height;
  })) << tail(world);
  EXPECT_EQ(ask_to_receive(world, victim, 0).code(), FailureCode::NothingToDo);
  EXPECT_TRUE(
      world.run_until([&] { return waiting(world, victim, 0, WaitReason::Failed) == 350; }));
  // The money that was claimed comes: one claim after the other can be paid.
  const Operation deposit = Operation::system(SystemOperation::Transfer{
      AccountOwner::chain(), {world.chain(0), sim_owner(102)}, Amount::from_tokens(2)});
  ASSERT_TRUE(make(world, honest, 2, {deposit}));
  ASSERT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 351); })) << tail(world);
  EXPECT_TRUE(ask_to_receive(world, victim, 0));
  for (int tries = 0; tries < 3 && !incoming_are(world, victim, 0, 348); ++tries) {
    ask_to_receive(world, victim, 0);
    world.run_for(1'000'000);
  }
  EXPECT_TRUE(incoming_are(world, victim, 0, 348));
}

TEST(Receive, WhatDoesNotFitComesWithTheNextBlocks) {
  World world({.chains = owned_by({101, 102}), .max_block_size = 900});
  const size_t victim = wallet(world, 101, 0), payer = wallet(world, 102, 1);
  for (int payment = 0; payment < 6; ++payment) ASSERT_TRUE(pay(world, payer, 1, 0));
  ASSERT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 6); })) << tail(world);
  uint64_t blocks = 0;
  while (!incoming_are(world, victim, 0, 0) && blocks < 6) {
    const Answer received = ask_to_receive(world, victim, 0);
    ASSERT_TRUE(received) << received.text();
    ++blocks;
  }
  EXPECT_GT(blocks, 1u) << "the limit of the test limits nothing";
  EXPECT_LT(blocks, 6u);
  EXPECT_EQ(balance(world, victim, 0), Amount::from_tokens(16));
}

// Money of others that leaves this chain is no fee of its owner.
TEST(Receive, AStrangersAccountOnTheChainIsItsOwn) {
  World world({.chains = owned_by({101, 102})});
  const size_t victim = wallet(world, 101, 0), stranger = wallet(world, 102, 1);
  const Operation deposit = Operation::system(SystemOperation::Transfer{
      AccountOwner::chain(), {world.chain(0), sim_owner(102)}, Amount::from_tokens(2)});
  ASSERT_TRUE(make(world, stranger, 1, {deposit}));
  ASSERT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 1); }));
  ASSERT_TRUE(ask_to_receive(world, victim, 0));
  ASSERT_TRUE(make(world, stranger, 1, {claim(102, world.chain(0), world.chain(1))}));
  ASSERT_TRUE(world.run_until([&] { return incoming_are(world, victim, 0, 1); }));
  const Answer received = ask_to_receive(world, victim, 0);
  EXPECT_TRUE(received) << received.text();
  EXPECT_EQ(balance(world, victim, 0), Amount::from_tokens(10));
}

}  // namespace
}  // namespace mica::sim
