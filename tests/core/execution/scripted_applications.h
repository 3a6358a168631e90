// Applications whose actions a test writes, and a run to call what they may call.
#pragma once

#include <functional>

#include "core/execution/action_funds.h"
#include "core/execution/application_blobs.h"
#include "core/execution/applications.h"
#include "core/execution/oracles.h"
#include "core/execution/streams.h"
#include "tests/core/compression/frame.h"
#include "tests/core/execution/world.h"

namespace mica::execution {

// What a contract does that asks a host.
inline HttpQuestion question_to(const std::string& path) {
  HttpQuestion question;
  question.request = {"GET", "https://example.org/" + path, {}, {}};
  question.host = "example.org";
  question.timeout_ms = 9000;
  question.max_response_bytes = 100;
  return question;
}
inline ExecutionResult<Response> ask_host(Execution& run, const std::string& path) {
  auto check = [&]() -> ExecutionResult<HttpQuestion> { return question_to(path); };
  return run.transaction.http(check, run.answers);
}

class ScriptedApplications : public Applications {
 public:
  using Action = std::function<ExecutionStatus(Execution&)>;
  struct StreamCall {
    ApplicationId application;
    std::vector<StreamUpdate> updates;
    std::optional<AccountOwner> signer;
  };

  ExecutionStatus execute_operation(Execution& run, const OperationContext&,
                                    const Operation::User& operation) override {
    return on_operation ? on_operation(run, operation) : Ok{};
  }
  ExecutionStatus execute_message(Execution& run, const MessageContext&, Amount& grant,
                                  const Message::User& message) override {
    return on_message ? on_message(run, grant, message) : Ok{};
  }
  ExecutionStatus instantiate(Execution& run, const OperationContext&, const ApplicationId& id,
                              ByteSpan argument) override {
    instantiated.emplace_back(id, Bytes(argument.begin(), argument.end()));
    MICA_TRY(load_description(run, id));
    return Ok{};
  }
  ExecutionStatus process_streams(Execution& run, const OperationContext& context,
                                  const ApplicationId& id,
                                  const std::vector<StreamUpdate>& updates) override {
    stream_calls.push_back({id, updates, context.authenticated_signer});
    return on_streams ? on_streams(run) : Ok{};
  }
  ExecutionResult<ServiceAnswer> query(ExecutionState& state, const Lookup& lookup,
                                       const QueryContext& context, const ApplicationId& id,
                                       ByteSpan query) override {
    queries.push_back(context);
    if (!on_query) return ServiceAnswer{};
    return on_query(state, lookup, id, query);
  }

  std::function<ExecutionStatus(Execution&, const Operation::User&)> on_operation;
  std::function<ExecutionStatus(Execution&, Amount&, const Message::User&)> on_message;
  Action on_streams;
  std::function<ExecutionResult<ServiceAnswer>(ExecutionState&, const Lookup&, const ApplicationId&,
                                               ByteSpan)>
      on_query;
  std::vector<QueryContext> queries;
  std::vector<std::pair<ApplicationId, Bytes>> instantiated;
  std::vector<StreamCall> stream_calls;
};

inline ApplicationId application_named(uint8_t name) { return {chain_named(name).hash}; }

// The blobs of a Wasm module whose contract and service are these bytes, compressed.
struct Module {
  BlobContent contract, service;
  explicit Module(uint8_t name)
      : contract{BlobType::ContractBytecode, compression::raw_frame(Bytes{name, 'c'})},
        service{BlobType::ServiceBytecode, compression::raw_frame(Bytes{name, 's'})} {}
  ModuleId id() const { return {contract.id().hash, service.id().hash, VmRuntime::Wasm}; }
};

// One run after another over the state of one chain.
class Runs : public testing::Test {
 protected:
  void SetUp() override { world_.initialize(); }

  template <class F>
  auto with_run(F f, const std::vector<OracleResponse>* recorded = nullptr)
      -> decltype(f(std::declval<Execution&>())) {
    TransactionTracker transaction({.created_before = &before_, .local_time = {5000}}, recorded);
    Execution run{state_, transaction, resources_, world_.lookup, &applications_};
    auto result = f(run);
    if (!result.ok()) return result;
    auto outcome = std::move(transaction).finish();
    if (!outcome.ok()) return outcome.error();
    outcome_ = std::move(*outcome);
    return result;
  }
  ExecutionStatus apply(SystemOperation operation,
                        const std::vector<OracleResponse>* recorded = nullptr) {
    return with_run(
        [&](Execution& run) {
          const OperationContext context{world_.chain_id, {7}, {}, World::kOwner, {5000}};
          return execute_operation(run, context, {Operation::System{operation}});
        },
        recorded);
  }

  World world_;
  ExecutionState state_ = world_.state();
  ResourceController resources_{ResourceControlPolicy::no_fees(), World::kOwner};
  ScriptedApplications applications_;
  CreatedBlobs before_;  // by earlier transactions of the block
  TransactionOutcome outcome_;
};

}  // namespace mica::execution
