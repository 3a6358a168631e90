// Overlay: uncommitted changes over a StateReader: a store, or another Overlay. A block is executed
// in one; a bundle that may fail runs in one more, which is dropped or committed. Who owns the
// base: the caller, for longer than the overlay; it must not change while an overlay on it is used.
//
// What a read costs: one look-up in each layer that holds changes, one comparison in each that does
// not. What was erased below a prefix is passed over in one step, however much it was.
#pragma once

#include <map>
#include <optional>

#include "core/storage/batch.h"
#include "core/storage/state_reader.h"
#include "core/views/prefix_set.h"
#include "core/views/room.h"

namespace mica::views {

class Overlay final : public StateReader {
 public:
  explicit Overlay(const StateReader& base) : base_(base) {}
  // A child, not a copy.
  explicit Overlay(Overlay& parent) : base_(parent) {}
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  const Bytes* get(ByteSpan key) const override;
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const override;

  void put(Bytes key, Bytes value);
  void erase(Bytes key);
  // Erases every key that starts with `prefix`; later puts may bring some back.
  void erase_prefix(Bytes prefix);
  // What a batch does to the hot state.
  void apply(std::vector<HotOp> ops);

  // Moves the changes into the overlay that this one stands on, or into another over the same
  // state, and empties this one.
  void commit_into(Overlay& parent);
  // The changes as operations, to be applied to the base; nothing remains here.
  void move_into(Batch& batch);
  bool empty() const { return changes_.empty() && erased_prefixes_.empty(); }

 private:
  const StateReader& base_;
  std::map<Bytes, std::optional<Bytes>, ByteOrder> changes_;  // nothing: erased
  PrefixSet<> erased_prefixes_;                               // older than every change
};

}  // namespace mica::views
