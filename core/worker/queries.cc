#include "core/worker/queries.h"

#include "core/chain/errors.h"
#include "core/worker/cross_chain.h"

namespace mica::worker {

namespace {

NodeStatus vote_for_timeout(WorkerCall& call, ChainState& chain, BlockHeight height,
                            const Round& round) {
  const BlockHeight next = chain.tip_state.get().next_block_height;
  if (height != next) return NodeError(NodeError::UnexpectedBlockHeight{next, height});
  ChainManager manager(chain.manager.get());
  if (MICA_TRY(manager.create_timeout_vote(chain.id(), height, round,
                                           chain.execution.system.epoch.get(),
                                           call.worker.config().sign, call.now))) {
    chain.manager.set(manager.state());
  }
  return Ok{};
}

}  // namespace

NodeResult<ChainInfoResponse> handle_query(WorkerCall& call, const ChainInfoQuery& query) {
  Overlay work(call.session.overlay());
  ChainState chain(work, query.chain_id);
  MICA_TRY(call.initialize(work, chain));
  if (query.request_leader_timeout) {
    const auto& [height, round] = *query.request_leader_timeout;
    MICA_TRY(vote_for_timeout(call, chain, height, round));
    work.commit_into(call.session.overlay());
  }
  if (query.request_fallback) {
    return worker_error("Fallback mode is not available on this network");
  }
  ChainInfo info = MICA_TRY(answer(chain, query, call.worker.config().max_received_log_entries));
  if (query.create_network_actions) create_network_actions(call, chain.id(), std::nullopt);
  return call.worker.respond(std::move(info));
}

// What the service reads for the first time would be used blobs; nothing of it is kept.
NodeResult<ServiceAnswer> query_service(WorkerCall& call, const ChainId& chain_id,
                                        const ApplicationId& application, ByteSpan query) {
  Overlay work(call.session.overlay());
  ChainState chain(work, chain_id);
  MICA_TRY(chain.initialize_if_needed(call.now, call.worker.committees(), call.session));
  auto failed = [&](const ExecutionError& error) {
    call.cause = error;
    return to_node_error(error, {});
  };
  if (!call.worker.config().applications) {
    return failed(ExecutionError::unsupported("application " + application.to_text()));
  }
  const QueryContext context{chain_id, chain.tip_state.get().next_block_height, call.now};
  auto answer = call.worker.config().applications->query(chain.execution, call.session, context,
                                                         application, query);
  if (!answer.ok()) return failed(answer.error());
  return std::move(answer).value();
}

}  // namespace mica::worker
