// A bounded memory of recent values by hash; the longest unused goes first.
#pragma once

#include <list>
#include <map>
#include <memory>

#include "core/types/ids.h"

namespace mica {

template <class T>
class RecentValues {
 public:
  explicit RecentValues(size_t limit) : limit_(limit) {}

  std::shared_ptr<const T> find(const CryptoHash& hash) {
    auto found = entries_.find(hash);
    if (found == entries_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second.place);
    return found->second.value;
  }
  void insert(const CryptoHash& hash, std::shared_ptr<const T> value) {
    if (limit_ == 0 || find(hash)) return;
    order_.push_front(hash);
    entries_[hash] = {std::move(value), order_.begin()};
    if (entries_.size() <= limit_) return;
    entries_.erase(order_.back());
    order_.pop_back();
  }
  std::shared_ptr<const T> take(const CryptoHash& hash) {
    auto found = entries_.find(hash);
    if (found == entries_.end()) return nullptr;
    auto value = std::move(found->second.value);
    order_.erase(found->second.place);
    entries_.erase(found);
    return value;
  }

 private:
  struct Entry {
    std::shared_ptr<const T> value;
    std::list<CryptoHash>::iterator place;
  };
  size_t limit_;
  std::list<CryptoHash> order_;
  std::map<CryptoHash, Entry> entries_;
};

}  // namespace mica
