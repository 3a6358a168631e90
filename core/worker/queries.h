// Queries about a chain that may also do something. linera-core/src/chain_worker/state.rs,
// handle_chain_info_query, vote_for_leader_timeout and query_application
#pragma once

#include "core/execution/applications.h"
#include "core/worker/room.h"
#include "core/worker/worker_call.h"

namespace mica::worker {

NodeResult<ChainInfoResponse> handle_query(WorkerCall& call, const ChainInfoQuery& query);
// Asks the application's service; the call has nothing to keep of it.
NodeResult<ServiceAnswer> query_service(WorkerCall& call, const ChainId& chain,
                                        const ApplicationId& application, ByteSpan query);

}  // namespace mica::worker
