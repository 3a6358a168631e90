// What a certified block does to its chain beyond execution.
#include "core/chain/chain_state.h"

namespace mica::chain {

NodeResult<std::set<StreamId>> ChainState::apply_confirmed_block(
    const Block& block, const CryptoHash& hash, Timestamp now, Committees& committees,
    const Lookup& lookup, Tracked tracked) {
  const BlockHeight height = block.header.height;
  if (height.height == UINT64_MAX) return number_overflow();
  execution_state_hash.set(block.header.state_hash);
  MICA_TRY(process_outgoing_messages(block, tracked));
  for (const ChainId& recipient : block.recipients()) {
    previous_message_blocks.put(recipient, height);
  }
  for (const auto& emitted : block.body.events) {
    for (const Event& event : emitted) previous_event_blocks.put(event.stream_id, height);
  }
  auto streams = process_emitted_events(block);
  MICA_TRY(reset_manager(height.next(), now, committees, lookup));
  ChainTipState tip = tip_state.get();
  tip.block_hash = hash;
  tip.next_block_height = height.next();
  MICA_TRY(tip.update_counters(block.body));
  tip_state.set(tip);
  confirmed_log.push(hash);
  preprocessed_blocks.erase(big_endian(height.height));
  return streams;
}

NodeResult<std::set<StreamId>> ChainState::preprocess_block(const Block& block,
                                                            const CryptoHash& hash,
                                                            Tracked tracked) {
  const BlockHeight height = block.header.height;
  if (height < tip_state.get().next_block_height) return std::set<StreamId>();
  MICA_TRY(process_outgoing_messages(block, tracked));
  auto streams = process_emitted_events(block);
  preprocessed_blocks.put(big_endian(height.height), hash);
  return streams;
}

// Whether the outbox holds everything the chain sent to the recipient before `block`, though blocks
// in between may be missing. linera-chain/src/chain.rs, process_outgoing_messages
NodeResult<bool> ChainState::may_schedule_ahead(const Outbox& outbox, const Block& block,
                                                const ChainId& recipient) const {
  const BlockHeight next_to_schedule = outbox.next_height_to_schedule.get();
  if (next_to_schedule > block.header.height) return false;  // done before
  const auto& sent = block.body.previous_message_blocks;
  const auto before = sent.find(recipient);
  if (next_to_schedule.height == 0) {
    // Nothing is known of the outbox, or it was pruned: then its blocks were executed.
    return before == sent.end() || before->second.second < tip_state.get().next_block_height;
  }
  auto last_hash = block_hash({next_to_schedule.height - 1});
  if (!last_hash) return corrupted("missing entry in confirmed_log or preprocessed_blocks");
  if (before == sent.end()) {
    return corrupted("block indicates no previous message block, but we have one in the outbox");
  }
  return before->second.first == *last_hash;
}

NodeStatus ChainState::process_outgoing_messages(const Block& block, Tracked tracked) {
  reconcile_outbox_index(tracked);
  const BlockHeight height = block.header.height;
  const bool ahead = height > tip_state.get().next_block_height;
  for (const ChainId& recipient : block.recipients()) {
    Outbox outbox = outboxes.open(recipient);
    if (ahead && !MICA_TRY(may_schedule_ahead(outbox, block, recipient))) continue;
    if (!outbox.schedule_message(height)) continue;
    if (delivers_to(recipient, tracked)) count_outgoing(recipient, height);
  }
  return Ok{};
}

std::set<StreamId> ChainState::process_emitted_events(const Block& block) {
  std::map<StreamId, std::set<uint32_t>> emitted;
  for (const auto& events : block.body.events) {
    for (const Event& event : events) emitted[event.stream_id].insert(event.index);
  }
  std::set<StreamId> advanced;
  for (const auto& [stream, indices] : emitted) {
    // Epoch 0 is made by the genesis: the first event is that of epoch 1.
    uint32_t next =
        next_expected_events.get(stream).value_or(stream == StreamId::new_epochs() ? 1 : 0);
    for (uint32_t index : indices) {
      if (index != next) continue;
      advanced.insert(stream);
      if (next != UINT32_MAX) ++next;
    }
    if (next != 0) next_expected_events.put(stream, next);
  }
  return advanced;
}

}  // namespace mica::chain
