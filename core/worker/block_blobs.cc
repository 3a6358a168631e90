#include "core/worker/block_blobs.h"

#include "core/chain/errors.h"

namespace mica::worker {

std::map<BlobId, std::optional<BlobContent>> unstored_blobs(const WorkerCall& call,
                                                            const ChainState& chain,
                                                            const std::set<BlobId>& ids,
                                                            const Block* block) {
  std::map<BlobId, std::optional<BlobContent>> blobs;
  for (const BlobId& id : ids) {
    if (!call.session.has_blob(id)) blobs.emplace(id, std::nullopt);
  }
  if (block && !blobs.empty()) {
    for (const auto& created : block->body.blobs) {
      for (const BlobContent& blob : created) {
        auto found = blobs.find(blob.id());
        if (found != blobs.end()) found->second = blob;
      }
    }
  }
  for (auto& [id, blob] : blobs) {
    if (!blob) blob = chain.pending_blob(id);
  }
  return blobs;
}

std::vector<BlobId> missing_ids(const std::map<BlobId, std::optional<BlobContent>>& blobs) {
  std::vector<BlobId> missing;
  for (const auto& [id, blob] : blobs) {
    if (!blob) missing.push_back(id);
  }
  return missing;
}

std::map<BlobId, BlobContent> present_blobs(std::map<BlobId, std::optional<BlobContent>> blobs) {
  std::map<BlobId, BlobContent> present;
  for (auto& [id, blob] : blobs) present.emplace(id, *std::move(blob));
  return present;
}

void keep_blobs(ChainState& chain, ChainManager::Changed changed,
                const std::map<BlobId, BlobContent>& blobs) {
  auto replace = [&](Map<BlobId, BlobContent>& kept) {
    kept.clear();
    for (const auto& [id, blob] : blobs) kept.put(id, blob);
  };
  if (changed.proposed) replace(chain.proposed_blobs);
  if (changed.locking) replace(chain.locking_blobs);
}

NodeResult<ChainInfoResponse> handle_pending_blob(WorkerCall& call, const ChainId& chain_id,
                                                  const BlobContent& blob) {
  Overlay work(call.session.overlay());
  ChainState chain(work, chain_id);
  const BlobId id = blob.id();
  bool expected = chain.pending_validated_blobs.maybe_insert(id, blob);
  for (const AccountOwner& owner : chain.pending_proposed_blobs.keys()) {
    PendingBlobs pending = chain.pending_proposed_blobs.open(owner);
    if (!pending.validated.get()) {
      CommitteePtr committee = MICA_TRY(call.current_committee(chain));
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
  return call.worker.respond(chain);
}

}  // namespace mica::worker
