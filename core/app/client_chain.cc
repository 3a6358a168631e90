// Synchronising, news and summaries of one chain. Its blocks: client_chain_blocks.cc
#include "core/app/client_chain.h"

#include <algorithm>

#include "core/client/epochs.h"

namespace mica {

constexpr ptrdiff_t kMaxWaitingNews = 250;  // of one validator

ClientChain::ClientChain(ClientOutside& outside, const ChainId& id, TrackedChain tracked)
    : outside_(outside), id_(id), tracked_(std::move(tracked)) {}

ClientChain::~ClientChain() { let_go(); }

void ClientChain::let_go() {
  if (commit_) commit_->stop();
  for (auto& [height, delivery] : deliveries_) delivery->stop();
  commit_.reset();
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
      ->start([self = shared_from_this()](Synchronize::Outcome outcome) {
        self->synchronizing_ = false;
        self->dirty_ = true;
        std::optional<Failure> failure;
        if (outcome.unknown) {
          failure = {FailureCode::UnknownChain, "no validator knows this chain",
                     MoneyState::Untouched};
        } else if (!outcome.complete) {
          std::string why;
          for (const auto& [validator, error] : outcome.errors) why += " " + error.message() + ".";
          failure = {FailureCode::NoQuorum, "too few validators answered." + why,
                     MoneyState::Untouched};
        } else {
          self->synchronized_ = true;
          self->rounds_stale_ = false;
          if (outcome.no_proposals) {
            self->fast_safe_height_ = self->outside_.worker().tip(self->id_).next_block_height;
          }
        }
        for (const Ready& ready : std::exchange(self->waiting_, {})) ready(failure);
        self->receive_next();
        const auto late = std::exchange(self->listening_late_, {});
        if (late.empty()) return;
        if (!self->synchronized_) return self->synchronize([](std::optional<Failure>) {});
        for (const ValidatorPublicKey& validator : late) self->caught_up_by(validator);
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
}

void ClientChain::resume() {
  auto pending = outside_.records().pending(id_);
  if (pending.ok() && *pending && !commit_) start_commit(std::nullopt, **pending);
  for (BlockHeight height : outside_.records().undelivered(id_)) resume_delivery(height);
}

void ClientChain::resume_delivery(BlockHeight height) {
  const auto hash = outside_.worker().block_hash(id_, height);
  if (!hash || deliveries_.contains(height)) return;
  steps()->local([this, hash] { return outside_.worker().certificate(*hash); },
                 [self = shared_from_this()](Found<ConfirmedBlockCertificate> certificate) {
                   if (certificate) self->deliver(*certificate);
                 });
}

void ClientChain::retry_now() {
  if (commit_) commit_->retry_now();
  for (auto& [height, delivery] : deliveries_) delivery->retry_now();
  synchronize([](std::optional<Failure>) {});
}

void ClientChain::storage_failed(const Failure& failure, bool withheld) {
  if (!commit_ || commit_->storage_failed(failure, withheld)) return;
  never_stored_ = true;
  dirty_ = true;
}

// --- news ---------------------------------------------------------------------------------------

void ClientChain::notified(const ValidatorPublicKey& validator, const Reason& reason) {
  const BlockHeight next = outside_.worker().tip(id_).next_block_height;
  if (const auto* bundle = std::get_if<Reason::NewIncomingBundle>(&reason.kind)) {
    if (!tracked_.owner) return;
    if (bundle->height < outside_.worker().next_height_to_receive(id_, bundle->origin)) return;
    const auto told = std::count_if(incoming_.begin(), incoming_.end(),
                                    [&](const Incoming& one) { return one.source == validator; });
    if (told >= kMaxWaitingNews) {
      news_dropped_ = true;
      return;
    }
    incoming_.push_back({validator, bundle->origin, bundle->height, 0});
    receive_next();
  } else if (const auto* block = std::get_if<Reason::NewBlock>(&reason.kind)) {
    // Our own block on its way needs no download.
    if (block->height < next || (commit_ && commit_->attempting())) return;
    if (commit_) return commit_->retry_now();
    newer_[validator] = block->height.next();
    download_next();
  } else if (const auto* round = std::get_if<Reason::NewRound>(&reason.kind)) {
    if (round->height < next || !tracked_.owner) return;
    rounds_stale_ = true;
    if (commit_ && !commit_->attempting()) commit_->retry_now();
  }
}

void ClientChain::receive_next() {
  while (!receiving_ && !incoming_.empty()) {
    const Incoming next = incoming_.front();
    incoming_.pop_front();
    if (next.height < outside_.worker().next_height_to_receive(id_, next.origin)) continue;
    receiving_ = true;
    make_flow<Fetch>(outside_, next.source)
        ->receive(id_, next.origin, next.height,
                  [self = shared_from_this(), next](NodeStatus status) {
                    if (!status.ok()) {
                      self->outside_.log("incoming: " + status.error().message());
                      self->receive_later(next);
                    }
                    self->receiving_ = false;
                    self->dirty_ = true;
                    self->outside_.post([self] { self->receive_next(); });
                  });
  }
  // The received logs have what was dropped.
  if (!receiving_ && !synchronizing_ && std::exchange(news_dropped_, false)) {
    synchronize([](std::optional<Failure>) {});
  }
}

// Perhaps the answer was lost; another validator may have told of it too.
void ClientChain::receive_later(Incoming incoming) {
  constexpr uint32_t kMaxTries = 5;
  if (++incoming.tries > kMaxTries) return;
  outside_.wake_at({outside_.now().micros + (uint64_t{500'000} << incoming.tries)},
                   [self = shared_from_this(), incoming] {
                     self->incoming_.push_back(incoming);
                     self->receive_next();
                   });
}

void ClientChain::download_next() {
  if (downloading_ || newer_.empty()) return;
  const auto [validator, end] = *newer_.begin();
  newer_.erase(newer_.begin());
  downloading_ = true;
  make_flow<Fetch>(outside_, validator)
      ->download_chain(id_, end, [self = shared_from_this()](NodeStatus status) {
        if (!status.ok()) self->outside_.log("new block: " + status.error().message());
        self->downloading_ = false;
        self->dirty_ = true;
        self->outside_.post([self] { self->download_next(); });
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
  if (!std::exchange(dirty_, false)) return;
  Worker& worker = outside_.worker();
  if (worker.is_active(id_)) epoch_ = worker.epoch(id_);
  if (draft_ && !staging_ && !commit_ &&
      draft_->staged.proposed.height != outside_.worker().tip(id_).next_block_height) {
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
  Worker& worker = outside_.worker();
  ChainSummary out;
  out.chain_id = id_;
  out.owner = tracked_.owner;
  const ChainTip tip = worker.tip(id_);
  out.next_block_height = tip.next_block_height;
  out.block_hash = tip.block_hash;
  out.timestamp = tip.timestamp;
  out.chain_balance = worker.balance(id_, AccountOwner::chain());
  out.owner_balances = worker.balances(id_);
  out.closed = worker.is_closed(id_);
  out.synchronized = synchronized_;
  if (tracked_.owner && worker.is_active(id_)) {
    const auto changes = epoch_changes(worker, outside_.admin_chain(), id_);
    out.epoch_changes = static_cast<uint32_t>(changes.size());
  }
  auto pending = outside_.records().pending(id_);
  if (pending.ok() && *pending && !never_stored_) {
    out.pending_height = (*pending)->block.header.height;
  }
  auto manager = worker.manager(id_);
  if (!manager) return out;
  out.ownership = std::move(manager->ownership);
  out.current_round = manager->current_round;
  out.incoming = worker.pending_bundles(id_);
  for (const IncomingBundle& incoming : out.incoming) {
    for (const PostedMessage& message : incoming.bundle.messages) {
      const auto* system = std::get_if<Message::System>(&message.message.kind);
      const auto* credit =
          system ? std::get_if<SystemMessage::Credit>(&system->message.kind) : nullptr;
      if (credit) out.incoming_amount = saturating_add(out.incoming_amount, credit->amount);
    }
  }
  return out;
}

BlockState ClientChain::state_of(BlockHeight height) {
  for (BlockHeight undelivered : outside_.records().undelivered(id_)) {
    if (undelivered == height) return BlockState::Certified;
  }
  return BlockState::Delivered;
}

}  // namespace mica
