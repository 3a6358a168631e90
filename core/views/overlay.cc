#include "core/views/overlay.h"

namespace mica::views {

const Bytes* Overlay::get(ByteSpan key) const {
  if (!changes_.empty()) {
    const auto found = changes_.find(key);
    if (found != changes_.end()) return found->second ? &*found->second : nullptr;
  }
  if (!erased_prefixes_.empty() && erased_prefixes_.covering(key)) return nullptr;
  return base_.get(key);
}

void Overlay::put(Bytes key, Bytes value) {
  changes_.insert_or_assign(std::move(key), std::move(value));
}

void Overlay::erase(Bytes key) {
  // Only what lies below has to be hidden: what comes and goes here leaves nothing to walk over.
  if (!erased_prefixes_.covering(key) && base_.get(key)) {
    changes_.insert_or_assign(std::move(key), std::nullopt);
  } else {
    changes_.erase(key);
  }
}

void Overlay::erase_prefix(Bytes prefix) {
  auto at = changes_.lower_bound(ByteSpan(prefix));
  while (at != changes_.end() && starts_with(at->first, prefix)) at = changes_.erase(at);
  erased_prefixes_.insert(std::move(prefix));
}

void Overlay::apply(std::vector<HotOp> ops) {
  for (HotOp& op : ops) {
    if (auto* one = std::get_if<Put>(&op)) {
      put(std::move(one->key), std::move(one->value));
    } else if (auto* removed = std::get_if<Delete>(&op)) {
      erase(std::move(removed->key));
    } else {
      erase_prefix(std::move(std::get_if<DeletePrefix>(&op)->prefix));
    }
  }
}

void Overlay::scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const {
  const ByteSpan start = ByteOrder{}(from, prefix) ? prefix : from;
  if (empty()) return base_.scan_from(prefix, start, visit);
  auto own = changes_.lower_bound(start);
  bool going = true;
  // Visits the own entries before `limit` (all of the prefix if null).
  auto visit_own = [&](const ByteSpan* limit) {
    for (; going && own != changes_.end() && starts_with(own->first, prefix) &&
           (!limit || ByteOrder{}(own->first, *limit));
         ++own) {
      if (own->second) going = visit(own->first, *own->second);
    }
  };
  // The base is left where something was erased, and entered again behind that.
  for (std::optional<Bytes> at = to_bytes(start); at && going;) {
    std::optional<Bytes> behind;
    base_.scan_from(prefix, *at, [&](ByteSpan key, const Bytes& value) {
      if (const Bytes* erased = erased_prefixes_.covering(key)) {
        behind = end_of(*erased);
        return false;
      }
      visit_own(&key);
      if (!going) return false;
      const bool is_own = own != changes_.end() && !ByteOrder{}(key, own->first);
      if (!is_own) going = visit(key, value);
      return going;
    });
    at = std::move(behind);
  }
  visit_own(nullptr);
}

void Overlay::commit_into(Overlay& parent) {
  for (const Bytes& prefix : erased_prefixes_) parent.erase_prefix(prefix);
  erased_prefixes_.clear();
  while (!changes_.empty()) {
    auto change = changes_.extract(changes_.begin());
    if (change.mapped()) {
      parent.put(std::move(change.key()), std::move(*change.mapped()));
    } else {
      parent.erase(std::move(change.key()));
    }
  }
}

void Overlay::move_into(Batch& batch) {
  for (const Bytes& prefix : erased_prefixes_) batch.remove_prefix(prefix);
  erased_prefixes_.clear();
  while (!changes_.empty()) {
    auto change = changes_.extract(changes_.begin());
    if (change.mapped()) {
      batch.put(std::move(change.key()), std::move(*change.mapped()));
    } else {
      batch.remove(std::move(change.key()));
    }
  }
}

}  // namespace mica::views
