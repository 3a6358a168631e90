#include "core/worker/worker.h"

#include "core/worker/block_blobs.h"
#include "core/worker/certificates.h"
#include "core/worker/cross_chain.h"
#include "core/worker/downloads.h"
#include "core/worker/proposals.h"
#include "core/worker/queries.h"
#include "core/worker/worker_call.h"
#include "core/worker/worker_state.h"

namespace mica::worker {

Worker::Worker(const StateReader& hot, const ColdStore& cold, WorkerConfig config,
               NetworkDescription network)
    : state_(std::make_unique<WorkerState>(hot, cold, std::move(config), std::move(network))) {}
Worker::~Worker() = default;
Worker::Worker(Worker&&) noexcept = default;
Worker& Worker::operator=(Worker&&) noexcept = default;

Result<Batch> Worker::genesis_batch(const GenesisConfig& genesis) {
  NetworkDescription network = MICA_TRY(describe(genesis));
  Batch batch;
  batch.put(network_key(), encode(network));
  auto put_blob = [&](const BlobContent& blob) { batch.put_cold(blob_key(blob.id()), blob.bytes); };
  put_blob(genesis.committee.to_blob());
  for (const ChainDescription& chain : genesis.chains) put_blob(chain.to_blob());
  return batch;
}

std::optional<NetworkDescription> Worker::stored_network(const StateReader& hot) {
  const Bytes* bytes = hot.get(network_key());
  if (!bytes) return std::nullopt;
  return views::detail::decode_stored<NetworkDescription>(*bytes);
}

namespace {

NodeResponse to_response(NodeResult<ChainInfoResponse> result) {
  if (!result.ok()) return {NodeResponse::Failure{result.error()}};
  return {NodeResponse::Info{std::move(result).value()}};
}

NodeResult<ChainInfo> to_info(NodeResult<ChainInfoResponse> result) {
  if (!result.ok()) return result.error();
  return std::move(result->info);
}

// The requests that concern one chain's consensus; nothing for the others.
std::optional<NodeResult<ChainInfoResponse>> handle_consensus(WorkerCall& call,
                                                              const NodeRequest& request) {
  using R = NodeRequest;
  const auto& kind = request.kind;
  if (const auto* proposal = std::get_if<R::HandleBlockProposal>(&kind)) {
    return handle_proposal(call, proposal->proposal, proposal->supports_aggregated_missing);
  }
  if (const auto* lite = std::get_if<R::HandleLiteCertificate>(&kind)) {
    return handle_lite(call, lite->certificate);
  }
  if (const auto* confirmed = std::get_if<R::HandleConfirmedCertificate>(&kind)) {
    return handle_confirmed(call, confirmed->certificate, ConfirmedMode::kAuto);
  }
  if (const auto* validated = std::get_if<R::HandleValidatedCertificate>(&kind)) {
    return handle_validated(call, validated->certificate);
  }
  if (const auto* timeout = std::get_if<R::HandleTimeoutCertificate>(&kind)) {
    return handle_timeout(call, timeout->certificate);
  }
  if (const auto* query = std::get_if<R::HandleChainInfoQuery>(&kind)) {
    return handle_query(call, query->query);
  }
  if (const auto* pending = std::get_if<R::HandlePendingBlob>(&kind)) {
    return handle_pending_blob(call, pending->chain_id, pending->blob);
  }
  return std::nullopt;
}

// Ends a call: delivers between chains, then hands out what it did, or only what it wished for.
template <class Answer>
void finish(WorkerCall& call, Answer& answer) {
  if (call.session.unloaded().empty()) deliver(call);
  answer.unloaded = call.session.unloaded();
  if (!answer.unloaded.empty()) return;
  if (call.cause) answer.wanted = call.cause->wanted;
  if constexpr (requires { answer.cause; }) answer.cause = std::move(call.cause);
  answer.notifications = std::move(call.notifications);
  answer.batch = call.session.take_batch();
}

}  // namespace

WorkerAnswer Worker::handle(Timestamp now, const NodeRequest& request, const Answers* answers) {
  WorkerAnswer answer;
  if (const auto* proposal = std::get_if<NodeRequest::HandleBlockProposal>(&request.kind)) {
    const Timestamp at = proposal->proposal.content.block.timestamp;
    const uint64_t grace = state_->config().block_time_grace_period.micros;
    if (at > now && at.micros - now.micros <= grace) {
      answer.retry_at = at;
      return answer;
    }
  }
  WorkerCall call(*state_, now, answers);
  if (auto result = handle_consensus(call, request)) {
    answer.response = to_response(*std::move(result));
  } else {
    answer.response = download(call, request);
  }
  finish(call, answer);
  return answer;
}

LocalAnswer<StagedBlock> Worker::stage_block(Timestamp now, const ProposedBlock& block,
                                             const Round& round,
                                             const std::vector<BlobContent>& published_blobs,
                                             BundlePolicy policy, std::optional<Amount> fee_cap,
                                             const Answers* answers) {
  WorkerCall call(*state_, now, answers);
  BlockExecution what;
  what.block = block;
  what.round = round.multi_leader();
  what.published_blobs = published_blobs;
  what.policy = policy;
  what.fee_cap = fee_cap;
  LocalAnswer<StagedBlock> answer{stage_execution(call, std::move(what)), {}, {}, {}, {}};
  finish(call, answer);
  return answer;
}

LocalAnswer<StagedBlock> Worker::stage_again(Timestamp now, const Block& block,
                                             const std::vector<BlobContent>& published_blobs) {
  WorkerCall call(*state_, now);
  BlockExecution what;
  what.block = block.proposed();
  what.published_blobs = published_blobs;
  what.recorded = &block.body.oracle_responses;
  LocalAnswer<StagedBlock> answer{stage_execution(call, std::move(what)), {}, {}, {}, {}};
  finish(call, answer);
  return answer;
}

LocalAnswer<ServiceAnswer> Worker::query_application(Timestamp now, const ChainId& chain,
                                                     const ApplicationId& application,
                                                     ByteSpan query) {
  WorkerCall call(*state_, now);
  LocalAnswer<ServiceAnswer> answer{query_service(call, chain, application, query), {}, {}, {}, {}};
  finish(call, answer);
  answer.batch = {};
  return answer;
}

LocalAnswer<ChainInfo> Worker::process_confirmed(Timestamp now,
                                                 const ConfirmedBlockCertificate& certificate,
                                                 ConfirmedMode mode) {
  WorkerCall call(*state_, now);
  LocalAnswer<ChainInfo> answer{to_info(handle_confirmed(call, certificate, mode)), {}, {}, {}, {}};
  finish(call, answer);
  return answer;
}

LocalAnswer<Ok> Worker::retry_cross_chain(Timestamp now, const ChainId& sender) {
  WorkerCall call(*state_, now);
  create_network_actions(call, sender, std::nullopt);
  LocalAnswer<Ok> answer{Ok{}, {}, {}, {}, {}};
  finish(call, answer);
  return answer;
}

Batch Worker::set_received_log_trackers(const ChainId& chain,
                                        const std::map<ValidatorPublicKey, uint64_t>& trackers) {
  WorkSession session = state_->start();
  auto window = ChainState(session.overlay(), chain).received_certificate_trackers;
  auto known = window.get();
  for (const auto& [validator, count] : trackers) {
    uint64_t& seen = known[validator];
    seen = std::max(seen, count);
  }
  window.set(known);
  return session.take_batch();
}

Batch Worker::store_blobs(const std::vector<BlobContent>& blobs) {
  WorkSession session = state_->start();
  for (const BlobContent& blob : blobs) session.put_blob(blob.id(), blob);
  return session.take_batch();
}

void Worker::set_tracked_chains(std::optional<std::set<ChainId>> chains) {
  state_->set_tracked_chains(std::move(chains));
}

}  // namespace mica::worker
