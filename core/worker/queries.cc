// Queries about a chain that may also do something. linera-core/src/chain_worker/state.rs
#include "core/chain/errors.h"
#include "core/crypto/secp256k1.h"
#include "core/worker/impl.h"

namespace mica::worker {

ChainInfoResponse Worker::Impl::respond(ChainInfo info) const {
  ChainInfoResponse response{std::move(info), {}};
  if (config_.sign) response.signature = config_.sign(hash_of(response.info));
  return response;
}

NodeStatus Worker::Impl::vote_for_timeout(WorkerCall& call, ChainState& chain, BlockHeight height,
                                          const Round& round) {
  const BlockHeight next = chain.tip_state.get().next_block_height;
  if (height != next) return NodeError(NodeError::UnexpectedBlockHeight{next, height});
  ChainManager manager(chain.manager.get());
  if (MICA_TRY(manager.create_timeout_vote(
          chain.id(), height, round, chain.execution.system.epoch.get(), config_.sign, call.now))) {
    chain.manager.set(manager.state());
  }
  return Ok{};
}

NodeResult<ChainInfoResponse> Worker::Impl::handle_query(WorkerCall& call,
                                                         const ChainInfoQuery& query) {
  Overlay work(call.session.overlay());
  ChainState chain(work, query.chain_id);
  MICA_TRY(chain.initialize_if_needed(call.now, committees_, call.session));
  work.commit_into(call.session.overlay());
  if (query.request_leader_timeout) {
    const auto& [height, round] = *query.request_leader_timeout;
    MICA_TRY(vote_for_timeout(call, chain, height, round));
    work.commit_into(call.session.overlay());
  }
  if (query.request_fallback) {
    return worker_error("Fallback mode is not available on this network");
  }
  ChainInfo info = MICA_TRY(answer(chain, query, config_.max_received_log_entries));
  if (query.create_network_actions) create_network_actions(call, chain.id(), std::nullopt);
  return respond(std::move(info));
}

// What the service reads for the first time would be used blobs; nothing of it is kept.
NodeResult<ServiceAnswer> Worker::Impl::query_application(WorkerCall& call, const ChainId& chain_id,
                                                          const ApplicationId& application,
                                                          ByteSpan query) {
  Overlay work(call.session.overlay());
  ChainState chain(work, chain_id);
  MICA_TRY(chain.initialize_if_needed(call.now, committees_, call.session));
  auto failed = [&](const ExecutionError& error) {
    call.cause = error;
    return to_node_error(error, {});
  };
  if (!config_.applications) {
    return failed(ExecutionError::unsupported("application " + application.to_text()));
  }
  const QueryContext context{chain_id, chain.tip_state.get().next_block_height, call.now};
  auto answer =
      config_.applications->query(chain.execution, call.session, context, application, query);
  if (!answer.ok()) return failed(answer.error());
  return std::move(answer).value();
}

NodeResult<ChainInfoResponse> Worker::Impl::handle_pending_blob(WorkerCall& call,
                                                                const ChainId& chain_id,
                                                                const BlobContent& blob) {
  Overlay work(call.session.overlay());
  ChainState chain(work, chain_id);
  const BlobId id = blob.id();
  bool expected = chain.pending_validated_blobs.maybe_insert(id, blob);
  for (const AccountOwner& owner : chain.pending_proposed_blobs.keys()) {
    PendingBlobs pending = chain.pending_proposed_blobs.open(owner);
    if (!pending.validated.get()) {
      CommitteePtr committee = MICA_TRY(chain.current_committee(committees_, call.session));
      const ResourceControlPolicy& policy = committee->committee.policy;
      if (blob.bytes.size() > policy.maximum_blob_size) {
        return chain_error("Execution error: Blob size exceeds limit of " +
                           std::to_string(policy.maximum_blob_size) + " during Block");
      }
      if (pending.blobs.keys().size() >= policy.maximum_published_blobs) {
        return worker_error("Number of published blobs per block must not exceed " +
                            std::to_string(policy.maximum_published_blobs));
      }
    }
    if (!expected) expected = pending.maybe_insert(id, blob);
  }
  if (!expected) return worker_error("Blob was not required by any pending block");
  work.commit_into(call.session.overlay());
  return respond(chain);
}

}  // namespace mica::worker
