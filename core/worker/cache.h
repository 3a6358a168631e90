// A memory of recent values by hash, bounded by the bytes that their owner counts for them; the
// longest unused goes first, the newest stays.
#pragma once

#include <list>
#include <map>
#include <memory>

#include "core/types/ids.h"
#include "core/worker/room.h"

namespace mica::worker {

template <class T>
class RecentValues {
 public:
  explicit RecentValues(size_t limit_bytes) : limit_(limit_bytes) {}

  std::shared_ptr<const T> find(const CryptoHash& hash) {
    auto found = entries_.find(hash);
    if (found == entries_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second.place);
    return found->second.value;
  }
  void insert(const CryptoHash& hash, std::shared_ptr<const T> value, size_t bytes) {
    if (limit_ == 0 || find(hash)) return;
    order_.push_front(hash);
    entries_[hash] = {std::move(value), order_.begin(), bytes};
    bytes_ += bytes;
    while (bytes_ > limit_ && entries_.size() > 1) take(order_.back());
  }
  std::shared_ptr<const T> take(CryptoHash hash) {
    auto found = entries_.find(hash);
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
    std::list<CryptoHash>::iterator place;
    size_t bytes = 0;
  };
  size_t limit_, bytes_ = 0;
  std::list<CryptoHash> order_;
  std::map<CryptoHash, Entry> entries_;
};

}  // namespace mica::worker
