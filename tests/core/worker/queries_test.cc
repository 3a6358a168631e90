// Questions to applications' services, by a scripted one.
#include <gtest/gtest.h>

#include "tests/core/worker/network.h"

namespace mica::worker {
namespace {

// Answers with the query reversed and schedules it as an operation; needs one blob.
class Scripted final : public Applications {
 public:
  explicit Scripted(BlobId needed) : needed_(needed) {}

  ExecutionStatus execute_operation(Execution&, const OperationContext&,
                                    const Operation::User&) override {
    return ExecutionError("no operation is expected");
  }
  ExecutionStatus execute_message(Execution&, const MessageContext&, Amount&,
                                  const Message::User&) override {
    return ExecutionError("no message is expected");
  }
  ExecutionStatus instantiate(Execution&, const OperationContext&, const ApplicationId&,
                              ByteSpan) override {
    return ExecutionError("nothing is to be created");
  }
  ExecutionStatus process_streams(Execution&, const OperationContext&, const ApplicationId&,
                                  const std::vector<StreamUpdate>&) override {
    return ExecutionError("no stream is expected");
  }
  ExecutionResult<ServiceAnswer> query(ExecutionState& state, const Lookup& lookup,
                                       const QueryContext& context,
                                       const ApplicationId& application, ByteSpan query) override {
    asked.push_back(context);
    if (!lookup.blob(needed_)) return ExecutionError::missing({needed_});
    state.system.used_blobs.insert(needed_);
    const Bytes reversed(query.rbegin(), query.rend());
    const Operation scheduled{Operation::User{application, to_bytes(query)}};
    return ServiceAnswer{reversed, {scheduled}};
  }

  std::vector<QueryContext> asked;

 private:
  const BlobId needed_;
};

const BlobContent kBlob{BlobType::Data, {1, 2, 3}};
const Bytes kQuery{7, 8, 9};
const ApplicationId kApplication{};

class Queries : public testing::Test {
 protected:
  std::optional<Worker> over(Applications* applications) {
    WorkerConfig config;
    config.applications = applications;
    return Worker(node().store, node().store, std::move(config),
                  describe(network_.genesis).value());
  }
  TestNode& node() { return *network_.nodes[0]; }

  TestNetwork network_;
  Scripted applications_{kBlob.id()};
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
  ASSERT_EQ(applications_.asked.size(), 1u);
  EXPECT_EQ(applications_.asked[0].chain_id, network_.chain_id(0));
  EXPECT_EQ(applications_.asked[0].next_height, BlockHeight{0});
  EXPECT_EQ(applications_.asked[0].timestamp, Timestamp{5000});
}

TEST_F(Queries, WhatIsNotHereIsNamed) {
  auto worker = over(&applications_);
  auto answer = worker->query_application({5000}, network_.chain_id(0), kApplication, kQuery);
  ASSERT_FALSE(answer.result.ok());
  EXPECT_EQ(answer.missing, std::vector<Wanted>{kBlob.id()});
}

TEST_F(Queries, WithoutApplicationsItIsUnsupported) {
  auto worker = over(nullptr);
  auto answer = worker->query_application({5000}, network_.chain_id(0), kApplication, kQuery);
  ASSERT_FALSE(answer.result.ok());
  EXPECT_NE(answer.result.error().message().find("not supported"), std::string::npos);
}

TEST_F(Queries, OfAChainThatIsNotKnownThereIsNoAnswer) {
  auto worker = over(&applications_);
  auto answer = worker->query_application({5000}, ChainId{}, kApplication, kQuery);
  ASSERT_FALSE(answer.result.ok());
  EXPECT_TRUE(applications_.asked.empty());
}

}  // namespace
}  // namespace mica::worker
