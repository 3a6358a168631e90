// One action of a contract, from its entry point to the `finalize` of all that took part.
// linera-execution/src/runtime.rs, run_action
#pragma once

#include "core/apps/run.h"

namespace mica::apps {

struct Instantiate {
  Bytes argument;
};
struct ExecuteOperation {
  Bytes operation;
};
struct ExecuteMessage {
  Bytes message;
};
struct ProcessStreams {
  std::vector<StreamUpdate> updates;
};
using Action = std::variant<Instantiate, ExecuteOperation, ExecuteMessage, ProcessStreams>;

// Sets the operation's result: empty for all but operations. `grant` may be null.
ExecutionStatus run_action(Programs& programs, Execution& world, const Setting& setting,
                           Amount* grant, const ApplicationId& id, const Action& action);

}  // namespace mica::apps
