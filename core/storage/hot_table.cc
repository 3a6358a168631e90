#include "core/storage/hot_table.h"

namespace mica::storage {

const Bytes* HotTable::get(ByteSpan key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

void HotTable::scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const {
  const ByteSpan start = ByteOrder{}(from, prefix) ? prefix : from;
  for (auto at = entries_.lower_bound(start); at != entries_.end(); ++at) {
    if (!starts_with(at->first, prefix) || !visit(at->first, at->second)) return;
  }
}

void HotTable::put(const Bytes& key, const Bytes& value) {
  auto [entry, is_new] = entries_.try_emplace(key, value);
  if (is_new) {
    live_bytes_ += key.size() + value.size();
    return;
  }
  live_bytes_ = live_bytes_ - entry->second.size() + value.size();
  entry->second = value;
}

HotTable::Map::iterator HotTable::erase(Map::iterator entry) {
  live_bytes_ -= entry->first.size() + entry->second.size();
  return entries_.erase(entry);
}

void HotTable::apply(const std::vector<HotOp>& ops) {
  for (const HotOp& op : ops) {
    if (const auto* put_op = std::get_if<Put>(&op)) {
      put(put_op->key, put_op->value);
    } else if (const auto* delete_op = std::get_if<Delete>(&op)) {
      const auto found = entries_.find(ByteSpan(delete_op->key));
      if (found != entries_.end()) erase(found);
    } else {
      const Bytes& prefix = std::get_if<DeletePrefix>(&op)->prefix;
      auto at = entries_.lower_bound(ByteSpan(prefix));
      while (at != entries_.end() && starts_with(at->first, prefix)) at = erase(at);
    }
  }
}

}  // namespace mica::storage
