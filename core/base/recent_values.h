// RecentValues: a memory of recent values by key, bounded by the bytes that their owner counts for
// them; the longest unused goes first, the newest stays.
#pragma once

#include <list>
#include <map>
#include <memory>

#include "core/base/room.h"

namespace mica::base {

template <class Key, class T>
class RecentValues {
 public:
  explicit RecentValues(size_t limit_bytes) : limit_(limit_bytes) {}

  std::shared_ptr<const T> find(const Key& key) {
    auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second.place);
    return found->second.value;
  }
  void insert(const Key& key, std::shared_ptr<const T> value, size_t bytes) {
    if (limit_ == 0 || find(key)) return;
    order_.push_front(key);
    entries_[key] = {std::move(value), order_.begin(), bytes};
    bytes_ += bytes;
    while (bytes_ > limit_ && entries_.size() > 1) take(order_.back());
  }
  std::shared_ptr<const T> take(Key key) {
    auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    auto value = std::move(found->second.value);
    bytes_ -= found->second.bytes;
    order_.erase(found->second.place);
    entries_.erase(found);
    return value;
  }
  size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::shared_ptr<const T> value;
    typename std::list<Key>::iterator place;
    size_t bytes = 0;
  };
  size_t limit_, bytes_ = 0;
  std::list<Key> order_;
  std::map<Key, Entry> entries_;
};

}  // namespace mica::base
