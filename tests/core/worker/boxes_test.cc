// What a node does with messages on their way, and with proposals that come to nothing.
#include "core/chain/chain_state.h"
#include "tests/core/worker/network.h"

namespace mica::worker {
namespace {

using Req = NodeRequest;

std::vector<ChainOwnership> owned_by(std::vector<uint8_t> names) {
  std::vector<ChainOwnership> ownerships;
  for (uint8_t name : names) ownerships.push_back(ChainOwnership::single(TestOwner{name}.owner()));
  return ownerships;
}

bool told_new_round(const TestNode& node, const Round& round) {
  return std::any_of(node.notifications.begin(), node.notifications.end(), [&](const auto& news) {
    const auto* told = std::get_if<Reason::NewRound>(&news.reason.kind);
    return told != nullptr && told->round == round;
  });
}

void follow(TestNode& local, Timestamp now, const ConfirmedBlockCertificate& certificate,
            ConfirmedMode mode = ConfirmedMode::kPreprocess) {
  auto answer = local.worker->process_confirmed(now, certificate, mode);
  EXPECT_TRUE(answer.result.ok()) << answer.result.error().message();
  local.store.flushed(local.store.apply(answer.batch).value());
}

// --- rounds
// ---------------------------------------------------------------------------------------

TEST(Rounds, AProposalThatAVoteRefusesOpensItsRound) {
  TestNetwork network;
  const TestOwner owner = network.owner(0);
  auto one = network.block(0, {transfer_to(network.chain_id(1), 1)});
  auto other = network.block(0, {transfer_to(network.chain_id(1), 2)});
  network.gather(
      network.lite_request(network.gather(network.proposal_request(owner.propose(one, multi(0))))));
  TestNode& node = *network.nodes[0];
  node.notifications.clear();
  const NodeResponse refused =
      network.ask(0, network.proposal_request(owner.propose(other, multi(1))));
  EXPECT_NE(error_text(refused).find("Already voted to confirm"), std::string::npos);
  EXPECT_EQ(node.worker->read(network.chain_id(0)).manager()->current_round, multi(1));
  EXPECT_TRUE(told_new_round(node, multi(1)));
  node.restart();
  EXPECT_EQ(node.worker->read(network.chain_id(0)).manager()->current_round, multi(1));
}

TEST(Rounds, AProposalThatFailsToExecuteTellsOfTheRoundItOpened) {
  TestNetwork network;
  auto too_much = network.block(0, {transfer_to(network.chain_id(1), 11)});
  const NodeResponse refused =
      network.ask(0, network.proposal_request(network.owner(0).propose(too_much, multi(1))));
  ASSERT_NE(error_of(refused), nullptr);
  EXPECT_TRUE(told_new_round(*network.nodes[0], multi(1)));
  network.nodes[0]->notifications.clear();
  network.ask(0, network.proposal_request(network.owner(0).propose(too_much, multi(0))));
  EXPECT_TRUE(network.nodes[0]->notifications.empty()) << "no round was opened";
}

// --- outboxes and inboxes
// -------------------------------------------------------------------------

struct OutboxIndex {
  OutboxIndex(const StateReader& store, const ChainId& sender)
      : overlay(store), chain(overlay, sender) {}
  std::vector<ChainId> recipients() const { return chain.nonempty_outboxes.items(); }
  size_t counted() const { return chain.outbox_counters.keys().size(); }
  Overlay overlay;
  ChainState chain;
};

TEST(Outboxes, AClientIndexesItsOwnChainsOnly) {
  TestNetwork network(owned_by({101, 102, 103}));
  const ChainId sender = network.chain_id(0), mine = network.chain_id(1);
  TestNode local(200, false, network.genesis);
  local.worker->set_tracked_chains(std::set<ChainId>{sender, mine});
  follow(local, network.now,
         network.full(network.confirm(0, network.block(0, {transfer_to(mine, 1)}))));
  for (int payment = 0; payment < 3; ++payment) {
    follow(
        local, network.now,
        network.full(network.confirm(0, network.block(0, {transfer_to(network.chain_id(2), 1)}))));
  }
  EXPECT_TRUE(OutboxIndex(local.store, sender).recipients().empty());
  EXPECT_EQ(OutboxIndex(local.store, sender).counted(), 0u);
  EXPECT_EQ(local.worker->read(mine).pending_bundles().size(), 1u);
  // Tracked later, it gets what waited for it all the time.
  local.worker->set_tracked_chains(std::set<ChainId>{sender, mine, network.chain_id(2)});
  auto retried = local.worker->retry_cross_chain(network.now, sender);
  local.store.flushed(local.store.apply(retried.batch).value());
  EXPECT_EQ(local.worker->read(network.chain_id(2)).pending_bundles().size(), 3u);
  EXPECT_TRUE(OutboxIndex(local.store, sender).recipients().empty());
  EXPECT_EQ(OutboxIndex(local.store, sender).counted(), 0u);
}

TEST(Outboxes, WhatAnEarlierVersionIndexedIsDropped) {
  TestNetwork network;
  const ChainId sender = network.chain_id(0), other = network.chain_id(1);
  TestNode local(200, false, network.genesis);
  local.worker->set_tracked_chains(std::set<ChainId>{sender});
  follow(local, network.now,
         network.full(network.confirm(0, network.block(0, {transfer_to(other, 1)}))));
  {
    OutboxIndex old(local.store, sender);
    EXPECT_TRUE(old.recipients().empty());
    old.chain.nonempty_outboxes.insert(other);
    old.chain.outbox_counters.put(big_endian(0), 1);
    old.chain.outbox_index_tracked.clear();
    Batch batch;
    old.overlay.move_into(batch);
    local.store.flushed(local.store.apply(batch).value());
  }
  EXPECT_EQ(OutboxIndex(local.store, sender).recipients(), std::vector{other});
  auto retried = local.worker->retry_cross_chain(network.now, sender);
  local.store.flushed(local.store.apply(retried.batch).value());
  EXPECT_TRUE(OutboxIndex(local.store, sender).recipients().empty());
  EXPECT_EQ(OutboxIndex(local.store, sender).counted(), 0u);
  // The queue is kept: it is delivered once somebody wants it.
  local.worker->set_tracked_chains(std::nullopt);
  retried = local.worker->retry_cross_chain(network.now, sender);
  local.store.flushed(local.store.apply(retried.batch).value());
  EXPECT_EQ(local.worker->read(other).pending_bundles().size(), 1u);
}

TEST(Outboxes, TheNextHeightIsBeyondTheHighestBlock) {
  TestNetwork network;
  const ChainId sender = network.chain_id(0);
  TestNode local(200, false, network.genesis);
  std::vector<ConfirmedBlockCertificate> blocks;
  for (int payment = 0; payment < 3; ++payment) {
    blocks.push_back(
        network.full(network.confirm(0, network.block(0, {transfer_to(network.chain_id(1), 1)}))));
  }
  EXPECT_EQ(local.worker->read(sender).next_height_to_preprocess(), BlockHeight{0});
  follow(local, network.now, blocks[2]);
  EXPECT_EQ(local.worker->read(sender).next_height_to_preprocess(), BlockHeight{3});
  follow(local, network.now, blocks[0], ConfirmedMode::kAuto);
  EXPECT_EQ(local.worker->read(sender).next_height_to_preprocess(), BlockHeight{3});
}

TEST(Inboxes, MessagesToAChainThatNobodyOwnsStayWithTheSender) {
  TestNetwork network({ChainOwnership::single(TestOwner{101}.owner()), ChainOwnership{}});
  const ChainId sender = network.chain_id(0), ownerless = network.chain_id(1);
  const auto certificate =
      network.full(network.confirm(0, network.block(0, {transfer_to(ownerless, 1)})));
  for (size_t i = 0; i < TestNetwork::kValidators; ++i) {
    EXPECT_TRUE(network.worker(i).read(ownerless).pending_bundles().empty());
    EXPECT_EQ(OutboxIndex(network.nodes[i]->store, sender).recipients(), std::vector{ownerless});
  }
  TestNode local(200, false, network.genesis);  // a client takes them
  follow(local, network.now, certificate);
  EXPECT_EQ(local.worker->read(ownerless).pending_bundles().size(), 1u);
}

// --- a receiving block
// ----------------------------------------------------------------------------

TEST(Receiving, APoisonedInboxGivesABlockThatValidatorsTake) {
  TestNetwork network(owned_by({101, 102, 103}));
  const ChainId victim = network.chain_id(0);
  const AccountOwner stranger = network.owner(1).owner();
  const auto claim = operation(Operation::system(SystemOperation::Claim{
      stranger, victim, {network.chain_id(1), AccountOwner::chain()}, Amount::from_tokens(1)}));
  network.confirm(1, network.block(1, {claim}));
  network.confirm(1, network.block(1, {transfer_to(victim, 1)}));
  network.confirm(2, network.block(2, {transfer_to(victim, 2)}));
  std::vector<Transaction> inbox;
  for (size_t i = 0; i < 3; ++i) inbox.push_back(network.receive(0, i));
  const ProposedBlock block = network.block(0, inbox);

  auto stage = [&](BundlePolicy policy) {
    return network.worker(0).stage_block(network.now, block, multi(0), {}, policy, Amount{}).result;
  };
  EXPECT_FALSE(stage(BundlePolicy::kAbort).ok());
  auto staged = stage(BundlePolicy::kLeaveOut);
  ASSERT_TRUE(staged.ok()) << staged.error().message();
  ASSERT_EQ(staged->proposed.transactions.size(), 1u);
  ASSERT_EQ(staged->left_out.size(), 1u);
  EXPECT_EQ(staged->left_out[0].origin, network.chain_id(1));
  EXPECT_EQ(staged->left_out[0].height, BlockHeight{0});
  EXPECT_EQ(staged->left_out[0].reason, WaitReason::Failed);
  const auto certificate = network.confirm(0, staged->proposed);
  EXPECT_EQ(certificate.value.value_hash, staged->hash);
  EXPECT_EQ(network.worker(3).read(victim).balance(AccountOwner::chain()), Amount::from_tokens(12));
  EXPECT_EQ(network.worker(3).read(victim).pending_bundles().size(), 2u)
      << "they wait, and may be seen";
}

// As validators that run applications would certify it.
ConfirmedBlockCertificate certify(const TestNetwork& network, Block block) {
  const LiteValue value{hash_of(block), block.header.chain_id, CertificateKind::Confirmed};
  ConfirmedBlockCertificate certificate{std::move(block), multi(0), {}};
  for (uint8_t name = 1; name <= TestNetwork::kValidators; ++name) {
    const LiteVote vote = sign_vote(value, multi(0), validator_signer(test_secret(name)));
    certificate.signatures.emplace_back(network.names[name - 1], vote.signature);
  }
  EXPECT_TRUE(sort_signatures(certificate.signatures).ok());
  return certificate;
}

TEST(Receiving, AnApplicationsMessageWaitsAndKeepsNobodyElseWaiting) {
  TestNetwork network(owned_by({101, 102, 103}));
  const ChainId victim = network.chain_id(0);
  auto from = [&](size_t chain) {
    return network.full(network.confirm(chain, network.block(chain, {transfer_to(victim, 1)})));
  };
  Block application = from(1).value;
  application.body.messages[0][0].message = {Message::User{{}, {1, 2, 3}}};
  TestNode local(200, false, network.genesis);
  follow(local, network.now, certify(network, std::move(application)));
  follow(local, network.now, from(2));
  const auto pending = local.worker->read(victim).pending_bundles();
  ASSERT_EQ(pending.size(), 2u);
  ProposedBlock block = network.block(0, {});
  for (const IncomingBundle& one : pending) {
    block.transactions.push_back({Transaction::ReceiveMessages{one}});
  }
  auto staged = local.worker->stage_block(network.now, block, multi(0), {}, BundlePolicy::kLeaveOut,
                                          Amount{});
  ASSERT_TRUE(staged.result.ok()) << staged.result.error().message();
  EXPECT_EQ(staged.result->proposed.transactions.size(), 1u);
  ASSERT_EQ(staged.result->left_out.size(), 1u);
  EXPECT_EQ(staged.result->left_out[0].reason, WaitReason::NotSupported);
}

TEST(Receiving, WhereNothingCanBeAcceptedTheBlockIsEmpty) {
  TestNetwork network;
  const auto claim = operation(
      Operation::system(SystemOperation::Claim{network.owner(1).owner(),
                                               network.chain_id(0),
                                               {network.chain_id(1), AccountOwner::chain()},
                                               Amount::from_tokens(1)}));
  network.confirm(1, network.block(1, {claim}));
  auto staged = network.worker(0).stage_block(network.now, network.block(0, {network.receive(0)}),
                                              multi(0), {}, BundlePolicy::kLeaveOut, Amount{});
  ASSERT_TRUE(staged.result.ok()) << staged.result.error().message();
  EXPECT_TRUE(staged.result->proposed.transactions.empty());
  EXPECT_EQ(staged.result->left_out.size(), 1u);
}

}  // namespace
}  // namespace mica::worker
