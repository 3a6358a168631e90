// Every function at the border to an application, as linera-sdk/wit/*.wit lists them.
#pragma once

#include "core/abi/function.h"
#include "core/types/chain_description.h"

namespace mica::abi {

using namespace types;

// linera-base/src/data_types.rs
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
struct SendMessageRequest {
  ChainId destination;
  bool authenticated = false;
  bool is_tracked = false;
  Resources grant;
  Bytes message;
  MICA_FIELDS(SendMessageRequest, destination, authenticated, is_tracked, grant, message)
};
struct ApplicationDescription {
  ModuleId module_id;
  ChainId creator_chain_id;
  BlockHeight block_height;
  uint32_t application_index = 0;
  Bytes parameters;
  std::vector<ApplicationId> required_application_ids;
  MICA_FIELDS(ApplicationDescription, module_id, creator_chain_id, block_height, application_index,
              parameters, required_application_ids)
};
struct Bytecode {
  Bytes bytes;
  MICA_FIELDS(Bytecode, bytes)
};
struct StreamUpdate {
  ChainId chain_id;
  StreamId stream_id;
  uint32_t previous_index = 0;
  uint32_t next_index = 0;
  MICA_FIELDS(StreamUpdate, chain_id, stream_id, previous_index, next_index)
};
// linera-base/src/identifiers.rs
struct DataBlobHash {
  CryptoHash hash;
  MICA_NEWTYPE(DataBlobHash, hash)
};
// linera-base/src/http.rs
MICA_CHOICE(HttpMethod, Get, Post, Put, Delete, Head, Options, Connect, Patch, Trace)
struct HttpHeader {
  std::string name;
  Bytes value;
  MICA_FIELDS(HttpHeader, name, value)
};
struct HttpRequest {
  HttpMethod method{};
  std::string url;
  std::vector<HttpHeader> headers;
  Bytes body;
  MICA_FIELDS(HttpRequest, method, url, headers, body)
};
struct HttpResponse {
  uint16_t status = 0;
  std::vector<HttpHeader> headers;
  Bytes body;
  MICA_FIELDS(HttpResponse, status, headers, body)
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
// linera-execution/src/lib.rs
MICA_CHOICE(CloseChainError, NotPermitted)
MICA_CHOICE(ChangeOwnershipError, NotPermitted)
MICA_CHOICE(ChangeApplicationPermissionsError, NotPermitted)

}  // namespace mica::abi

namespace mica::abi {

template <>
inline constexpr bool kWholeTag<LogLevel> = true;

template <class F>
constexpr Function<F> base(std::string_view name) {
  return {"linera:app/base-runtime-api", name};
}
template <class F>
constexpr Function<F> contract(std::string_view name) {
  return {"linera:app/contract-runtime-api", name};
}
template <class F>
constexpr Function<F> service(std::string_view name) {
  return {"linera:app/service-runtime-api", name};
}
template <class F>
constexpr Function<F> contract_entry(std::string_view name) {
  return {"linera:app/contract-entrypoints", name};
}

using Promise = uint32_t;
using Key = Bytes;

inline constexpr auto kBaseFunctions = std::tuple{
    base<ChainId()>("get-chain-id"),
    base<BlockHeight()>("get-block-height"),
    base<ApplicationId()>("get-application-id"),
    base<ChainId()>("get-application-creator-chain-id"),
    base<ApplicationDescription(ApplicationId)>("read-application-description"),
    base<Bytes()>("application-parameters"),
    base<ChainOwnership()>("get-chain-ownership"),
    base<ApplicationPermissions()>("get-application-permissions"),
    base<Timestamp()>("read-system-timestamp"),
    base<Amount()>("read-chain-balance"),
    base<Amount(AccountOwner)>("read-owner-balance"),
    base<std::vector<std::pair<AccountOwner, Amount>>()>("read-owner-balances"),
    base<std::vector<AccountOwner>()>("read-balance-owners"),
    base<HttpResponse(HttpRequest)>("perform-http-request"),
    base<void(Timestamp)>("assert-before"),
    base<Bytes(DataBlobHash)>("read-data-blob"),
    base<void(DataBlobHash)>("assert-data-blob-exists"),
    base<void(std::string, LogLevel)>("log"),
    base<Promise(Key)>("contains-key-new"),
    base<bool(Promise)>("contains-key-wait"),
    base<Promise(std::vector<Key>)>("contains-keys-new"),
    base<std::vector<bool>(Promise)>("contains-keys-wait"),
    base<Promise(std::vector<Key>)>("read-multi-values-bytes-new"),
    base<std::vector<std::optional<Bytes>>(Promise)>("read-multi-values-bytes-wait"),
    base<Promise(Key)>("read-value-bytes-new"),
    base<std::optional<Bytes>(Promise)>("read-value-bytes-wait"),
    base<Promise(Key)>("find-keys-new"),
    base<std::vector<Key>(Promise)>("find-keys-wait"),
    base<Promise(Key)>("find-key-values-new"),
    base<std::vector<std::pair<Key, Bytes>>(Promise)>("find-key-values-wait"),
};

inline constexpr auto kContractFunctions = std::tuple{
    contract<std::optional<AccountOwner>()>("authenticated-signer"),
    contract<std::optional<bool>()>("message-is-bouncing"),
    contract<std::optional<ChainId>()>("message-origin-chain-id"),
    contract<std::optional<ApplicationId>()>("authenticated-caller-id"),
    contract<void(SendMessageRequest)>("send-message"),
    contract<void(AccountOwner, Account, Amount)>("transfer"),
    contract<void(Account, Account, Amount)>("claim"),
    contract<ChainId(ChainOwnership, ApplicationPermissions, Amount)>("open-chain"),
    contract<Result<Ok, CloseChainError>()>("close-chain"),
    contract<Result<Ok, ChangeOwnershipError>(ChainOwnership)>("change-ownership"),
    contract<Result<Ok, ChangeApplicationPermissionsError>(ApplicationPermissions)>(
        "change-application-permissions"),
    contract<ApplicationId(ModuleId, Bytes, Bytes, std::vector<ApplicationId>)>(
        "create-application"),
    contract<DataBlobHash(Bytes)>("create-data-blob"),
    contract<ModuleId(Bytecode, Bytecode, VmRuntime)>("publish-module"),
    contract<Bytes(bool, ApplicationId, Bytes)>("try-call-application"),
    contract<uint32_t(StreamName, Bytes)>("emit"),
    contract<Bytes(ChainId, StreamName, uint32_t)>("read-event"),
    contract<void(ChainId, ApplicationId, StreamName)>("subscribe-to-events"),
    contract<void(ChainId, ApplicationId, StreamName)>("unsubscribe-from-events"),
    contract<Bytes(ApplicationId, Bytes)>("query-service"),
    contract<void(uint64_t)>("consume-fuel"),
    contract<std::optional<uint32_t>()>("validation-round"),
    contract<void(std::vector<WriteOperation>)>("write-batch"),
};

inline constexpr auto kServiceFunctions = std::tuple{
    service<void(Bytes)>("schedule-operation"),
    service<Bytes(ApplicationId, Bytes)>("try-query-application"),
    service<void(uint64_t)>("check-execution-time"),
};

inline constexpr auto kEntryPoints = std::tuple{
    contract_entry<void(Bytes)>("instantiate"),
    contract_entry<Bytes(Bytes)>("execute-operation"),
    contract_entry<void(Bytes)>("execute-message"),
    contract_entry<void(std::vector<StreamUpdate>)>("process-streams"),
    contract_entry<void()>("finalize"),
    Function<Bytes(Bytes)>{"linera:app/service-entrypoints", "handle-query"},
};

}  // namespace mica::abi
