// Overlay: uncommitted changes over a HotStore or over another Overlay. A block is executed in one;
// a bundle that may fail runs in one more, which is dropped or committed. Who owns the base: the
// caller, for longer than the overlay; a parent must not change while a child is in use.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "core/storage/hot_store.h"
#include "core/storage/hot_table.h"
#include "core/views/room.h"

namespace mica::views {

class Overlay {
 public:
  explicit Overlay(const HotStore& base) : store_(&base) {}
  explicit Overlay(Overlay& parent) : parent_(&parent) {}
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  // Null if absent. The pointer holds until the next change here or below.
  const Bytes* get(ByteSpan key) const;
  bool contains(ByteSpan key) const { return get(key) != nullptr; }
  void put(Bytes key, Bytes value);
  void erase(Bytes key);
  // Erases every key that starts with `prefix`; later puts may bring some back.
  void erase_prefix(Bytes prefix);

  // Keys that start with `prefix` and are not below `from`, whole and in byte order, until false.
  // Nothing may change during the scan.
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const;
  void scan(ByteSpan prefix, ScanVisitor visit) const { scan_from(prefix, prefix, visit); }

  // Moves the changes into the parent overlay and empties this one.
  void commit_to_parent();
  // The changes as operations on the store; only of an overlay that stands on a store.
  void write_to(Batch& batch) const;
  void clear();
  bool empty() const { return changes_.empty() && erased_prefixes_.empty(); }

 private:
  const Bytes* base_get(ByteSpan key) const;
  void base_scan(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const;
  bool erased(ByteSpan key) const;

  const HotStore* store_ = nullptr;                           // either this
  Overlay* parent_ = nullptr;                                 // or this
  std::map<Bytes, std::optional<Bytes>, ByteOrder> changes_;  // nothing: erased
  std::set<Bytes, ByteOrder> erased_prefixes_;                // older than every change
};

}  // namespace mica::views
