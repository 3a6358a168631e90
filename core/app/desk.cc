#include "core/app/desk.h"

#include "core/base/check.h"
#include "core/base/limits.h"

namespace mica::app {
namespace {

using State = Desk::State;

struct Rule {
  enum class Kind : uint8_t { kNever, kTo, kWaits, kRefused };
  Kind kind = Kind::kNever;
  State to{};
  FailureCode code{};
  const char* why = "";
};

constexpr Rule to(State state) { return {.kind = Rule::Kind::kTo, .to = state}; }
constexpr Rule refused(FailureCode code, const char* why) {
  return {.kind = Rule::Kind::kRefused, .code = code, .why = why};
}
constexpr Rule kNo{};  // cannot happen
constexpr Rule kWait{.kind = Rule::Kind::kWaits};
constexpr Rule kFree = to(State::kFree), kMake = to(State::kMaking), kShown = to(State::kShown),
               kAgain = to(State::kRemaking), kStale = to(State::kStale),
               kSign = to(State::kSigned), kStuck = to(State::kStuck), kShow = to(State::kShowing),
               kBoth = to(State::kStuckShown);
constexpr Rule kBusy =
    refused(FailureCode::Busy, "a signed block of this chain is not certified yet");
constexpr Rule kSeen = refused(FailureCode::Busy, "the pending block is shown already");
constexpr Rule kNone = refused(FailureCode::NothingToDo, "no block of this chain is pending");
constexpr Rule kLook = refused(FailureCode::Conflict, "the chain moved on; see the new effects");
constexpr Rule kGone = refused(FailureCode::DraftGone, "the chain moved on; make the block again");

// clang-format off
constexpr Rule kRules[Desk::kEvents][Desk::kStates] = {
//                 Free   Making Shown   Remaking Stale   Signed Stuck  Showing StuckShown
    /* Want */      {kMake, kWait, kWait,  kWait,   kWait,  kWait, kBusy, kBusy,  kBusy},
    /* Made */      {kNo,   kShown,kNo,    kNo,     kNo,    kNo,   kNo,   kBoth,  kNo},
    /* Failed */    {kNo,   kFree, kNo,    kNo,     kNo,    kNo,   kNo,   kStuck, kNo},
    /* Sign */      {kNo,   kSign, kSign,  kLook,   kGone,  kNo,   kNo,   kNo,    kSign},
    /* Moved */     {kNo,   kNo,   kAgain, kAgain,  kAgain, kNo,   kNo,   kNo,    kBoth},
    /* Remade */    {kNo,   kNo,   kNo,    kShown,  kNo,    kNo,   kNo,   kNo,    kNo},
    /* Spoiled */   {kNo,   kNo,   kNo,    kStale,  kNo,    kNo,   kNo,   kNo,    kNo},
    /* Drop */      {kNo,   kNo,   kFree,  kFree,   kFree,  kNo,   kNo,   kNo,    kStuck},
    /* Unsettled */ {kNo,   kNo,   kNo,    kNo,     kNo,    kStuck,kStuck,kShow,  kBoth},
    /* Settled */   {kNo,   kNo,   kNo,    kNo,     kNo,    kFree, kFree, kMake,  kFree},
    /* Retry */     {kNone, kNone, kNone,  kNone,   kNone,  kSign, kSign, kShow,  kBoth},
    /* Show */      {kNone, kNone, kNone,  kNone,   kNone,  kShow, kShow, kSeen,  kSeen},
};
// clang-format on

const Rule& rule_of(Desk::Event event, State state) {
  const Rule& rule = kRules[static_cast<size_t>(event)][static_cast<size_t>(state)];
  MICA_CHECK(rule.kind != Rule::Kind::kNever);
  return rule;
}

std::optional<Failure> refusal(const Rule& rule) {
  if (rule.kind != Rule::Kind::kRefused) return std::nullopt;
  return Failure{rule.code, rule.why, MoneyState::Untouched};
}

}  // namespace

Failure Desk::stuck_failure() { return *refusal(kBusy); }

std::optional<Failure> Desk::want(uint64_t job) {
  const Rule& rule = rule_of(Event::kWant, state_);
  if (rule.kind == Rule::Kind::kRefused) return refusal(rule);
  if (waiting_.size() >= limits::kWaitingJobs) {
    return Failure{FailureCode::Busy, "too many blocks of this chain wait", MoneyState::Untouched};
  }
  waiting_.push_back(job);
  if (rule.kind == Rule::Kind::kTo) enter(State::kFree);
  return std::nullopt;
}

std::optional<Failure> Desk::happens(Event event) {
  MICA_CHECK(event != Event::kWant);
  const Rule& rule = rule_of(event, state_);
  if (auto why_not = refusal(rule)) return why_not;
  enter(rule.to);
  return std::nullopt;
}

void Desk::enter(State state) {
  state_ = state;
  if (state == State::kFree && !waiting_.empty()) {
    state_ = State::kMaking;
    turn_ = waiting_.front();
    waiting_.pop_front();
  }
  if (state == State::kStuck || state == State::kShowing) {
    turned_away_.insert(turned_away_.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
  }
}

}  // namespace mica::app
