// Queries: of services from outside of blocks, and of contracts as oracles.
#include "core/apps/service.h"

#include <gtest/gtest.h>

#include "core/apps/host_types.h"
#include "tests/core/apps/scripted_engine.h"
#include "tests/core/apps/stage.h"

namespace mica::apps {
namespace {

class Services : public testing::Test {
 protected:
  Services()
      : contract(engine.add({'a'}, Role::kContract)), service(engine.add({'s'}, Role::kService)) {
    contract.entries["finalize"] = [](Scripted&, Bytes) { return Bytes{}; };
    service.entries["handle-query"] = [](Scripted&, Bytes query) { return query; };
    ResourceControlPolicy policy;
    policy.service_as_oracle_query = {100};
    policy.maximum_oracle_response_bytes = 4;
    stage.emplace(engine, policy);
    id = stage->add({'a'}, {'s'}, {}, {7});
  }
  // Of the contract, which asks the service and gives its answer.
  ExecutionStatus ask(Bytes query) {
    contract.entries["execute-operation"] = [this, query](Scripted& guest, Bytes) {
      return guest.contract<Bytes(ApplicationId, Bytes)>("query-service", id, query);
    };
    return stage->operation(id);
  }

  ScriptedEngine engine;
  Script& contract;
  Script& service;
  std::optional<Stage> stage;
  ApplicationId id;
};

TEST_F(Services, AnswerFromTheStateAndScheduleOperations) {
  stage->state.users.open(id).put(Bytes{1}, Bytes{42});
  service.entries["handle-query"] = [&](Scripted& guest, Bytes query) {
    EXPECT_EQ(guest.base<BlockHeight()>("get-block-height"), BlockHeight{8});
    EXPECT_EQ(guest.base<Timestamp()>("read-system-timestamp"), Timestamp{1000});
    EXPECT_EQ(guest.base<Bytes()>("application-parameters"), Bytes{7});
    EXPECT_EQ(guest.base<ApplicationDescription(ApplicationId)>("read-application-description", id)
                  .parameters,
              Bytes{7});
    guest.base<void(Timestamp)>("assert-before", Timestamp{5001});
    guest.service<void(Bytes)>("schedule-operation", query);
    guest.service<void(uint64_t)>("check-execution-time", uint64_t{1});
    const auto promise = guest.base<uint32_t(Bytes)>("read-value-bytes-new", Bytes{1});
    return *guest.base<std::optional<Bytes>(uint32_t)>("read-value-bytes-wait", promise);
  };
  const auto answer = stage->query(id, {3, 4});
  ASSERT_TRUE(answer.ok()) << answer.error().text;
  EXPECT_EQ(answer->response, Bytes{42});
  EXPECT_EQ(answer->operations, (std::vector<Operation>{{Operation::User{id, {3, 4}}}}));
}

// Not even blobs are marked as used: the state may be one that cannot be written.
TEST_F(Services, QueriesWriteNothing) {
  const BlobId blob = stage->world.lookup.add({BlobType::Data, {1}});
  service.entries["handle-query"] = [&](Scripted& guest, Bytes) {
    guest.base<void(DataBlobHash)>("assert-data-blob-exists", DataBlobHash{blob.hash});
    return guest.base<Bytes(DataBlobHash)>("read-data-blob", DataBlobHash{blob.hash});
  };
  Overlay kept(stage->world.store);
  stage->world.overlay.commit_into(kept);
  ExecutionState fixed(ViewContext(static_cast<const StateReader&>(kept)), stage->world.chain_id);
  const auto answer = stage->runtime.query(
      fixed, stage->world.lookup, {stage->world.chain_id, {8}, Timestamp{5000}}, id, Bytes{});
  ASSERT_TRUE(answer.ok()) << answer.error().text;
  EXPECT_EQ(answer->response, Bytes{1});
}

TEST_F(Services, AskOthersButNotInCircles) {
  Script& other = engine.add({'t'}, Role::kService);
  const ApplicationId second = stage->add({'a'}, {'t'});
  using Query = Bytes(ApplicationId, Bytes);
  bool in_circle = false;
  service.entries["handle-query"] = [&](Scripted& guest, Bytes query) {
    return guest.service<Query>("try-query-application", second, query);
  };
  other.entries["handle-query"] = [&](Scripted& guest, Bytes query) {
    guest.service<void(Bytes)>("schedule-operation", Bytes{1});
    if (!in_circle) return query;
    return guest.service<Query>("try-query-application", id, query);
  };
  auto answer = stage->query(id, {9});
  ASSERT_TRUE(answer.ok()) << answer.error().text;
  EXPECT_EQ(answer->response, Bytes{9});
  EXPECT_EQ(answer->operations, (std::vector<Operation>{{Operation::User{second, {1}}}}));
  in_circle = true;
  EXPECT_FALSE(stage->query(id, {9}).ok());
}

TEST_F(Services, EndWithTheirFuel) {
  service.entries["handle-query"] = [&](Scripted& guest, Bytes query) {
    guest.burn(limits::kServiceFuel + 1);
    return query;
  };
  const auto answer = stage->query(id);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind, Kind::kLimit);
  EXPECT_EQ(answer.error().text, "The service took longer than allowed");
}

TEST_F(Services, MakeNoHttpRequests) {
  service.entries["handle-query"] = [&](Scripted& guest, Bytes query) {
    guest.base<Response(GuestHttpRequest)>("perform-http-request", GuestHttpRequest{});
    return query;
  };
  EXPECT_EQ(stage->query(id).error().kind, Kind::kUnsupported);
}

TEST_F(Services, AnswerContractsAsOracles) {
  const auto asked = ask({1, 2, 3, 4});
  ASSERT_TRUE(asked.ok()) << asked.error().text;
  EXPECT_EQ(stage->state.system.balance.get().attos, tokens(10).attos - 100);
  EXPECT_EQ(stage->resources.tracker().service_oracle_queries, 1u);
  const auto outcome = stage->outcome();
  EXPECT_EQ(outcome.operation_result, (Bytes{1, 2, 3, 4}));
  EXPECT_EQ(outcome.oracle_responses.back(),
            (OracleResponse{OracleResponse::Service{{1, 2, 3, 4}}}));
  EXPECT_EQ(ask({1, 2, 3, 4, 5}).error().text,
            "Service running as an oracle produced a response that's too large");
}

TEST_F(Services, RecordedAnswersAreBelieved) {
  ASSERT_TRUE(ask({}).ok());
  const std::vector<OracleResponse> recorded{{OracleResponse::Service{{5}}}};
  stage->begin(&recorded);
  ASSERT_TRUE(ask({1}).ok());
  EXPECT_EQ(stage->outcome().operation_result, Bytes{5});
}

// What a service uses first is marked so, and recorded nowhere.
TEST_F(Services, OraclesMarkBlobsWithoutRecordingThem) {
  const BlobId blob = stage->world.lookup.add({BlobType::Data, {1}});
  service.entries["handle-query"] = [&](Scripted& guest, Bytes) {
    return guest.base<Bytes(DataBlobHash)>("read-data-blob", DataBlobHash{blob.hash});
  };
  ASSERT_TRUE(ask({}).ok());
  EXPECT_TRUE(stage->state.system.used_blobs.contains(blob));
  for (const OracleResponse& one : stage->outcome().oracle_responses) {
    EXPECT_NE(one, (OracleResponse{OracleResponse::Blob{blob}}));
  }
}

TEST_F(Services, OraclesScheduleNothingAndNeedPermission) {
  service.entries["handle-query"] = [&](Scripted& guest, Bytes query) {
    guest.service<void(Bytes)>("schedule-operation", query);
    return query;
  };
  EXPECT_FALSE(ask({}).ok());
  ApplicationPermissions permissions;
  permissions.call_service_as_oracle.emplace();
  stage->state.system.application_permissions.set(permissions);
  EXPECT_EQ(ask({}).error().text.find("Application is not authorized"), 0u);
}

}  // namespace
}  // namespace mica::apps
