// A network of one admin chain in memory: what execution may look up, and a chain to run on.
#pragma once

#include <gtest/gtest.h>

#include "core/execution/system_calls.h"
#include "core/storage/memory_store.h"

namespace mica::execution {

inline AccountOwner owner_named(uint8_t name) {
  CryptoHash hash;
  hash.bytes.fill(name);
  return {AccountOwner::Address32{hash}};
}
inline ChainId chain_named(uint8_t name) {
  ChainId id;
  id.hash.bytes.fill(name);
  return id;
}
inline Amount attos(u128 value) { return {value}; }
inline Amount nanos(uint64_t value) { return {static_cast<u128>(value) * 1'000'000'000}; }
inline Amount micros(uint64_t value) { return nanos(value * 1000); }
inline Amount tokens(uint64_t value) { return Amount::from_tokens(value); }

class FakeLookup : public Lookup {
 public:
  std::optional<BlobContent> blob(const BlobId& id) const override {
    auto found = blobs.find(id);
    return found == blobs.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<Bytes> event(const EventId& id) const override {
    ++events_asked;
    auto found = events.find(id);
    return found == events.end() ? std::nullopt : std::optional(found->second);
  }
  const NetworkDescription& network() const override { return description; }

  BlobId add(const BlobContent& blob) {
    BlobId id = blob.id();
    blobs.emplace(id, blob);
    return id;
  }

  std::map<BlobId, BlobContent> blobs;
  std::map<EventId, Bytes> events;
  NetworkDescription description;
  mutable int events_asked = 0;
};

// One root chain, also the admin chain, owned by `kOwner` with ten tokens, under `policy`.
class World {
 public:
  static inline const AccountOwner kOwner = owner_named(1);

  explicit World(ResourceControlPolicy policy = {}, Amount balance = tokens(10)) {
    committee.policy = std::move(policy);
    BlobId committee_blob = lookup.add(committee.to_blob());
    ChainDescription chain{.origin = {ChainOrigin::Root{0}},
                           .timestamp = {1000},
                           .config = {.ownership = ChainOwnership::single(kOwner),
                                      .epoch = {},
                                      .min_active_epoch = {},
                                      .max_active_epoch = {},
                                      .balance = balance,
                                      .application_permissions = {}}};
    lookup.add(chain.to_blob());
    chain_id = chain.id();
    lookup.description = {.name = "world",
                          .genesis_config_hash = {},
                          .genesis_timestamp = {1000},
                          .genesis_committee_blob_hash = committee_blob.hash,
                          .admin_chain_id = chain_id};
  }

  ExecutionState state() { return ExecutionState(overlay, chain_id); }
  void initialize() {
    ExecutionState here = state();
    auto made = initialize_chain(here, chain_id, lookup);
    ASSERT_TRUE(made.ok()) << made.error().text;
    ASSERT_TRUE(*made);
  }

  MemoryStore store;
  Overlay overlay{store};
  FakeLookup lookup;
  Committee committee;
  ChainId chain_id;
};

}  // namespace mica::execution
