// The funds of one user action: a copy of the resources that pays out of one sum, and is merged
// back when the action is over. linera-execution/src/execution_state_actor.rs,
// run_user_action_with_runtime
#pragma once

#include "core/execution/system.h"

namespace mica::execution {

class ActionFunds {
 public:
  // `grant` may be null. For free actions nothing is charged, here or to `run`'s own resources.
  ActionFunds(Execution& run, Amount* grant, bool is_free);
  ~ActionFunds();
  ActionFunds(const ActionFunds&) = delete;
  ActionFunds& operator=(const ActionFunds&) = delete;

  // What the action charges: resources().track_…(funds(), …).
  ResourceController& resources() { return resources_; }
  Funds funds() { return {run_.state.system, nullptr, &balance_}; }
  // After a successful action: applies what was spent, and takes over what was counted. What was
  // charged meanwhile to `run`'s own resources stays charged; of its counters, as upstream, none
  // stays but the fees.
  ExecutionStatus merge();

 private:
  Execution& run_;
  Amount* grant_;
  Amount initial_, balance_, fees_before_;
  ResourceController resources_;
};

// Whether what others cause this application to do costs them nothing.
inline bool is_free(const Execution& run, const ApplicationId& id) {
  return run.resources.is_free_application(id);
}

}  // namespace mica::execution
