#include "core/app/chain_summary.h"

#include "core/base/limits.h"
#include "core/client/epochs.h"
#include "core/client/streams.h"

namespace mica::app {

void ChainSummaries::tell_changes() {
  ChainSummary now = summary();
  if (now.pending_height && now.pending_height != proposed_told_)
    tell_proposed(*now.pending_height);
  Bytes bytes = encode(now);
  if (bytes == last_told_) return;
  last_told_ = std::move(bytes);
  context_->outside.emit({ClientOutput::ChainChanged{std::move(now)}});
}

void ChainSummaries::tell_proposed(BlockHeight height) {
  auto pending = context_->outside.records().pending(context_->id);
  if (!pending.ok() || !*pending) return;
  proposed_told_ = height;
  context_->outside.emit({ClientOutput::BlockChanged{
      context_->id, height, hash_of((*pending)->block), BlockState::Proposed}});
}

ChainSummary ChainSummaries::summary() {
  const ChainReader here = context_->here();
  ChainSummary out;
  out.chain_id = context_->id;
  out.owner = context_->tracked.owner;
  const ChainTip tip = here.tip();
  out.next_block_height = tip.next_block_height;
  out.block_hash = tip.block_hash;
  out.timestamp = tip.timestamp;
  out.chain_balance = here.balance(AccountOwner::chain());
  out.owner_balances = here.balances();
  out.closed = here.is_closed();
  out.synchronized = sync_->is_synchronized();
  if (out.owner && here.is_active()) {
    ClientOutside& outside = context_->outside;
    const auto changes = epoch_changes(outside.worker(), outside.admin_chain(), context_->id);
    out.epoch_changes = static_cast<uint32_t>(changes.size());
    out.new_events = new_events(outside.worker(), context_->id);
  }
  out.not_executed = context_->not_executed();
  out.pending_height = blocks_->pending_height();
  if (out.owner) {
    if (const auto locked = blocks_->locked_by_another()) out.locked = summary_of(*locked);
  }
  auto manager = here.manager();
  if (!manager) return out;
  out.ownership = std::move(manager->ownership);
  out.application_permissions = here.application_permissions();
  out.current_round = manager->current_round;
  count_inbox();
  out.incoming = counted_.listed;
  out.incoming_count = counted_.count;
  out.incoming_amount = counted_.amount;
  out.waiting = counted_.waiting;
  return out;
}

// Where many bundles wait, counting them all takes time: less often then.
void ChainSummaries::count_inbox() {
  // Not where the clock was put back.
  const Timestamp now = context_->outside.now();
  context_->inbox_uncounted =
      now < count_again_at_ && count_again_at_.micros - now.micros <= limits::kSlowCount_us;
  if (context_->inbox_uncounted) return;
  counted_ = {context_->here().pending_bundles(), 0, {}, {}};
  counted_.waiting = staging_->inbox_order().waiting(counted_.listed);
  counted_.count = static_cast<uint32_t>(counted_.listed.size());
  for (const IncomingBundle& incoming : counted_.listed) {
    for (const PostedMessage& message : incoming.bundle.messages) {
      const auto* system = std::get_if<Message::System>(&message.message.kind);
      const auto* credit =
          system ? std::get_if<SystemMessage::Credit>(&system->message.kind) : nullptr;
      if (credit) counted_.amount = saturating_add(counted_.amount, credit->amount);
    }
  }
  if (counted_.listed.size() > limits::kListedBundles) {
    counted_.listed.resize(limits::kListedBundles);
  }
  if (counted_.count <= limits::kQuicklyCounted) return;
  count_again_at_ = {now.micros + limits::kSlowCount_us};
  context_->outside.wake_at(count_again_at_, [context = context_] {
    if (context->inbox_uncounted) context->changed();
  });
}

}  // namespace mica::app
