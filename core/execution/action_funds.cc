#include "core/execution/action_funds.h"

namespace mica::execution {

ActionFunds::ActionFunds(Execution& run, Amount* grant, bool is_free)
    : run_(run),
      grant_(grant),
      initial_(run.resources.balance({run.state.system, grant})),
      balance_(initial_),
      fees_before_(run.resources.tracker().fees),
      resources_(run.resources) {
  resources_.set_free(is_free);
  run.resources.set_free(is_free);
}

ActionFunds::~ActionFunds() { run_.resources.set_free(false); }

ExecutionStatus ActionFunds::merge() {
  run_.resources.set_free(false);
  MICA_TRY(run_.resources.merge_balance({run_.state.system, grant_}, initial_, balance_));
  const u128 own = run_.resources.tracker().fees.attos - fees_before_.attos;
  ResourceTracker tracker = resources_.tracker();
  tracker.fees = saturating_add(tracker.fees, Amount{own});
  run_.resources.restore(tracker);
  return Ok{};
}

}  // namespace mica::execution
