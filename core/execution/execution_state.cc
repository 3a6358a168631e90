#include "core/execution/execution_state.h"

#include "core/base/limits.h"

namespace mica::execution {

namespace {

// Windows of the system state, by upstream's order of fields. Stored: never renumber.
enum SystemTag : uint8_t {
  kDescription = 0,
  kEpoch = 1,
  kAdminChainId = 2,
  kCommittees = 3,
  kOwnership = 4,
  kBalance = 5,
  kBalances = 6,
  kTimestamp = 7,
  kClosed = 8,
  kApplicationPermissions = 9,
  kUsedBlobs = 10,
  kEventSubscriptions = 11,
};
enum ExecutionTag : uint8_t { kSystem = 0, kUsers = 1, kStreamEventCounts = 2 };

Hash256 hash_system(const SystemState& system) {
  return state_hash_of_fields(system.description, system.epoch, system.admin_chain_id,
                              system.committees, system.ownership, system.balance, system.balances,
                              system.timestamp, system.closed, system.application_permissions,
                              system.used_blobs, system.event_subscriptions);
}

}  // namespace

Bytes chain_prefix(const ChainId& chain_id) {
  Bytes key{kChainsTag};
  append(key, chain_id.hash.bytes);
  return key;
}

SystemState::SystemState(ViewContext context, const Bytes& prefix)
    : description(context, key_of(prefix, kDescription)),
      epoch(context, key_of(prefix, kEpoch)),
      admin_chain_id(context, key_of(prefix, kAdminChainId)),
      committees(context, key_of(prefix, kCommittees)),
      ownership(context, key_of(prefix, kOwnership)),
      balance(context, key_of(prefix, kBalance)),
      balances(context, key_of(prefix, kBalances)),
      timestamp(context, key_of(prefix, kTimestamp)),
      closed(context, key_of(prefix, kClosed)),
      application_permissions(context, key_of(prefix, kApplicationPermissions)),
      used_blobs(context, key_of(prefix, kUsedBlobs)),
      event_subscriptions(context, key_of(prefix, kEventSubscriptions)) {}

ExecutionState::ExecutionState(ViewContext context, const ChainId& chain_id)
    : system(context, key_of(execution_prefix(chain_id), kSystem)),
      users(context, key_of(execution_prefix(chain_id), kUsers)),
      stream_event_counts(context, key_of(execution_prefix(chain_id), kStreamEventCounts)) {}

Hash256 KeyValues::hash() const {
  if (hash_.written()) return hash_.get().bytes;
  const Hash256 hash = views::detail::hash_entries([&](auto each) { scan(each); });
  if (context_.writable()) Register<CryptoHash>(hash_).set({hash});
  return hash;
}

StateHashMode state_hash_mode(const ResourceControlPolicy& policy) {
  if (policy.has_flag(kFlagZeroHash)) return StateHashMode::kZero;
  if (policy.has_flag(kFlagHistoricalHash)) return StateHashMode::kHistorical;
  if (policy.has_flag(kFlagHistoricalHashShadow)) return StateHashMode::kHistoricalShadow;
  return StateHashMode::kLegacy;
}

CryptoHash legacy_state_hash(const ExecutionState& state) {
  Sha3_256 hasher;
  hasher.update(hash_system(state.system));
  hasher.update(state_hash(state.users));
  hasher.update(state_hash(state.stream_event_counts));
  return hash_named("ExecutionStateViewHash", hasher.finish());
}

ExecutionResult<std::optional<CryptoHash>> ExecutionState::state_hash(const Lookup& lookup) const {
  Committee committee = MICA_TRY(current_committee(lookup));
  switch (state_hash_mode(committee.policy)) {
    case StateHashMode::kZero:
      return std::optional(CryptoHash{});
    case StateHashMode::kLegacy:
      return std::optional(legacy_state_hash(*this));
    // It is computed elsewhere, to be compared, and reported as zeros. 0.15.21, execution.rs
    case StateHashMode::kHistoricalShadow:
      return std::optional(CryptoHash{});
    case StateHashMode::kHistorical:
      return std::optional<CryptoHash>();
  }
  return ExecutionError("state hash mode");
}

ExecutionResult<Committee> ExecutionState::current_committee(const Lookup& lookup) const {
  auto committees = system.committees.get();
  auto found = committees.find(system.epoch.get());
  if (found != committees.end()) return std::move(found->second);
  return committee_of_epoch(system.epoch.get(), lookup);
}

// linera-execution/src/lib.rs, get_or_load_committee
ExecutionResult<Committee> committee_of_epoch(const Epoch& epoch, const Lookup& lookup) {
  CryptoHash hash = lookup.network().genesis_committee_blob_hash;
  if (epoch.epoch != 0) {
    EventId id{lookup.network().admin_chain_id, StreamId::new_epochs(), epoch.epoch};
    auto value = lookup.event(id);
    if (!value) return ExecutionError::missing({id});
    hash = MICA_TRY(decode<CryptoHash>(*value));
  }
  BlobId id{BlobType::Committee, hash};
  auto blob = lookup.blob(id);
  if (!blob) return ExecutionError::missing({id});
  return MICA_TRY(decode<Committee>(blob->bytes));
}

namespace {

// All missing events and blobs are named at once, so one round of fetching brings them.
ExecutionResult<std::map<Epoch, Committee>> committees_of_epochs(Epoch first, Epoch last,
                                                                 const Lookup& lookup) {
  std::map<Epoch, Committee> committees;
  std::vector<Wanted> missing;
  for (uint64_t epoch = first.epoch; epoch <= last.epoch; ++epoch) {
    auto committee = committee_of_epoch({static_cast<uint32_t>(epoch)}, lookup);
    if (committee.ok()) {
      committees.emplace(Epoch{static_cast<uint32_t>(epoch)}, std::move(committee).value());
      continue;
    }
    const ExecutionError& error = committee.error();
    if (error.kind != ExecutionError::Kind::kTransient) return error;
    missing.insert(missing.end(), error.wanted.begin(), error.wanted.end());
    if (missing.size() >= limits::kMaxWanted) break;  // a description may lie
  }
  if (!missing.empty()) return ExecutionError::missing(std::move(missing));
  return committees;
}

}  // namespace

ExecutionResult<bool> initialize_chain(ExecutionState& state, const ChainId& chain_id,
                                       const Lookup& lookup) {
  SystemState& system = state.system;
  if (system.description.get()) return false;
  BlobId id = description_blob_id(chain_id);
  auto blob = lookup.blob(id);
  if (!blob) return ExecutionError::missing({id});
  auto description = MICA_TRY(decode<ChainDescription>(blob->bytes));
  const InitialChainConfig& config = description.config;
  auto committees =
      MICA_TRY(committees_of_epochs(config.min_active_epoch, config.max_active_epoch, lookup));
  system.timestamp.set(description.timestamp);
  system.epoch.set(config.epoch);
  system.committees.set(committees);
  system.admin_chain_id.set(lookup.network().admin_chain_id);
  system.ownership.set(config.ownership);
  system.balance.set(config.balance);
  system.application_permissions.set(config.application_permissions);
  system.description.set(std::move(description));
  return true;
}

}  // namespace mica::execution
