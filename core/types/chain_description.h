// What a chain is at birth and who may propose its blocks.
// linera-base/src/{data_types,ownership}.rs
#pragma once

#include "core/types/keys.h"
#include "core/types/room.h"

namespace mica::types {

struct TimeoutConfig {
  std::optional<TimeDelta> fast_round_duration;  // none: the fast round never times out
  TimeDelta base_timeout = TimeDelta::from_millis(10'000);
  TimeDelta timeout_increment = TimeDelta::from_millis(1'000);
  TimeDelta fallback_duration = TimeDelta::max();
  MICA_FIELDS(TimeoutConfig, fast_round_duration, base_timeout, timeout_increment,
              fallback_duration)
};

struct ChainOwnership {
  std::set<AccountOwner> super_owners;
  std::map<AccountOwner, uint64_t> owners;  // weights, for the choice of leaders
  uint32_t multi_leader_rounds = 0;
  bool open_multi_leader_rounds = false;
  TimeoutConfig timeout_config;
  MICA_FIELDS(ChainOwnership, super_owners, owners, multi_leader_rounds, open_multi_leader_rounds,
              timeout_config)

  // Upstream 0.15.17; later versions have 5.
  static constexpr uint32_t kDefaultMultiLeaderRounds = 2;
  static ChainOwnership single(const AccountOwner& owner);
  static ChainOwnership single_super(const AccountOwner& owner);
  bool is_owner(const AccountOwner& owner) const {
    return super_owners.contains(owner) || owners.contains(owner);
  }
  bool has_owners() const { return !super_owners.empty() || !owners.empty(); }
};

struct ApplicationPermissions {
  std::optional<std::vector<ApplicationId>> execute_operations;  // none: all
  std::vector<ApplicationId> mandatory_applications;
  std::vector<ApplicationId> close_chain;
  std::vector<ApplicationId> change_application_permissions;
  std::optional<std::vector<ApplicationId>> call_service_as_oracle;  // none: all
  std::optional<std::vector<ApplicationId>> make_http_requests;      // none: all
  MICA_FIELDS(ApplicationPermissions, execute_operations, mandatory_applications, close_chain,
              change_application_permissions, call_service_as_oracle, make_http_requests)

  // Also whether it may change the chain's ownership.
  bool can_close_chain(const ApplicationId& id) const { return contains(close_chain, id); }
  bool can_change_application_permissions(const ApplicationId& id) const {
    return contains(change_application_permissions, id);
  }
  bool can_call_services(const ApplicationId& id) const {
    return !call_service_as_oracle || contains(*call_service_as_oracle, id);
  }
  bool can_make_http_requests(const ApplicationId& id) const {
    return !make_http_requests || contains(*make_http_requests, id);
  }

 private:
  static bool contains(const std::vector<ApplicationId>& all, const ApplicationId& id) {
    return std::find(all.begin(), all.end(), id) != all.end();
  }
};

struct InitialChainConfig {
  ChainOwnership ownership;
  Epoch epoch;
  Epoch min_active_epoch;
  Epoch max_active_epoch;
  Amount balance;
  ApplicationPermissions application_permissions;
  MICA_FIELDS(InitialChainConfig, ownership, epoch, min_active_epoch, max_active_epoch, balance,
              application_permissions)
};

struct ChainOrigin {
  struct Root {
    uint32_t index;
    MICA_NEWTYPE(Root, index)
  };
  struct Child {
    ChainId parent;
    BlockHeight block_height;
    uint32_t chain_index;
    MICA_FIELDS(Child, parent, block_height, chain_index)
  };
  std::variant<Root, Child> kind;
  MICA_ENUM(ChainOrigin, kind)
};

struct ChainDescription {
  ChainOrigin origin;
  Timestamp timestamp;
  InitialChainConfig config;
  MICA_FIELDS(ChainDescription, origin, timestamp, config)

  BlobContent to_blob() const { return {BlobType::ChainDescription, encode(*this)}; }
  // The hash of the blob, not of the description.
  ChainId id() const { return {to_blob().id().hash}; }
  bool is_child() const { return std::holds_alternative<ChainOrigin::Child>(origin.kind); }
};

inline BlobId description_blob_id(const ChainId& chain_id) {
  return {BlobType::ChainDescription, chain_id.hash};
}

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::ChainOwnership)
MICA_CODEC_ELSEWHERE(::mica::types::ApplicationPermissions)
MICA_CODEC_ELSEWHERE(::mica::types::ChainDescription)
