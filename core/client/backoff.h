// Backoff: how long to wait before the next try; doubles up to a limit, with jitter.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/client/room.h"

namespace mica::client {

class Backoff {
 public:
  explicit Backoff(uint64_t first_us = 500'000, uint64_t limit_us = 30'000'000)
      : first_us_(first_us), limit_us_(limit_us) {}
  void reset() { failures_ = 0; }
  uint32_t failures() const { return failures_; }
  // `random` is a number below 1000; the wait is 0.8 to 1.2 times the nominal one.
  uint64_t next_us(uint64_t random) {
    const uint64_t nominal = std::min(limit_us_, first_us_ << std::min(failures_, 20u));
    ++failures_;
    return nominal * (800 + random * 400 / 1000) / 1000;
  }

 private:
  uint64_t first_us_, limit_us_;
  uint32_t failures_ = 0;
};

}  // namespace mica::client
