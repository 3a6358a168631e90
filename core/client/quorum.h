// Quorum: asks all validators of a committee at once and stops when enough agree.
// linera-core/src/updater.rs, communicate_with_quorum
//
//   auto quorum = make_flow<Quorum<LiteVote>>(outside, committee, key_of);
//   quorum->start([](const ValidatorPublicKey& v, Quorum<LiteVote>::Vote vote) { ... vote(result);
//   },
//                 [](Quorum<LiteVote>::Outcome outcome) { ... });
//
// Answers that come after the end are ignored; what is still under way goes on by itself.
#pragma once

#include "core/client/flow.h"
#include "core/client/room.h"

namespace mica::client {

// After a quorum was reached, the others get this part of the time that it took, in percent.
inline constexpr uint64_t kQuorumGracePercent = 20;

template <class T>
class Quorum : public Flow {
 public:
  using Vote = std::function<void(NodeResult<T>)>;
  using Run = std::function<void(const ValidatorPublicKey&, Vote)>;
  using KeyOf = std::function<Bytes(const T&)>;
  struct Outcome {
    bool reached = false;
    std::vector<std::pair<ValidatorPublicKey, T>> values;  // of the group that reached it
    std::vector<std::pair<ValidatorPublicKey, NodeError>> errors;
    // One that so many returned that an honest one is among them.
    std::optional<NodeError> trusted_error;
    bool disagreement = false;  // answers, but no quorum for one
  };
  using Then = std::function<void(Outcome)>;

  Quorum(Outside& outside, Committee committee, KeyOf key_of)
      : Flow(outside), committee_(std::move(committee)), key_of_(std::move(key_of)) {}

  void start(const Run& run, Then then) {
    then_ = std::move(then);
    started_ = now();
    outside().meet(committee_);
    outstanding_ = committee_.total_votes();
    for (const auto& [validator, state] : committee_.validators) {
      if (state.votes > 0) waiting_.insert(validator);
    }
    const auto asked = waiting_;
    for (const ValidatorPublicKey& validator : asked) {
      run(validator,
          held([this, validator](NodeResult<T> result) { answer(validator, std::move(result)); }));
    }
    if (asked.empty()) outside().post(held([this] { finish(); }));
  }

 private:
  struct Group {
    u128 weight = 0;
    std::vector<std::pair<ValidatorPublicKey, T>> values;
  };

  void answer(const ValidatorPublicKey& validator, NodeResult<T> result) {
    if (done_ || waiting_.erase(validator) == 0) return;
    const uint64_t weight = committee_.weight(validator);
    outstanding_ -= weight;
    if (result.ok()) {
      Group& group = groups_[key_of_(*result)];
      group.weight += weight;
      group.values.emplace_back(validator, std::move(result).value());
    } else {
      errors_.emplace_back(validator, result.error());
    }
    u128 best = 0;
    for (const auto& [key, group] : groups_) best = std::max(best, group.weight);
    const u128 needed = committee_.quorum_threshold();
    if (waiting_.empty() || best + outstanding_ < needed) return finish();
    if (best >= needed && !in_grace_) {
      in_grace_ = true;
      const uint64_t took = now().micros - std::min(now().micros, started_.micros);
      if (took == 0) return finish();
      outside().wake_at({now().micros + took * kQuorumGracePercent / 100},
                        held([this] { finish(); }));
    }
  }

  void finish() {
    if (done_) return;
    done_ = true;
    Outcome outcome;
    for (auto& [key, group] : groups_) {
      if (group.weight < committee_.quorum_threshold()) continue;
      outcome.reached = true;
      outcome.values = std::move(group.values);
    }
    outcome.disagreement = !outcome.reached && !groups_.empty();
    std::map<NodeError, u128> weights;
    for (const auto& [validator, error] : errors_) {
      weights[error] += committee_.weight(validator);
    }
    for (const auto& [error, weight] : weights) {
      if (weight >= committee_.validity_threshold()) outcome.trusted_error = error;
    }
    outcome.errors = std::move(errors_);
    Then then = std::move(then_);
    then_ = nullptr;
    then(std::move(outcome));
  }

  const Committee committee_;
  const KeyOf key_of_;
  Then then_;
  Timestamp started_;
  std::set<ValidatorPublicKey> waiting_;
  std::map<Bytes, Group> groups_;
  std::vector<std::pair<ValidatorPublicKey, NodeError>> errors_;
  u128 outstanding_ = 0;
  bool in_grace_ = false;
  bool done_ = false;
};

}  // namespace mica::client
