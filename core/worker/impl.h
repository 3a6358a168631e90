// The worker's inside. A handler works on a child overlay of the session's: commit_into() is
// upstream's save(); what a failing handler did since its last save is dropped with the child.
#pragma once

#include <deque>

#include "core/base/recent_values.h"
#include "core/chain/chain_state.h"
#include "core/types/cross_chain.h"
#include "core/worker/room.h"
#include "core/worker/session.h"
#include "core/worker/worker.h"

namespace mica::worker {

using BlockPtr = std::shared_ptr<const Block>;

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

// One call: its session, and what it has to tell and to deliver.
struct WorkerCall {
  WorkSession session;
  Timestamp now;
  std::vector<Notification> notifications;
  std::deque<CrossChainRequest> requests;
  std::optional<ExecutionError> cause;  // why executing failed, if it did
  const Answers* answers = nullptr;     // none: nobody can be asked
};

class Worker::Impl {
 public:
  Impl(const StateReader& hot, const ColdStore& cold, WorkerConfig config,
       NetworkDescription network)
      : hot_(hot),
        cold_(cold),
        config_(std::move(config)),
        network_(std::move(network)),
        tracked_(tracked_of(config_.tracked_chains)),
        blocks_(config_.block_cache_bytes),
        executions_(config_.execution_cache_bytes) {}

  RecordReader records() const { return {hot_, cold_, network_, committee_blobs_}; }
  ChainReader read(const ChainId& chain) const {
    return {hot_, cold_, network_, committee_blobs_, committees_, chain};
  }
  WorkerCall start(Timestamp now) const {
    return {WorkSession(hot_, cold_, network_, committee_blobs_), now, {}, {}, {}, nullptr};
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

  // -- proposals.cc
  NodeResult<ChainInfoResponse> handle_proposal(WorkerCall& call, const BlockProposal& proposal,
                                                bool aggregated);
  NodeResult<StagedBlock> stage_block(WorkerCall& call, BlockExecution what);
  // -- certificates.cc
  NodeResult<ChainInfoResponse> handle_lite(WorkerCall& call, const LiteCertificate& certificate);
  NodeResult<ChainInfoResponse> handle_validated(WorkerCall& call,
                                                 const CertifiedBlock& certificate);
  NodeResult<ChainInfoResponse> handle_timeout(WorkerCall& call,
                                               const TimeoutCertificate& certificate);
  NodeResult<ChainInfoResponse> handle_confirmed(WorkerCall& call,
                                                 const CertifiedBlock& certificate,
                                                 ConfirmedMode mode);
  // -- cross_chain.cc
  void create_network_actions(WorkerCall& call, const ChainId& chain,
                              const std::optional<Round>& old_round);
  void deliver(WorkerCall& call);
  // -- queries.cc
  NodeResult<ChainInfoResponse> handle_query(WorkerCall& call, const ChainInfoQuery& query);
  NodeResult<ServiceAnswer> query_application(WorkerCall& call, const ChainId& chain,
                                              const ApplicationId& application, ByteSpan query);
  NodeResult<ChainInfoResponse> handle_pending_blob(WorkerCall& call, const ChainId& chain,
                                                    const BlobContent& blob);
  // -- downloads.cc: everything that reads only, and UploadBlob
  NodeResponse download(WorkerCall& call, const NodeRequest& request);

  ChainInfoResponse respond(ChainInfo info) const;
  ChainInfoResponse respond(const ChainState& chain) const { return respond(info_of(chain)); }
  bool is_tracked(const ChainId& chain) const { return !tracked_ || tracked_->ids.contains(chain); }
  static std::optional<TrackedChains> tracked_of(std::optional<std::set<ChainId>> ids);
  void remember_block(const CryptoHash& hash, BlockPtr block);
  // The block by its hash: of this worker's memory, of a manager, or of a certificate.
  BlockPtr known_block(WorkerCall& call, const ChainId& chain, const CryptoHash& hash);
  BlockPtr confirmed_block(WorkerCall& call, const CryptoHash& hash);

  const StateReader& hot_;
  const ColdStore& cold_;
  WorkerConfig config_;
  NetworkDescription network_;
  std::optional<TrackedChains> tracked_;
  mutable Committees committees_;
  mutable WorkSession::CommitteeBlobs committee_blobs_{limits::kCommitteeBlobCacheBytes};
  RecentValues<CryptoHash, Block> blocks_;
  // What executing a block does to its chain's execution state.
  RecentValues<CryptoHash, Batch> executions_;

 private:
  struct KnownExecution {
    Block block;
    CryptoHash hash;
    std::shared_ptr<const Batch> changes;
    Amount fees;
    std::vector<LeftOut> left_out;
  };
  NodeResult<KnownExecution> execute(WorkerCall& call, Overlay& work, ChainState& chain,
                                     BlockExecution what);
  NodeResult<ChainInfoResponse> vote_for_proposal(WorkerCall& call, const BlockProposal& proposal,
                                                  bool aggregated);
  NodeStatus load_proposal_blobs(WorkerCall& call, Overlay& work, ChainState& chain,
                                 const BlockProposal& proposal,
                                 std::vector<BlobContent>& published);
  NodeStatus check_original(const BlockProposal& proposal, const ChainManager& manager,
                            const Committee& committee) const;
  NodeStatus check_time(const ProposedBlock& block, Timestamp now) const;
  NodeResult<KnownExecution> execute_proposal(WorkerCall& call, Overlay& work, ChainState& chain,
                                              const BlockProposal& proposal,
                                              std::vector<BlobContent> published);
  void keep_blobs(ChainState& chain, ChainManager::Changed changed,
                  const std::map<BlobId, BlobContent>& blobs);
  // What of `ids` is not stored, from the block itself or the pending sets; nothing: missing.
  std::map<BlobId, std::optional<BlobContent>> unstored_blobs(WorkerCall& call,
                                                              const ChainState& chain,
                                                              const std::set<BlobId>& ids,
                                                              const Block* block) const;
  NodeResult<std::vector<BlobContent>> published_blobs(WorkerCall& call, const ChainState& chain,
                                                       const Block& block) const;
  NodeStatus record_certificate(WorkerCall& call, const ChainState& chain,
                                const CertifiedBlock& certificate);
  NodeStatus execute_confirmed(WorkerCall& call, Overlay& work, ChainState& chain,
                               const CertifiedBlock& certificate);

  void request_updates(WorkerCall& call, ChainState& chain, const ChainId& recipient);
  NodeStatus handle_cross_chain(WorkerCall& call, const CrossChainRequest& request);
  NodeStatus update_recipient(WorkerCall& call, const CrossChainRequest::UpdateRecipient& request);
  NodeStatus confirm_updated(WorkerCall& call,
                             const CrossChainRequest::ConfirmUpdatedRecipient& request);
  NodeStatus revert_confirm(WorkerCall& call, const CrossChainRequest::RevertConfirm& request);
  NodeResult<std::vector<MessageBundle>> select_bundles(
      WorkerCall& call, ChainState& chain, const Inbox& inbox,
      const std::vector<std::pair<Epoch, MessageBundle>>& bundles);

  NodeStatus vote_for_timeout(WorkerCall& call, ChainState& chain, BlockHeight height,
                              const Round& round);
  std::optional<NodeResponse> certificates_for(WorkerCall& call, const NodeRequest& request) const;
  NodeResponse download_certificates(WorkerCall& call, const std::vector<CryptoHash>& hashes) const;
};

}  // namespace mica::worker
