// Messages between the chains of this node: from outboxes to inboxes and back the receipts.
// linera-core/src/chain_worker/state.rs, linera-core/src/worker.rs (handle_cross_chain_request)
#pragma once

#include "core/worker/room.h"
#include "core/worker/worker_call.h"

namespace mica::worker {

// After a change of a chain: the call has to deliver what its outboxes hold, and to tell of its
// round if that is later than `old_round`.
void create_network_actions(WorkerCall& call, const ChainId& chain,
                            const std::optional<Round>& old_round);
// Handles the call's requests, and those that they lead to.
void deliver(WorkerCall& call);

}  // namespace mica::worker
