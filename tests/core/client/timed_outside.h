// What every Outside of a test has: a clock that only the test moves, work for later, and the
// records of pending blocks.
#pragma once

#include <deque>
#include <map>

#include "core/client/outside.h"

namespace mica::client {

inline constexpr uint64_t kSecond_us = 1'000'000;

class TimedOutside : public Outside {
 public:
  void run_posted() {
    while (!posted.empty()) {
      auto then = std::move(posted.front());
      posted.pop_front();
      then();
    }
  }
  // What is due first, at its time or now.
  void run_timer() {
    now_us = std::max(now_us, timers.begin()->first);
    auto then = std::move(timers.begin()->second);
    timers.erase(timers.begin());
    then();
  }

  Timestamp now() const override { return {now_us}; }
  void wake_at(Timestamp time, std::function<void()> then) override {
    timers.emplace(time.micros, std::move(then));
  }
  void post(std::function<void()> then) override { posted.push_back(std::move(then)); }
  Result<std::optional<PendingBlock>> pending(const ChainId& chain) const override {
    const auto found = records.find(chain);
    return found == records.end() ? std::nullopt : std::optional(found->second);
  }
  void remember(const PendingBlock& block) override {
    records[block.block.header.chain_id] = block;
  }
  void settle(const ChainId& chain, std::optional<BlockHeight> height) override {
    records.erase(chain);
    certified = height;
  }
  void meet(const Committee&) override {}

  uint64_t now_us = 1'000'000;
  std::multimap<uint64_t, std::function<void()>> timers;
  std::deque<std::function<void()>> posted;
  std::map<ChainId, PendingBlock> records;
  std::optional<BlockHeight> certified;  // as the last settle() said
};

}  // namespace mica::client
