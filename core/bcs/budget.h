// The memory that decoding one remote input may take. One budget serves a whole decode, however
// deep the input is wrapped (frame, protobuf, bincode): every container that is read draws on it.
#pragma once

#include "core/base/bytes.h"
#include "core/base/limits.h"
#include "core/bcs/room.h"

namespace mica::bcs {

class MemoryBudget {
 public:
  // What limits.h allows for an input of this size.
  explicit MemoryBudget(size_t input_bytes) : left_(limits::decode_memory_bytes(input_bytes)) {}
  MemoryBudget(const MemoryBudget&) = delete;
  MemoryBudget& operator=(const MemoryBudget&) = delete;

  // Draws `count` elements of `bytes_each` and their heap block; false once that is too much.
  bool take(size_t count, size_t bytes_each) {
    const uint64_t wanted = static_cast<uint64_t>(count) * bytes_each + kHeapBlockBytes;
    if (count == 0) return true;
    if (wanted > left_) return false;
    left_ -= wanted;
    return true;
  }
  uint64_t left() const { return left_; }

  static constexpr size_t kHeapBlockBytes = 16;  // an allocator's own part
  static constexpr size_t kNodeBytes = 4 * sizeof(void*) + kHeapBlockBytes;  // of a map or set

 private:
  uint64_t left_;
};

// Bytes to decode and the budget for what is made of them; both outlive the decode.
struct Source {
  ByteSpan bytes;
  MemoryBudget& budget;
  Source part(ByteSpan some) const { return {some, budget}; }
};

}  // namespace mica::bcs
