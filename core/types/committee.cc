#include "core/types/committee.h"

#include "core/bcs/json.h"

namespace mica::types {

namespace {
constexpr u128 kNano = 1'000'000'000;
constexpr u128 kMicro = 1'000 * kNano;
constexpr u128 kMilli = 1'000 * kMicro;
}  // namespace

ResourceControlPolicy ResourceControlPolicy::testnet() {
  ResourceControlPolicy policy;
  policy.wasm_fuel_unit = {10 * kNano};
  policy.evm_fuel_unit = {10 * kNano};
  policy.read_operation = {10 * kMicro};
  policy.write_operation = {20 * kMicro};
  policy.byte_runtime = {kNano};
  policy.byte_read = {10 * kNano};
  policy.byte_written = {100 * kNano};
  policy.blob_read = {100 * kNano};
  policy.blob_published = {1000 * kNano};
  policy.blob_byte_read = {10 * kNano};
  policy.blob_byte_published = {100 * kNano};
  policy.byte_stored = {10 * kNano};
  policy.operation = {10 * kMicro};
  policy.operation_byte = {10 * kNano};
  policy.message = {10 * kMicro};
  policy.message_byte = {100 * kNano};
  policy.service_as_oracle_query = {10 * kMilli};
  policy.http_request = {50 * kMicro};
  policy.maximum_wasm_fuel_per_block = 100'000'000;
  policy.maximum_evm_fuel_per_block = 100'000'000;
  policy.maximum_service_oracle_execution_ms = 10'000;
  policy.maximum_block_size = 1'000'000;
  policy.maximum_bytecode_size = 10'000'000;
  policy.maximum_blob_size = 1'000'000;
  policy.maximum_published_blobs = 10;
  policy.maximum_block_proposal_size = 13'000'000;
  policy.maximum_bytes_read_per_block = 100'000'000;
  policy.maximum_bytes_written_per_block = 10'000'000;
  policy.maximum_oracle_response_bytes = 10'000;
  policy.maximum_http_response_bytes = 10'000;
  policy.http_request_timeout_ms = 20'000;
  return policy;
}

u128 Committee::total_votes() const {
  u128 total = 0;
  for (const auto& [key, state] : validators) total += state.votes;
  return total;
}

uint64_t Committee::weight(const ValidatorPublicKey& validator) const {
  auto found = validators.find(validator);
  return found == validators.end() ? 0 : found->second.votes;
}

JsonValue Committee::to_json_value() const {
  JsonValue out;
  out.add("validators", to_json(validators));
  out.add("total_votes", total_votes());
  out.add("quorum_threshold", quorum_threshold());
  out.add("validity_threshold", validity_threshold());
  out.add("policy", to_json(policy));
  return out;
}

Result<Committee> Committee::from_json_value(const JsonValue& json) {
  const JsonValue* validators = json.find("validators");
  const JsonValue* policy = json.find("policy");
  if (!validators || !policy) return Error{ErrorCode::kMissingField, "committee"};
  Committee out;
  out.validators = MICA_TRY(from_json<decltype(Committee::validators)>(*validators));
  out.policy = MICA_TRY(from_json<ResourceControlPolicy>(*policy));
  const std::pair<const char*, u128> totals[] = {{"total_votes", out.total_votes()},
                                                 {"quorum_threshold", out.quorum_threshold()},
                                                 {"validity_threshold", out.validity_threshold()}};
  for (const auto& [name, expected] : totals) {
    const JsonValue* found = json.find(name);
    if (!found || !found->integer() || *found->integer() != expected) {
      return Error{ErrorCode::kRefused, std::string("committee ") + name};
    }
  }
  return out;
}

Result<NetworkDescription> describe(const GenesisConfig& genesis) {
  if (genesis.chains.empty()) return Error{ErrorCode::kRefused, "genesis without chains"};
  if (genesis.committee.total_votes() == 0) {
    return Error{ErrorCode::kRefused, "genesis without votes"};
  }
  return NetworkDescription{
      .name = genesis.network_name,
      .genesis_config_hash = hash_of(genesis),
      .genesis_timestamp = genesis.timestamp,
      .genesis_committee_blob_hash = genesis.committee.to_blob().id().hash,
      .admin_chain_id = genesis.chains.front().id(),
  };
}

}  // namespace mica::types
