// Blocks that nobody looks at: only what can be accepted gets into them.
#include "tests/core/chain/block_world.h"

namespace mica::chain {
namespace {

const Amount kNoFees{};

struct Receiving : Chain {
  using Chain::Chain;
  ExecutedBlock receive(std::vector<Transaction> transactions, Amount fee_cap = kNoFees) {
    BlockExecution what = block(std::move(transactions));
    what.policy = BundlePolicy::kLeaveOut;
    what.fee_cap = fee_cap;
    auto executed = execute(std::move(what));
    EXPECT_TRUE(executed.ok()) << executed.error().message();
    return executed.ok() ? std::move(executed).value() : ExecutedBlock{};
  }
};

Transaction credit_from(uint8_t origin) {
  return bundle(origin, {posted(credit_message(kAlice, tokens(1)))});
}
Transaction unpaid_withdrawal_from(uint8_t origin) {
  return bundle(origin, {posted(withdraw_message(tokens(1)), MessageKind::Simple)});
}

TEST(LeaveOut, KeepsWhatIsAcceptedAndTellsWhyTheRestWaits) {
  Receiving chain;
  auto user = bundle(7, {posted({Message::User{{}, {1}}})});
  auto guarded = bundle(8, {posted(withdraw_message(tokens(1)), MessageKind::Protected)});
  // The second bundle of 6 could be accepted, but must not overtake the first.
  const ExecutedBlock executed = chain.receive(
      {unpaid_withdrawal_from(6), credit_from(5), user, credit_from(6), guarded, credit_from(9)});
  EXPECT_EQ(executed.block.transactions, (std::vector{credit_from(5), credit_from(9)}));
  ASSERT_EQ(origins_of(executed.left_out),
            (std::vector{chain_named(6), chain_named(7), chain_named(8)}));
  EXPECT_EQ(executed.left_out[0].reason, WaitReason::Failed);
  EXPECT_EQ(executed.left_out[1].reason, WaitReason::NotSupported);
  EXPECT_EQ(executed.left_out[2].reason, WaitReason::Failed);
  EXPECT_EQ(chain.balance(kAlice), tokens(2));
  // Validators, who abort on any failure, come to the same outcome.
  Chain again;
  auto plain = again.execute(executed.block.transactions);
  ASSERT_TRUE(plain.ok()) << plain.error().message();
  EXPECT_EQ(plain->outcome, executed.outcome);
}

TEST(LeaveOut, WhereNothingCanBeAcceptedNothingIsWritten) {
  Receiving chain;
  const CryptoHash before = legacy_state_hash(chain.state());
  const ExecutedBlock executed =
      chain.receive({unpaid_withdrawal_from(6), unpaid_withdrawal_from(7)});
  EXPECT_TRUE(executed.block.transactions.empty());
  EXPECT_EQ(origins_of(executed.left_out), (std::vector{chain_named(6), chain_named(7)}));
  EXPECT_EQ(legacy_state_hash(chain.state()), before);
}

TEST(LeaveOut, OneBlockAfterTheOtherTakesWhatFits) {
  Chain measured;
  const std::vector<Transaction> two{credit_from(5), credit_from(6)};
  ResourceControlPolicy policy;
  policy.maximum_block_size = measured.execute(two)->resources.block_size;
  auto huge = bundle(4, std::vector<PostedMessage>(20, posted(credit_message(kAlice, tokens(1)))));
  std::vector<Transaction> inbox{huge,           credit_from(4), credit_from(5), credit_from(6),
                                 credit_from(7), credit_from(8), credit_from(9)};
  for (uint8_t blocks = 0; blocks < 3; ++blocks) {
    Receiving chain(policy);
    const ExecutedBlock executed = chain.receive(inbox);
    EXPECT_FALSE(executed.block.transactions.empty());
    ASSERT_FALSE(executed.left_out.empty());
    EXPECT_EQ(executed.left_out[0].origin, chain_named(4));
    EXPECT_EQ(executed.left_out[0].reason, WaitReason::TooLarge);
    for (size_t i = 1; i < executed.left_out.size(); ++i) {
      EXPECT_EQ(executed.left_out[i].reason, std::nullopt) << "a later block has room";
    }
    for (const Transaction& one : executed.block.transactions) std::erase(inbox, one);
  }
  EXPECT_EQ(inbox, (std::vector{huge, credit_from(4)}));
}

TEST(LeaveOut, AProposalIsNotLargerThanValidatorsTake) {
  const std::vector<Transaction> two{credit_from(5), credit_from(6)};
  ResourceControlPolicy policy;
  policy.maximum_block_proposal_size = encode(Chain().block(two).block).size() + 5;
  Receiving chain(policy);
  const ExecutedBlock executed = chain.receive({two[0], two[1], credit_from(7)});
  EXPECT_EQ(executed.block.transactions, two);
  EXPECT_EQ(executed.left_out[0].reason, std::nullopt);
  EXPECT_LE(encode(executed.block).size(), policy.maximum_block_proposal_size);
}

TEST(LeaveOut, ACostlyBundleWaitsAndTheOthersDoNot) {
  ResourceControlPolicy policy;
  policy.message = tokens(1);
  Receiving chain(policy);
  ExecutionState state = chain.state();
  credit(state.system, kAlice, tokens(3));
  // Each sends one message on, for one token.
  auto withdrawal = [](uint8_t origin, size_t count) {
    const Message message{
        Message::System{{SystemMessage::Withdraw{kAlice, tokens(1), {chain_named(99), {}}}}}};
    return bundle(origin, std::vector<PostedMessage>(count, posted(message, MessageKind::Simple)));
  };
  const ExecutedBlock executed = chain.receive(
      {withdrawal(5, 2), withdrawal(6, 1), withdrawal(7, 1), credit_from(8)}, tokens(1));
  EXPECT_EQ(executed.block.transactions, (std::vector{withdrawal(6, 1), credit_from(8)}));
  ASSERT_EQ(origins_of(executed.left_out), (std::vector{chain_named(5), chain_named(7)}));
  EXPECT_EQ(executed.left_out[0].reason, WaitReason::TooCostly);
  EXPECT_EQ(executed.left_out[1].reason, std::nullopt) << "the next block may pay for it";
  EXPECT_EQ(executed.fees_paid, tokens(1));
}

TEST(LeaveOut, WhatALeftOutApplicationMadePermissibleIsRefused) {
  Receiving chain;
  const ApplicationId application{chain_named(77).hash};
  chain.state().system.application_permissions.set({.mandatory_applications = {application}});
  BlockExecution what =
      chain.block({bundle(6, {posted({Message::User{application, {1}}})}), credit_from(5)});
  what.policy = BundlePolicy::kLeaveOut;
  EXPECT_NE(chain.refusal(std::move(what)).find("mandatory"), std::string::npos);
}

}  // namespace
}  // namespace mica::chain
