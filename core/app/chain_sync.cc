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
                                   [context = context_] { context->changed(); })) {}

void ChainSync::synchronize(Ready then) {
  waiting_.push_back(std::move(then));
  if (!is_running()) begin();
}

void ChainSync::synchronize_in_turn(Ready then) {
  waiting_.push_back(std::move(then));
  if (!is_running()) stand_in_line();
}

void ChainSync::stand_in_line() {
  if (std::exchange(in_line_, true)) return;
  context_->outside.turns().want(weakly([this] { take_turn(); }));
}

// Meanwhile it may have been done for somebody who could not wait.
void ChainSync::take_turn() {
  in_line_ = false;
  if (is_running()) return;
  if (!waiting_.empty() || (!synchronized_ && !due_.empty())) return begin();
  for (const ValidatorPublicKey& validator : std::exchange(due_, {})) compare_with(validator);
}

void ChainSync::begin() {
  running_ = true;
  Synchronize::Plan plan{.chain = context_->id, .owned = context_->tracked.owner.has_value()};
  make_flow<Synchronize>(outside(), plan)
      ->start(held([this, owned = plan.owned, place = context_->outside.turns().take()](
                       Synchronize::Outcome outcome) { ended(owned, std::move(outcome)); }));
}

void ChainSync::owner_changed() {
  rounds_stale_ = true;
  fast_safe_height_.reset();
}

void ChainSync::ended(bool owned, Synchronize::Outcome outcome) {
  running_ = false;
  context_->changed();
  const std::optional<Failure> failure = take(owned, outcome);
  if (failure) due_.clear();  // it is not tried again at once
  for (const auto& [validator, entries] : outcome.logs) due_.erase(validator);
  // Those who were too slow and are asked again tell of their logs then.
  for (const ValidatorPublicKey& validator : due_) outcome.logs[validator] = 0;
  if (!outcome.unknown && context_->tracked.owner) inbox_->read_logs(outcome.logs);
  due_.merge(std::exchange(late_, {}));
  for (const Ready& ready : std::exchange(waiting_, {})) ready(failure);
  if (!stopped() && !is_running() && !due_.empty()) stand_in_line();
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
    late_.insert(validator);
    return;
  }
  due_.insert(validator);
  stand_in_line();
}

void ChainSync::compare_with(const ValidatorPublicKey& validator) {
  Synchronize::Plan plan{
      .chain = context_->id, .owned = context_->tracked.owner.has_value(), .only = validator};
  make_flow<Synchronize>(outside(), plan)
      ->start(held([this, validator, place = context_->outside.turns().take()](
                       Synchronize::Outcome outcome) { compared_with(validator, outcome); }));
}

void ChainSync::compared_with(const ValidatorPublicKey& validator,
                              const Synchronize::Outcome& outcome) {
  if (outcome.not_executed) context_->stand_before_next(*outcome.not_executed);
  context_->changed();
  if (!context_->tracked.owner) return;
  const auto log = outcome.logs.find(validator);
  if (log == outcome.logs.end()) return inbox_->read_log(validator);
  inbox_->has_log(validator, log->second);
}

void ChainSync::leave(const Failure& failure) {
  for (const Ready& ready : std::exchange(waiting_, {})) ready(failure);
  for (const auto& [name, ready] : std::exchange(waiting_for_inbox_, {})) ready(failure);
}

void ChainSync::retry_now() {
  inbox_->retry_now();
  synchronize_in_turn(nobody_waits);
}

}  // namespace mica::app
