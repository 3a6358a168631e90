// WorkerCall: one call of a worker, from its start to its answer: what it reads and changes, and
// what it has to tell and to deliver. Every part works on a child overlay of the session's:
// commit_into() is upstream's save(); what a failing part did since its last save is dropped with
// the child. linera-core/src/chain_worker/state.rs, save and rollback; worker.rs, NetworkActions
#pragma once

#include <deque>

#include "core/types/cross_chain.h"
#include "core/types/notification.h"
#include "core/worker/room.h"
#include "core/worker/session.h"
#include "core/worker/worker_state.h"

namespace mica::worker {

struct WorkerCall {
  WorkerCall(WorkerState& worker, Timestamp now, const Answers* answers = nullptr)
      : worker(worker), session(worker.start()), now(now), answers(answers) {}

  // Applies the chain's description if it was not, and saves that; `chain` is of `work`.
  NodeStatus initialize(Overlay& work, ChainState& chain) {
    MICA_TRY(chain.initialize_if_needed(now, worker.committees(), session));
    work.commit_into(session.overlay());
    return Ok{};
  }
  NodeResult<CommitteePtr> current_committee(const ChainState& chain) const {
    return chain.current_committee(worker.committees(), session);
  }

  WorkerState& worker;  // whose call it is
  WorkSession session;
  const Timestamp now;
  const Answers* const answers;  // none: nobody can be asked
  std::vector<Notification> notifications;
  std::deque<CrossChainRequest> requests;  // to deliver between chains
  std::optional<ExecutionError> cause;     // why executing failed, if it did
};

}  // namespace mica::worker
