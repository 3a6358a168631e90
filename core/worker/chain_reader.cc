#include "core/worker/chain_reader.h"

#include <algorithm>

namespace mica::worker {

std::vector<IncomingBundle> pending_bundles(const ChainState& chain) {
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

ChainInfo info_of(const ChainState& chain) {
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

NodeResult<ChainInfo> answer(const ChainState& chain, const ChainInfoQuery& query,
                             uint64_t max_received_log_entries) {
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
        start >= count ? start : start + std::min(count - start, max_received_log_entries);
    info.requested_received_log = chain.received_log.read(start, end);
  }
  if (query.request_manager_values) ChainManager(chain.manager.get()).add_values(info.manager);
  return info;
}

ChainTip ChainReader::tip() const {
  ChainTipState tip = chain_.tip_state.get();
  return {tip.block_hash, tip.next_block_height, chain_.execution.system.timestamp.get()};
}

std::optional<ChainManagerInfo> ChainReader::manager() const {
  if (!is_active()) return std::nullopt;
  ChainManager manager(chain_.manager.get());
  ChainManagerInfo info = manager.info();
  manager.add_values(info);
  return info;
}

std::map<AccountOwner, Amount> ChainReader::balances() const {
  auto entries = chain_.execution.system.balances.entries();
  return {entries.begin(), entries.end()};
}

ReadAnswer<std::vector<ConfirmedBlockCertificate>> ChainReader::certificates(BlockHeight start,
                                                                             size_t limit) const {
  std::vector<ConfirmedBlockCertificate> certificates;
  BlockHeight height = start;
  for (size_t i = 0; i < limit; ++i, height = height.next()) {
    auto hash = block_hash(height);
    if (!hash || !records_.has_certificate(*hash)) break;
    auto certificate = records_.certificate(*hash);  // wished for if it is on disk
    if (certificate) certificates.push_back(*std::move(certificate));
  }
  return found(std::optional(std::move(certificates)));
}

BlockHeight ChainReader::next_outbox_height(const ChainId& receiver) const {
  return std::max(chain_.tip_state.get().next_block_height,
                  chain_.outboxes.view(receiver).next_height_to_schedule.get());
}

ReadAnswer<Committee> ChainReader::current_committee() const {
  std::optional<Committee> value;
  if (is_active()) {
    auto committee = chain_.current_committee(committees_, records_);
    if (committee.ok()) value = (*committee)->committee;
  }
  return found(std::move(value));
}

std::set<Epoch> ChainReader::epochs() const {
  std::set<Epoch> epochs;
  for (const auto& [epoch, committee] : chain_.execution.system.committees.get()) {
    epochs.insert(epoch);
  }
  return epochs;
}

ReadAnswer<std::vector<BlobContent>> ChainReader::published_blobs(
    const ProposedBlock& block) const {
  std::vector<BlobContent> blobs;
  for (const BlobId& id : block.published_blob_ids()) {
    auto blob = chain_.pending_blob(id);
    if (!blob) blob = records_.blob(id);
    if (blob) blobs.push_back(*std::move(blob));
  }
  return found(std::optional(std::move(blobs)));
}

}  // namespace mica::worker
