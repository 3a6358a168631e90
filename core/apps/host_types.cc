#include "core/apps/host_types.h"

namespace mica::apps {

std::optional<Amount> total_price(const ResourceControlPolicy& policy, const Resources& resources) {
  const std::pair<Amount, uint64_t> parts[] = {
      {policy.wasm_fuel_unit, resources.wasm_fuel},
      {policy.evm_fuel_unit, resources.evm_fuel},
      {policy.read_operation, resources.read_operations},
      {policy.byte_runtime, resources.bytes_runtime},
      {policy.write_operation, resources.write_operations},
      {policy.byte_read, resources.bytes_to_read},
      {policy.byte_written, resources.bytes_to_write},
      {policy.blob_byte_read, resources.blob_bytes_to_read},
      {policy.blob_read, resources.blobs_to_read},
      {policy.blob_byte_published, resources.blob_bytes_to_publish},
      {policy.blob_published, resources.blobs_to_publish},
      {policy.message, resources.messages},
      {policy.message_byte, resources.message_size},
      {policy.byte_stored, resources.storage_size_delta},
      {policy.service_as_oracle_query, resources.service_as_oracle_queries},
      {policy.http_request, resources.http_requests},
  };
  std::optional<Amount> sum = Amount{};
  for (const auto& [unit, count] : parts) {
    const auto price = checked_mul(unit, count);
    sum = sum && price ? checked_add(*sum, *price) : std::nullopt;
  }
  return sum;
}

}  // namespace mica::apps
