// WorkerState: what all parts of a worker share, from call to call: the stores they read, the
// configuration, the network, and what is remembered so as not to be read or computed again.
// linera-core/src/worker.rs (WorkerState); chain_worker/state.rs
#pragma once

#include "core/base/recent_values.h"
#include "core/chain/chain_state.h"
#include "core/worker/chain_reader.h"
#include "core/worker/room.h"
#include "core/worker/session.h"
#include "core/worker/worker_config.h"

namespace mica::worker {

using BlockPtr = std::shared_ptr<const Block>;

class WorkerState {
 public:
  // The stores are the caller's, for longer than this.
  WorkerState(const StateReader& hot, const ColdStore& cold, WorkerConfig config,
              NetworkDescription network);

  RecordReader records() const { return {hot_, cold_, network_, committee_blobs_}; }
  ChainReader read(const ChainId& chain) const {
    return {hot_, cold_, network_, committee_blobs_, committees_, chain};
  }
  // Of one call.
  WorkSession start() const { return {hot_, cold_, network_, committee_blobs_}; }

  const WorkerConfig& config() const { return config_; }
  const NetworkDescription& network() const { return network_; }
  Committees& committees() const { return committees_; }

  // The recipients that messages are delivered to.
  Tracked tracked() const { return tracked_; }
  bool is_tracked(const ChainId& chain) const { return delivers_to(chain, tracked_); }
  void set_tracked_chains(std::optional<std::set<ChainId>> chains);

  // Signed, by a validator.
  ChainInfoResponse respond(ChainInfo info) const;
  ChainInfoResponse respond(const ChainState& chain) const { return respond(info_of(chain)); }

  void remember_block(const CryptoHash& hash, BlockPtr block);
  // The block by its hash: remembered, or of a stored certificate.
  BlockPtr confirmed_block(const RecordReader& records, const CryptoHash& hash);
  // That, or the block that the chain's manager holds.
  BlockPtr known_block(const RecordReader& records, const ChainId& chain, const CryptoHash& hash);

  // What executing a block does to its chain's execution state, by the block's hash.
  void remember_execution(const CryptoHash& hash, std::shared_ptr<const Batch> changes);
  // It is wanted once: when the block's certificate comes.
  std::shared_ptr<const Batch> take_execution(const CryptoHash& hash);

 private:
  const StateReader& hot_;
  const ColdStore& cold_;
  WorkerConfig config_;
  NetworkDescription network_;
  std::optional<TrackedChains> tracked_;
  mutable Committees committees_;
  mutable RecordReader::CommitteeBlobs committee_blobs_{limits::kCommitteeBlobCacheBytes};
  RecentValues<CryptoHash, Block> blocks_;
  RecentValues<CryptoHash, Batch> executions_;
};

}  // namespace mica::worker
