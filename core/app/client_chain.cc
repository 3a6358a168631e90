// Synchronising, news and summaries of one chain. Its blocks: client_chain_blocks.cc
#include "core/app/client_chain.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/client/epochs.h"
#include "core/client/said.h"

namespace mica::app {

ClientChain::ClientChain(ClientOutside& outside, const ChainId& id, TrackedChain tracked)
    : outside_(outside),
      id_(id),
      tracked_(std::move(tracked)),
      inbox_(make_flow<InboxFetch>(outside, id, [this] { dirty_ = true; })) {}

ClientChain::~ClientChain() { let_go(); }

void ClientChain::let_go() {
  if (commit_) commit_->stop();
  for (auto& [height, delivery] : deliveries_) delivery->stop();
  commit_.reset();
  inbox_->stop();
  deliveries_.clear();
  waiting_.clear();
}

void ClientChain::fail(uint64_t command_id, Failure failure) {
  outside_.emit({ClientOutput::Failed{command_id, std::move(failure)}});
}

// --- synchronising ------------------------------------------------------------------------------

void ClientChain::synchronize(Ready then) {
  waiting_.push_back(std::move(then));
  if (std::exchange(synchronizing_, true)) return;
  Synchronize::Plan plan{.chain = id_, .owned = tracked_.owner.has_value()};
  make_flow<Synchronize>(outside_, plan)
      ->start([self = shared_from_this(), owned = plan.owned](Synchronize::Outcome outcome) {
        self->synchronized(owned, std::move(outcome));
      });
}

// An owner looks at the rounds first: what was asked before was not about them.
void ClientChain::set_tracked(TrackedChain tracked) {
  if (tracked.owner != tracked_.owner) {
    rounds_stale_ = true;
    fast_safe_height_.reset();
  }
  tracked_ = std::move(tracked);
}

void ClientChain::synchronized(bool owned, Synchronize::Outcome outcome) {
  synchronizing_ = false;
  dirty_ = true;
  std::optional<Failure> failure;
  if (outcome.unknown) {
    failure = {FailureCode::UnknownChain, "no validator knows this chain", MoneyState::Untouched};
  } else if (!outcome.complete) {
    std::string why;
    for (const auto& [from, error] : outcome.errors)
      why += said_by(outside_.committee(), from, error);
    failure = {FailureCode::NoQuorum, "too few validators answered." + why, MoneyState::Untouched};
  } else {
    synchronized_ = true;
    if (owned) {
      rounds_stale_ = false;
      fast_safe_height_.reset();
    }
    if (outcome.no_proposals) {
      fast_safe_height_ = outside_.worker().read(id_).tip().next_block_height;
    }
  }
  if (!outcome.unknown && tracked_.owner) inbox_->read_logs();
  for (const Ready& ready : std::exchange(waiting_, {})) ready(failure);
  const auto late = std::exchange(listening_late_, {});
  if (late.empty()) return;
  if (!synchronized_) return synchronize([](std::optional<Failure>) {});
  for (const ValidatorPublicKey& validator : late) caught_up_by(validator);
}

void ClientChain::synchronize_with_inbox(Ready then) {
  synchronize([self = shared_from_this(), then](std::optional<Failure> failure) {
    if (failure || !self->tracked_.owner) return then(std::move(failure));
    self->inbox_->when_quiet([then] { then(std::nullopt); });
  });
}

void ClientChain::caught_up_by(const ValidatorPublicKey& validator) {
  if (synchronizing_) {  // with an answer that may be older than the stream
    listening_late_.insert(validator);
    return;
  }
  if (!synchronized_) return synchronize([](std::optional<Failure>) {});
  Synchronize::Plan plan{.chain = id_, .owned = tracked_.owner.has_value(), .only = validator};
  make_flow<Synchronize>(outside_, plan)->start([self = shared_from_this()](Synchronize::Outcome) {
    self->dirty_ = true;
  });
  if (tracked_.owner) inbox_->read_log(validator);
}

void ClientChain::resume() {
  auto pending = outside_.records().pending(id_);
  if (pending.ok() && *pending && !commit_) start_commit(std::nullopt, **pending);
  for (BlockHeight height : outside_.records().undelivered(id_)) resume_delivery(height);
}

void ClientChain::resume_delivery(BlockHeight height) {
  const auto hash = outside_.worker().read(id_).block_hash(height);
  if (!hash || deliveries_.contains(height)) return;
  steps()->local([this, hash] { return outside_.worker().certificate(*hash); },
                 [self = shared_from_this()](Found<ConfirmedBlockCertificate> certificate) {
                   if (certificate) self->deliver(*certificate);
                 });
}

void ClientChain::retry_now() {
  if (commit_) commit_->retry_now();
  for (auto& [height, delivery] : deliveries_) delivery->retry_now();
  inbox_->retry_now();
  synchronize([](std::optional<Failure>) {});
}

void ClientChain::storage_failed(const Failure& failure, bool withheld) {
  if (!commit_ || commit_->storage_failed(failure, withheld)) return;
  never_stored_ = true;
  dirty_ = true;
}

// --- news ---------------------------------------------------------------------------------------

void ClientChain::notified(const ValidatorPublicKey& validator, const Reason& reason) {
  const BlockHeight next = outside_.worker().read(id_).tip().next_block_height;
  if (const auto* bundle = std::get_if<Reason::NewIncomingBundle>(&reason.kind)) {
    if (!tracked_.owner) return;
    inbox_->told(validator, bundle->origin, bundle->height);
  } else if (const auto* block = std::get_if<Reason::NewBlock>(&reason.kind)) {
    // Our own block on its way needs no download.
    if (block->height < next || (commit_ && commit_->attempting())) return;
    if (commit_) return commit_->retry_now();
    newer_[validator] = block->height.next();
    download_next(false);
  } else if (const auto* round = std::get_if<Reason::NewRound>(&reason.kind)) {
    if (round->height < next || !tracked_.owner) return;
    rounds_stale_ = true;
    if (commit_ && !commit_->attempting()) commit_->retry_now();
  }
}

// From one of those who told of blocks; and beside it from another, if it is silent.
void ClientChain::download_next(bool beside) {
  if (!downloading_.empty() && !beside) return;
  const BlockHeight next = outside_.worker().read(id_).tip().next_block_height;
  std::erase_if(newer_, [&](const auto& one) { return one.second <= next; });
  const auto found = std::find_if(newer_.begin(), newer_.end(), [this](const auto& one) {
    return !downloading_.contains(one.first);
  });
  if (found == newer_.end()) return;
  const auto [validator, end] = *found;
  newer_.erase(found);
  const uint64_t id = downloading_[validator] = ++last_download_;
  make_flow<Fetch>(outside_, validator)
      ->download_chain(id_, end, [self = shared_from_this(), from = validator](NodeStatus status) {
        if (!status.ok()) {
          self->outside_.log("new block:" +
                             said_by(self->outside_.committee(), from, status.error()));
        }
        self->downloading_.erase(from);
        self->dirty_ = true;
        self->outside_.post([self] { self->download_next(false); });
      });
  outside_.wake_at({outside_.now().micros + limits::kPatience_us},
                   [self = shared_from_this(), from = validator, id] {
                     const auto still = self->downloading_.find(from);
                     if (still == self->downloading_.end() || still->second != id) return;
                     self->download_next(true);
                   });
}

void ClientChain::noticed(const Reason& reason) {
  dirty_ = true;
  const auto* block = std::get_if<Reason::NewBlock>(&reason.kind);
  if (block && tracked_.owner) {
    outside_.emit(
        {ClientOutput::BlockChanged{id_, block->height, block->hash, BlockState::Certified}});
  }
}

// --- what is told -------------------------------------------------------------------------------

void ClientChain::settle() {
  if (count_stale_ && outside_.now() >= count_again_at_) dirty_ = true;
  if (!std::exchange(dirty_, false)) return;
  const ChainReader here = outside_.worker().read(id_);
  if (here.is_active()) epoch_ = here.epoch();
  if (draft_ && !staging_ && !commit_ &&
      draft_->staged.proposed.height != here.tip().next_block_height) {
    remake_draft();
  }
  ChainSummary now = summary();
  if (now.pending_height && now.pending_height != proposed_told_) {
    auto pending = outside_.records().pending(id_);
    if (pending.ok() && *pending) {
      proposed_told_ = now.pending_height;
      outside_.emit({ClientOutput::BlockChanged{id_, *now.pending_height,
                                                hash_of((*pending)->block), BlockState::Proposed}});
    }
  }
  Bytes bytes = encode(now);
  if (bytes == last_summary_) return;
  last_summary_ = std::move(bytes);
  outside_.emit({ClientOutput::ChainChanged{std::move(now)}});
}

ChainSummary ClientChain::summary() {
  const ChainReader here = outside_.worker().read(id_);
  ChainSummary out;
  out.chain_id = id_;
  out.owner = tracked_.owner;
  const ChainTip tip = here.tip();
  out.next_block_height = tip.next_block_height;
  out.block_hash = tip.block_hash;
  out.timestamp = tip.timestamp;
  out.chain_balance = here.balance(AccountOwner::chain());
  out.owner_balances = here.balances();
  out.closed = here.is_closed();
  out.synchronized = synchronized_;
  if (tracked_.owner && here.is_active()) {
    const auto changes = epoch_changes(outside_.worker(), outside_.admin_chain(), id_);
    out.epoch_changes = static_cast<uint32_t>(changes.size());
  }
  auto pending = outside_.records().pending(id_);
  if (pending.ok() && *pending && !never_stored_) {
    out.pending_height = (*pending)->block.header.height;
  }
  auto manager = here.manager();
  if (!manager) return out;
  out.ownership = std::move(manager->ownership);
  out.current_round = manager->current_round;
  count_inbox();
  out.incoming = counted_.listed;
  out.incoming_count = counted_.count;
  out.incoming_amount = counted_.amount;
  out.waiting = counted_.waiting;
  return out;
}

// Where many bundles wait, counting them all takes time: less often then.
void ClientChain::count_inbox() {
  // Not where the clock was put back.
  const Timestamp now = outside_.now();
  count_stale_ =
      now < count_again_at_ && count_again_at_.micros - now.micros <= limits::kSlowCount_us;
  if (count_stale_) return;
  counted_ = {outside_.worker().read(id_).pending_bundles(), 0, {}, {}};
  counted_.waiting = inbox_order_.waiting(counted_.listed);
  counted_.count = static_cast<uint32_t>(counted_.listed.size());
  for (const IncomingBundle& incoming : counted_.listed) {
    for (const PostedMessage& message : incoming.bundle.messages) {
      const auto* system = std::get_if<Message::System>(&message.message.kind);
      const auto* credit =
          system ? std::get_if<SystemMessage::Credit>(&system->message.kind) : nullptr;
      if (credit) counted_.amount = saturating_add(counted_.amount, credit->amount);
    }
  }
  if (counted_.listed.size() > limits::kListedBundles)
    counted_.listed.resize(limits::kListedBundles);
  if (counted_.count <= limits::kQuicklyCounted) return;
  count_again_at_ = {now.micros + limits::kSlowCount_us};
  outside_.wake_at(count_again_at_, [] {});
}

BlockState ClientChain::state_of(BlockHeight height) {
  for (BlockHeight undelivered : outside_.records().undelivered(id_)) {
    if (undelivered == height) return BlockState::Certified;
  }
  return BlockState::Delivered;
}

}  // namespace mica::app
