#include "core/chain/chain_state.h"

namespace mica::chain {

NodeStatus ChainTipState::verify_block_chaining(const ProposedBlock& block) const {
  if (block.height != next_block_height) {
    return NodeError(NodeError::UnexpectedBlockHeight{next_block_height, block.height});
  }
  if (block.previous_block_hash != block_hash) {
    return chain_error(
        "The previous block hash of a new block should match the last block of the chain");
  }
  return Ok{};
}

NodeResult<bool> ChainTipState::already_validated_block(BlockHeight height) const {
  if (next_block_height < height) {
    return chain_error("Cannot confirm a block before its predecessors: " +
                       std::to_string(next_block_height.height));
  }
  return next_block_height > height;
}

NodeStatus ChainTipState::update_counters(const BlockBody& body) {
  uint64_t bundles = 0, operations = 0, messages = 0;
  for (const Transaction& transaction : body.transactions) {
    (transaction.kind.index() == 0 ? bundles : operations) += 1;
  }
  for (const auto& sent : body.messages) messages += sent.size();
  auto add = [](uint32_t& counter, uint64_t more) {
    if (more > UINT32_MAX - counter) return false;
    counter += static_cast<uint32_t>(more);
    return true;
  };
  if (!add(num_incoming_bundles, bundles) || !add(num_operations, operations) ||
      !add(num_outgoing_messages, messages)) {
    return number_overflow();
  }
  return Ok{};
}

// Tags under the chain's prefix. Written to disk: never renumber. 0x00 is the execution state.
ChainState::ChainState(ViewContext context, const ChainId& chain_id)
    : ChainState(context, chain_id, chain_prefix(chain_id)) {}
ChainState::ChainState(ViewContext context, const ChainId& chain_id, const Bytes& prefix)
    : execution(context, chain_id),
      execution_state_hash(context, key_of(prefix, 0x01)),
      tip_state(context, key_of(prefix, 0x02)),
      manager(context, key_of(prefix, 0x03)),
      proposed_blobs(context, key_of(prefix, 0x04)),
      locking_blobs(context, key_of(prefix, 0x05)),
      pending_validated_blobs(context, key_of(prefix, 0x06)),
      pending_proposed_blobs(context, key_of(prefix, 0x07)),
      confirmed_log(context, key_of(prefix, 0x08)),
      received_log(context, key_of(prefix, 0x09)),
      received_certificate_trackers(context, key_of(prefix, 0x0a)),
      inboxes(context, key_of(prefix, 0x0b)),
      nonempty_inboxes(context, key_of(prefix, 0x0c)),
      previous_message_blocks(context, key_of(prefix, 0x0d)),
      previous_event_blocks(context, key_of(prefix, 0x0e)),
      outboxes(context, key_of(prefix, 0x0f)),
      nonempty_outboxes(context, key_of(prefix, 0x10)),
      outbox_counters(context, key_of(prefix, 0x11)),
      preprocessed_blocks(context, key_of(prefix, 0x12)),
      next_expected_events(context, key_of(prefix, 0x13)),
      outbox_index_tracked(context, key_of(prefix, 0x14)),
      id_(chain_id) {}

NodeStatus ChainState::initialize_if_needed(Timestamp now, Committees& committees,
                                            const Lookup& lookup) {
  if (is_initialized()) return Ok{};
  auto made = initialize_chain(execution, id_, lookup);
  if (!made.ok()) return to_node_error(made.error(), {});
  auto hash = execution.state_hash(lookup);
  if (!hash.ok()) return to_node_error(hash.error(), {});
  // The Historical one begins with the Legacy one. linera-execution/src/execution.rs,
  // advance_historical_hash
  execution_state_hash.set(hash->value_or(legacy_state_hash(execution)));
  return reset_manager({0}, now, committees, lookup);
}

NodeStatus ChainState::reset_manager(BlockHeight height, Timestamp now, Committees& committees,
                                     const Lookup& lookup) {
  CommitteePtr committee = MICA_TRY(current_committee(committees, lookup));
  if (pending_validated_blobs.round.written()) pending_validated_blobs.clear();
  for (const AccountOwner& owner : pending_proposed_blobs.keys()) {
    pending_proposed_blobs.erase(owner);
  }
  if (!proposed_blobs.empty()) proposed_blobs.clear();
  if (!locking_blobs.empty()) locking_blobs.clear();
  manager.set(
      ChainManager::fresh(execution.system.ownership.get(), height, now, committee->fallback_owners)
          .state());
  return Ok{};
}

NodeResult<MissingBundles> ChainState::remove_bundles_from_inboxes(
    const std::vector<Transaction>& transactions, Timestamp block_time, bool stop_at_first) {
  std::map<ChainId, std::vector<const MessageBundle*>> by_origin;
  for (const Transaction& transaction : transactions) {
    const auto* receive = std::get_if<Transaction::ReceiveMessages>(&transaction.kind);
    if (!receive) continue;
    const MessageBundle& bundle = receive->bundle.bundle;
    if (bundle.timestamp > block_time) {
      return chain_error("Incoming message bundle in block proposed to " + id_.to_text() +
                         " has timestamp " + std::to_string(bundle.timestamp.micros) +
                         ", which is later than the block timestamp " +
                         std::to_string(block_time.micros) + ".");
    }
    by_origin[receive->bundle.origin].push_back(&bundle);
  }
  MissingBundles missing;
  for (const auto& [origin, bundles] : by_origin) {
    Inbox inbox = inboxes.open(origin);
    for (const MessageBundle* bundle : bundles) {
      if (MICA_TRY(inbox.remove_bundle(id_, origin, *bundle))) continue;
      missing.emplace_back(origin, bundle->height);
      if (stop_at_first) return missing;
    }
    if (inbox.added_bundles.empty()) nonempty_inboxes.erase(origin);
  }
  return missing;
}

NodeStatus ChainState::receive_message_bundle(const ChainId& origin, const MessageBundle& bundle,
                                              bool add_to_received_log) {
  if (MICA_TRY(inboxes.open(origin).add_bundle(bundle))) nonempty_inboxes.insert(origin);
  if (add_to_received_log) received_log.push({origin, bundle.height});
  return Ok{};
}

NodeResult<bool> ChainState::mark_messages_as_received(const ChainId& recipient, BlockHeight height,
                                                       Tracked tracked) {
  reconcile_outbox_index(tracked);
  Outbox outbox = outboxes.view(recipient);
  auto received = outbox.mark_messages_as_received(height);
  if (received.empty()) return false;
  const bool counted = delivers_to(recipient, tracked);
  for (BlockHeight done : received) {
    if (!counted) break;
    auto key = big_endian(done.height);
    uint32_t count = outbox_counters.get_or_default(key);
    if (count == 0) return corrupted("message counter should be present");
    if (count == 1) {
      outbox_counters.erase(key);
    } else {
      outbox_counters.put(key, count - 1);
    }
  }
  if (!outbox.queue.empty()) return true;
  nonempty_outboxes.erase(recipient);
  // Not ahead of the executed blocks: nothing would be forgotten.
  if (outbox.next_height_to_schedule.get() <= tip_state.get().next_block_height) {
    outboxes.erase(recipient);
  }
  return true;
}

void ChainState::revert_outbox(const ChainId& recipient, const std::vector<BlockHeight>& heights,
                               Tracked tracked) {
  reconcile_outbox_index(tracked);
  for (BlockHeight height : outboxes.open(recipient).revert(heights)) {
    if (delivers_to(recipient, tracked)) count_outgoing(recipient, height);
  }
}

void ChainState::count_outgoing(const ChainId& recipient, BlockHeight height) {
  auto key = big_endian(height.height);
  outbox_counters.put(key, outbox_counters.get_or_default(key) + 1);
  nonempty_outboxes.insert(recipient);
}

// 0.15.21, linera-chain/src/chain.rs, reconcile_outbox_index. The queues hold everything whoever is
// tracked.
void ChainState::reconcile_outbox_index(Tracked tracked) {
  const auto named = tracked ? std::optional(tracked->hash) : std::nullopt;
  if (outbox_index_tracked.get() == named) return;
  nonempty_outboxes.clear();
  outbox_counters.clear();
  auto index = [this](const ChainId& recipient) {
    if (!outboxes.contains(recipient)) return;
    for (BlockHeight height : outboxes.view(recipient).queue.items()) {
      count_outgoing(recipient, height);
    }
  };
  if (tracked) {
    for (const ChainId& recipient : tracked->ids) index(recipient);
  } else {
    for (const ChainId& recipient : outboxes.keys()) index(recipient);
  }
  outbox_index_tracked.set(named);
}

std::optional<CryptoHash> ChainState::block_hash(BlockHeight height) const {
  if (height < tip_state.get().next_block_height) return confirmed_log.get(height.height);
  return preprocessed_blocks.get(big_endian(height.height));
}

BlockHeight ChainState::next_height_to_preprocess() const {
  BlockHeight next = tip_state.get().next_block_height;
  preprocessed_blocks.scan_bytes([&](ByteSpan height, const Bytes&) {
    next = BlockHeight{from_big_endian(views::detail::decode_stored<ByteArray<8>>(height))}.next();
    return true;
  });
  return next;
}

std::optional<BlobContent> ChainState::pending_blob(const BlobId& id) const {
  if (auto blob = proposed_blobs.get(id)) return blob;
  if (auto blob = locking_blobs.get(id)) return blob;
  if (auto blob = pending_validated_blobs.get(id)) return blob;
  for (const AccountOwner& owner : pending_proposed_blobs.keys()) {
    if (auto blob = pending_proposed_blobs.view(owner).get(id)) return blob;
  }
  return std::nullopt;
}

std::optional<PreviousBlocks::BlockAt> ChainState::executed_at(
    std::optional<BlockHeight> height) const {
  if (!height) return std::nullopt;
  auto hash = confirmed_log.get(height->height);
  MICA_CHECK(hash.has_value());
  return BlockAt{*hash, *height};
}
std::optional<PreviousBlocks::BlockAt> ChainState::last_sent_to(const ChainId& recipient) const {
  return executed_at(previous_message_blocks.get(recipient));
}
std::optional<PreviousBlocks::BlockAt> ChainState::last_published_to(const StreamId& stream) const {
  return executed_at(previous_event_blocks.get(stream));
}

}  // namespace mica::chain
