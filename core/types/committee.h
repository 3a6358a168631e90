// Validators with their votes, the prices of execution, and the genesis of a network.
// linera-execution/src/{committee,policy}.rs, linera-core/src/genesis_config.rs
#pragma once

#include "core/types/chain_description.h"
#include "core/types/room.h"

namespace mica::types {

struct ResourceControlPolicy {
  Amount wasm_fuel_unit, evm_fuel_unit, read_operation, write_operation, byte_runtime, byte_read,
      byte_written, blob_read, blob_published, blob_byte_read, blob_byte_published, byte_stored,
      operation, operation_byte, message, message_byte, service_as_oracle_query, http_request;
  uint64_t maximum_wasm_fuel_per_block = UINT64_MAX;
  uint64_t maximum_evm_fuel_per_block = UINT64_MAX;
  uint64_t maximum_service_oracle_execution_ms = UINT64_MAX;
  uint64_t maximum_block_size = UINT64_MAX;
  uint64_t maximum_bytecode_size = UINT64_MAX;
  uint64_t maximum_blob_size = UINT64_MAX;
  uint64_t maximum_published_blobs = UINT64_MAX;
  uint64_t maximum_block_proposal_size = UINT64_MAX;
  uint64_t maximum_bytes_read_per_block = UINT64_MAX;
  uint64_t maximum_bytes_written_per_block = UINT64_MAX;
  uint64_t maximum_oracle_response_bytes = UINT64_MAX;
  uint64_t maximum_http_response_bytes = UINT64_MAX;
  uint64_t http_request_timeout_ms = UINT64_MAX;
  std::set<std::string> http_request_allow_list;  // also carries the network's flags
  MICA_FIELDS(ResourceControlPolicy, wasm_fuel_unit, evm_fuel_unit, read_operation, write_operation,
              byte_runtime, byte_read, byte_written, blob_read, blob_published, blob_byte_read,
              blob_byte_published, byte_stored, operation, operation_byte, message, message_byte,
              service_as_oracle_query, http_request, maximum_wasm_fuel_per_block,
              maximum_evm_fuel_per_block, maximum_service_oracle_execution_ms, maximum_block_size,
              maximum_bytecode_size, maximum_blob_size, maximum_published_blobs,
              maximum_block_proposal_size, maximum_bytes_read_per_block,
              maximum_bytes_written_per_block, maximum_oracle_response_bytes,
              maximum_http_response_bytes, http_request_timeout_ms, http_request_allow_list)

  // Upstream's presets; both without flags.
  static ResourceControlPolicy no_fees() { return {}; }
  static ResourceControlPolicy testnet();
  bool has_flag(std::string_view flag) const {
    return http_request_allow_list.contains(std::string(flag));
  }
};

// linera-execution/src/policy.rs
inline constexpr std::string_view kFlagZeroHash = "FLAG_ZERO_HASH.linera.network";
inline constexpr std::string_view kFlagFreeReject = "FLAG_FREE_REJECT.linera.network";
inline constexpr std::string_view kFlagMandatoryAppsNeedAcceptedMessage =
    "FLAG_MANDATORY_APPS_NEED_ACCEPTED_MESSAGE.linera.network";
// linera-execution/src/lib.rs, 0.15.21
inline constexpr std::string_view kFlagHistoricalHash = "FLAG_HISTORICAL_HASH.linera.network";
inline constexpr std::string_view kFlagHistoricalHashShadow =
    "FLAG_HISTORICAL_HASH_SHADOW.linera.network";

struct ValidatorState {
  std::string network_address;  // grpc:host:port or grpcs:host:port
  uint64_t votes = 0;
  AccountPublicKey account_public_key;
  MICA_FIELDS(ValidatorState, network_address, votes, account_public_key)
};

struct Committee {
  std::map<ValidatorPublicKey, ValidatorState> validators;
  ResourceControlPolicy policy;
  MICA_FIELDS(Committee, validators, policy)

  u128 total_votes() const;
  uint64_t weight(const ValidatorPublicKey& validator) const;  // 0 for a stranger
  u128 quorum_threshold() const { return 2 * total_votes() / 3 + 1; }
  u128 validity_threshold() const { return (total_votes() + 2) / 3; }
  BlobContent to_blob() const { return {BlobType::Committee, encode(*this)}; }
  // JSON also carries the three totals, and a reader refuses others than its own sums.
  JsonValue to_json_value() const;
  static Result<Committee> from_json_value(const JsonValue& json);
};

struct GenesisConfig {
  Committee committee;
  Timestamp timestamp;
  std::vector<ChainDescription> chains;  // the first is the admin chain
  std::string network_name;
  MICA_FIELDS(GenesisConfig, committee, timestamp, chains, network_name)
};

struct NetworkDescription {
  std::string name;
  CryptoHash genesis_config_hash;
  Timestamp genesis_timestamp;
  CryptoHash genesis_committee_blob_hash;
  ChainId admin_chain_id;
  MICA_FIELDS(NetworkDescription, name, genesis_config_hash, genesis_timestamp,
              genesis_committee_blob_hash, admin_chain_id)
};

// Refuses a genesis without chains or with votes that do not sum.
Result<NetworkDescription> describe(const GenesisConfig& genesis);

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::ResourceControlPolicy)
MICA_CODEC_ELSEWHERE(::mica::types::Committee)
MICA_CODEC_ELSEWHERE(::mica::types::GenesisConfig)
MICA_CODEC_ELSEWHERE(::mica::types::NetworkDescription)
