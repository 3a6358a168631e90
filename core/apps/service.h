// Queries that services answer. linera-execution/src/execution.rs
#pragma once

#include "core/apps/run.h"

namespace mica::apps {

// `transaction` is thrown away. Nothing is charged, and a limit on fuel stands for upstream's
// clock.
ExecutionResult<ServiceAnswer> run_service(Programs& programs, ExecutionState& state,
                                           TransactionTracker& transaction, const Lookup& lookup,
                                           const Setting& setting, const ApplicationId& id,
                                           ByteSpan query);

}  // namespace mica::apps
