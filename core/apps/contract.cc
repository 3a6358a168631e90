#include "core/apps/contract.h"

#include "core/apps/entry_points.h"
#include "core/execution/action_funds.h"

namespace mica::apps {

namespace {

struct Enter {
  Run& run;
  Frame frame;

  ExecutionResult<Bytes> operator()(const Instantiate& action) const {
    MICA_TRY(run.enter(frame, kInstantiate, action.argument));
    return Bytes{};
  }
  ExecutionResult<Bytes> operator()(const ExecuteOperation& action) const {
    return run.enter(frame, kExecuteOperation, action.operation);
  }
  ExecutionResult<Bytes> operator()(const ExecuteMessage& action) const {
    MICA_TRY(run.enter(frame, kExecuteMessage, action.message));
    return Bytes{};
  }
  ExecutionResult<Bytes> operator()(const ProcessStreams& action) const {
    MICA_TRY(run.enter(frame, kProcessStreams, action.updates));
    return Bytes{};
  }
};

// Everyone who took part, the last one first; nobody can join any more.
ExecutionStatus finalize(Run& run) {
  run.is_finalizing = true;
  const std::vector<Guest*> guests = run.guests();
  for (auto guest = guests.rbegin(); guest != guests.rend(); ++guest) {
    MICA_TRY(run.enter({*guest, {}, run.setting().signer}, kFinalize));
  }
  return Ok{};
}

bool may_be_free(const Action& action) {
  return std::holds_alternative<ExecuteMessage>(action) ||
         std::holds_alternative<ProcessStreams>(action);
}

}  // namespace

ExecutionStatus run_action(Programs& programs, Execution& world, const Setting& setting,
                           Amount* grant, const ApplicationId& id, const Action& action) {
  ActionFunds funds(world, grant, may_be_free(action) && is_free(world, id));
  Run run(programs, Role::kContract, world, setting, funds.resources(), funds.funds());
  MICA_TRY(run.load(id));
  Guest* guest = MICA_TRY(run.guest(id));
  const Enter enter{run, {guest, {}, setting.signer}};
  Bytes result = MICA_TRY(std::visit(enter, action));
  MICA_TRY(finalize(run));
  world.transaction.set_operation_result(std::move(result));
  return funds.merge();
}

}  // namespace mica::apps
