// What applications and their host tell each other, beside the protocol's own nouns.
// linera-sdk/wit/*.wit
#pragma once

#include "core/abi/form.h"
#include "core/apps/room.h"
#include "core/types/application_description.h"
#include "core/types/block.h"
#include "core/types/committee.h"

namespace mica::apps {

// What a message's execution may use. linera-base/src/data_types.rs
struct Resources {
  uint64_t wasm_fuel = 0, evm_fuel = 0;
  uint32_t read_operations = 0, write_operations = 0, bytes_runtime = 0, bytes_to_read = 0,
           bytes_to_write = 0, blobs_to_read = 0, blobs_to_publish = 0, blob_bytes_to_read = 0,
           blob_bytes_to_publish = 0, messages = 0, message_size = 0, storage_size_delta = 0,
           service_as_oracle_queries = 0, http_requests = 0;
  MICA_FIELDS(Resources, wasm_fuel, evm_fuel, read_operations, write_operations, bytes_runtime,
              bytes_to_read, bytes_to_write, blobs_to_read, blobs_to_publish, blob_bytes_to_read,
              blob_bytes_to_publish, messages, message_size, storage_size_delta,
              service_as_oracle_queries, http_requests)
};
// Nothing where the sum does not fit. linera-execution/src/policy.rs
std::optional<Amount> total_price(const ResourceControlPolicy& policy, const Resources& resources);

struct SendMessageRequest {
  ChainId destination;
  bool authenticated = false;  // nobody looks at it
  bool is_tracked = false;
  Resources grant;
  Bytes message;
  MICA_FIELDS(SendMessageRequest, destination, authenticated, is_tracked, grant, message)
};
struct Bytecode {
  Bytes bytes;
  MICA_FIELDS(Bytecode, bytes)
};
// linera-base/src/identifiers.rs
struct DataBlobHash {
  CryptoHash hash;
  MICA_NEWTYPE(DataBlobHash, hash)
  BlobId id() const { return {BlobType::Data, hash}; }
};
// linera-base/src/http.rs
MICA_CHOICE(HttpMethod, Get, Post, Put, Delete, Head, Options, Connect, Patch, Trace)
struct GuestHttpRequest {
  HttpMethod method{};
  std::string url;
  std::vector<Header> headers;
  Bytes body;
  MICA_FIELDS(GuestHttpRequest, method, url, headers, body)
};
// linera-views/src/batch.rs
struct WriteOperation {
  struct Delete {
    Bytes key;
    MICA_FIELDS(Delete, key)
  };
  struct DeletePrefix {
    Bytes key_prefix;
    MICA_FIELDS(DeletePrefix, key_prefix)
  };
  struct Put {
    Bytes key;
    Bytes value;
    MICA_FIELDS(Put, key, value)
  };
  std::variant<Delete, DeletePrefix, Put> kind;
  MICA_ENUM(WriteOperation, kind)
};
// linera-witty/src/type_traits/implementations/log.rs
MICA_CHOICE(LogLevel, Error, Warn, Info, Debug, Trace)
// linera-base/src/ownership.rs
MICA_CHOICE(CloseChainError, NotPermitted)
MICA_CHOICE(ChangeOwnershipError, NotPermitted)
MICA_CHOICE(ChangeApplicationPermissionsError, NotPermitted)

}  // namespace mica::apps

template <>
inline constexpr bool mica::abi::kWholeTag<mica::apps::LogLevel> = true;
