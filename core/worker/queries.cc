// What a chain looks like here. linera-core/src/chain_worker/state.rs, prepare_chain_info_response
#include <algorithm>

#include "core/chain/errors.h"
#include "core/crypto/secp256k1.h"
#include "core/worker/impl.h"

namespace mica::worker {

ChainInfo Worker::Impl::info_of(const ChainState& chain) {
  const SystemState& system = chain.execution.system;
  const ChainTipState tip = chain.tip_state.get();
  ChainInfo info;
  info.chain_id = chain.id();
  info.epoch = system.epoch.get();
  info.description = system.description.get();
  info.manager = ChainManager(chain.manager.get()).info();
  info.chain_balance = system.balance.get();
  info.block_hash = tip.block_hash;
  info.timestamp = system.timestamp.get();
  info.next_block_height = tip.next_block_height;
  info.state_hash = chain.execution_state_hash.get();
  info.count_received_log = chain.received_log.size();
  return info;
}

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

std::vector<IncomingBundle> Worker::Impl::pending_bundles(ChainState& chain) const {
  const MessageAction action =
      chain.execution.system.closed.get() ? MessageAction::Reject : MessageAction::Accept;
  std::vector<IncomingBundle> bundles;
  for (const ChainId& origin : chain.nonempty_inboxes.items()) {
    for (MessageBundle& bundle : chain.inboxes.view(origin).added_bundles.items()) {
      bundles.push_back({origin, std::move(bundle), action});
    }
  }
  std::stable_sort(bundles.begin(), bundles.end(), [](const auto& a, const auto& b) {
    return a.bundle.timestamp < b.bundle.timestamp;
  });
  return bundles;
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
  ChainInfo info = info_of(chain);
  const SystemState& system = chain.execution.system;
  if (query.request_committees) info.requested_committees = system.committees.get();
  if (query.request_owner_balance.is_chain()) {
    info.requested_owner_balance = info.chain_balance;
  } else {
    info.requested_owner_balance = system.balances.get(query.request_owner_balance);
  }
  if (query.test_next_block_height && *query.test_next_block_height != info.next_block_height) {
    return NodeError(
        NodeError::UnexpectedBlockHeight{info.next_block_height, *query.test_next_block_height});
  }
  if (query.request_pending_message_bundles) {
    info.requested_pending_message_bundles = pending_bundles(chain);
  }
  for (BlockHeight height : query.request_sent_certificate_hashes_by_heights) {
    if (auto hash = chain.block_hash(height))
      info.requested_sent_certificate_hashes.push_back(*hash);
  }
  if (query.request_received_log_excluding_first_n) {
    const uint64_t start = *query.request_received_log_excluding_first_n;
    const uint64_t count = chain.received_log.size();
    const uint64_t end =
        start >= count ? start : start + std::min(count - start, config_.max_received_log_entries);
    info.requested_received_log = chain.received_log.read(start, end);
  }
  if (query.request_manager_values) ChainManager(chain.manager.get()).add_values(info.manager);
  if (query.create_network_actions) create_network_actions(call, chain.id(), std::nullopt);
  return respond(std::move(info));
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
