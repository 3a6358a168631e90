// PrefixSet: prefixes none of which begins with another, so that what covers a key is one step
// before it in the order, however many there are.
#pragma once

#include <optional>
#include <set>

#include "core/storage/state_reader.h"
#include "core/views/room.h"

namespace mica::views {

// The shortest key above all that start with `prefix`; none if there is no such key.
inline std::optional<Bytes> end_of(ByteSpan prefix) {
  Bytes end = to_bytes(prefix);
  while (!end.empty() && end.back() == 0xff) end.pop_back();
  if (end.empty()) return std::nullopt;
  ++end.back();
  return end;
}

struct PrefixOrder : ByteOrder {
  bool begins(ByteSpan key, ByteSpan prefix) const { return starts_with(key, prefix); }
};

// `Order` makes all comparisons, so that a test can count them.
template <class Order = PrefixOrder>
class PrefixSet {
 public:
  PrefixSet() = default;
  explicit PrefixSet(Order order) : prefixes_(order) {}

  // The prefix that `key` starts with, or null.
  const Bytes* covering(ByteSpan key) const {
    auto after = prefixes_.upper_bound(key);
    if (after == prefixes_.begin()) return nullptr;
    const Bytes& before = *std::prev(after);
    return begins(key, before) ? &before : nullptr;
  }
  // Those that begin with the new one go; under one that is here already it changes nothing.
  void insert(Bytes prefix) {
    if (covering(prefix)) return;
    auto below = prefixes_.lower_bound(ByteSpan(prefix));
    while (below != prefixes_.end() && begins(*below, prefix)) below = prefixes_.erase(below);
    prefixes_.insert(below, std::move(prefix));
  }
  void clear() { prefixes_.clear(); }
  bool empty() const { return prefixes_.empty(); }
  auto begin() const { return prefixes_.begin(); }
  auto end() const { return prefixes_.end(); }

 private:
  bool begins(ByteSpan key, ByteSpan prefix) const {
    return prefixes_.key_comp().begins(key, prefix);
  }

  std::set<Bytes, Order> prefixes_;
};

}  // namespace mica::views
