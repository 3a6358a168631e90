// Validators in memory, each over a store that forgets what was not flushed, and owners who sign.
//   TestNetwork network;                                   // 4 validators, chains 0 and 1
//   auto block = network.block(0, {transfer_to(network.chain_id(1), 3)});
//   auto certificate = network.confirm(0, block);          // proposal, validation, confirmation
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "core/crypto/ed25519.h"
#include "core/crypto/secp256k1.h"
#include "core/storage/forgetful_store.h"
#include "core/worker/worker.h"

namespace mica::worker {

inline SecretKey test_secret(uint8_t name) {
  ByteArray<32> bytes;
  bytes.fill(name);
  return SecretKey(bytes);
}

// An Ed25519 account.
struct TestOwner {
  uint8_t name;
  Ed25519PublicKey key() const { return {ed25519_public_key(test_secret(name))}; }
  AccountOwner owner() const { return owner_of(key()); }
  AccountSignature sign(const CryptoHash& hash) const {
    return {AccountSignature::Ed25519{{ed25519_sign(test_secret(name), hash.bytes)}, key()}};
  }
  BlockProposal propose(const ProposedBlock& block, const Round& round) const {
    ProposalContent content{block, round, {}};
    AccountSignature signature = sign(hash_of(content));
    return {std::move(content), signature, {}};
  }
};

inline Round fast() { return {Round::Fast{}}; }
inline Round multi(uint32_t round) { return {Round::MultiLeader{round}}; }
inline Round single(uint32_t round) { return {Round::SingleLeader{round}}; }

inline Transaction operation(Operation operation) {
  return {Transaction::ExecuteOperation{std::move(operation)}};
}
inline Transaction transfer_to(const ChainId& chain, uint64_t tokens) {
  return operation(Operation::system(SystemOperation::Transfer{
      AccountOwner::chain(), {chain, AccountOwner::chain()}, Amount::from_tokens(tokens)}));
}

inline const NodeError* error_of(const NodeResponse& response) {
  const auto* failure = std::get_if<NodeResponse::Failure>(&response.kind);
  return failure ? &failure->error : nullptr;
}
inline const ChainInfo* info_of(const NodeResponse& response) {
  const auto* info = std::get_if<NodeResponse::Info>(&response.kind);
  return info ? &info->response.info : nullptr;
}
inline std::string error_text(const NodeResponse& response) {
  const NodeError* error = error_of(response);
  return error ? error->message() : std::string();
}

class TestNode {
 public:
  TestNode(uint8_t name, bool validator, const GenesisConfig& genesis)
      : name_(name), validator_(validator), network_(describe(genesis).value()) {
    store.flushed(store.apply(Worker::genesis_batch(genesis).value()).value());
    restart();
  }
  // What was not flushed is gone, and so is everything in memory.
  void restart() {
    store.crash();
    WorkerConfig config;
    if (validator_) config.sign = validator_signer(test_secret(name_));
    config.allow_inactive_chains = !validator_;
    config.block_time_grace_period = grace;
    config.applications = applications;
    worker.emplace(store, store, std::move(config), network_);
  }
  NodeResponse ask(Timestamp now, const NodeRequest& request) {
    Answers answers;
    for (;;) {
      WorkerAnswer answer = worker->handle(now, request, answer_to ? &answers : nullptr);
      if (answer.unloaded.empty()) {
        if (answer_next_of(answer.wanted, answers)) continue;
        retry_at = answer.retry_at;
        store.flushed(store.apply(answer.batch).value());
        notifications.insert(notifications.end(), answer.notifications.begin(),
                             answer.notifications.end());
        return answer.response;
      }
      for (const ColdKey& key : answer.unloaded) store.segment_loaded(store.request(key));
    }
  }

  ForgetfulStore store;
  std::optional<Worker> worker;
  std::vector<Notification> notifications;
  std::optional<Timestamp> retry_at;
  TimeDelta grace;
  // Of blocks with applications: what runs them from the next restart() on, and what hosts answer;
  // none: nobody can be asked.
  Applications* applications = nullptr;
  std::function<HttpAnswer(const HttpQuestion&)> answer_to;
  size_t questions = 0;  // that were asked

 private:
  bool answer_next_of(const std::vector<Wanted>& wanted, Answers& answers) {
    const auto open = sorted(wanted).questions;
    if (!answer_to || open.empty() || answers.find(open.front())) return false;
    ++questions;
    answers.add(open.front(), answer_to(open.front()));
    return true;
  }

