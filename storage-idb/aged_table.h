// AgedTable: an ordered map whose entries also stand in line by the commit that last wrote
// them. The front of the line is what keeps the oldest log file alive.
#pragma once

#include <map>
#include <vector>

#include "core/storage/batch.h"
#include "core/storage/hot_store.h"
#include "core/storage/hot_table.h"
#include "storage-idb/room.h"

namespace mica::storage_idb {

class AgedTable {
 public:
  struct Slot;
  using Entry = std::pair<const Bytes, Slot>;
  struct Slot {
    Bytes value;
    CommitId commit = 0;  // whose log file holds the live copy
    Entry* older = nullptr;
    Entry* newer = nullptr;
  };
  using Map = std::map<Bytes, Slot, ByteOrder>;

  AgedTable() = default;
  AgedTable(const AgedTable&) = delete;
  AgedTable& operator=(const AgedTable&) = delete;

  const Bytes* get(ByteSpan key) const;
  bool contains(ByteSpan key) const { return entries_.contains(key); }
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const;

  void put(const Bytes& key, const Bytes& value, CommitId commit);
  void erase(ByteSpan key);
  void apply(const std::vector<HotOp>& ops, CommitId commit);
  void clear();

  const Entry* oldest() const { return oldest_; }
  // Moves the front entry to the back of the line: `commit` wrote it again.
  void rewrite_oldest(CommitId commit);

  // Sum of the sizes of all keys and values.
  uint64_t live_bytes() const { return live_bytes_; }
  const Map& entries() const { return entries_; }

 private:
  Map::iterator erase_at(Map::iterator at);
  void leave_line(Entry& entry);
  void join_line(Entry& entry, CommitId commit);

  Map entries_;
  Entry* oldest_ = nullptr;
  Entry* newest_ = nullptr;
  uint64_t live_bytes_ = 0;
};

}  // namespace mica::storage_idb
