// Questions to applications' services, by a scripted one.
#include <gtest/gtest.h>

#include "tests/core/execution/scripted_applications.h"
#include "tests/core/worker/network.h"

namespace mica::worker {
namespace {

const BlobContent kBlob{BlobType::Data, {1, 2, 3}};
const Bytes kQuery{7, 8, 9};
const ApplicationId kApplication{};

class Queries : public testing::Test {
 protected:
  // Needs one blob, answers with the query reversed and schedules it as an operation.
  Queries() {
    applications_.on_query = [](ExecutionState& state, const Lookup& lookup,
                                const ApplicationId& application,
                                ByteSpan query) -> ExecutionResult<ServiceAnswer> {
      if (!lookup.blob(kBlob.id())) return ExecutionError::missing({kBlob.id()});
      state.system.used_blobs.insert(kBlob.id());
      const Operation scheduled{Operation::User{application, to_bytes(query)}};
      return ServiceAnswer{Bytes(query.rbegin(), query.rend()), {scheduled}};
    };
  }
  std::optional<Worker> over(Applications* applications) {
    WorkerConfig config;
    config.applications = applications;
    return Worker(node().store, node().store, std::move(config),
                  describe(network_.genesis).value());
  }
  TestNode& node() { return *network_.nodes[0]; }

  TestNetwork network_;
  ScriptedApplications applications_;
};

TEST_F(Queries, ServicesAnswerAtTheNextHeightAndKeepNothing) {
  auto worker = over(&applications_);
  node().store.apply(worker->store_blobs({kBlob})).value();
  auto answer = worker->query_application({5000}, network_.chain_id(0), kApplication, kQuery);
  ASSERT_TRUE(answer.result.ok());
  EXPECT_EQ(answer.result->response, (Bytes{9, 8, 7}));
  ASSERT_EQ(answer.result->operations.size(), 1u);
  EXPECT_EQ(answer.result->operations[0], (Operation{Operation::User{kApplication, kQuery}}));
  EXPECT_TRUE(answer.batch.empty());
  ASSERT_EQ(applications_.queries.size(), 1u);
  EXPECT_EQ(applications_.queries[0].chain_id, network_.chain_id(0));
  EXPECT_EQ(applications_.queries[0].next_height, BlockHeight{0});
  EXPECT_EQ(applications_.queries[0].timestamp, Timestamp{5000});
}

TEST_F(Queries, WhatIsNotHereIsNamed) {
  auto worker = over(&applications_);
  auto answer = worker->query_application({5000}, network_.chain_id(0), kApplication, kQuery);
  ASSERT_FALSE(answer.result.ok());
  EXPECT_EQ(answer.wanted, std::vector<Wanted>{kBlob.id()});
}

TEST_F(Queries, WithoutApplicationsItIsUnsupported) {
  auto worker = over(nullptr);
  auto answer = worker->query_application({5000}, network_.chain_id(0), kApplication, kQuery);
  ASSERT_FALSE(answer.result.ok());
  EXPECT_NE(answer.result.error().message().find("cannot be done here"), std::string::npos);
}

TEST_F(Queries, OfAChainThatIsNotKnownThereIsNoAnswer) {
  auto worker = over(&applications_);
  auto answer = worker->query_application({5000}, ChainId{}, kApplication, kQuery);
  ASSERT_FALSE(answer.result.ok());
  EXPECT_TRUE(applications_.queries.empty());
}

}  // namespace
}  // namespace mica::worker
