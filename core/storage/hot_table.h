// HotTable: an ordered map in memory with the batch's operations. What stores are made of.
#pragma once

#include <map>

#include "core/storage/batch.h"
#include "core/storage/hot_store.h"
#include "core/storage/room.h"

namespace mica::storage {

class HotTable {
 public:
  using Map = std::map<Bytes, Bytes, ByteOrder>;

  const Bytes* get(ByteSpan key) const;
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const;
  void apply(const std::vector<HotOp>& ops);

  // Sum of the sizes of all keys and values.
  uint64_t live_bytes() const { return live_bytes_; }
  const Map& entries() const { return entries_; }

 private:
  void put(const Bytes& key, const Bytes& value);
  Map::iterator erase(Map::iterator entry);

  Map entries_;
  uint64_t live_bytes_ = 0;
};

}  // namespace mica::storage
