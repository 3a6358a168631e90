// What contracts alone may import: linera:app/contract-runtime-api. Messages and created blobs are
// paid for after the action. linera-execution/src/{runtime,execution_state_actor}.rs
#pragma once

#include "core/apps/calls.h"
#include "core/apps/host_functions.h"
#include "core/apps/host_types.h"
#include "core/apps/http.h"
#include "core/apps/storage.h"
#include "core/execution/streams.h"

namespace mica::apps {

using Closed = Result<Ok, CloseChainError>;
using OwnershipChanged = Result<Ok, ChangeOwnershipError>;
using PermissionsChanged = Result<Ok, ChangeApplicationPermissionsError>;

inline constexpr std::tuple kContractFunctions(
    contract<std::optional<AccountOwner>()>(
        "authenticated-signer",
        [](Run& run) -> ExecutionResult<std::optional<AccountOwner>> { return run.top().signer; }),
    // Only while a message is executed; those that are called then see it too.
    contract<std::optional<bool>()>("message-is-bouncing",
                                    [](Run& run) -> ExecutionResult<std::optional<bool>> {
                                      const auto& message = run.setting().message;
                                      return message ? std::optional(message->is_bouncing)
                                                     : std::nullopt;
                                    }),
    contract<std::optional<ChainId>()>("message-origin-chain-id",
                                       [](Run& run) -> ExecutionResult<std::optional<ChainId>> {
                                         const auto& message = run.setting().message;
                                         return message ? std::optional(message->origin)
                                                        : std::nullopt;
                                       }),
    contract<std::optional<ApplicationId>()>(
        "authenticated-caller-id",
        [](Run& run) -> ExecutionResult<std::optional<ApplicationId>> { return run.top().caller; }),
    // The grant is paid now.
    contract<void(SendMessageRequest)>("send-message", send_message),
    contract<void(AccountOwner, Account, Amount)>(
        "transfer",
        [](Run& run, AccountOwner source, Account destination, Amount amount) -> ExecutionStatus {
          MICA_TRY(run.keep(0));
          return transfer(run.world(), run.setting().chain_id, caller_of(run), source, destination,
                          amount);
        }),
    contract<void(Account, Account, Amount)>("claim",
                                             [](Run& run, Account source, Account destination,
                                                Amount amount) -> ExecutionStatus {
                                               MICA_TRY(run.keep(0));
                                               return claim(run.world(), run.setting().chain_id,
                                                            caller_of(run), source, destination,
                                                            amount);
                                             }),
    // Reads the height, and pays for that.
    contract<ChainId(ChainOwnership, ApplicationPermissions, Amount)>(
        "open-chain",
        [](Run& run, ChainOwnership ownership, ApplicationPermissions permissions,
           Amount balance) -> ExecutionResult<ChainId> {
          MICA_TRY(run.pay_runtime(kRuntimeBlockHeightSize));
          return open_child_chain(run, {std::move(ownership), balance, std::move(permissions)});
        }),
    contract<Closed()>("close-chain",
                       [](Run& run) -> ExecutionResult<Closed> {
                         SystemState& system = run.state().system;
                         if (!system.application_permissions.get().can_close_chain(
                                 run.top().guest->id())) {
                           return Closed(CloseChainError::NotPermitted);
                         }
                         system.closed.set(true);
                         return Closed(Ok{});
                       }),
    // The permission is that of closing the chain.
    contract<OwnershipChanged(ChainOwnership)>(
        "change-ownership",
        [](Run& run, ChainOwnership ownership) -> ExecutionResult<OwnershipChanged> {
          SystemState& system = run.state().system;
          if (!system.application_permissions.get().can_close_chain(run.top().guest->id())) {
            return OwnershipChanged(ChangeOwnershipError::NotPermitted);
          }
          system.ownership.set(ownership);
          return OwnershipChanged(Ok{});
        }),
    contract<PermissionsChanged(ApplicationPermissions)>(
        "change-application-permissions",
        [](Run& run, ApplicationPermissions permissions) -> ExecutionResult<PermissionsChanged> {
          auto& current = run.state().system.application_permissions;
          if (!current.get().can_change_application_permissions(run.top().guest->id())) {
            return PermissionsChanged(ChangeApplicationPermissionsError::NotPermitted);
          }
          current.set(permissions);
          return PermissionsChanged(Ok{});
        }),
    // Reads the height, and pays for that.
    contract<ApplicationId(ModuleId, Bytes, Bytes, std::vector<ApplicationId>)>(
        "create-application",
        [](Run& run, ModuleId module, Bytes parameters, Bytes argument,
           std::vector<ApplicationId> required) -> ExecutionResult<ApplicationId> {
          MICA_TRY(run.pay_runtime(kRuntimeBlockHeightSize));
          return create_and_instantiate(run, module, std::move(parameters), std::move(argument),
                                        std::move(required));
        }),
    contract<DataBlobHash(Bytes)>("create-data-blob",
                                  [](Run& run, Bytes bytes) -> ExecutionResult<DataBlobHash> {
                                    MICA_TRY(run.keep(bytes.size()));
                                    return DataBlobHash{
                                        create_blob(run.world(), {BlobType::Data, std::move(bytes)})
                                            .hash};
                                  }),
    // The blobs' ids depend on the very bytes that upstream's compressor gives.
    contract<ModuleId(Bytecode, Bytecode,
                      VmRuntime)>("publish-module",
                                  [](Run&, Bytecode, Bytecode,
                                     VmRuntime) -> ExecutionResult<ModuleId> {
                                    return ExecutionError(
                                        ExecutionError::Kind::kUnsupported,
                                        "Applications that publish modules cannot run here");
                                  }),
    // A failure of the one that is called is a failure of all.
    contract<Bytes(bool, ApplicationId, Bytes)>("try-call-application", call_application),
    contract<uint32_t(StreamName, Bytes)>("emit",
                                          [](Run& run, StreamName name,
                                             Bytes value) -> ExecutionResult<uint32_t> {
                                            MICA_TRY(check_stream_name(name));
                                            const size_t size = value.size();
                                            MICA_TRY(run.keep(size));
                                            const StreamId stream{
                                                {GenericApplicationId::User{run.top().guest->id()}},
                                                name};
                                            const uint32_t index = MICA_TRY(
                                                emit_event(run.world(), stream, std::move(value)));
                                            MICA_TRY(run.pay(
                                                &ResourceController::track_bytes_written, size));
                                            return index;
                                          }),
    // Of the application's own streams, on any chain.
    contract<Bytes(ChainId, StreamName, uint32_t)>(
        "read-event",
        [](Run& run, ChainId chain_id, StreamName name, uint32_t index) -> ExecutionResult<Bytes> {
          MICA_TRY(check_stream_name(name));
          const StreamId stream{{GenericApplicationId::User{run.top().guest->id()}}, name};
          Bytes value = MICA_TRY(read_event(run.world(), {chain_id, stream, index}));
          MICA_TRY(pay_read(run, value.size()));
          return value;
        }),
    contract<void(ChainId, ApplicationId, StreamName)>(
        "subscribe-to-events",
        [](Run& run, ChainId chain_id, ApplicationId id, StreamName name) -> ExecutionStatus {
          MICA_TRY(check_stream_name(name));
          subscribe_to_events(run.world(), chain_id, {{GenericApplicationId::User{id}}, name},
                              run.top().guest->id());
          return Ok{};
        }),
    contract<void(ChainId, ApplicationId, StreamName)>(
        "unsubscribe-from-events",
        [](Run& run, ChainId chain_id, ApplicationId id, StreamName name) -> ExecutionStatus {
          MICA_TRY(check_stream_name(name));
          unsubscribe_from_events(run.world(), chain_id, {{GenericApplicationId::User{id}}, name},
                                  run.top().guest->id());
          return Ok{};
        }),
    contract<Bytes(ApplicationId, Bytes)>("query-service",
                                          [](Run& run, ApplicationId id,
                                             Bytes query) -> ExecutionResult<Bytes> {
                                            const ApplicationId& caller = run.top().guest->id();
                                            if (!run.state()
                                                     .system.application_permissions.get()
                                                     .can_call_services(caller)) {
                                              return unauthorized_application(caller);
                                            }
                                            MICA_TRY(run.pay(
                                                &ResourceController::track_service_oracle_call));
                                            return ask_service(run, id, std::move(query));
                                          }),
    contract<void(uint64_t)>("consume-fuel",
                             [](Run& run, uint64_t fuel) -> ExecutionStatus {
                               return run.pay(&ResourceController::track_fuel, fuel,
                                              VmRuntime::Wasm);
                             }),
    contract<std::optional<uint32_t>()>("validation-round",
                                        [](Run& run) -> ExecutionResult<std::optional<uint32_t>> {
                                          return validation_round(run.world(), run.setting().round);
                                        }),
    contract<void(std::vector<WriteOperation>)>("write-batch", write_batch));

}  // namespace mica::apps
