// A chain with applications on it, and one transaction to run them in.
#pragma once

#include "core/apps/runtime.h"
#include "tests/core/compression/frame.h"
#include "tests/core/execution/world.h"

namespace mica::apps {

using Kind = ExecutionError::Kind;

class Stage {
 public:
  explicit Stage(Engine& engine, ResourceControlPolicy policy = {}, Amount balance = tokens(10))
      : world(policy, balance), resources(policy, World::kOwner), runtime(engine) {
    world.initialize();
    begin();
  }

  // Publishes a module and an application of it, as another block did.
  ApplicationId add(const Bytes& contract, const Bytes& service = {},
                    std::vector<ApplicationId> required = {}, Bytes parameters = {}) {
    const BlobId contract_id =
        world.lookup.add({BlobType::ContractBytecode, compression::raw_frame(contract)});
    const BlobId service_id =
        world.lookup.add({BlobType::ServiceBytecode, compression::raw_frame(service)});
    ApplicationDescription description;
    description.module_id = {contract_id.hash, service_id.hash, VmRuntime::Wasm};
    description.creator_chain_id = world.chain_id;
    description.application_index = index_++;
    description.parameters = std::move(parameters);
    description.required_application_ids = std::move(required);
    world.lookup.add(description.to_blob());
    return description.id();
  }

  // The next transaction; `recorded` outlives it.
  void begin(const std::vector<OracleResponse>* recorded = nullptr) {
    TransactionPlace place;
    place.local_time = {5000};
    transaction.emplace(place, recorded);
  }
  Execution execution() {
    return {state, *transaction, resources, world.lookup, &runtime, answered ? &answers : nullptr};
  }
  OperationContext context() const {
    return {world.chain_id, {7}, 3, World::kOwner, Timestamp{2000}};
  }
  ExecutionStatus operation(const ApplicationId& id, Bytes bytes = {}) {
    Execution run = execution();
    return runtime.execute_operation(run, context(), {id, std::move(bytes)});
  }
  ExecutionResult<ServiceAnswer> query(const ApplicationId& id, const Bytes& bytes = {}) {
    return runtime.query(state, world.lookup, {world.chain_id, {8}, Timestamp{5000}}, id, bytes);
  }
  // What the transaction brought about; the next one begins.
  TransactionOutcome outcome() {
    auto done = std::move(*transaction).finish();
    MICA_CHECK(done.ok());
    begin();
    return std::move(done).value();
  }

  World world;
  ExecutionState state = world.state();
  ResourceController resources;
  Answers answers;
  bool answered = true;  // false: whoever runs this can ask nobody
  std::optional<TransactionTracker> transaction;
  Runtime runtime;

 private:
  uint32_t index_ = 0;
};

}  // namespace mica::apps
