#include "core/worker/worker_state.h"

namespace mica::worker {

namespace {

std::optional<TrackedChains> tracked_of(std::optional<std::set<ChainId>> ids) {
  if (!ids) return std::nullopt;
  const CryptoHash hash{sha3_256(encode(*ids))};
  return TrackedChains{*std::move(ids), hash};
}

size_t bytes_of(const Batch& batch) {
  size_t bytes = 0;
  for (const HotOp& op : batch.hot) {
    if (const auto* put = std::get_if<Put>(&op)) bytes += put->key.size() + put->value.size();
  }
  return bytes;
}

}  // namespace

WorkerState::WorkerState(const StateReader& hot, const ColdStore& cold, WorkerConfig config,
                         NetworkDescription network)
    : hot_(hot),
      cold_(cold),
      config_(std::move(config)),
      network_(std::move(network)),
      tracked_(tracked_of(config_.tracked_chains)),
      blocks_(config_.block_cache_bytes),
      executions_(config_.execution_cache_bytes) {}

void WorkerState::set_tracked_chains(std::optional<std::set<ChainId>> chains) {
  tracked_ = tracked_of(std::move(chains));
}

ChainInfoResponse WorkerState::respond(ChainInfo info) const {
  ChainInfoResponse response{std::move(info), {}};
  if (config_.sign) response.signature = config_.sign(hash_of(response.info));
  return response;
}

void WorkerState::remember_block(const CryptoHash& hash, BlockPtr block) {
  const size_t bytes = encode(*block).size();
  blocks_.insert(hash, std::move(block), bytes);
}

BlockPtr WorkerState::confirmed_block(const RecordReader& records, const CryptoHash& hash) {
  if (auto block = blocks_.find(hash)) return block;
  auto certificate = records.certificate(hash);
  if (!certificate) return nullptr;
  auto block = std::make_shared<Block>(std::move(certificate->value));
  remember_block(hash, block);
  return block;
}

BlockPtr WorkerState::known_block(const RecordReader& records, const ChainId& chain,
                                  const CryptoHash& hash) {
  if (auto block = blocks_.find(hash)) return block;
  ChainManager manager(ChainState(records.state(), chain).manager.get());
  if (const Block* block = manager.block(hash)) {
    auto found = std::make_shared<Block>(*block);
    remember_block(hash, found);
    return found;
  }
  return confirmed_block(records, hash);
}

void WorkerState::remember_execution(const CryptoHash& hash, std::shared_ptr<const Batch> changes) {
  const size_t bytes = bytes_of(*changes);
  executions_.insert(hash, std::move(changes), bytes);
}

std::shared_ptr<const Batch> WorkerState::take_execution(const CryptoHash& hash) {
  return executions_.take(hash);
}

}  // namespace mica::worker
