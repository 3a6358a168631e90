#include "core/client/commit.h"

#include "core/client/chain_sender.h"
#include "core/client/epochs.h"
#include "core/client/synchronize.h"

namespace mica::client {
namespace {

// Fast tries before the person hears that the outcome is open.
constexpr uint32_t kQuietTries = 2;
constexpr uint32_t kMaxStale = 5;

}  // namespace

void Commit::attempt() {
  attempting_ = true;
  ++wait_;
  // The record has what an attempt before this one signed.
  auto stored = outside().pending(pending_.block.header.chain_id);
  if (stored.ok() && *stored && (*stored)->block == pending_.block) pending_ = **stored;
  Propose::Task task{pending_, allow_fast_, spoiled_round_};
  make_flow<Propose>(outside(), std::move(task))->start(held([this](Propose::Outcome outcome) {
    ended(std::move(outcome));
  }));
}

void Commit::ended(Propose::Outcome outcome) {
  attempting_ = false;
  if (outcome.spoiled_round) spoiled_round_ = outcome.spoiled_round;
  const bool settles = outcome.end == Propose::End::kCommitted ||
                       outcome.end == Propose::End::kConflict ||
                       outcome.end == Propose::End::kRefused;
  if (std::exchange(once_more_, false) && !settles) return retry_now();
  switch (outcome.end) {
    case Propose::End::kCommitted:
    case Propose::End::kConflict:
    case Propose::End::kRefused:
      return settled(std::move(outcome));
    case Propose::End::kStale:
      if (++stale_ < kMaxStale) return synchronize_and_attempt();
      tell(outcome.failure);
      return try_again_later();
    case Propose::End::kNoQuorum:
      stale_ = 0;
      if (backoff_.failures() >= kQuietTries) tell(outcome.failure);
      return try_again_later();
    case Propose::End::kWait:
      tell(outcome.failure);
      if (outcome.retry_at > now()) return try_again_at(outcome.retry_at);
      // Its time has passed here, and too few validators say so.
      return try_again_later();
    case Propose::End::kStuck:
      return tell(outcome.failure);  // until retry_now()
  }
}

void Commit::settled(Propose::Outcome outcome) {
  // Also of another's block: perhaps its certificate was made here, and nobody else has it.
  std::optional<BlockHeight> certified;
  if (outcome.certificate) certified = outcome.certificate->value.header.height;
  outside().settle(pending_.block.header.chain_id, certified);
  auto done = std::move(events_.done);
  events_ = {};
  if (done) done(std::move(outcome));
}

void Commit::tell(const Failure& failure) {
  if (!std::exchange(told_, true) && events_.unsettled) events_.unsettled(failure);
}

bool Commit::storage_failed(Failure failure, bool withheld) {
  const auto stored = outside().pending(pending_.block.header.chain_id);
  const bool nothing_written = stored.ok() && !(*stored && (*stored)->proposal);
  // An attempt before this one may have sent its own.
  const bool sent = pending_.proposal || !(nothing_written || withheld);
  // For want of room nothing was stored. After any other failure it may be there all the same, and
  // then it goes on when the store is opened again.
  const bool may_last = !nothing_written && failure.code != FailureCode::StorageFull;
  failure.money = sent || may_last ? MoneyState::Unknown : MoneyState::Untouched;
  tell(failure);
  return sent || may_last;
}

void Commit::try_again_later() {
  try_again_at({now().micros + backoff_.next_us(outside().random(1000))});
}

void Commit::try_again_at(Timestamp time) {
  const uint64_t wait = ++wait_;
  outside().wake_at(time, held([this, wait] {
                      if (wait == wait_ && !attempting_) synchronize_and_attempt();
                    }));
}

void Commit::retry_now() {
  if (attempting_) return;
  backoff_.reset();
  stale_ = 0;
  synchronize_and_attempt();
}

void Commit::retry_for_somebody() {
  once_more_ = attempting_;
  told_ = false;
  retry_now();
}

void Commit::synchronize_and_attempt() {
  attempting_ = true;
  ++wait_;
  Synchronize::Plan plan{.chain = pending_.block.header.chain_id, .owned = true};
  make_flow<Synchronize>(outside(), plan)->start(held([this](Synchronize::Outcome) { attempt(); }));
}

// --- Deliver ------------------------------------------------------------------------------------

void Deliver::start(std::function<void()> done) {
  done_ = std::move(done);
  attempt();
}

void Deliver::retry_now() {
  if (attempting_ || !done_) return;
  backoff_.reset();
  attempt();
}

void Deliver::attempt() {
  attempting_ = true;
  ++wait_;
  // Perhaps made by this very block.
  local([this] { return worker().read(outside().admin_chain()).current_committee(); },
        [this](ReadAnswer<Committee> newest) {
          newest_ = newest ? *newest : outside().committee();
          reach(newest_, [this](bool reached) {
            local([this] { return worker().committee(certificate_.value.header.epoch); },
                  [this, reached](ReadAnswer<Committee> own) { reach_own(own.value, reached); });
          });
        });
}

// Who certified it and is not of the newest committee: later blocks of that epoch need it there,
// and of the admin chain's blocks those clients that know no newer committee.
// linera-core/src/client/chain_client/mod.rs, update_validators
void Deliver::reach_own(const std::optional<Committee>& own, bool reached_newest) {
  if (!own || *own == newest_) return attempted(reached_newest);
  reach(*own, [this, reached_newest](bool reached) {
    const Epoch epoch = certificate_.value.header.epoch;
    const bool enough = reached || is_removed(worker(), outside().admin_chain(), epoch);
    attempted(reached_newest && enough);
  });
}

void Deliver::reach(const Committee& committee, std::function<void(bool)> then) {
  auto quorum = make_flow<Quorum<Ok>>(outside(), committee, [](const Ok&) { return Bytes(); });
  quorum->start(
      [&](const ValidatorPublicKey& validator, Quorum<Ok>::Vote vote) {
        make_flow<ChainSender>(outside(), validator)
            ->deliver(certificate_, [vote](NodeStatus status) { vote(std::move(status)); });
      },
      held([then = std::move(then)](Quorum<Ok>::Outcome outcome) { then(outcome.reached); }));
}

void Deliver::attempted(bool reached) {
  attempting_ = false;
  if (reached) {
    auto done = std::move(done_);
    done_ = nullptr;
    return done();
  }
  const uint64_t wait = ++wait_;
  outside().wake_at({now().micros + backoff_.next_us(outside().random(1000))}, held([this, wait] {
                      if (wait == wait_ && !attempting_) attempt();
                    }));
}

}  // namespace mica::client
