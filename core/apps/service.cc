#include "core/apps/service.h"

#include "core/apps/calls.h"

namespace mica::apps {

ExecutionResult<ServiceAnswer> run_service(Programs& programs, ExecutionState& state,
                                           TransactionTracker& transaction, const Lookup& lookup,
                                           const Setting& setting, const ApplicationId& id,
                                           ByteSpan query) {
  ResourceControlPolicy policy;
  policy.maximum_wasm_fuel_per_block = limits::kServiceFuel;
  ResourceController resources(std::move(policy), std::nullopt);
  Execution world{state, transaction, resources, lookup};
  Run run(programs, Role::kService, world, setting, resources, {state.system});
  MICA_TRY(run.load(id));
  Bytes response = MICA_TRY(query_application(run, id, to_bytes(query)));
  return ServiceAnswer{std::move(response), std::move(run.scheduled_operations)};
}

}  // namespace mica::apps
