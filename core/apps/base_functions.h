// What contracts and services may import: linera:app/base-runtime-api. In services all is free.
// linera-execution/src/{runtime,execution_state_actor}.rs, wasm/runtime_api.rs
#pragma once

#include "core/apps/host_functions.h"
#include "core/apps/host_types.h"
#include "core/apps/http.h"
#include "core/apps/observe.h"
#include "core/apps/storage.h"
#include "core/execution/oracles.h"

namespace mica::apps {

using Promise = uint32_t;
using Key = Bytes;
using Keys = std::vector<Key>;
using Values = std::vector<std::optional<Bytes>>;
using Entries = std::vector<std::pair<Key, Bytes>>;
using Balances = std::vector<std::pair<AccountOwner, Amount>>;

inline constexpr std::tuple kBaseFunctions(
    base<ChainId()>("get-chain-id",
                    [](Run& run) -> ExecutionResult<ChainId> {
                      MICA_TRY(run.pay_runtime(kRuntimeChainIdSize));
                      return run.setting().chain_id;
                    }),
    base<BlockHeight()>("get-block-height",
                        [](Run& run) -> ExecutionResult<BlockHeight> {
                          MICA_TRY(run.pay_runtime(kRuntimeBlockHeightSize));
                          return run.setting().height;
                        }),
    base<ApplicationId()>("get-application-id",
                          [](Run& run) -> ExecutionResult<ApplicationId> {
                            MICA_TRY(run.pay_runtime(kRuntimeApplicationIdSize));
                            return run.top().guest->id();
                          }),
    base<ChainId()>("get-application-creator-chain-id",
                    [](Run& run) -> ExecutionResult<ChainId> {
                      MICA_TRY(run.pay_runtime(kRuntimeChainIdSize));
                      return run.top().guest->description().creator_chain_id;
                    }),
    base<ApplicationDescription(ApplicationId)>(
        "read-application-description",
        [](Run& run, ApplicationId id) -> ExecutionResult<ApplicationDescription> {
          auto description = run.setting().is_query ? MICA_TRY(observe_description(run.world(), id))
                                                    : MICA_TRY(read_description(run.world(), id));
          MICA_TRY(run.pay_runtime(kRuntimeDescriptionConstantSize + description.parameters.size() +
                                   description.required_application_ids.size() *
                                       kRuntimeApplicationIdSize));
          return description;
        }),
    base<Bytes()>("application-parameters",
                  [](Run& run) -> ExecutionResult<Bytes> {
                    const Bytes& parameters = run.top().guest->description().parameters;
                    MICA_TRY(run.pay_runtime(parameters.size()));
                    return parameters;
                  }),
    base<ChainOwnership()>("get-chain-ownership",
                           [](Run& run) -> ExecutionResult<ChainOwnership> {
                             auto ownership = run.state().system.ownership.get();
                             MICA_TRY(run.pay_runtime(runtime_size(ownership)));
                             return ownership;
                           }),
    // Free.
    base<ApplicationPermissions()>("get-application-permissions",
                                   [](Run& run) -> ExecutionResult<ApplicationPermissions> {
                                     return run.state().system.application_permissions.get();
                                   }),
    base<Timestamp()>("read-system-timestamp",
                      [](Run& run) -> ExecutionResult<Timestamp> {
                        MICA_TRY(run.pay_runtime(kRuntimeTimestampSize));
                        return run.state().system.timestamp.get();
                      }),
    // What the run owes is still in it.
    base<Amount()>("read-chain-balance",
                   [](Run& run) -> ExecutionResult<Amount> {
                     MICA_TRY(run.pay_runtime(kRuntimeAmountSize));
                     return run.state().system.balance.get();
                   }),
    base<Amount(AccountOwner)>("read-owner-balance",
                               [](Run& run, AccountOwner owner) -> ExecutionResult<Amount> {
                                 MICA_TRY(run.pay_runtime(kRuntimeAmountSize));
                                 return run.state().system.balances.get_or_default(owner);
                               }),
    base<Balances()>("read-owner-balances",
                     [](Run& run) -> ExecutionResult<Balances> {
                       Balances balances = run.state().system.balances.entries();
                       uint64_t size = 0;
                       for (const auto& [owner, amount] : balances)
                         size += runtime_size(owner) + kRuntimeAmountSize;
                       MICA_TRY(run.pay_runtime(size));
                       return balances;
                     }),
    base<std::vector<AccountOwner>()>("read-balance-owners",
                                      [](Run& run) -> ExecutionResult<std::vector<AccountOwner>> {
                                        std::vector<AccountOwner> owners =
                                            run.state().system.balances.keys();
                                        uint64_t size = 0;
                                        for (const AccountOwner& owner : owners)
                                          size += runtime_size(owner);
                                        MICA_TRY(run.pay_runtime(size));
                                        return owners;
                                      }),
    base<Response(GuestHttpRequest)>(
        "perform-http-request",
        [](Run& run, GuestHttpRequest request) -> ExecutionResult<Response> {
          const ApplicationId& id = run.top().guest->id();
          if (!run.state().system.application_permissions.get().can_make_http_requests(id)) {
            return unauthorized_application(id);
          }
          MICA_TRY(run.pay(&ResourceController::track_http_request));
          return perform_http_request(run, std::move(request));
        }),
    base<void(Timestamp)>("assert-before",
                          [](Run& run, Timestamp timestamp) -> ExecutionStatus {
                            return assert_before(run.world(), timestamp);
                          }),
    // Of the chain's own funds, whatever the run pays from: see read_blob.
    base<Bytes(DataBlobHash)>("read-data-blob",
                              [](Run& run, DataBlobHash hash) -> ExecutionResult<Bytes> {
                                auto blob = run.setting().is_query
                                                ? MICA_TRY(observe_blob(run.world(), hash.id()))
                                                : MICA_TRY(read_blob(run.world(), hash.id()));
                                return std::move(blob.bytes);
                              }),
    base<void(DataBlobHash)>("assert-data-blob-exists",
                             [](Run& run, DataBlobHash hash) -> ExecutionStatus {
                               if (!run.setting().is_query) {
                                 return assert_blob_exists(run.world(), hash.id());
                               }
                               MICA_TRY(observe_blob(run.world(), hash.id()));
                               return Ok{};
                             }),
    // Dropped: what an application says is nobody's business here.
    base<void(std::string, LogLevel)>("log",
                                      [](Run&, std::string, LogLevel) -> ExecutionStatus {
                                        return Ok{};
                                      }),
    // Of reads, beginning costs one operation; the bytes are paid for when they are handed out.
    base<Promise(Key)>("contains-key-new",
                       [](Run& run, Key key) -> ExecutionResult<Promise> {
                         MICA_TRY(begin_read(run, {&key, 1}));
                         return promise(run, contains_key(run, key), 0);
                       }),
    base<bool(Promise)>("contains-key-wait",
                        [](Run& run, Promise promise) -> ExecutionResult<bool> {
                          return promises(run).take<bool>(promise);
                        }),
    base<Promise(Keys)>("contains-keys-new",
                        [](Run& run, Keys keys) -> ExecutionResult<Promise> {
                          MICA_TRY(begin_read(run, keys));
                          return promise(run, contains_keys(run, keys), keys.size());
                        }),
    base<std::vector<bool>(Promise)>("contains-keys-wait",
                                     [](Run& run,
                                        Promise promise) -> ExecutionResult<std::vector<bool>> {
                                       return promises(run).take<std::vector<bool>>(promise);
                                     }),
    base<Promise(Keys)>("read-multi-values-bytes-new",
                        [](Run& run, Keys keys) -> ExecutionResult<Promise> {
                          MICA_TRY(begin_read(run, keys));
                          return promise(run, read_values(run, keys));
                        }),
    base<Values(Promise)>("read-multi-values-bytes-wait",
                          [](Run& run, Promise promise) -> ExecutionResult<Values> {
                            auto values = MICA_TRY(promises(run).take<Values>(promise));
                            for (const auto& value : values) {
                              if (value) MICA_TRY(pay_read(run, value->size()));
                            }
                            return values;
                          }),
    base<Promise(Key)>("read-value-bytes-new",
                       [](Run& run, Key key) -> ExecutionResult<Promise> {
                         MICA_TRY(begin_read(run, {&key, 1}));
                         return promise(run, read_value(run, key));
                       }),
    base<std::optional<Bytes>(Promise)>(
        "read-value-bytes-wait",
        [](Run& run, Promise promise) -> ExecutionResult<std::optional<Bytes>> {
          auto value = MICA_TRY(promises(run).take<std::optional<Bytes>>(promise));
          if (value) MICA_TRY(pay_read(run, value->size()));
          return value;
        }),
    base<Promise(Key)>("find-keys-new",
                       [](Run& run, Key prefix) -> ExecutionResult<Promise> {
                         MICA_TRY(begin_read(run, {&prefix, 1}));
                         return promise(run, find_keys(run, prefix));
                       }),
    base<Keys(Promise)>("find-keys-wait",
                        [](Run& run, Promise promise) -> ExecutionResult<Keys> {
                          auto keys = MICA_TRY(promises(run).take<Keys>(promise));
                          MICA_TRY(pay_read(run, bytes_in(keys)));
                          return keys;
                        }),
    base<Promise(Key)>("find-key-values-new",
                       [](Run& run, Key prefix) -> ExecutionResult<Promise> {
                         MICA_TRY(begin_read(run, {&prefix, 1}));
                         return promise(run, find_key_values(run, prefix));
                       }),
    base<Entries(Promise)>("find-key-values-wait",
                           [](Run& run, Promise promise) -> ExecutionResult<Entries> {
                             auto entries = MICA_TRY(promises(run).take<Entries>(promise));
                             MICA_TRY(pay_read(run, bytes_in(entries)));
                             return entries;
                           }));

}  // namespace mica::apps
