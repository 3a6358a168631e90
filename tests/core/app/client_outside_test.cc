#include "core/app/client_outside.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/storage/memory_store.h"

namespace mica::app {
namespace {

class ClientOutsideTest : public testing::Test {
 protected:
  ClientOutsideTest() {
    for (uint8_t name = 1; name <= 2; ++name) {
      ValidatorPublicKey key;
      key.bytes.fill(name);
      names_.push_back(key);
      committee_.validators[key] = {"grpc:host" + std::to_string(name) + ":1", 100, {}};
    }
    outside_.set_committee(committee_);
    outside_.begin({1'000'000});
  }
  void ask(size_t validator, uint8_t chain) {
    ChainInfoQuery query;
    query.chain_id.hash.bytes.fill(chain);
    outside_.ask(names_[validator], {NodeRequest::HandleChainInfoQuery{query}}, {},
                 [this](NodeResult<NodeResponse>) { ++answered_; });
  }
  std::vector<uint64_t> sent() {
    std::vector<uint64_t> ids;
    while (auto output = outside_.next()) {
      if (auto* send = std::get_if<ClientOutput::Send>(&output->kind)) {
        ids.push_back(send->request_id);
      }
    }
    return ids;
  }

  MemoryStore store_;
  ClientOutside outside_{store_, store_};
  Committee committee_;
  std::vector<ValidatorPublicKey> names_;
  size_t answered_ = 0;
};

TEST_F(ClientOutsideTest, RequestsWaitUntilOthersAreAnswered) {
  for (int i = 0; i < 100; ++i) ask(0, 1);
  auto first = sent();
  EXPECT_EQ(first.size(), limits::kRequestsToOne);
  ask(1, 1);  // another validator has a window of its own
  EXPECT_EQ(sent().size(), 1u);
  size_t all = first.size();
  while (!first.empty()) {
    for (uint64_t id : first) outside_.reply({id, 200, 5, "no", {}});
    first = sent();
    all += first.size();
    EXPECT_LE(first.size(), limits::kRequestsToOne);
  }
  EXPECT_EQ(all, 100u);
  EXPECT_EQ(answered_, 100u);
}

TEST_F(ClientOutsideTest, ChainsTakeTurns) {
  for (int i = 0; i < 100; ++i) ask(0, 1);
  const auto first = sent();
  ask(0, 2);
  ask(0, 3);
  for (int i = 0; i < 3; ++i) outside_.reply({first[static_cast<size_t>(i)], 200, 5, "no", {}});
  const auto next = sent();
  ASSERT_EQ(next.size(), 3u);
  // Among them those of the two chains, which were asked last.
  EXPECT_EQ(
      std::count_if(next.begin(), next.end(), [&](uint64_t id) { return id > first[0] + 99; }), 2);
}

TEST_F(ClientOutsideTest, WhoDoesNotAnswerHasASmallWindow) {
  for (int i = 0; i < 100; ++i) ask(0, 1);
  auto first = sent();
  for (uint64_t id : first) outside_.send_failed({id, "timeout"});
  EXPECT_LE(sent().size(), limits::kRequestsToAbsent);
}

TEST_F(ClientOutsideTest, WhatABlockOnItsWayNeedsDoesNotWait) {
  for (int i = 0; i < 100; ++i) ask(0, 1);
  sent();
  outside_.ask(names_[0], {NodeRequest::HandleTimeoutCertificate{}}, {},
               [](NodeResult<NodeResponse>) {});
  EXPECT_EQ(sent().size(), 1u);
}

}  // namespace
}  // namespace mica::app
