#include "core/worker/cross_chain.h"

#include "core/chain/errors.h"

namespace mica::worker {

namespace {

// Somebody can make its next block. linera-base/src/ownership.rs, linera-execution/src/system.rs
bool can_go_on(const ChainState& chain) {
  const ChainOwnership ownership = chain.execution.system.ownership.get();
  return chain.is_initialized() &&
         (ownership.has_owners() || ownership.timeout_config.fallback_duration == TimeDelta{});
}

// What waits in the outbox, as one request. Recipients that could not take it are left alone: they
// get it when the sender is heard of next.
void request_updates(WorkerCall& call, ChainState& chain, const ChainId& recipient) {
  if (!call.worker.is_tracked(recipient)) return;
  if (!call.worker.config().allow_inactive_chains &&
      !call.session.has_blob(description_blob_id(recipient))) {
    return;
  }
  CrossChainRequest::UpdateRecipient update{chain.id(), recipient, {}, {}};
  bool first = true;
  for (BlockHeight height : chain.outboxes.view(recipient).queue.items()) {
    auto hash = chain.block_hash(height);
    BlockPtr block = hash ? call.worker.confirmed_block(call.session, *hash) : nullptr;
    if (!block) break;
    if (std::exchange(first, false)) {
      auto previous = block->body.previous_message_blocks.find(recipient);
      if (previous != block->body.previous_message_blocks.end()) {
        update.previous_height = previous->second.second;
      }
    }
    for (MessageBundle& bundle : block->bundles_for(recipient, *hash)) {
      update.bundles.emplace_back(block->header.epoch, std::move(bundle));
    }
  }
  if (!update.bundles.empty()) call.requests.push_back({std::move(update)});
}

// Without what was received before, and without a tail whose epochs nobody here can vouch for.
// CrossChainUpdateHelper::select_message_bundles
NodeResult<std::vector<MessageBundle>> select_bundles(
    WorkerCall& call, ChainState& chain, const Inbox& inbox,
    const std::vector<std::pair<Epoch, MessageBundle>>& bundles) {
  const BlockHeight next = inbox.next_block_height_to_receive();
  const auto anticipated = inbox.removed_bundles.back();
  const Epoch own_epoch = chain.execution.system.epoch.get();
  size_t skipped = 0, trusted = 0;
  BlockHeight latest;
  for (size_t i = 0; i < bundles.size(); ++i) {
    const auto& [epoch, bundle] = bundles[i];
    if (bundle.height < latest) return worker_error("Invalid cross-chain request");
    latest = bundle.height;
    if (bundle.height < next) skipped = i + 1;
    if (call.worker.config().allow_messages_from_deprecated_epochs ||
        (anticipated && bundle.height <= anticipated->height) || epoch >= own_epoch ||
        call.worker.committees().of_epoch(epoch, call.session).ok()) {
      trusted = i + 1;
    }
  }
  std::vector<MessageBundle> selected;
  for (size_t i = skipped; i < trusted; ++i) selected.push_back(bundles[i].second);
  return selected;
}

NodeStatus update_recipient(WorkerCall& call, const CrossChainRequest::UpdateRecipient& request) {
  Overlay work(call.session.overlay());
  ChainState chain(work, request.recipient);
  const Inbox inbox = chain.inboxes.view(request.sender);
  const BlockHeight next = inbox.next_block_height_to_receive();
  if (request.previous_height && *request.previous_height >= next) {
    call.requests.push_back(
        {CrossChainRequest::RevertConfirm{request.sender, request.recipient, next}});
    return Ok{};
  }
  auto bundles = MICA_TRY(select_bundles(call, chain, inbox, request.bundles));
  if (bundles.empty()) return Ok{};
  {
    Overlay fresh(work);
    auto active = ChainState(fresh, request.recipient)
                      .initialize_if_needed(call.now, call.worker.committees(), call.session);
    if (active.ok()) {
      fresh.commit_into(work);
    } else if (!call.worker.config().allow_inactive_chains) {
      return active.error();
    }
  }
  // It stays in the sender's outbox, and is sent again. chain_worker/state.rs, process_batch
  if (!call.worker.config().allow_inactive_chains && !can_go_on(chain)) return Ok{};
  std::optional<BlockHeight> previous;
  for (const MessageBundle& bundle : bundles) {
    bool new_height = previous != bundle.height;
    previous = bundle.height;
    MICA_TRY(chain.receive_message_bundle(request.sender, bundle, new_height));
  }
  work.commit_into(call.session.overlay());
  call.notifications.push_back(
      {request.recipient, {Reason::NewIncomingBundle{request.sender, *previous}}});
  call.requests.push_back(
      {CrossChainRequest::ConfirmUpdatedRecipient{request.sender, request.recipient, *previous}});
  return Ok{};
}

NodeStatus confirm_updated(WorkerCall& call,
                           const CrossChainRequest::ConfirmUpdatedRecipient& request) {
  Overlay work(call.session.overlay());
  ChainState chain(work, request.sender);
  MICA_TRY(chain.mark_messages_as_received(request.recipient, request.latest_height,
                                           call.worker.tracked()));
  work.commit_into(call.session.overlay());
  if (!chain.outboxes.view(request.recipient).queue.empty()) {
    request_updates(call, chain, request.recipient);
  }
  return Ok{};
}

NodeStatus revert_confirm(WorkerCall& call, const CrossChainRequest::RevertConfirm& request) {
  Overlay work(call.session.overlay());
  ChainState chain(work, request.sender);
  auto height = chain.previous_message_blocks.get(request.recipient);
  std::vector<BlockHeight> heights;
  while (height && *height >= request.retransmit_from) {
    heights.push_back(*height);
    auto hash = chain.block_hash(*height);
    BlockPtr block = hash ? call.worker.confirmed_block(call.session, *hash) : nullptr;
    if (!block) return worker_error("a block of the chain's log is not stored");
    auto previous = block->body.previous_message_blocks.find(request.recipient);
    if (previous == block->body.previous_message_blocks.end()) break;
    height = previous->second.second;
  }
  const uint64_t waiting = chain.outboxes.view(request.recipient).queue.size();
  if (heights.empty()) return Ok{};
  chain.revert_outbox(request.recipient, heights, call.worker.tracked());
  if (chain.outboxes.view(request.recipient).queue.size() == waiting) return Ok{};
  work.commit_into(call.session.overlay());
  request_updates(call, chain, request.recipient);
  return Ok{};
}

NodeStatus handle_cross_chain(WorkerCall& call, const CrossChainRequest& request) {
  if (const auto* update = std::get_if<CrossChainRequest::UpdateRecipient>(&request.kind)) {
    return update_recipient(call, *update);
  }
  using Confirm = CrossChainRequest::ConfirmUpdatedRecipient;
  if (const auto* confirm = std::get_if<Confirm>(&request.kind)) {
    return confirm_updated(call, *confirm);
  }
  return revert_confirm(call, *std::get_if<CrossChainRequest::RevertConfirm>(&request.kind));
}

}  // namespace

void create_network_actions(WorkerCall& call, const ChainId& chain_id,
                            const std::optional<Round>& old_round) {
  Overlay work(call.session.overlay());
  ChainState chain(work, chain_id);
  chain.reconcile_outbox_index(call.worker.tracked());
  work.commit_into(call.session.overlay());
  for (const ChainId& recipient : chain.nonempty_outboxes.items()) {
    request_updates(call, chain, recipient);
  }
  if (!old_round) return;
  const Round round = chain.manager.get().current_round;
  if (round <= *old_round) return;
  call.notifications.push_back(
      {chain.id(), {Reason::NewRound{chain.tip_state.get().next_block_height, round}}});
}

void deliver(WorkerCall& call) {
  while (!call.requests.empty()) {
    CrossChainRequest request = std::move(call.requests.front());
    call.requests.pop_front();
    // A delivery that fails stays in its outbox; what caused it happened all the same.
    (void)handle_cross_chain(call, request);
  }
}

}  // namespace mica::worker
