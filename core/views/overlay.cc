#include "core/views/overlay.h"

#include "core/base/check.h"

namespace mica::views {

const Bytes* Overlay::base_get(ByteSpan key) const {
  return store_ ? store_->get(key) : parent_->get(key);
}

void Overlay::base_scan(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const {
  if (store_) {
    store_->scan_from(prefix, from, visit);
  } else {
    parent_->scan_from(prefix, from, visit);
  }
}

bool Overlay::erased(ByteSpan key) const {
  for (const Bytes& prefix : erased_prefixes_) {
    if (starts_with(key, prefix)) return true;
  }
  return false;
}

const Bytes* Overlay::get(ByteSpan key) const {
  const auto found = changes_.find(key);
  if (found != changes_.end()) return found->second ? &*found->second : nullptr;
  return erased(key) ? nullptr : base_get(key);
}

void Overlay::put(Bytes key, Bytes value) {
  changes_.insert_or_assign(std::move(key), std::move(value));
}

void Overlay::erase(Bytes key) { changes_.insert_or_assign(std::move(key), std::nullopt); }

void Overlay::erase_prefix(Bytes prefix) {
  auto at = changes_.lower_bound(ByteSpan(prefix));
  while (at != changes_.end() && starts_with(at->first, prefix)) at = changes_.erase(at);
  erased_prefixes_.insert(std::move(prefix));
}

void Overlay::scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const {
  const ByteSpan start = ByteOrder{}(from, prefix) ? prefix : from;
  auto own = changes_.lower_bound(start);
  bool stopped = false;
  // Visits the own entries before `limit` (all of the prefix if null).
  auto visit_own = [&](const ByteSpan* limit) {
    while (!stopped && own != changes_.end() && starts_with(own->first, prefix) &&
           (!limit || ByteOrder{}(own->first, *limit))) {
      if (own->second && !visit(own->first, *own->second)) stopped = true;
      ++own;
    }
  };
  base_scan(prefix, start, [&](ByteSpan key, const Bytes& value) {
    visit_own(&key);
    if (stopped) return false;
    const bool is_own = own != changes_.end() && !ByteOrder{}(key, own->first);
    if (!is_own && !erased(key) && !visit(key, value)) stopped = true;
    return !stopped;
  });
  visit_own(nullptr);
}

void Overlay::commit_to_parent() {
  MICA_CHECK(parent_ != nullptr);
  for (const Bytes& prefix : erased_prefixes_) parent_->erase_prefix(prefix);
  while (!changes_.empty()) {
    auto change = changes_.extract(changes_.begin());
    if (change.mapped()) {
      parent_->put(std::move(change.key()), std::move(*change.mapped()));
    } else {
      parent_->erase(std::move(change.key()));
    }
  }
  clear();
}

void Overlay::write_to(Batch& batch) const {
  MICA_CHECK(store_ != nullptr);
  for (const Bytes& prefix : erased_prefixes_) batch.remove_prefix(prefix);
  for (const auto& [key, value] : changes_) {
    if (value) {
      batch.put(key, *value);
    } else {
      batch.remove(key);
    }
  }
}

void Overlay::clear() {
  changes_.clear();
  erased_prefixes_.clear();
}

}  // namespace mica::views
