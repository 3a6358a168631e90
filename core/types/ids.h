// Names of things: hashes, chains, owners, blobs, applications, streams.
// linera-base/src/identifiers.rs, linera-base/src/crypto/hash.rs
#pragma once

#include "core/crypto/hash.h"
#include "core/types/room.h"
#include "core/types/scalars.h"

namespace mica::types {

struct CryptoHash {
  ByteArray<32> bytes{};
  MICA_NEWTYPE(CryptoHash, bytes)
  std::string to_text() const;  // 64 hex digits, no 0x
  static Result<CryptoHash> from_text(std::string_view text);
};

// Keccak-256 over "TypeName::" and the BCS of the value. linera-base/src/crypto/mod.rs
CryptoHash hash_named(std::string_view type_name, ByteSpan bcs);
template <class T>
CryptoHash hash_of(const T& value) {
  return hash_named(T::kTypeName, encode(value));
}

// The hash of the blob with the chain's description.
struct ChainId {
  CryptoHash hash;
  MICA_NEWTYPE(ChainId, hash)
  std::string to_text() const { return hash.to_text(); }
  static Result<ChainId> from_text(std::string_view text);
};

struct AccountOwner {
  struct Reserved {
    uint8_t value;
    MICA_NEWTYPE(Reserved, value)
  };
  struct Address32 {
    CryptoHash hash;
    MICA_NEWTYPE(Address32, hash)
  };
  struct Address20 {
    ByteArray<20> address;
    MICA_NEWTYPE(Address20, address)
  };
  std::variant<Reserved, Address32, Address20> kind;
  MICA_ENUM(AccountOwner, kind)

  // The chain's own balance.
  static AccountOwner chain() { return {}; }
  bool is_chain() const { return *this == AccountOwner{}; }
  // 0x and 2, 64 or 40 hex digits.
  std::string to_text() const;
  static Result<AccountOwner> from_text(std::string_view text);
};

struct Account {
  ChainId chain_id;
  AccountOwner owner;
  MICA_FIELDS(Account, chain_id, owner)
  // A chain id alone (its own balance) or owner@chain.
  static Result<Account> parse(std::string_view text);
  std::string print() const;
};

MICA_CHOICE(BlobType, Data, ContractBytecode, ServiceBytecode, EvmBytecode, ApplicationDescription,
            Committee, ChainDescription)

// Ordered by (blob_type, hash) as in Rust, serialised as (hash, blob_type).
struct BlobId {
  BlobType blob_type{};
  CryptoHash hash;
  MICA_FIELDS(BlobId, hash, blob_type)
  std::string to_text() const;  // "Type:hash"
  static Result<BlobId> from_text(std::string_view text);
};

constexpr auto order_of(const BlobId& id) { return std::tie(id.blob_type, id.hash); }

struct BlobContent {
  BlobType blob_type{};
  Bytes bytes;
  MICA_FIELDS(BlobContent, blob_type, bytes)
  BlobId id() const { return {blob_type, hash_of(*this)}; }
};

MICA_CHOICE(VmRuntime, Wasm, Evm)

struct ModuleId {
  CryptoHash contract_blob_hash;
  CryptoHash service_blob_hash;
  VmRuntime vm_runtime{};
  MICA_FIELDS(ModuleId, contract_blob_hash, service_blob_hash, vm_runtime)
  std::string to_text() const { return to_hex(encode(*this)); }
  static Result<ModuleId> from_text(std::string_view text);
  // One blob is both the contract and the service of an EVM module.
  bool is_evm() const { return vm_runtime == VmRuntime::Evm; }
  BlobId contract_blob_id() const {
    return {is_evm() ? BlobType::EvmBytecode : BlobType::ContractBytecode, contract_blob_hash};
  }
  BlobId service_blob_id() const {
    return is_evm() ? contract_blob_id() : BlobId{BlobType::ServiceBytecode, service_blob_hash};
  }
  // Contract first, each once.
  std::vector<BlobId> blob_ids() const {
    if (is_evm()) return {contract_blob_id()};
    return {contract_blob_id(), service_blob_id()};
  }
};

struct ApplicationId {
  CryptoHash application_description_hash;
  MICA_FIELDS(ApplicationId, application_description_hash)
  std::string to_text() const { return application_description_hash.to_text(); }
  static Result<ApplicationId> from_text(std::string_view text);
  // The application's own account.
  AccountOwner owner() const { return {AccountOwner::Address32{application_description_hash}}; }
};

struct GenericApplicationId {
  struct System {
    MICA_UNIT(System)
  };
  struct User {
    ApplicationId application_id;
    MICA_NEWTYPE(User, application_id)
  };
  std::variant<System, User> kind;
  MICA_ENUM(GenericApplicationId, kind)
};

struct StreamName {
  Bytes name;
  MICA_NEWTYPE(StreamName, name)
};

struct StreamId {
  GenericApplicationId application_id;
  StreamName stream_name;
  MICA_FIELDS(StreamId, application_id, stream_name)
  std::string to_text() const;  // "System:hex" or "User:application:hex"
  static Result<StreamId> from_text(std::string_view text);
  // The admin chain's streams of new and removed epochs. linera-execution/src/system.rs
  static StreamId new_epochs() { return {{}, {Bytes{0}}}; }
  static StreamId removed_epochs() { return {{}, {Bytes{1}}}; }
};

struct EventId {
  ChainId chain_id;
  StreamId stream_id;
  uint32_t index = 0;
  MICA_FIELDS(EventId, chain_id, stream_id, index)
};

struct Event {
  StreamId stream_id;
  uint32_t index = 0;
  Bytes value;
  MICA_FIELDS(Event, stream_id, index, value)
};

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::AccountOwner)
MICA_CODEC_ELSEWHERE(::mica::types::Account)
MICA_CODEC_ELSEWHERE(::mica::types::BlobId)
MICA_CODEC_ELSEWHERE(::mica::types::BlobContent)
MICA_CODEC_ELSEWHERE(::mica::types::StreamId)
MICA_CODEC_ELSEWHERE(::mica::types::EventId)
MICA_CODEC_ELSEWHERE(::mica::types::Event)