  uint8_t name_;
  bool validator_;
  NetworkDescription network_;
};

class TestNetwork {
 public:
  static constexpr uint8_t kValidators = 4;
  // Chains 0 and 1 with ten tokens each, of the owners 101 and 102.
  explicit TestNetwork(std::vector<ChainOwnership> ownerships = {
                           ChainOwnership::single(TestOwner{101}.owner()),
                           ChainOwnership::single(TestOwner{102}.owner())}) {
    for (uint8_t name = 1; name <= kValidators; ++name) {
      names.push_back({secp256k1_public_key(test_secret(name)).value()});
      AccountPublicKey account{AccountPublicKey::Ed25519{TestOwner{name}.key()}};
      genesis.committee.validators[names.back()] = {"grpc:host:1", 100, account};
    }
    genesis.timestamp = {1000};
    genesis.network_name = "test";
    uint32_t index = 0;
    for (ChainOwnership& ownership : ownerships) {
      ChainDescription chain;
      chain.origin = {ChainOrigin::Root{index++}};
      chain.timestamp = genesis.timestamp;
      chain.config.ownership = std::move(ownership);
      chain.config.balance = Amount::from_tokens(10);
      genesis.chains.push_back(std::move(chain));
    }
    for (uint8_t name = 1; name <= kValidators; ++name) {
      nodes.push_back(std::make_unique<TestNode>(name, true, genesis));
    }
  }

  ChainId chain_id(size_t index) const { return genesis.chains[index].id(); }
  TestOwner owner(size_t chain) const { return {static_cast<uint8_t>(101 + chain)}; }
  Worker& worker(size_t node) { return *nodes[node]->worker; }
  NodeResponse ask(size_t node, const NodeRequest& request) {
    return nodes[node]->ask(now, request);
  }

  // From now on they run applications, and ask the hosts that these ask.
  void run_applications(Applications& applications,
                        std::function<HttpAnswer(const HttpQuestion&)> answer_to) {
    for (auto& node : nodes) {
      node->applications = &applications;
      node->answer_to = answer_to;
      node->restart();
    }
  }

  // The next block of a chain as validator 0 knows it.
  ProposedBlock block(size_t chain, std::vector<Transaction> transactions) {
    ChainTip tip = worker(0).read(chain_id(chain)).tip();
    ProposedBlock block;
    block.chain_id = chain_id(chain);
    block.transactions = std::move(transactions);
    block.height = tip.next_block_height;
    block.timestamp = now;
    block.authenticated_signer = owner(chain).owner();
    block.previous_block_hash = tip.block_hash;
    return block;
  }
  Transaction receive(size_t chain, size_t index = 0) {
    auto pending = worker(0).read(chain_id(chain)).pending_bundles();
    return {Transaction::ReceiveMessages{std::move(pending.at(index))}};
  }

  NodeRequest proposal_request(const BlockProposal& proposal, bool aggregated = false) {
    return {NodeRequest::HandleBlockProposal{proposal, aggregated}};
  }
  // Every validator's answer; those that answer with a vote sign the certificate.
  template <class Request>
  LiteCertificate gather(const Request& request, size_t voters = kValidators) {
    LiteCertificate certificate;
    for (size_t i = 0; i < voters; ++i) {
      NodeResponse response = ask(i, request);
      const ChainInfo* info = info_of(response);
      if (!info || !info->manager.pending) {
        ADD_FAILURE() << "no vote from " << i << ": " << error_text(response);
        continue;
      }
      EXPECT_TRUE(check_vote(*info->manager.pending, names[i]).ok());
      certificate.value = info->manager.pending->value;
      certificate.round = info->manager.pending->round;
      certificate.signatures.emplace_back(names[i], info->manager.pending->signature);
    }
    EXPECT_TRUE(sort_signatures(certificate.signatures).ok());
    return certificate;
  }
  NodeRequest lite_request(const LiteCertificate& certificate) {
    return {NodeRequest::HandleLiteCertificate{certificate, true}};
  }
  // From proposal to the certificate of confirmation, which everybody then has.
  LiteCertificate confirm(size_t chain, const ProposedBlock& block, Round round = multi(0)) {
    LiteCertificate certificate = gather(proposal_request(owner(chain).propose(block, round)));
    if (certificate.value.kind == CertificateKind::Validated) {
      certificate = gather(lite_request(certificate));
    }
    EXPECT_EQ(certificate.value.kind, CertificateKind::Confirmed);
    for (size_t i = 0; i < kValidators; ++i) {
      NodeResponse response = ask(i, lite_request(certificate));
      EXPECT_NE(info_of(response), nullptr) << error_text(response);
    }
    return certificate;
  }
  ConfirmedBlockCertificate full(const LiteCertificate& certificate, size_t node = 0) {
    auto found = worker(node).certificate(certificate.value.value_hash);
    EXPECT_TRUE(found.value.has_value());
    return found.value.value_or(ConfirmedBlockCertificate{});
  }

  GenesisConfig genesis;
  std::vector<ValidatorPublicKey> names;
  std::vector<std::unique_ptr<TestNode>> nodes;
  Timestamp now{2000};
};

}  // namespace mica::worker
