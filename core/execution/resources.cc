#include "core/execution/resources.h"

#include "core/execution/bytecode.h"

namespace mica::execution {

namespace {

template <class N>
ExecutionStatus add(N& total, N more) {
  if (__builtin_add_overflow(total, more, &total)) return ExecutionError::overflow();
  return Ok{};
}

ExecutionError limit(std::string_view text) {
  return {ExecutionError::Kind::kLimit, std::string(text)};
}

ExecutionError not_enough(Amount price, Amount available) {
  return ExecutionError::funding(
      "Required execution fees exceeded the total funding available. Fees " + price.to_text() +
          ", available balance: " + available.to_text(),
      price, available);
}

}  // namespace

// linera-base/src/identifiers.rs, AccountOwner::size
uint32_t runtime_size(const AccountOwner& owner) {
  if (std::holds_alternative<AccountOwner::Reserved>(owner.kind)) return 1;
  return std::holds_alternative<AccountOwner::Address20>(owner.kind) ? 20 : 32;
}

uint32_t runtime_size(const ChainOwnership& ownership) {
  uint32_t size = kRuntimeOwnershipConstantSize;
  for (const AccountOwner& owner : ownership.super_owners) size += runtime_size(owner);
  for (const auto& [owner, weight] : ownership.owners) {
    size += runtime_size(owner) + kRuntimeOwnerWeightSize;
  }
  return size;
}

Amount ResourceController::balance(Funds funds) const {
  if (funds.sum) return *funds.sum;
  Amount sum = funds.grant ? *funds.grant : funds.system.balance.get();
  if (!account_) return sum;
  return saturating_add(sum, funds.system.balances.get_or_default(*account_));
}

ExecutionStatus ResourceController::drain(Funds funds, Amount price) {
  if (price.zero()) return Ok{};
  const Amount available = balance(funds);
  if (funds.sum) {
    if (available < price) return not_enough(price, available);
    funds.sum->attos -= price.attos;
    return Ok{};
  }
  Amount rest = price;
  auto take = [&rest](Amount from) {
    Amount taken = std::min(from, rest);
    rest.attos -= taken.attos;
    return Amount{from.attos - taken.attos};
  };
  if (funds.grant) {
    *funds.grant = take(*funds.grant);
  } else {
    funds.system.balance.set(take(funds.system.balance.get()));
  }
  if (!rest.zero() && account_) {
    if (auto own = funds.system.balances.get(*account_)) {
      funds.system.balances.put(*account_, take(*own));
    }
  }
  if (rest.zero()) return Ok{};
  // Upstream names the balance after the drain, which is always nothing.
  return not_enough(price, available);
}

ExecutionStatus ResourceController::charge(Funds funds, Amount price) {
  if (is_free_) return Ok{};
  MICA_TRY(drain(funds, price));
  tracker_.fees = saturating_add(tracker_.fees, price);
  return Ok{};
}

ExecutionStatus ResourceController::charge(Funds funds, Amount unit, uint64_t count) {
  auto price = checked_mul(unit, count);
  if (!price) return ExecutionError::overflow();
  return charge(funds, *price);
}

ExecutionStatus ResourceController::merge_balance(Funds funds, Amount initial, Amount other) {
  if (other <= initial) {
    return drain(funds, {initial.attos - other.attos});
  }
  Amount refund{other.attos - initial.attos};
  auto own = account_ ? funds.system.balances.get(*account_) : std::nullopt;
  auto sum = checked_add(own           ? *own
                         : funds.grant ? *funds.grant
                                       : funds.system.balance.get(),
                         refund);
  if (!sum) return ExecutionError::overflow();
  if (own) {
    funds.system.balances.put(*account_, *sum);
  } else if (funds.grant) {
    *funds.grant = *sum;
  } else {
    funds.system.balance.set(*sum);
  }
  return Ok{};
}

uint64_t ResourceController::remaining_fuel(Funds funds, VmRuntime vm) const {
  const bool wasm = vm == VmRuntime::Wasm;
  uint64_t maximum =
      wasm ? policy_.maximum_wasm_fuel_per_block : policy_.maximum_evm_fuel_per_block;
  uint64_t used = wasm ? tracker_.wasm_fuel : tracker_.evm_fuel;
  uint64_t allowed = used > maximum ? 0 : maximum - used;
  Amount unit = wasm ? policy_.wasm_fuel_unit : policy_.evm_fuel_unit;
  if (is_free_ || unit.zero()) return allowed;
  u128 affordable = balance(funds).attos / unit.attos;
  return affordable < allowed ? static_cast<uint64_t>(affordable) : allowed;
}

ExecutionStatus ResourceController::track_block_size(uint64_t size) {
  if (__builtin_add_overflow(tracker_.block_size, size, &tracker_.block_size) ||
      tracker_.block_size > policy_.maximum_block_size) {
    return limit("Serialized size of the block exceeds limit");
  }
  return Ok{};
}

ExecutionStatus ResourceController::track_operation(Funds funds, const Operation& operation) {
  MICA_TRY(add(tracker_.operations, 1u));
  MICA_TRY(charge(funds, policy_.operation));
  auto* user = std::get_if<Operation::User>(&operation.kind);
  if (!user) return Ok{};
  MICA_TRY(add<uint64_t>(tracker_.operation_bytes, user->bytes.size()));
  return charge(funds, policy_.operation_byte, user->bytes.size());
}

ExecutionStatus ResourceController::track_message(Funds funds, const Message& message) {
  MICA_TRY(add(tracker_.messages, 1u));
  MICA_TRY(charge(funds, policy_.message));
  auto* user = std::get_if<Message::User>(&message.kind);
  if (!user) return Ok{};
  MICA_TRY(add<uint64_t>(tracker_.message_bytes, user->bytes.size()));
  return charge(funds, policy_.message_byte, user->bytes.size());
}

ExecutionStatus ResourceController::track_blob_read(Funds funds, uint64_t bytes) {
  MICA_TRY(add(tracker_.blob_bytes_read, bytes));
  MICA_TRY(add(tracker_.blobs_read, 1u));
  auto price = checked_mul(policy_.blob_byte_read, bytes);
  if (price) price = checked_add(*price, policy_.blob_read);
  if (!price) return ExecutionError::overflow();
  return charge(funds, *price);
}

ExecutionStatus ResourceController::track_blob_published(Funds funds, const BlobContent& blob) {
  MICA_TRY(check_blob_size(blob));
  if (blob.blob_type == BlobType::Committee) return Ok{};
  MICA_TRY(add<uint64_t>(tracker_.blob_bytes_published, blob.bytes.size()));
  MICA_TRY(add(tracker_.blobs_published, 1u));
  auto price = checked_mul(policy_.blob_byte_published, blob.bytes.size());
  if (price) price = checked_add(*price, policy_.blob_published);
  if (!price) return ExecutionError::overflow();
  return charge(funds, *price);
}

ExecutionStatus ResourceController::track_grant(Funds funds, Amount grant) {
  auto sum = checked_add(tracker_.grants, grant);
  if (!sum) return ExecutionError::overflow();
  tracker_.grants = *sum;
  return is_free_ ? ExecutionStatus(Ok{}) : drain(funds, grant);
}

ExecutionStatus ResourceController::track_http_request(Funds funds) {
  MICA_TRY(add(tracker_.http_requests, 1u));
  return charge(funds, policy_.http_request);
}

ExecutionStatus ResourceController::track_fuel(Funds funds, uint64_t fuel, VmRuntime vm) {
  const bool wasm = vm == VmRuntime::Wasm;
  uint64_t& used = wasm ? tracker_.wasm_fuel : tracker_.evm_fuel;
  MICA_TRY(add(used, fuel));
  if (used > (wasm ? policy_.maximum_wasm_fuel_per_block : policy_.maximum_evm_fuel_per_block)) {
    return limit("Block execution required too much fuel for VM " +
                 std::string(wasm ? "wasm" : "evm"));
  }
  return charge(funds, wasm ? policy_.wasm_fuel_unit : policy_.evm_fuel_unit, fuel);
}

ExecutionStatus ResourceController::track_runtime_bytes(Funds funds, uint32_t bytes) {
  MICA_TRY(add(tracker_.bytes_runtime, bytes));
  return charge(funds, policy_.byte_runtime, bytes);
}

ExecutionStatus ResourceController::track_read_operation(Funds funds) {
  MICA_TRY(add(tracker_.read_operations, 1u));
  return charge(funds, policy_.read_operation);
}

ExecutionStatus ResourceController::track_write_operations(Funds funds, uint32_t count) {
  MICA_TRY(add(tracker_.write_operations, count));
  return charge(funds, policy_.write_operation, count);
}

// Reaching the maximum fails already, unlike with fuel and block size.
ExecutionStatus ResourceController::track_bytes_read(Funds funds, uint64_t bytes) {
  MICA_TRY(add(tracker_.bytes_read, bytes));
  if (tracker_.bytes_read >= policy_.maximum_bytes_read_per_block) {
    return limit("Excessive number of bytes read from storage");
  }
  return charge(funds, policy_.byte_read, bytes);
}

ExecutionStatus ResourceController::track_bytes_written(Funds funds, uint64_t bytes) {
  MICA_TRY(add(tracker_.bytes_written, bytes));
  if (tracker_.bytes_written >= policy_.maximum_bytes_written_per_block) {
    return limit("Excessive number of bytes written to storage");
  }
  return charge(funds, policy_.byte_written, bytes);
}

ExecutionStatus ResourceController::track_service_oracle_call(Funds funds) {
  MICA_TRY(add(tracker_.service_oracle_queries, 1u));
  return charge(funds, policy_.service_as_oracle_query);
}

ExecutionStatus ResourceController::track_service_oracle_execution(uint64_t micros) {
  uint64_t& spent = tracker_.service_oracle_execution_us;
  if (__builtin_add_overflow(spent, micros, &spent)) spent = UINT64_MAX;
  if (spent / 1000 >= policy_.maximum_service_oracle_execution_ms) {
    return limit("Services running as oracles in block took longer than allowed");
  }
  return Ok{};
}

ExecutionStatus ResourceController::track_service_oracle_response(uint64_t bytes) const {
  if (bytes <= policy_.maximum_oracle_response_bytes) return Ok{};
  return ExecutionError("Service running as an oracle produced a response that's too large");
}

ExecutionStatus ResourceController::check_blob_size(const BlobContent& blob) const {
  if (blob.bytes.size() > policy_.maximum_blob_size) {
    return ExecutionError("Blob exceeds size limit");
  }
  if (is_bytecode(blob.blob_type)) {
    MICA_TRY(decompress_bytecode(blob, policy_.maximum_bytecode_size));
  }
  return Ok{};
}

bool ResourceController::is_free_application(const ApplicationId& application_id) const {
  return policy_.has_flag("FLAG_FREE_APPLICATION_ID_" + application_id.to_text() +
                          ".linera.network");
}

}  // namespace mica::execution
