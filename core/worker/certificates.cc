#include "core/worker/certificates.h"

#include "core/chain/errors.h"
#include "core/worker/block_blobs.h"
#include "core/worker/block_runs.h"
#include "core/worker/cross_chain.h"

namespace mica::worker {

namespace {

// A block with its hash, computed once, and the signatures of a quorum to be checked.
struct CertifiedBlock {
  BlockPtr block;
  CryptoHash hash;
  Round round;
  ValidatorSignatures signatures;

  LiteCertificate lite(CertificateKind kind) const {
    return {{hash, block->header.chain_id, kind}, round, signatures};
  }
};

template <class Certificate>
CertifiedBlock certified(const Certificate& certificate) {
  auto block = std::make_shared<Block>(certificate.value);
  CryptoHash hash = hash_of(*block);
  return {std::move(block), hash, certificate.round, certificate.signatures};
}

// A confirmed certificate's BCS is its members' one after the other.
Bytes certificate_bytes(const CertifiedBlock& certificate) {
  Bytes bytes = encode(*certificate.block);
  append(bytes, encode(certificate.round));
  append(bytes, encode(certificate.signatures));
  return bytes;
}

// The signatures are good: keep the block with its blobs and events, or at least remember that its
// blobs are welcome.
NodeStatus record_certificate(WorkerCall& call, const ChainState& chain,
                              const CertifiedBlock& certificate) {
  const Block& block = *certificate.block;
  const BlockHeader& header = block.header;
  std::set<BlobId> required = block.required_blob_ids();
  auto blobs = unstored_blobs(call, chain, required, &block);
  auto missing = missing_ids(blobs);
  BlobState state{{}, header.chain_id, header.height, {}};
  if (missing.empty()) {
    for (const auto& [id, blob] : blobs) call.session.put_blob(id, *blob);
    call.session.put_certificate(certificate.hash, certificate_bytes(certificate));
    for (const auto& emitted : block.body.events) {
      for (const Event& event : emitted) {
        call.session.put_event({header.chain_id, event.stream_id, event.index}, event.value);
      }
    }
    state.last_used_by = certificate.hash;
    state.epoch = header.epoch;
  }
  for (const BlobId& id : required) call.session.put_blob_state(id, state);
  if (missing.empty()) return Ok{};
  return NodeError(NodeError::BlobsNotFound{std::move(missing)});
}

NodeResult<std::vector<BlobContent>> published_blobs(WorkerCall& call, const ChainState& chain,
                                                     const Block& block) {
  std::vector<BlobContent> published;
  std::vector<BlobId> absent;
  for (const BlobId& id : block.proposed().published_blob_ids()) {
    auto blob = call.session.blob(id);
    if (!blob) blob = chain.pending_blob(id);
    blob ? published.push_back(*std::move(blob)) : absent.push_back(id);
  }
  if (!absent.empty()) return NodeError(NodeError::BlobsNotFound{std::move(absent)});
  return published;
}

NodeStatus execute_confirmed(WorkerCall& call, Overlay& work, ChainState& chain,
                             const CertifiedBlock& certificate) {
  const Block& block = *certificate.block;
  const BlockHeader& header = block.header;
  if (chain.tip_state.get().block_hash != header.previous_block_hash) {
    return worker_error(
        "The block does not contain the hash that we expected for the previous block");
  }
  MICA_TRY(call.initialize(work, chain));
  MICA_TRY(check_epoch(chain, header.epoch));
  MICA_TRY(chain.remove_bundles_from_inboxes(block.body.transactions, header.timestamp, false));
  auto changes = call.worker.take_execution(certificate.hash);
  if (!changes) {
    BlockExecution what;
    what.block = block.proposed();
    what.published_blobs = MICA_TRY(published_blobs(call, chain, block));
    what.recorded = &block.body.oracle_responses;
    what.state_hash_if_historical = header.state_hash;
    BlockRun execution = MICA_TRY(run_block(call, work, chain, std::move(what)));
    if (execution.hash != certificate.hash) {
      call.cause = ExecutionError(ExecutionError::Kind::kUnsupported,
                                  "it gives something else here than what is certified");
      return corrupted("computed block outcome differs from the certificate");
    }
    changes = execution.changes;
  }
  work.apply(changes->hot);
  auto streams = MICA_TRY(chain.apply_confirmed_block(block, certificate.hash, call.now,
                                                      call.worker.committees(), call.session,
                                                      call.worker.tracked()));
  work.commit_into(call.session.overlay());
  create_network_actions(call, chain.id(), std::nullopt);
  call.notifications.push_back(
      {header.chain_id, {Reason::NewBlock{header.height, certificate.hash, streams}}});
  if (!streams.empty()) {
    call.notifications.push_back(
        {header.chain_id, {Reason::NewEvents{header.height, certificate.hash, streams}}});
  }
  return Ok{};
}

NodeResult<ChainInfoResponse> process_validated(WorkerCall& call,
                                                const CertifiedBlock& certificate) {
  const Block& block = *certificate.block;
  const BlockHeader& header = block.header;
  Overlay work(call.session.overlay());
  ChainState chain(work, header.chain_id);
  MICA_TRY(call.initialize(work, chain));
  const BlockHeight next = chain.tip_state.get().next_block_height;
  if (header.height != next) {
    return NodeError(NodeError::UnexpectedBlockHeight{next, header.height});
  }
  CommitteePtr committee = MICA_TRY(call.current_committee(chain));
  MICA_TRY(check_epoch(chain, header.epoch));
  MICA_TRY(check_signatures(certificate.lite(CertificateKind::Validated), committee->committee));
  ChainManager manager(chain.manager.get());
  if (MICA_TRY(manager.check_validated_block(certificate.hash, certificate.round)) ==
      ManagerOutcome::kSkip) {
    return call.worker.respond(chain);
  }
  call.worker.remember_block(certificate.hash, certificate.block);
  const std::set<BlobId> required = block.required_blob_ids();
  auto blobs = unstored_blobs(call, chain, required, &block);
  if (auto missing = missing_ids(blobs); !missing.empty()) {
    MICA_TRY(chain.pending_validated_blobs.update(certificate.round, true, required, blobs));
    work.commit_into(call.session.overlay());
    return NodeError(NodeError::BlobsNotFound{std::move(missing)});
  }
  const Round old_round = manager.current_round();
  auto changed = manager.create_final_vote({block, certificate.round, certificate.signatures},
                                           certificate.hash, call.worker.config().sign, call.now);
  keep_blobs(chain, changed, present_blobs(std::move(blobs)));
  chain.manager.set(manager.state());
  work.commit_into(call.session.overlay());
  create_network_actions(call, chain.id(), old_round);
  return call.worker.respond(chain);
}

NodeResult<ChainInfoResponse> process_confirmed(WorkerCall& call, const CertifiedBlock& certificate,
                                                ConfirmedMode mode) {
  const BlockHeader& header = certificate.block->header;
  Overlay work(call.session.overlay());
  ChainState chain(work, header.chain_id);
  const BlockHeight next = chain.tip_state.get().next_block_height;
  if (header.height < next) {
    create_network_actions(call, chain.id(), std::nullopt);
    return call.worker.respond(chain);
  }
  CommitteePtr committee = MICA_TRY(call.worker.committees().of_epoch(header.epoch, call.session));
  MICA_TRY(check_signatures(certificate.lite(CertificateKind::Confirmed), committee->committee));
  MICA_TRY(record_certificate(call, chain, certificate));
  call.worker.remember_block(certificate.hash, certificate.block);
  if (header.height == next && mode == ConfirmedMode::kAuto) {
    MICA_TRY(execute_confirmed(call, work, chain, certificate));
    return call.worker.respond(chain);
  }
  auto streams =
      MICA_TRY(chain.preprocess_block(*certificate.block, certificate.hash, call.worker.tracked()));
  work.commit_into(call.session.overlay());
  create_network_actions(call, chain.id(), std::nullopt);
  if (!streams.empty()) {
    call.notifications.push_back(
        {header.chain_id, {Reason::NewEvents{header.height, certificate.hash, streams}}});
  }
  return call.worker.respond(chain);
}

}  // namespace

NodeResult<ChainInfoResponse> handle_lite(WorkerCall& call, const LiteCertificate& certificate) {
  const LiteValue& value = certificate.value;
  BlockPtr block = call.worker.known_block(call.session, value.chain_id, value.value_hash);
  if (!block) return NodeError(NodeError::MissingCertificateValue{});
  if (value.kind == CertificateKind::Timeout || block->header.chain_id != value.chain_id) {
    return worker_error("The hash certificate doesn't match its value.");
  }
  const CertifiedBlock known{block, value.value_hash, certificate.round, certificate.signatures};
  if (value.kind == CertificateKind::Validated) return process_validated(call, known);
  return process_confirmed(call, known, ConfirmedMode::kAuto);
}

NodeResult<ChainInfoResponse> handle_validated(WorkerCall& call,
                                               const ValidatedBlockCertificate& certificate) {
  return process_validated(call, certified(certificate));
}

NodeResult<ChainInfoResponse> handle_timeout(WorkerCall& call,
                                             const TimeoutCertificate& certificate) {
  const Timeout& timeout = certificate.value;
  Overlay work(call.session.overlay());
  ChainState chain(work, timeout.chain_id);
  MICA_TRY(call.initialize(work, chain));
  CommitteePtr committee = MICA_TRY(call.current_committee(chain));
  MICA_TRY(check_certificate(certificate, committee->committee));
  if (MICA_TRY(chain.tip_state.get().already_validated_block(timeout.height)))
    return call.worker.respond(chain);
  MICA_TRY(check_epoch(chain, timeout.epoch));
  ChainManager manager(chain.manager.get());
  const Round old_round = manager.current_round();
  manager.handle_timeout_certificate(certificate, call.now);
  chain.manager.set(manager.state());
  work.commit_into(call.session.overlay());
  create_network_actions(call, chain.id(), old_round);
  return call.worker.respond(chain);
}

NodeResult<ChainInfoResponse> handle_confirmed(WorkerCall& call,
                                               const ConfirmedBlockCertificate& certificate,
                                               ConfirmedMode mode) {
  return process_confirmed(call, certified(certificate), mode);
}

}  // namespace mica::worker
