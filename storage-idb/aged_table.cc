#include "storage-idb/aged_table.h"

namespace mica::storage_idb {

const Bytes* AgedTable::get(ByteSpan key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second.value;
}

void AgedTable::scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const {
  const ByteSpan start = ByteOrder{}(from, prefix) ? prefix : from;
  for (auto at = entries_.lower_bound(start); at != entries_.end(); ++at) {
    if (!starts_with(at->first, prefix) || !visit(at->first, at->second.value)) return;
  }
}

void AgedTable::put(const Bytes& key, const Bytes& value, CommitId commit) {
  auto [at, is_new] = entries_.try_emplace(key);
  if (is_new) {
    live_bytes_ += key.size();
  } else {
    live_bytes_ -= at->second.value.size();
    leave_line(*at);
  }
  live_bytes_ += value.size();
  at->second.value = value;
  join_line(*at, commit);
}

void AgedTable::erase(ByteSpan key) {
  const auto at = entries_.find(key);
  if (at != entries_.end()) erase_at(at);
}

AgedTable::Map::iterator AgedTable::erase_at(Map::iterator at) {
  live_bytes_ -= at->first.size() + at->second.value.size();
  leave_line(*at);
  return entries_.erase(at);
}

void AgedTable::apply(const std::vector<HotOp>& ops, CommitId commit) {
  for (const HotOp& op : ops) {
    if (const auto* put_op = std::get_if<Put>(&op)) {
      put(put_op->key, put_op->value, commit);
    } else if (const auto* delete_op = std::get_if<Delete>(&op)) {
      erase(delete_op->key);
    } else {
      const Bytes& prefix = std::get_if<DeletePrefix>(&op)->prefix;
      auto at = entries_.lower_bound(ByteSpan(prefix));
      while (at != entries_.end() && starts_with(at->first, prefix)) at = erase_at(at);
    }
  }
}

void AgedTable::clear() {
  entries_.clear();
  oldest_ = newest_ = nullptr;
  live_bytes_ = 0;
}

void AgedTable::rewrite_oldest(CommitId commit) {
  MICA_CHECK(oldest_ != nullptr);
  Entry& entry = *oldest_;
  leave_line(entry);
  join_line(entry, commit);
}

void AgedTable::leave_line(Entry& entry) {
  Slot& slot = entry.second;
  (slot.older ? slot.older->second.newer : oldest_) = slot.newer;
  (slot.newer ? slot.newer->second.older : newest_) = slot.older;
  slot.older = slot.newer = nullptr;
}

void AgedTable::join_line(Entry& entry, CommitId commit) {
  Slot& slot = entry.second;
  slot.commit = commit;
  slot.older = newest_;
  (newest_ ? newest_->second.newer : oldest_) = &entry;
  newest_ = &entry;
}

}  // namespace mica::storage_idb
