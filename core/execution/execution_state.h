// The execution state of one chain, as windows: what the state hash in every block covers.
// linera-execution/src/{execution,system}.rs
#pragma once

#include "core/execution/execution_error.h"
#include "core/execution/lookup.h"
#include "core/execution/room.h"
#include "core/views/state_hash.h"

namespace mica::execution {

// Keys of a chain: 0x01 and the chain id; the execution state at the tag 0x00 after that, the
// chain's other windows at further tags.
inline constexpr uint8_t kChainsTag = 0x01;
inline constexpr uint8_t kExecutionStateTag = 0x00;
Bytes chain_prefix(const ChainId& chain_id);
inline Bytes execution_prefix(const ChainId& chain_id) {
  return key_of(chain_prefix(chain_id), kExecutionStateTag);
}

struct EventSubscriptions {
  uint32_t next_index = 0;
  std::set<ApplicationId> applications;
  MICA_FIELDS(EventSubscriptions, next_index, applications)
};

struct SystemState {
  Register<std::optional<ChainDescription>> description;  // nothing: the chain is not active here
  Register<Epoch> epoch;
  Register<std::optional<ChainId>> admin_chain_id;
  Register<std::map<Epoch, Committee>> committees;
  Register<ChainOwnership> ownership;
  Register<Amount> balance;
  Map<AccountOwner, Amount> balances;
  Register<Timestamp> timestamp;  // of the latest block
  Register<bool> closed;
  Register<ApplicationPermissions> application_permissions;
  Set<BlobId> used_blobs;
  Map<std::pair<ChainId, StreamId>, EventSubscriptions> event_subscriptions;

  SystemState(ViewContext context, const Bytes& prefix);
  // The chain's own balance for AccountOwner::chain().
  Amount balance_of(const AccountOwner& owner) const {
    return owner.is_chain() ? balance.get() : balances.get_or_default(owner);
  }
};

// Raw bytes of one application: keys and values without BCS around them. The hash of all entries is
// kept beside them until one of them changes: it stands in the same state, so it is committed,
// dropped and rolled back with them. linera-views/src/views/hashable_wrapper.rs
class KeyValues {
 public:
  KeyValues(ViewContext context, const Bytes& prefix)
      : context_(context),
        entries_(key_of(prefix, kEntries)),
        hash_(context, key_of(prefix, kHash)) {}
  const Bytes* get(ByteSpan key) const { return context_.reader().get(key_of(entries_, key)); }
  // visit(key, value) -> bool, false ends it; no changes meanwhile.
  template <class F>
  void scan(F visit) const {
    scan_prefix({}, visit);
  }
  // Keys that begin with `prefix`, without it.
  template <class F>
  void scan_prefix(ByteSpan prefix, F visit) const {
    const Bytes whole = key_of(entries_, prefix);
    context_.reader().scan(whole, [&](ByteSpan key, const Bytes& value) -> bool {
      return visit(key.subspan(whole.size()), value);
    });
  }
  void put(ByteSpan key, Bytes value) {
    forget_hash();
    context_.overlay().put(key_of(entries_, key), std::move(value));
  }
  void erase(ByteSpan key) {
    forget_hash();
    context_.overlay().erase(key_of(entries_, key));
  }
  void erase_prefix(ByteSpan prefix) {
    forget_hash();
    context_.overlay().erase_prefix(key_of(entries_, prefix));
  }
  // The kept one if there is one; a new one is kept where this may be written.
  Hash256 hash() const;

 private:
  enum Tag : uint8_t { kEntries = 0, kHash = 1 };  // stored: never renumber
  void forget_hash() {
    if (hash_.written()) hash_.clear();
  }

  ViewContext context_;
  Bytes entries_;
  Register<CryptoHash> hash_;
};
inline Hash256 state_hash(const KeyValues& view) { return view.hash(); }

struct ExecutionState {
  SystemState system;
  Collection<ApplicationId, KeyValues> users;
  Map<StreamId, uint32_t> stream_event_counts;

  // At execution_prefix(chain_id).
  ExecutionState(ViewContext context, const ChainId& chain_id);

  // The committee of the chain's epoch; InactiveChain's cause if there is none.
  ExecutionResult<Committee> current_committee(const Lookup& lookup) const;
  // In the mode that the current committee's policy asks for; none: by the Historical one, which
  // is not computed here. Over an overlay it keeps the hashes of the applications' states there.
  ExecutionResult<std::optional<CryptoHash>> state_hash(const Lookup& lookup) const;
};

// What gives the Historical state hash after a block. The wallet has none: it goes by upstream's
// batches of storage keys, and a certificate tells it. For validators that are simulated.
class HistoricalHash {
 public:
  virtual ~HistoricalHash() = default;
  virtual CryptoHash of(const ExecutionState& state) const = 0;
};

// FLAG_ZERO_HASH, then HISTORICAL, then HISTORICAL_SHADOW, else Legacy.
// linera-execution/src/execution.rs
enum class StateHashMode : uint8_t { kZero, kLegacy, kHistorical, kHistoricalShadow };
StateHashMode state_hash_mode(const ResourceControlPolicy& policy);
CryptoHash legacy_state_hash(const ExecutionState& state);

// Committees by epoch: the genesis one by its blob, later ones by the admin chain's event and blob.
ExecutionResult<Committee> committee_of_epoch(const Epoch& epoch, const Lookup& lookup);

// Makes a new chain's state from its description blob; false if it was made before.
// linera-execution/src/system.rs, initialize_chain
ExecutionResult<bool> initialize_chain(ExecutionState& state, const ChainId& chain_id,
                                       const Lookup& lookup);

}  // namespace mica::execution
