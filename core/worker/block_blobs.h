// The blobs that a block needs before it can be voted for or kept: whether they are here, where
// they wait until then, and those that are sent for it. linera-core/src/chain_worker/state.rs,
// maybe_get_required_blobs and handle_pending_blob; linera-chain/src/manager.rs
#pragma once

#include "core/worker/room.h"
#include "core/worker/worker_call.h"

namespace mica::worker {

// What of `ids` is not stored, from the block itself or the pending sets; nothing: missing.
std::map<BlobId, std::optional<BlobContent>> unstored_blobs(const WorkerCall& call,
                                                            const ChainState& chain,
                                                            const std::set<BlobId>& ids,
                                                            const Block* block);
// Of unstored_blobs(): those that are nowhere.
std::vector<BlobId> missing_ids(const std::map<BlobId, std::optional<BlobContent>>& blobs);
// Of unstored_blobs(): those that are here, though not stored.
std::map<BlobId, BlobContent> present_blobs(std::map<BlobId, std::optional<BlobContent>> blobs);
// The manager took a block with these blobs: they are kept beside it.
void keep_blobs(ChainState& chain, ChainManager::Changed changed,
                const std::map<BlobId, BlobContent>& blobs);

// A blob that came because a block of the chain waits for it.
NodeResult<ChainInfoResponse> handle_pending_blob(WorkerCall& call, const ChainId& chain,
                                                  const BlobContent& blob);

}  // namespace mica::worker
