#include "core/worker/block_runs.h"

#include "core/chain/errors.h"

namespace mica::worker {

NodeStatus check_epoch(const ChainState& chain, Epoch epoch) {
  const Epoch own = chain.execution.system.epoch.get();
  if (own == epoch) return Ok{};
  return worker_error("Unexpected epoch " + epoch.to_text() + ": chain " + chain.id().to_text() +
                      " is at " + own.to_text());
}

NodeResult<BlockRun> run_block(WorkerCall& call, Overlay& work, ChainState& chain,
                               BlockExecution what) {
  Overlay trial(work);
  const bool replaying = what.recorded != nullptr;
  what.local_time = call.now;
  what.applications = call.worker.config().applications;
  what.answers = call.answers;
  what.historical_hash = call.worker.config().historical_hash;
  auto result = execute_block(trial, call.session, chain, std::move(what));
  if (!result.ok()) {
    call.cause = result.error().cause;
    return result.error().error;
  }
  ExecutedBlock executed = std::move(result).value();
  BlockRun run;
  run.fees = executed.fees_paid;
  run.left_out = std::move(executed.left_out);
  run.block = Block::assemble(std::move(executed.block), std::move(executed.outcome));
  run.hash = hash_of(run.block);
  auto changes = std::make_shared<Batch>();
  trial.move_into(*changes);
  run.changes = changes;
  if (!replaying && call.session.unloaded().empty()) {
    call.worker.remember_execution(run.hash, changes);
  }
  return run;
}

}  // namespace mica::worker
