// EpochCounts: how many of the wallet's chains are in each epoch.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "core/app/room.h"
#include "core/types/scalars.h"

namespace mica::app {

class EpochCounts {
 public:
  // None: the chain is not known yet, or no longer followed.
  void moved(const std::optional<Epoch>& from, const std::optional<Epoch>& to) {
    if (from == to) return;
    if (to) changed_ |= ++chains_[*to] == 1;
    if (!from || --chains_[*from] > 0) return;
    chains_.erase(*from);
    changed_ = true;
  }
  // Other epochs than when it was last asked.
  bool take_changed() { return std::exchange(changed_, false); }
  std::set<Epoch> all() const {
    std::set<Epoch> epochs;
    for (const auto& [epoch, chains] : chains_) epochs.insert(epoch);
    return epochs;
  }

 private:
  std::map<Epoch, size_t> chains_;
  bool changed_ = false;
};

}  // namespace mica::app
