// Prices and limits of execution, and who pays. linera-execution/src/{resources,policy}.rs
#pragma once

#include "core/execution/execution_state.h"
#include "core/execution/room.h"

namespace mica::execution {

// Used so far in a block.
struct ResourceTracker {
  uint64_t block_size = 0;
  uint64_t evm_fuel = 0, wasm_fuel = 0;
  uint32_t read_operations = 0, write_operations = 0;
  uint32_t bytes_runtime = 0;
  uint64_t bytes_read = 0, bytes_written = 0;
  uint32_t blobs_read = 0, blobs_published = 0;
  uint64_t blob_bytes_read = 0, blob_bytes_published = 0;
  uint32_t operations = 0;
  uint64_t operation_bytes = 0;  // arguments of user operations
  uint32_t messages = 0;         // outgoing, of all kinds
  uint64_t message_bytes = 0;    // arguments of outgoing user messages
  uint32_t http_requests = 0;
  uint32_t service_oracle_queries = 0;
  uint64_t service_oracle_execution_us = 0;
  Amount grants;
  Amount fees;  // all that was charged, without grants
};

// Sizes that byte_runtime is charged for.
inline constexpr uint32_t kRuntimeAmountSize = 16;
inline constexpr uint32_t kRuntimeApplicationIdSize = 32;
inline constexpr uint32_t kRuntimeBlockHeightSize = 8;
inline constexpr uint32_t kRuntimeChainIdSize = 32;
inline constexpr uint32_t kRuntimeTimestampSize = 8;
inline constexpr uint32_t kRuntimeOwnerWeightSize = 8;
inline constexpr uint32_t kRuntimeOwnershipConstantSize = 36;
inline constexpr uint32_t kRuntimeDescriptionConstantSize = 109;
uint32_t runtime_size(const AccountOwner& owner);
uint32_t runtime_size(const ChainOwnership& ownership);

// Whose money pays: the grant if there is one, else the chain's balance; then the signer's account
// if it has an entry. Each is drained before the next; a drained account stays as an entry of zero.
// A sum is the only source where there is one (action_funds.h).
struct Funds {
  SystemState& system;
  Amount* grant = nullptr;
  Amount* sum = nullptr;
};

class ResourceController {
 public:
  ResourceController(ResourceControlPolicy policy, std::optional<AccountOwner> account)
      : policy_(std::move(policy)), account_(account) {}

  const ResourceControlPolicy& policy() const { return policy_; }
  const ResourceTracker& tracker() const { return tracker_; }
  void restore(const ResourceTracker& tracker) { tracker_ = tracker; }
  // While set nothing is charged (free applications); limits still hold.
  void set_free(bool is_free) { is_free_ = is_free; }
  bool is_free() const { return is_free_; }

  Amount balance(Funds funds) const;
  // Gives back (or takes) what user code changed between `initial` and `other`; no fee is counted.
  ExecutionStatus merge_balance(Funds funds, Amount initial, Amount other);
  uint64_t remaining_fuel(Funds funds, VmRuntime vm) const;

  ExecutionStatus track_block_size(uint64_t size);
  template <class T>
  ExecutionStatus track_block_size_of(const T& value) {
    return track_block_size(encode(value).size());
  }
  ExecutionStatus track_operation(Funds funds, const Operation& operation);
  ExecutionStatus track_message(Funds funds, const Message& message);
  ExecutionStatus track_blob_read(Funds funds, uint64_t bytes);
  ExecutionStatus track_blob_published(Funds funds, const BlobContent& blob);
  ExecutionStatus track_grant(Funds funds, Amount grant);
  ExecutionStatus track_http_request(Funds funds);
  ExecutionStatus track_fuel(Funds funds, uint64_t fuel, VmRuntime vm);
  ExecutionStatus track_runtime_bytes(Funds funds, uint32_t bytes);
  ExecutionStatus track_read_operation(Funds funds);
  ExecutionStatus track_write_operations(Funds funds, uint32_t count);
  ExecutionStatus track_bytes_read(Funds funds, uint64_t bytes);
  ExecutionStatus track_bytes_written(Funds funds, uint64_t bytes);
  ExecutionStatus track_service_oracle_call(Funds funds);
  ExecutionStatus track_service_oracle_execution(uint64_t micros);
  ExecutionStatus track_service_oracle_response(uint64_t bytes) const;

  // linera-execution/src/policy.rs, check_blob_size
  ExecutionStatus check_blob_size(const BlobContent& blob) const;
  bool is_free_application(const ApplicationId& application_id) const;

 private:
  ExecutionStatus charge(Funds funds, Amount price);
  ExecutionStatus charge(Funds funds, Amount unit, uint64_t count);
  ExecutionStatus drain(Funds funds, Amount price);

  ResourceControlPolicy policy_;
  std::optional<AccountOwner> account_;
  ResourceTracker tracker_;
  bool is_free_ = false;
};

}  // namespace mica::execution
