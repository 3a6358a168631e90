#include "core/app/chain_blocks.h"

#include "core/app/effects.h"
#include "core/client/streams.h"

namespace mica::app {
namespace {

Failure nothing_to_receive() {
  return {FailureCode::NothingToDo, "no message that waits can be received", MoneyState::Untouched};
}

Failure nothing_locked() {
  return {FailureCode::NothingToDo, "no block of another owner waits to be carried on",
          MoneyState::Untouched};
}

bool has_pending(const ChainContext& context) {
  const auto pending = context.outside.records().pending(context.id);
  return pending.ok() && *pending;
}

}  // namespace

ChainBlocks::ChainBlocks(Outside& outside, SharedContext context, std::shared_ptr<ChainSync> sync,
                         std::shared_ptr<Staging> staging, std::shared_ptr<ChainDelivery> delivery)
    : Flow(outside),
      context_(std::move(context)),
      sync_(std::move(sync)),
      staging_(std::move(staging)),
      delivery_(std::move(delivery)),
      desk_(has_pending(*context_)) {}

ChainBlocks::~ChainBlocks() {
  if (commit_) commit_->stop();
}

// --- the desk -----------------------------------------------------------------------------------

// What the desk does not know: whether blocks of this chain can be made at all.
std::optional<Failure> ChainBlocks::why_not() const {
  if (context_->tracked.owner) return broken();
  return Failure{FailureCode::NotOwner, "this chain is only followed", MoneyState::Untouched};
}

std::optional<Failure> ChainBlocks::broken() const {
  if (context_->outside.storage_failure()) return context_->outside.storage_failure();
  const auto pending = context_->outside.records().pending(context_->id);
  if (pending.ok()) return std::nullopt;
  return Failure{FailureCode::StorageCorrupt, pending.error().message(), MoneyState::Unknown};
}

void ChainBlocks::want(Job job) {
  const uint64_t name = context_->outside.new_id();
  auto failure = why_not();
  if (!failure) failure = desk_.want(name);
  if (failure) return context_->fail(job.command_id, *failure);
  waiting_.emplace(name, std::move(job));
  serve_those_who_wait();
}

std::optional<Failure> ChainBlocks::happens(Desk::Event event) {
  auto failure = desk_.happens(event);
  serve_those_who_wait();
  return failure;
}

void ChainBlocks::serve_those_who_wait() {
  for (uint64_t name : desk_.turned_away()) {
    context_->fail(waiting_.extract(name).mapped().command_id, Desk::stuck_failure());
  }
  const auto turn = desk_.next_turn();
  if (!turn) return;
  job_ = std::move(waiting_.extract(*turn).mapped());
  // Posted, so that a long queue of failures does not grow the stack.
  outside().post(held([this] { begin(); }));
}

void ChainBlocks::begin() {
  if (auto failure = why_not()) return give_up(*failure);
  sync_->make_current(weakly([this](std::optional<Failure> failure) {
    if (failure) return give_up(*failure);
    if (job_->of_locked) return make_locked_draft();
    if (!job_->plan.fee_cap) return make_draft();
    if (context_->here().is_closed()) return give_up(nothing_to_receive());
    make_receiving();
  }));
}

void ChainBlocks::give_up(Failure failure) {
  context_->fail(job_->command_id, std::move(failure));
  job_.reset();
  happens(Desk::Event::kFailed);
}

void ChainBlocks::leave(const Failure& failure) {
  if (job_) context_->fail(job_->command_id, failure);
  for (const auto& [name, job] : waiting_) context_->fail(job.command_id, failure);
  const Failure open{failure.code, failure.message, MoneyState::Unknown};
  for (const Listener& listener : listeners_) context_->fail(listener.command_id, open);
}

// --- drafts -------------------------------------------------------------------------------------

void ChainBlocks::prepare(uint64_t command_id, const ClientCommand::PrepareBlock& command) {
  BlockPlan plan = plan_of(command.operations, command.blobs);
  plan.receive_incoming = command.receive_incoming;
  want({command_id, std::move(plan)});
}

void ChainBlocks::make_draft() {
  staging_->stage(job_->plan, held([this](Result<StagedBlock, Failure> staged) {
                    if (!staged.ok()) return give_up(staged.error());
                    const auto [command_id, plan, of_locked] = *job_;
                    context_->outside.done<ClientCommand::PrepareBlock>(
                        command_id, {show(plan, *staged), effects_of(*staged, *plan.answers)});
                  }));
}

void ChainBlocks::make_locked_draft() {
  const auto locked = locked_by_another();
  if (!locked) return give_up(nothing_locked());
  staging_->stage_locked(*locked, held([this](Result<Staging::StagedLock, Failure> made) {
    if (!made.ok()) return give_up(made.error());
    const uint64_t command_id = job_->command_id;
    BlockPlan plan;
    plan.blobs = std::move(made->blobs);
    context_->outside.done<ClientCommand::ShowLocked>(
        command_id, {show(std::move(plan), made->staged), effects_of(made->staged, Answers())});
  }));
}

uint64_t ChainBlocks::show(BlockPlan plan, StagedBlock staged) {
  draft_ = {context_->outside.new_id(), std::move(plan), std::move(staged)};
  job_.reset();
  context_->changed();
  happens(Desk::Event::kMade);
  return draft_->id;
}

bool ChainBlocks::is_draft_behind() const {
  return draft_ && draft_->staged.proposed.height != context_->next_height();
}

void ChainBlocks::look_at_draft() {
  if (!is_draft_behind() || desk_.is(Desk::State::kRemaking)) return;
  happens(Desk::Event::kMoved);
  if (desk_.is(Desk::State::kRemaking)) remake_draft();
}

void ChainBlocks::remake_draft() {
  const uint64_t id = draft_->id;
  staging_->stage(draft_->plan, held([this, id](Result<StagedBlock, Failure> staged) {
                    if (!has_draft(id)) return;
                    happens(staged.ok() ? Desk::Event::kRemade : Desk::Event::kSpoiled);
                    if (!staged.ok()) return;
                    draft_->staged = *staged;
                    context_->outside.emit({ClientOutput::DraftChanged{
                        id, effects_of(*staged, *draft_->plan.answers)}});
                  }));
}

void ChainBlocks::commit_draft(uint64_t command_id) {
  const bool signed_before = desk_.is(Desk::State::kStuckShown);
  const bool moved = desk_.is(Desk::State::kShown) && is_draft_behind();
  if (moved) happens(Desk::Event::kMoved);
  if (auto failure = happens(Desk::Event::kSign)) {
    context_->fail(command_id, *failure);
    if (desk_.is(Desk::State::kStale)) return drop_draft();
    if (moved) remake_draft();
    return;
  }
  const Draft draft = *std::exchange(draft_, std::nullopt);
  if (signed_before) return join_commit({command_id, draft.staged.proposed});
  PendingBlock pending;
  pending.block = draft.staged.block;
  pending.blobs = draft.plan.blobs;
  pending.owner = *context_->tracked.owner;
  fees_ = draft.staged.fees;
  listeners_.push_back({command_id});
  start_commit(std::move(pending));
}

void ChainBlocks::drop_draft() {
  draft_.reset();
  happens(Desk::Event::kDrop);
}

// --- the receiving block ------------------------------------------------------------------------

void ChainBlocks::receive_incoming(uint64_t command_id,
                                   const ClientCommand::ReceiveIncoming& command) {
  want(
      {command_id, {.receive_incoming = true, .update_streams = true, .fee_cap = command.fee_cap}});
}

void ChainBlocks::make_receiving() {
  staging_->stage(job_->plan, held([this](Result<StagedBlock, Failure> staged) {
                    if (staged.ok()) return receiving_made(*staged);
                    if (!without_events(staged.error())) give_up(staged.error());
                  }));
}

// Events that an application cannot process do not hold up what else waits. True: made again.
bool ChainBlocks::without_events(const Failure& why) {
  if (!std::exchange(job_->plan.update_streams, false)) return false;
  if (!stream_updates(worker(), context_->id)) return false;
  outside().log("events were left: " + why.message);
  outside().post(held([this] { make_receiving(); }));
  return true;
}

void ChainBlocks::receiving_made(StagedBlock staged) {
  if (staged.proposed.transactions.empty()) {
    // None of those that were tried; their origins go last now.
    const auto bundles = context_->here().pending_bundles();
    if (!staging_->inbox_order().has_untried(bundles)) return give_up(nothing_to_receive());
    // Posted, so that a long inbox does not grow the stack.
    return outside().post(held([this] { make_receiving(); }));
  }
  if (staged.fees > *job_->plan.fee_cap) {  // of operations: a new epoch's, or of events
    const Failure costly{FailureCode::ExecutionFailed, "receiving would cost more than the fee cap",
                         MoneyState::Untouched};
    if (!without_events(costly)) give_up(costly);
    return;
  }
  PendingBlock pending;
  pending.block = std::move(staged.block);
  pending.owner = *context_->tracked.owner;
  pending.receiving = true;
  fees_ = staged.fees;
  listeners_.push_back({job_->command_id});
  job_.reset();
  happens(Desk::Event::kSign);
  start_commit(std::move(pending));
}

// --- the signed block ---------------------------------------------------------------------------

void ChainBlocks::start_commit(PendingBlock pending) {
  const bool allow_fast =
      context_->tracked.allow_fast_blocks &&
      (pending.fast_proposal || sync_->is_fast_safe(pending.block.header.height));
  Commit::Events events;
  events.unsettled = weakly([this](const Failure& failure) { unsettled(failure); });
  events.done = weakly([this](Propose::Outcome outcome) { settled(std::move(outcome)); });
  commit_ = make_flow<Commit>(outside(), std::move(pending), allow_fast, std::move(events));
  context_->changed();
  commit_->start();
}

void ChainBlocks::resume() {
  auto pending = context_->outside.records().pending(context_->id);
  if (pending.ok() && *pending && !commit_) start_commit(**pending);
}

void ChainBlocks::join_commit(Listener listener) {
  listeners_.push_back(std::move(listener));
  if (commit_) return commit_->retry_for_somebody();
  resume();
}

void ChainBlocks::unsettled(const Failure& failure) {
  context_->changed();
  for (const Listener& listener : std::exchange(listeners_, {})) {
    context_->fail(listener.command_id, failure);
  }
  happens(Desk::Event::kUnsettled);
}

void ChainBlocks::settled(Propose::Outcome outcome) {
  commit_.reset();
  draft_.reset();
  context_->changed();
  if (outcome.end == Propose::End::kConflict) {
    outcome.failure = {FailureCode::Conflict, "another block was certified at this height",
                       MoneyState::Untouched};
  }
  const bool committed = outcome.end == Propose::End::kCommitted;
  if (committed) sync_->set_fast_safe(outcome.certificate->value.header.height.next());
  for (const Listener& listener : std::exchange(listeners_, {})) {
    const bool approved =
        outcome.certificate && listener.approved == outcome.certificate->value.proposed();
    if (!committed && !approved) {
      context_->fail(listener.command_id, outcome.failure);
      continue;
    }
    context_->outside.done<ClientCommand::CommitDraft>(
        listener.command_id, {*outcome.certificate, hash_of(outcome.certificate->value), fees_});
  }
  fees_.reset();
  if (outcome.certificate) delivery_->deliver(*outcome.certificate);
  happens(Desk::Event::kSettled);
}

bool ChainBlocks::retry_signed() {
  if (commit_) commit_->retry_now();
  return commit_ != nullptr;
}

void ChainBlocks::retry_pending(uint64_t command_id) {
  auto failure = broken();
  if (!failure) failure = happens(Desk::Event::kRetry);
  if (failure) return context_->fail(command_id, *failure);
  join_commit({command_id});
}

std::optional<Locked> ChainBlocks::locked_by_another() const {
  const auto pending = context_->outside.records().pending(context_->id);
  return app::locked_by_another(context_->here(), pending.ok() ? *pending : std::nullopt);
}

void ChainBlocks::show_locked(uint64_t command_id) {
  if (!locked_by_another()) return context_->fail(command_id, nothing_locked());
  if (has_pending(*context_)) return show_signed(command_id, true);
  want({command_id, {}, true});
}

void ChainBlocks::show_pending(uint64_t command_id) { show_signed(command_id, false); }

// The signed block; or the one that is locked, without which that one gets no further.
void ChainBlocks::show_signed(uint64_t command_id, bool locked) {
  auto failure = broken();
  if (!failure) failure = happens(Desk::Event::kShow);
  if (failure) return context_->fail(command_id, *failure);
  job_ = {command_id, {}};
  const auto pending = context_->outside.records().pending(context_->id);
  if (!*pending) {
    return give_up({FailureCode::Busy, "this block is just being signed", MoneyState::Untouched});
  }
  if (!locked) {
    return staging_->stage_again(**pending, held([this](Result<StagedBlock, Failure> staged) {
      signed_staged(std::move(staged), false);
    }));
  }
  staging_->stage_locked(*locked_by_another(),
                         held([this](Result<Staging::StagedLock, Failure> made) {
                           if (!made.ok()) return signed_staged(made.error(), true);
                           signed_staged(std::move(made->staged), true);
                         }));
}

void ChainBlocks::signed_staged(Result<StagedBlock, Failure> staged, bool locked) {
  if (!desk_.is(Desk::State::kShowing)) {  // settled meanwhile
    return give_up({FailureCode::NothingToDo, "it is no longer pending", MoneyState::Untouched});
  }
  if (!staged.ok()) return give_up(staged.error());
  const uint64_t command_id = job_->command_id;
  const ClientResult::Draft shown{show({}, *staged), effects_of(*staged, Answers())};
  locked ? context_->outside.done<ClientCommand::ShowLocked>(command_id, shown)
         : context_->outside.done<ClientCommand::ShowPending>(command_id, shown);
}

void ChainBlocks::storage_failed(const Failure& failure, bool withheld) {
  if (!commit_ || commit_->storage_failed(failure, withheld)) return;
  never_stored_ = true;
  context_->changed();
}

std::optional<BlockHeight> ChainBlocks::pending_height() const {
  const auto pending = context_->outside.records().pending(context_->id);
  if (!pending.ok() || !*pending || never_stored_) return std::nullopt;
  return (*pending)->block.header.height;
}

}  // namespace mica::app
