#include "core/app/chain_sync.h"

#include "core/client/said.h"

namespace mica::app {
namespace {

void nobody_waits(std::optional<Failure>) {}

}  // namespace

ChainSync::ChainSync(Outside& outside, SharedContext context)
    : Flow(outside),
      context_(std::move(context)),
      inbox_(make_flow<InboxFetch>(outside, context_->id,
                                   [context = context_] { context->changed = true; })) {}

void ChainSync::synchronize(Ready then) {
  waiting_.push_back(std::move(then));
  if (waiting_.size() > 1) return;
  Synchronize::Plan plan{.chain = context_->id, .owned = context_->tracked.owner.has_value()};
  make_flow<Synchronize>(outside(), plan)
      ->start(held([this, owned = plan.owned](Synchronize::Outcome outcome) {
        ended(owned, std::move(outcome));
      }));
}

void ChainSync::owner_changed() {
  rounds_stale_ = true;
  fast_safe_height_.reset();
}

void ChainSync::ended(bool owned, Synchronize::Outcome outcome) {
  context_->changed = true;
  const std::optional<Failure> failure = take(owned, outcome);
  if (!outcome.unknown && context_->tracked.owner) inbox_->read_logs();
  for (const Ready& ready : std::exchange(waiting_, {})) ready(failure);
  if (!stopped()) catch_up_late();
}

std::optional<Failure> ChainSync::take(bool owned, const Synchronize::Outcome& outcome) {
  if (outcome.unknown) {
    return Failure{FailureCode::UnknownChain,
                   "no validator knows this chain",
                   MoneyState::Untouched,
                   {FailureDetail::OfChain{context_->id}}};
  }
  if (outcome.not_executed) {
    context_->stand_before_next(*outcome.not_executed);
    return Failure{FailureCode::Unsupported,
                   "block " + std::to_string(context_->next_height().height) +
                       " of this chain cannot be executed here: " + outcome.not_executed->text,
                   MoneyState::Untouched};
  }
  if (!outcome.complete) {
    std::string why;
    for (const auto& [from, error] : outcome.errors) {
      why += said_by(outside().committee(), from, error);
    }
    return Failure{FailureCode::NoQuorum, "too few validators answered." + why,
                   MoneyState::Untouched};
  }
  synchronized_ = true;
  // What was asked without an owner was not about rounds.
  if (owned) {
    rounds_stale_ = false;
    fast_safe_height_.reset();
  }
  if (outcome.no_proposals) fast_safe_height_ = context_->next_height();
  return std::nullopt;
}

void ChainSync::catch_up_late() {
  const auto late = std::exchange(listening_late_, {});
  if (late.empty()) return;
  if (!synchronized_) return synchronize(nobody_waits);
  for (const ValidatorPublicKey& validator : late) caught_up_by(validator);
}

void ChainSync::synchronize_with_inbox(Ready then) {
  synchronize([this, then](std::optional<Failure> failure) {
    if (failure || !context_->tracked.owner) return then(std::move(failure));
    const uint64_t name = context_->outside.new_id();
    waiting_for_inbox_[name] = then;
    inbox_->when_quiet(weakly([this, name] {
      if (auto waiting = waiting_for_inbox_.extract(name)) waiting.mapped()(std::nullopt);
    }));
  });
}

void ChainSync::make_current(Ready then) {
  const bool fast_unsure =
      context_->tracked.allow_fast_blocks && fast_safe_height_ != context_->next_height();
  const bool is_current = synchronized_ && !rounds_stale_ && !context_->not_executed();
  if (is_current && !fast_unsure) return then(std::nullopt);
  synchronize(std::move(then));
}

void ChainSync::caught_up_by(const ValidatorPublicKey& validator) {
  if (is_running()) {  // with an answer that may be older than the stream
    listening_late_.insert(validator);
    return;
  }
  if (!synchronized_) return synchronize(nobody_waits);
  Synchronize::Plan plan{
      .chain = context_->id, .owned = context_->tracked.owner.has_value(), .only = validator};
  make_flow<Synchronize>(outside(), plan)->start([context = context_](Synchronize::Outcome now) {
    if (now.not_executed) context->stand_before_next(*now.not_executed);
    context->changed = true;
  });
  if (context_->tracked.owner) inbox_->read_log(validator);
}

void ChainSync::leave(const Failure& failure) {
  for (const Ready& ready : std::exchange(waiting_, {})) ready(failure);
  for (const auto& [name, ready] : std::exchange(waiting_for_inbox_, {})) ready(failure);
}

void ChainSync::retry_now() {
  inbox_->retry_now();
  synchronize(nobody_waits);
}

}  // namespace mica::app
