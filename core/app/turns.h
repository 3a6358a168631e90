// Turns: work on many chains, a stated number at a time; the rest waits in line. What somebody
// waits for does not stand in line: it begins at once, and takes a place.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "core/app/room.h"

namespace mica::app {

class Turns {
 public:
  using Work = std::function<void()>;
  // Among those under way until its last copy is gone.
  using Place = std::shared_ptr<void>;

  explicit Turns(size_t most) : most_(most) {}

  // At its turn the work takes a place, unless there is nothing to do any more.
  void want(Work work) { line_.push_back(std::move(work)); }
  Place take() {
    ++*under_way_;
    return Place(nullptr, [count = under_way_](void*) { --*count; });
  }
  // Begins the work whose turn it is; whether there was any.
  bool go() {
    bool any = false;
    while (*under_way_ < most_ && !line_.empty()) {
      const Work work = std::move(line_.front());
      line_.pop_front();
      work();
      any = true;
    }
    return any;
  }

 private:
  const size_t most_;
  const std::shared_ptr<size_t> under_way_ = std::make_shared<size_t>(0);
  std::deque<Work> line_;
};

}  // namespace mica::app
