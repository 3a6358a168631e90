// What the host calls of an application. A missing one is an error only when it is called.
// linera-execution/src/wasm/entrypoints.rs
#pragma once

#include "core/abi/function.h"
#include "core/apps/room.h"
#include "core/execution/applications.h"

namespace mica::apps {

template <class F>
constexpr Function<F> contract_entry(std::string_view name) {
  return {"linera:app/contract-entrypoints", name};
}

inline constexpr auto kInstantiate = contract_entry<void(Bytes)>("instantiate");
inline constexpr auto kExecuteOperation = contract_entry<Bytes(Bytes)>("execute-operation");
inline constexpr auto kExecuteMessage = contract_entry<void(Bytes)>("execute-message");
inline constexpr auto kProcessStreams =
    contract_entry<void(std::vector<StreamUpdate>)>("process-streams");
inline constexpr auto kFinalize = contract_entry<void()>("finalize");
inline constexpr Function<Bytes(Bytes)> kHandleQuery{"linera:app/service-entrypoints",
                                                     "handle-query"};

inline constexpr auto kEntryPoints = std::tuple{kInstantiate,    kExecuteOperation, kExecuteMessage,
                                                kProcessStreams, kFinalize,         kHandleQuery};

}  // namespace mica::apps
