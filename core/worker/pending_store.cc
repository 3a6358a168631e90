#include "core/worker/pending_store.h"

namespace mica::worker {

void PendingStore::add(Batch batch) {
  for (const HotOp& op : batch.hot) {
    if (const auto* put = std::get_if<Put>(&op)) {
      changed_.insert_or_assign(put->key, put->value);
    } else if (const auto* removed = std::get_if<Delete>(&op)) {
      changed_.insert_or_assign(removed->key, std::nullopt);
    } else {
      const Bytes& prefix = std::get_if<DeletePrefix>(&op)->prefix;
      auto at = changed_.lower_bound(ByteSpan(prefix));
      while (at != changed_.end() && starts_with(at->first, prefix)) at = changed_.erase(at);
      hot_.scan(prefix, [&](ByteSpan key, const Bytes&) {
        changed_.insert_or_assign(to_bytes(key), std::nullopt);
        return true;
      });
    }
  }
  for (const ColdPut& put : batch.cold) cold_new_.emplace(put.key, put.bytes);
  std::move(batch.hot.begin(), batch.hot.end(), std::back_inserter(batch_.hot));
  std::move(batch.cold.begin(), batch.cold.end(), std::back_inserter(batch_.cold));
}

Batch PendingStore::take() {
  changed_.clear();
  cold_new_.clear();
  return std::exchange(batch_, {});
}

const Bytes* PendingStore::get(ByteSpan key) const {
  auto changed = changed_.find(key);
  if (changed == changed_.end()) return hot_.get(key);
  return changed->second ? &*changed->second : nullptr;
}

void PendingStore::scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const {
  const ByteSpan start = ByteOrder{}(from, prefix) ? prefix : from;
  auto own = changed_.lower_bound(start);
  bool going = true;
  auto own_until = [&](const ByteSpan* limit) {
    for (; going && own != changed_.end() && starts_with(own->first, prefix) &&
           (!limit || ByteOrder{}(own->first, *limit));
         ++own) {
      if (own->second) going = visit(own->first, *own->second);
    }
  };
  hot_.scan_from(prefix, start, [&](ByteSpan key, const Bytes& value) {
    own_until(&key);
    if (!going) return false;
    bool changed = own != changed_.end() && !ByteOrder{}(key, own->first);
    if (!changed) going = visit(key, value);
    return going;
  });
  own_until(nullptr);
}

Result<CommitId> PendingStore::apply(const Batch& batch) {
  add(batch);
  return CommitId{0};
}

Presence PendingStore::presence(ByteSpan key) const {
  return cold_new_.contains(key) ? Presence::kLoaded : cold_.presence(key);
}
const Bytes* PendingStore::loaded(ByteSpan key) const {
  auto added = cold_new_.find(key);
  return added == cold_new_.end() ? cold_.loaded(key) : &added->second;
}
std::string PendingStore::request(ByteSpan key) const {
  return cold_new_.contains(key) ? std::string() : cold_.request(key);
}

}  // namespace mica::worker
