#include "core/app/gate.h"

#include <algorithm>
#include <utility>

namespace mica::app {

bool Gate::run_posted() {
  const bool any = !posted_.empty();
  while (!posted_.empty()) {
    Work work = std::move(posted_.front());
    posted_.pop_front();
    work();
  }
  return any;
}

// --- durable ------------------------------------------------------------------------------------

Status Gate::commit(const Batch& batch) {
  if (failed_) return Error{ErrorCode::kRefused, "the store failed before"};
  last_commit_ = MICA_TRY(hot_.apply(batch));
  uncommitted_ = false;
  for (Held& held : held_) {
    if (!held.commit) held.commit = last_commit_;
  }
  demands_.flush(last_commit_);
  return Ok{};
}

void Gate::hold(Say say) {
  if (failed_) return say(false);
  if (all_durable() && held_.empty()) return say(true);
  held_.push_back({uncommitted_ ? std::nullopt : std::optional(last_commit_), std::move(say)});
}

void Gate::flushed(CommitId id) {
  if (failed_ || id > last_commit_) return;
  flushed_ = std::max(flushed_, id);
  while (!held_.empty() && held_.front().commit && *held_.front().commit <= flushed_) {
    Say say = std::move(held_.front().say);
    held_.pop_front();
    say(true);
  }
}

void Gate::fail() {
  failed_ = true;
  for (Held& held : std::exchange(held_, {})) held.say(false);
}

// --- loaded -------------------------------------------------------------------------------------

bool Gate::all_loaded(const std::vector<ColdKey>& keys) const {
  return std::all_of(keys.begin(), keys.end(), [this](const ColdKey& key) {
    return cold_.presence(key) == Presence::kLoaded;
  });
}

bool Gate::is_demanded(const std::string& file) const {
  return std::any_of(loading_.begin(), loading_.end(),
                     [&](const Loading& other) { return other.files.contains(file); });
}

void Gate::load(const std::vector<ColdKey>& keys, Again again) {
  Loading loading{keys, {}, true, std::move(again)};
  for (const ColdKey& key : keys) {
    if (cold_.presence(key) != Presence::kOnDisk) continue;
    const std::string file = cold_.request(key);
    if (loading.files.insert(file).second && !is_demanded(file)) demands_.load(file);
  }
  if (!loading.files.empty()) return loading_.push_back(std::move(loading));
  // Here by now, or never to be had.
  post([again = std::move(loading.again), ok = all_loaded(keys)] { again(ok); });
}

void Gate::loaded(const std::string& file, bool ok) {
  std::vector<Loading> ready;
  std::erase_if(loading_, [&](Loading& one) {
    if (one.files.erase(file) == 0) return false;
    one.ok = one.ok && ok;
    if (!one.files.empty()) return false;
    ready.push_back(std::move(one));
    return true;
  });
  for (Loading& one : ready) one.again(one.ok && all_loaded(one.keys));
}

// --- woken --------------------------------------------------------------------------------------

void Gate::tick(Timestamp now) {
  if (wake_ && *wake_ <= now) wake_.reset();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    Work work = std::move(timers_.begin()->second);
    timers_.erase(timers_.begin());
    work();
  }
}

void Gate::set_back(TimeDelta by) {
  std::multimap<Timestamp, Work> moved;
  for (auto& [time, work] : timers_) {
    moved.emplace(Timestamp{time.micros - std::min(time.micros, by.micros)}, std::move(work));
  }
  timers_ = std::move(moved);
  wake_.reset();
}

void Gate::settle() {
  if (timers_.empty() || timers_.begin()->first == wake_) return;
  wake_ = timers_.begin()->first;
  demands_.wake_at(*wake_);
}

}  // namespace mica::app
