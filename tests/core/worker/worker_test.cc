#include "core/worker/worker.h"

#include "tests/core/worker/network.h"

namespace mica::worker {
namespace {

using Req = NodeRequest;

template <class T>
const T* reason(const std::vector<Notification>& notifications) {
  for (const Notification& notification : notifications) {
    if (const auto* found = std::get_if<T>(&notification.reason.kind)) return found;
  }
  return nullptr;
}

NodeRequest query(const ChainId& chain) {
  ChainInfoQuery query;
  query.chain_id = chain;
  query.request_manager_values = true;
  return {Req::HandleChainInfoQuery{query}};
}

TEST(Worker, GenesisChainAnswersWithSignedInfo) {
  TestNetwork network;
  NodeResponse response = network.ask(0, query(network.chain_id(0)));
  const ChainInfo* info = info_of(response);
  ASSERT_NE(info, nullptr) << error_text(response);
  EXPECT_EQ(info->chain_balance, Amount::from_tokens(10));
  EXPECT_EQ(info->next_block_height, BlockHeight{0});
  EXPECT_EQ(info->manager.current_round, multi(0));
  EXPECT_TRUE(info->state_hash.has_value());
  EXPECT_EQ(info->description, network.genesis.chains[0]);
  const auto& signature = std::get_if<NodeResponse::Info>(&response.kind)->response.signature;
  ASSERT_TRUE(signature.has_value());
  EXPECT_TRUE(secp256k1_verify(network.names[0].bytes, hash_of(*info).bytes, signature->bytes));
  EXPECT_EQ(Worker::stored_network(network.nodes[0]->store), describe(network.genesis).value());
}

TEST(Worker, UnknownChainIsMissingItsDescription) {
  TestNetwork network;
  ChainId stranger;
  NodeResponse response = network.ask(0, query(stranger));
  ASSERT_NE(error_of(response), nullptr);
  const auto* missing = error_of(response)->as<NodeError::BlobsNotFound>();
  ASSERT_NE(missing, nullptr) << error_text(response);
  EXPECT_EQ(missing->value, std::vector<BlobId>{description_blob_id(stranger)});
}

TEST(Worker, TransferIsValidatedConfirmedDeliveredAndReceived) {
  TestNetwork network;
  const ChainId sender = network.chain_id(0), receiver = network.chain_id(1);
  auto certificate = network.confirm(0, network.block(0, {transfer_to(receiver, 3)}));
  for (auto& node : network.nodes) {
    EXPECT_EQ(node->worker->read(sender).balance(AccountOwner::chain()), Amount::from_tokens(7));
    EXPECT_EQ(node->worker->read(sender).tip().block_hash, certificate.value.value_hash);
    auto pending = node->worker->read(receiver).pending_bundles();
    ASSERT_EQ(pending.size(), 1u);
    EXPECT_EQ(pending[0].origin, sender);
    EXPECT_EQ(pending[0].bundle.certificate_hash, certificate.value.value_hash);
    ASSERT_NE(reason<Reason::NewBlock>(node->notifications), nullptr);
    const auto* incoming = reason<Reason::NewIncomingBundle>(node->notifications);
    ASSERT_NE(incoming, nullptr);
    EXPECT_EQ(incoming->origin, sender);
    EXPECT_EQ(node->worker->read(receiver).next_height_to_receive(sender), BlockHeight{1});
  }
  network.confirm(1, network.block(1, {network.receive(1)}));
  for (auto& node : network.nodes) {
    EXPECT_EQ(node->worker->read(receiver).balance(AccountOwner::chain()), Amount::from_tokens(13));
    EXPECT_TRUE(node->worker->read(receiver).pending_bundles().empty());
  }
  // The second block to the same chain names the first.
  auto second = network.confirm(0, network.block(0, {transfer_to(receiver, 1)}));
  const Block block = network.full(second).value;
  ASSERT_EQ(block.body.previous_message_blocks.count(receiver), 1u);
  EXPECT_EQ(block.body.previous_message_blocks.at(receiver),
            std::make_pair(certificate.value.value_hash, BlockHeight{0}));
}

// What a faucet does: the new chain exists for whoever has its parent's certificate.
TEST(Worker, OpenedChainIsFoundByItsDescription) {
  TestNetwork network;
  OpenChainConfig config;
  config.ownership = ChainOwnership::single(TestOwner{150}.owner());
  config.balance = Amount::from_tokens(1);
  auto opened = network.confirm(
      0, network.block(0, {operation(Operation::system(SystemOperation::OpenChain{config}))}));
  const Block block = network.full(opened).value;
  ASSERT_EQ(block.body.blobs.at(0).size(), 1u);
  const BlobId description = block.body.blobs[0][0].id();
  const ChainId child{description.hash};
  for (size_t i = 0; i < 4; ++i) {
    NodeResponse response = network.ask(i, query(child));
    ASSERT_NE(info_of(response), nullptr) << error_text(response);
    EXPECT_EQ(info_of(response)->chain_balance, Amount::from_tokens(1));
    EXPECT_TRUE(info_of(response)->description->is_child());
  }
  auto used = network.ask(1, {Req::BlobLastUsedByCertificate{description}});
  const auto* by = std::get_if<NodeResponse::Certificates>(&used.kind);
  ASSERT_NE(by, nullptr);
  EXPECT_EQ(hash_of(by->certificates.at(0).value), opened.value.value_hash);
  network.confirm(0, network.block(0, {transfer_to(child, 2)}));
  EXPECT_EQ(network.worker(3).read(child).pending_bundles().size(), 1u);

  // A client that follows neither: the certificate alone brings the description.
  TestNode local(200, false, network.genesis);
  auto answer =
      local.worker->process_confirmed(network.now, by->certificates[0], ConfirmedMode::kPreprocess);
  ASSERT_TRUE(answer.result.ok()) << answer.result.error().message();
  local.store.flushed(local.store.apply(answer.batch).value());
  EXPECT_TRUE(local.worker->has_blob(description));
  EXPECT_NE(info_of(local.ask(network.now, query(child))), nullptr);
  EXPECT_TRUE(local.worker->read(child).is_active());
}

TEST(Worker, AClosedChainIsKnownAsClosed) {
  TestNetwork network;
  EXPECT_FALSE(network.worker(0).read(network.chain_id(0)).is_closed());
  network.confirm(0,
                  network.block(0, {operation(Operation::system(SystemOperation::CloseChain{}))}));
  EXPECT_TRUE(network.worker(0).read(network.chain_id(0)).is_closed());
  EXPECT_FALSE(network.worker(0).read(network.chain_id(1)).is_closed());
}

// A message to a chain that nobody opened waits in the outbox and blocks nothing.
TEST(Worker, MessagesToUnknownChainsWait) {
  TestNetwork network;
  ChainId nowhere;
  nowhere.hash.bytes.fill(77);
  network.confirm(0, network.block(0, {transfer_to(nowhere, 1)}));
  network.confirm(0, network.block(0, {transfer_to(network.chain_id(1), 1)}));
  EXPECT_EQ(network.worker(0).read(network.chain_id(1)).pending_bundles().size(), 1u);
  EXPECT_TRUE(network.worker(0).read(nowhere).pending_bundles().empty());
  EXPECT_EQ(network.worker(0).read(nowhere).next_height_to_receive(network.chain_id(0)),
            BlockHeight{0});
}

TEST(Worker, ReceivedLogAndCertificatesAreServed) {
  TestNetwork network;
  const ChainId sender = network.chain_id(0), receiver = network.chain_id(1);
  auto first = network.confirm(0, network.block(0, {transfer_to(receiver, 1)}));
  auto second = network.confirm(0, network.block(0, {transfer_to(receiver, 1)}));
  ChainInfoQuery ask;
  ask.chain_id = receiver;
  ask.request_received_log_excluding_first_n = 1;
  ask.request_pending_message_bundles = true;
  const NodeResponse response = network.ask(2, {Req::HandleChainInfoQuery{ask}});
  ASSERT_NE(info_of(response), nullptr);
  EXPECT_EQ(info_of(response)->count_received_log, 2u);
  EXPECT_EQ(info_of(response)->requested_received_log,
            (std::vector<ChainAndHeight>{{sender, {1}}}));
  EXPECT_EQ(info_of(response)->requested_pending_message_bundles.size(), 2u);

  NodeResponse download =
      network.ask(2, {Req::DownloadRawCertificatesByHeights{sender, {{0}, {1}, {2}}}});
  const auto* got = std::get_if<NodeResponse::Certificates>(&download.kind);
  ASSERT_NE(got, nullptr);
  ASSERT_EQ(got->certificates.size(), 2u);
  EXPECT_EQ(hash_of(got->certificates[0].value), first.value.value_hash);
  EXPECT_EQ(hash_of(got->certificates[1].value), second.value.value_hash);
  EXPECT_TRUE(check_certificate(got->certificates[1], network.genesis.committee).ok());

  auto used = network.ask(2, {Req::BlobLastUsedByCertificate{description_blob_id(sender)}});
  const auto* by = std::get_if<NodeResponse::Certificates>(&used.kind);
  ASSERT_NE(by, nullptr) << "block 0 uses its chain's description";
  EXPECT_EQ(hash_of(by->certificates.at(0).value), first.value.value_hash);
}

TEST(Worker, SuperOwnerConfirmsInOneStep) {
  TestNetwork network({ChainOwnership::single_super(TestOwner{101}.owner()),
                       ChainOwnership::single(TestOwner{102}.owner())});
  auto block = network.block(0, {transfer_to(network.chain_id(1), 2)});
  auto proposal = network.proposal_request(network.owner(0).propose(block, fast()));
  LiteCertificate certificate = network.gather(proposal);
  EXPECT_EQ(certificate.value.kind, CertificateKind::Confirmed);
  EXPECT_EQ(certificate.round, fast());
  for (size_t i = 0; i < 4; ++i) {
    ASSERT_NE(info_of(network.ask(i, network.lite_request(certificate))), nullptr);
    EXPECT_EQ(network.worker(i).read(network.chain_id(1)).balance(AccountOwner::chain()),
              Amount::from_tokens(10));
    EXPECT_EQ(network.worker(i).read(network.chain_id(1)).pending_bundles().size(), 1u);
  }
}

TEST(Worker, RepeatsChangeNothing) {
  TestNetwork network;
  auto block = network.block(0, {transfer_to(network.chain_id(1), 1)});
  auto proposal = network.proposal_request(network.owner(0).propose(block, multi(0)));
  LiteCertificate validated = network.gather(proposal);
  EXPECT_EQ(network.gather(proposal), validated);
  LiteCertificate confirmed = network.gather(network.lite_request(validated));
  EXPECT_EQ(network.gather(network.lite_request(validated)), confirmed);
  for (int repeat = 0; repeat < 2; ++repeat) {
    NodeResponse response = network.ask(0, network.lite_request(confirmed));
    ASSERT_NE(info_of(response), nullptr) << error_text(response);
    EXPECT_EQ(info_of(response)->next_block_height, BlockHeight{1});
    EXPECT_EQ(network.worker(0).read(network.chain_id(1)).pending_bundles().size(), 1u);
  }
}

TEST(Worker, OneVotePerRound) {
  TestNetwork network;
  auto one = network.block(0, {transfer_to(network.chain_id(1), 1)});
  auto other = network.block(0, {transfer_to(network.chain_id(1), 2)});
  TestOwner owner = network.owner(0);
  ASSERT_NE(info_of(network.ask(0, network.proposal_request(owner.propose(one, multi(0))))),
            nullptr);
  NodeResponse refused = network.ask(0, network.proposal_request(owner.propose(other, multi(0))));
  ASSERT_NE(error_of(refused), nullptr);
  EXPECT_NE(error_text(refused).find("greater than MultiLeader(0)"), std::string::npos)
      << error_text(refused);
  NodeResponse later = network.ask(0, network.proposal_request(owner.propose(other, multi(1))));
  ASSERT_NE(info_of(later), nullptr) << "nothing was validated: another block may be proposed";
  EXPECT_EQ(info_of(later)->manager.current_round, multi(1));
  ASSERT_NE(reason<Reason::NewRound>(network.nodes[0]->notifications), nullptr);
}

TEST(Worker, LockedBlockGivesWayOnlyToALaterCertificate) {
  TestNetwork network;
  auto one = network.block(0, {transfer_to(network.chain_id(1), 1)});
  auto other = network.block(0, {transfer_to(network.chain_id(1), 2)});
  TestOwner owner = network.owner(0);
  auto validated = network.gather(network.proposal_request(owner.propose(one, multi(0))));
  network.gather(network.lite_request(validated));
  NodeResponse refused = network.ask(0, network.proposal_request(owner.propose(other, multi(1))));
  EXPECT_NE(error_text(refused).find("Already voted to confirm"), std::string::npos)
      << error_text(refused);
  // The locked block itself may be proposed again, with its certificate.
  const NodeResponse seen = network.ask(0, query(network.chain_id(0)));
  const auto& locking = info_of(seen)->manager.requested_locking;
  ASSERT_TRUE(locking.has_value());
  const auto& certificate = std::get_if<LockingBlock::Regular>(&locking->kind)->certificate;
  BlockProposal retry;
  retry.content = {certificate.value.proposed(), multi(1), certificate.value.outcome()};
  retry.signature = owner.sign(hash_of(retry.content));
  retry.original_proposal = {OriginalProposal::Regular{lite(certificate)}};
  auto again = network.gather(network.proposal_request(retry));
  EXPECT_EQ(again.value.value_hash, validated.value.value_hash);
  EXPECT_EQ(again.round, multi(1));
}

TEST(Worker, BadProposalsAreRefusedWithUpstreamsVariants) {
  TestNetwork network;
  TestOwner owner = network.owner(0);
  const auto good = network.block(0, {transfer_to(network.chain_id(1), 1)});
  auto refused = [&](const BlockProposal& proposal) {
    NodeResponse response = network.ask(0, network.proposal_request(proposal));
    const NodeError* error = error_of(response);
    EXPECT_NE(error, nullptr);
    return error ? *error : NodeError();
  };
  auto forged = owner.propose(good, multi(0));
  forged.content.block.timestamp = {2001};
  EXPECT_NE(refused(forged).as<NodeError::WorkerError>(), nullptr);

  auto high = good;
  high.height = {1};
  const auto* height =
      refused(owner.propose(high, multi(0))).as<NodeError::UnexpectedBlockHeight>();
  EXPECT_NE(height, nullptr);

  auto orphan = good;
  orphan.previous_block_hash = CryptoHash{};
  EXPECT_NE(refused(owner.propose(orphan, multi(0))).as<NodeError::ChainError>(), nullptr);

  EXPECT_EQ(refused(TestOwner{102}.propose(good, multi(0))),
            NodeError(NodeError::WorkerError{"Block was not signed by an authorized owner"}));
  EXPECT_NE(refused(owner.propose(good, fast())).as<NodeError::WorkerError>(), nullptr);
  auto wrong_round = refused(owner.propose(good, single(1)));
  ASSERT_NE(wrong_round.as<NodeError::WrongRound>(), nullptr);
  EXPECT_EQ(wrong_round.as<NodeError::WrongRound>()->value, multi(0));

  auto stranger = good;
  stranger.authenticated_signer = TestOwner{102}.owner();
  EXPECT_NE(refused(owner.propose(stranger, multi(0))).as<NodeError::WorkerError>(), nullptr);

  auto epoch = good;
  epoch.epoch = {1};
  EXPECT_NE(refused(owner.propose(epoch, multi(0))).as<NodeError::WorkerError>(), nullptr);
  EXPECT_EQ(network.worker(0).read(network.chain_id(0)).tip().next_block_height, BlockHeight{0});
}

TEST(Worker, EarlyBlocksNameTheTimesOrWait) {
  TestNetwork network;
  auto block = network.block(0, {transfer_to(network.chain_id(1), 1)});
  block.timestamp = {network.now.micros + 600'000};
  auto proposal = network.proposal_request(network.owner(0).propose(block, multi(0)));
  NodeResponse refused = network.ask(0, proposal);
  ASSERT_NE(error_of(refused), nullptr);
  const auto* text = error_of(refused)->as<NodeError::WorkerError>();
  ASSERT_NE(text, nullptr);
  EXPECT_NE(text->error.find("[us:602000:2000]"), std::string::npos) << text->error;
  network.nodes[1]->grace = TimeDelta::from_millis(700);
  network.nodes[1]->restart();
  network.ask(1, proposal);
  EXPECT_EQ(network.nodes[1]->retry_at, block.timestamp);
  network.now = block.timestamp;
  EXPECT_NE(info_of(network.ask(1, proposal)), nullptr);
}

TEST(Worker, MissingMessagesAreNamedAsThePeerUnderstands) {
  TestNetwork network;
  auto sent = network.block(0, {transfer_to(network.chain_id(1), 3)});
  network.confirm(0, sent);
  auto block = network.block(1, {network.receive(1)});
  auto proposal = network.owner(1).propose(block, multi(0));
  TestNetwork behind;  // the same genesis, but nothing was sent there
  NodeResponse old_form = behind.ask(0, behind.proposal_request(proposal, false));
  ASSERT_NE(error_of(old_form), nullptr);
  const auto* one = error_of(old_form)->as<NodeError::MissingCrossChainUpdate>();
  ASSERT_NE(one, nullptr) << error_text(old_form);
  EXPECT_EQ(one->origin, network.chain_id(0));
  NodeResponse new_form = behind.ask(0, behind.proposal_request(proposal, true));
  const auto* all = error_of(new_form)->as<NodeError::MissingCrossChainUpdates>();
  ASSERT_NE(all, nullptr);
  EXPECT_EQ(all->bundles,
            (std::vector<std::pair<ChainId, BlockHeight>>{{network.chain_id(0), {0}}}));
}

TEST(Worker, PublishedBlobIsAskedForThenVotedOn) {
  TestNetwork network;
  BlobContent blob{BlobType::Data, {1, 2, 3}};
  auto block = network.block(
      0, {operation(Operation::system(SystemOperation::PublishDataBlob{blob.id().hash}))});
  auto proposal = network.proposal_request(network.owner(0).propose(block, multi(0)));
  for (size_t i = 0; i < 4; ++i) {
    NodeResponse missing = network.ask(i, proposal);
    ASSERT_NE(error_of(missing), nullptr);
    const auto* ids = error_of(missing)->as<NodeError::BlobsNotFound>();
    ASSERT_NE(ids, nullptr) << error_text(missing);
    EXPECT_EQ(ids->value, std::vector<BlobId>{blob.id()});
    BlobContent other{BlobType::Data, {9}};
    EXPECT_NE(error_of(network.ask(i, {Req::HandlePendingBlob{network.chain_id(0), other}})),
              nullptr);
    NodeResponse taken = network.ask(i, {Req::HandlePendingBlob{network.chain_id(0), blob}});
    EXPECT_NE(info_of(taken), nullptr) << error_text(taken);
    auto upload = network.ask(i, {Req::UploadBlob{blob}});
    EXPECT_NE(std::get_if<NodeResponse::Status>(&upload.kind), nullptr) << "nobody used it yet";
  }
  auto validated = network.gather(proposal);
  auto pending = network.ask(0, {Req::DownloadPendingBlob{network.chain_id(0), blob.id()}});
  EXPECT_NE(std::get_if<NodeResponse::Blob>(&pending.kind), nullptr);
  auto confirmed = network.gather(network.lite_request(validated));
  for (size_t i = 0; i < 4; ++i) network.ask(i, network.lite_request(confirmed));
  auto stored = network.ask(3, {Req::DownloadBlob{blob.id()}});
  ASSERT_NE(std::get_if<NodeResponse::Blob>(&stored.kind), nullptr);
  EXPECT_EQ(std::get_if<NodeResponse::Blob>(&stored.kind)->blob, blob);
  auto used = network.ask(3, {Req::BlobLastUsedBy{blob.id()}});
  ASSERT_NE(std::get_if<NodeResponse::Hash>(&used.kind), nullptr);
  EXPECT_EQ(std::get_if<NodeResponse::Hash>(&used.kind)->hash, confirmed.value.value_hash);
}

// Upstream's clients send all that a block publishes, also what is stored already.
TEST(Worker, BlobThatIsStoredIsExpectedBesideAMissingOne) {
  TestNetwork network;
  const BlobContent stored{BlobType::Data, {1}}, fresh{BlobType::Data, {2}};
  auto& store = network.nodes[0]->store;
  store.flushed(store.apply(network.worker(0).store_blobs({stored})).value());
  std::vector<Transaction> both;
  for (const BlobContent& blob : {stored, fresh}) {
    both.push_back(operation(Operation::system(SystemOperation::PublishDataBlob{blob.id().hash})));
  }
  const auto proposal =
      network.proposal_request(network.owner(0).propose(network.block(0, both), multi(0)));
  NodeResponse missing = network.ask(0, proposal);
  ASSERT_NE(error_of(missing), nullptr);
  const auto* ids = error_of(missing)->as<NodeError::BlobsNotFound>();
  ASSERT_NE(ids, nullptr) << error_text(missing);
  EXPECT_EQ(ids->value, std::vector<BlobId>{fresh.id()});
  for (const BlobContent& blob : {stored, fresh}) {
    NodeResponse taken = network.ask(0, {Req::HandlePendingBlob{network.chain_id(0), blob}});
    EXPECT_NE(info_of(taken), nullptr) << error_text(taken);
  }
  NodeResponse voted = network.ask(0, proposal);
  EXPECT_NE(info_of(voted), nullptr) << error_text(voted);
}

TEST(Worker, LaggingValidatorNeedsTheValueAndTheBlobs) {
  TestNetwork network;
  BlobContent blob{BlobType::Data, {1, 2, 3}};
  auto block = network.block(
      0, {operation(Operation::system(SystemOperation::PublishDataBlob{blob.id().hash}))});
  auto proposal = network.proposal_request(network.owner(0).propose(block, multi(0)));
  for (size_t i = 0; i < 3; ++i) {
    network.ask(i, proposal);
    network.ask(i, {Req::HandlePendingBlob{network.chain_id(0), blob}});
  }
  auto confirmed = network.gather(network.lite_request(network.gather(proposal, 3)), 3);
  for (size_t i = 0; i < 3; ++i) network.ask(i, network.lite_request(confirmed));

  NodeResponse unknown = network.ask(3, network.lite_request(confirmed));
  ASSERT_NE(error_of(unknown), nullptr);
  EXPECT_NE(error_of(unknown)->as<NodeError::MissingCertificateValue>(), nullptr);
  NodeRequest full{Req::HandleConfirmedCertificate{network.full(confirmed), true, false}};
  NodeResponse missing = network.ask(3, full);
  ASSERT_NE(error_of(missing), nullptr);
  EXPECT_NE(error_of(missing)->as<NodeError::BlobsNotFound>(), nullptr);
  auto upload = network.ask(3, {Req::UploadBlob{blob}});
  EXPECT_NE(std::get_if<NodeResponse::BlobUploaded>(&upload.kind), nullptr)
      << "a certificate named it";
  NodeResponse done = network.ask(3, full);
  ASSERT_NE(info_of(done), nullptr) << error_text(done);
  EXPECT_EQ(info_of(done)->next_block_height, BlockHeight{1});
}

TEST(Worker, ForgedCertificatesAreRefused) {
  TestNetwork network;
  auto block = network.block(0, {transfer_to(network.chain_id(1), 1)});
  auto validated =
      network.gather(network.proposal_request(network.owner(0).propose(block, multi(0))));
  auto confirmed = network.gather(network.lite_request(validated));
  auto few = confirmed;
  few.signatures.resize(2);
  EXPECT_NE(error_of(network.ask(0, network.lite_request(few))), nullptr);
  auto twice = confirmed;
  twice.signatures = {confirmed.signatures[0], confirmed.signatures[0], confirmed.signatures[0]};
  EXPECT_NE(error_of(network.ask(0, network.lite_request(twice))), nullptr);
  auto other_kind = validated;
  other_kind.value.kind = CertificateKind::Confirmed;
  EXPECT_NE(error_of(network.ask(0, network.lite_request(other_kind))), nullptr)
      << "a vote to validate is no vote to confirm";
  auto other_round = confirmed;
  other_round.round = multi(1);
  EXPECT_NE(error_of(network.ask(0, network.lite_request(other_round))), nullptr);
  EXPECT_EQ(network.worker(0).read(network.chain_id(0)).tip().next_block_height, BlockHeight{0});
  EXPECT_NE(info_of(network.ask(0, network.lite_request(confirmed))), nullptr);
}

// After any step the machine may stop: what was said was durable, and the next step goes on.
TEST(Worker, RestartsBetweenAnyTwoSteps) {
  TestNetwork network;
  auto restart = [&] {
    for (auto& node : network.nodes) {
      node->restart();
      node->store.trim();
    }
  };
  auto block = network.block(0, {transfer_to(network.chain_id(1), 3)});
  auto proposal = network.proposal_request(network.owner(0).propose(block, multi(0)));
  auto validated = network.gather(proposal);
  restart();
  auto other = network.block(0, {transfer_to(network.chain_id(1), 4)});
  EXPECT_NE(
      error_of(network.ask(0, network.proposal_request(network.owner(0).propose(other, multi(0))))),
      nullptr)
      << "the vote survives";
  auto confirmed = network.gather(network.lite_request(validated));
  restart();
  for (size_t i = 0; i < 4; ++i) {
    NodeResponse response = network.ask(i, network.lite_request(confirmed));
    ASSERT_NE(info_of(response), nullptr) << error_text(response);
  }
  restart();
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_NE(info_of(network.ask(i, network.lite_request(confirmed))), nullptr);
    EXPECT_EQ(network.worker(i).read(network.chain_id(1)).pending_bundles().size(), 1u);
  }
  network.confirm(1, network.block(1, {network.receive(1)}));
  EXPECT_EQ(network.worker(0).read(network.chain_id(1)).balance(AccountOwner::chain()),
            Amount::from_tokens(13));
}

TEST(Worker, WhatWasNotFlushedWasNotSaid) {
  TestNetwork network;
  auto block = network.block(0, {transfer_to(network.chain_id(1), 3)});
  auto proposal = network.proposal_request(network.owner(0).propose(block, multi(0)));
  TestNode& node = *network.nodes[0];
  WorkerAnswer answer = node.worker->handle(network.now, proposal);
  ASSERT_NE(info_of(answer.response), nullptr);
  ASSERT_FALSE(answer.batch.empty()) << "the vote is in the batch of its answer";
  ASSERT_TRUE(node.store.apply(answer.batch).ok());
  node.restart();
  EXPECT_FALSE(info_of(node.ask(network.now, query(network.chain_id(0))))->manager.pending);
}

TEST(Worker, RoundsTimeOut) {
  TestNetwork network;
  const ChainId chain = network.chain_id(0);
  auto ask_timeout = [&](size_t node, const Round& round) {
    ChainInfoQuery ask;
    ask.chain_id = chain;
    ask.request_leader_timeout = {{BlockHeight{0}, round}};
    return network.ask(node, {Req::HandleChainInfoQuery{ask}});
  };
  // Multi-leader round 0 of 2 never times out; a proposal opens round 1, which does.
  EXPECT_NE(error_of(ask_timeout(0, multi(0))), nullptr);
  auto block = network.block(0, {transfer_to(network.chain_id(1), 3)});
  network.gather(network.proposal_request(network.owner(0).propose(block, multi(1))));
  EXPECT_NE(error_of(ask_timeout(0, multi(1))), nullptr) << "too early";
  network.now = {network.now.micros + 10'000'000};
  NodeResponse wrong = ask_timeout(0, multi(0));
  ASSERT_NE(error_of(wrong), nullptr);
  EXPECT_NE(error_of(wrong)->as<NodeError::WrongRound>(), nullptr);
  TimeoutCertificate certificate;
  certificate.value = {chain, {0}, {0}};
  certificate.round = multi(1);
  for (size_t i = 0; i < 4; ++i) {
    NodeResponse response = ask_timeout(i, multi(1));
    ASSERT_NE(info_of(response), nullptr) << error_text(response);
    const auto& vote = info_of(response)->manager.timeout_vote;
    ASSERT_TRUE(vote.has_value());
    EXPECT_TRUE(check_vote(*vote, network.names[i]).ok());
    certificate.signatures.emplace_back(network.names[i], vote->signature);
  }
  ASSERT_TRUE(sort_signatures(certificate.signatures).ok());
  NodeResponse response = network.ask(0, {Req::HandleTimeoutCertificate{certificate}});
  ASSERT_NE(info_of(response), nullptr) << error_text(response);
  EXPECT_EQ(info_of(response)->manager.current_round, single(0));
  EXPECT_EQ(info_of(response)->manager.leader, network.owner(0).owner());
}

TEST(Worker, LocalNodeStagesAndFollows) {
  TestNetwork network;
  TestNode local(200, false, network.genesis);
  auto block = network.block(0, {transfer_to(network.chain_id(1), 3)});
  auto staged = local.worker->stage_block(network.now, block, multi(0), {}, BundlePolicy::kAbort);
  ASSERT_TRUE(staged.result.ok()) << staged.result.error().message();
  EXPECT_EQ(staged.result->proposed, block);
  EXPECT_EQ(staged.result->hash, hash_of(staged.result->block));
  ASSERT_FALSE(staged.result->balances.empty());
  EXPECT_EQ(staged.result->balances[0].before, Amount::from_tokens(10));
  EXPECT_EQ(staged.result->balances[0].after, Amount::from_tokens(7));
  local.store.flushed(local.store.apply(staged.batch).value());
  EXPECT_EQ(local.worker->read(network.chain_id(0)).balance(AccountOwner::chain()),
            Amount::from_tokens(10))
      << "staging keeps nothing";
  auto certificate = network.full(network.confirm(0, block));
  EXPECT_EQ(staged.result->hash, hash_of(certificate.value));
  auto followed = local.worker->process_confirmed(network.now, certificate, ConfirmedMode::kAuto);
  ASSERT_TRUE(followed.result.ok()) << followed.result.error().message();
  local.store.flushed(local.store.apply(followed.batch).value());
  EXPECT_EQ(local.worker->read(network.chain_id(0)).balance(AccountOwner::chain()),
            Amount::from_tokens(7));
  EXPECT_EQ(local.worker->read(network.chain_id(1)).pending_bundles().size(), 1u);
  EXPECT_EQ(local.worker->read(network.chain_id(0)).certificates({0}, 9).value->size(), 1u);
}

TEST(Worker, LocalNodePreprocessesSparseSenders) {
  TestNetwork network;
  TestNode local(200, false, network.genesis);
  const ChainId sender = network.chain_id(0), receiver = network.chain_id(1);
  std::vector<ConfirmedBlockCertificate> certificates;
  for (uint64_t tokens : {1, 2, 3}) {
    certificates.push_back(
        network.full(network.confirm(0, network.block(0, {transfer_to(receiver, tokens)}))));
  }
  auto follow = [&](size_t index) {
    auto answer = local.worker->process_confirmed(network.now, certificates[index],
                                                  ConfirmedMode::kPreprocess);
    EXPECT_TRUE(answer.result.ok()) << answer.result.error().message();
    local.store.flushed(local.store.apply(answer.batch).value());
    return answer.notifications.size();
  };
  EXPECT_EQ(follow(1), 0u) << "the first message is missing: nothing may be delivered yet";
  EXPECT_EQ(local.worker->read(receiver).pending_bundles().size(), 0u);
  EXPECT_EQ(follow(0), 1u);
  EXPECT_EQ(follow(1), 1u);
  EXPECT_EQ(follow(2), 1u);
  EXPECT_EQ(local.worker->read(receiver).pending_bundles().size(), 3u);
  EXPECT_EQ(local.worker->read(sender).tip().next_block_height, BlockHeight{0});
  EXPECT_EQ(local.worker->read(sender).next_height_to_preprocess(), BlockHeight{3});
  EXPECT_EQ(local.worker->read(sender).next_outbox_height(receiver), BlockHeight{3});
  EXPECT_EQ(local.worker->read(receiver).next_height_to_receive(sender), BlockHeight{3});
}

TEST(Worker, UntrackedChainsReceiveNothing) {
  TestNetwork network;
  TestNode local(200, false, network.genesis);
  local.worker->set_tracked_chains(std::set<ChainId>{network.chain_id(0)});
  auto certificate =
      network.full(network.confirm(0, network.block(0, {transfer_to(network.chain_id(1), 1)})));
  auto answer = local.worker->process_confirmed(network.now, certificate, ConfirmedMode::kAuto);
  local.store.flushed(local.store.apply(answer.batch).value());
  EXPECT_TRUE(local.worker->read(network.chain_id(1)).pending_bundles().empty());
  local.worker->set_tracked_chains(std::nullopt);
  auto retried = local.worker->retry_cross_chain(network.now, network.chain_id(0));
  EXPECT_EQ(retried.notifications.size(), 1u);
  local.store.flushed(local.store.apply(retried.batch).value());
  EXPECT_EQ(local.worker->read(network.chain_id(1)).pending_bundles().size(), 1u);
}

TEST(Worker, TrackersNeverGoBack) {
  TestNetwork network;
  TestNode& node = *network.nodes[0];
  const ChainId chain = network.chain_id(0);
  auto set = [&](uint64_t count) {
    auto batch = node.worker->set_received_log_trackers(chain, {{network.names[1], count}});
    node.store.flushed(node.store.apply(batch).value());
    return node.worker->read(chain).received_log_trackers().at(network.names[1]);
  };
  EXPECT_EQ(set(5), 5u);
  EXPECT_EQ(set(3), 5u);
  EXPECT_EQ(set(6), 6u);
}

}  // namespace
}  // namespace mica::worker
