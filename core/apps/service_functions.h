// What services alone may import: linera:app/service-runtime-api. All of it is free.
// linera-execution/src/runtime.rs, ServiceRuntime
#pragma once

#include "core/apps/calls.h"
#include "core/apps/host_functions.h"

namespace mica::apps {

inline constexpr std::tuple kServiceFunctions(
    service<void(Bytes)>("schedule-operation",
                         [](Run& run, Bytes bytes) -> ExecutionStatus {
                           MICA_TRY(run.keep(bytes.size()));
                           run.scheduled_operations.push_back(
                               {Operation::User{run.top().guest->id(), std::move(bytes)}});
                           return Ok{};
                         }),
    service<Bytes(ApplicationId, Bytes)>("try-query-application", query_application),
    // Nothing to check: a service's fuel is limited instead.
    service<void(uint64_t)>("check-execution-time",
                            [](Run&, uint64_t) -> ExecutionStatus { return Ok{}; }));

}  // namespace mica::apps
