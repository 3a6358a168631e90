#include "core/abi/lower.h"

namespace mica::abi::detail {

void Lowering::fail(Error error) {
  if (!failed()) error_ = std::move(error);
}

uint32_t Lowering::allocate(MemoryLayout element, uint64_t count) {
  flush();
  if (failed()) return 0;
  // Sizes and pointers are signed upstream. linera-witty/src/runtime/memory.rs
  if (count > INT32_MAX || count * element.size > INT32_MAX) {
    fail({ErrorCode::kTooLong, "cabi_realloc"});
    return 0;
  }
  auto at = memory_.allocate(element.align, static_cast<uint32_t>(count * element.size));
  if (!at.ok()) {
    fail(at.error());
  } else if (*at > INT32_MAX) {
    fail({ErrorCode::kOverflow, "cabi_realloc"});
  }
  return failed() ? 0 : *at;
}

void Lowering::put(uint64_t at, ByteSpan bytes) {
  if (failed()) return;
  if (at != start_ + pending_.size()) {
    flush();
    start_ = at;
  }
  append(pending_, bytes);
}

void Lowering::expect_inside(uint64_t at) {
  if (at > memory_.size()) fail({ErrorCode::kTruncated, "memory"});
}

void Lowering::flush() {
  if (failed() || pending_.empty()) return;
  const uint64_t end = start_ + pending_.size();
  if (end > memory_.size() || !memory_.write(static_cast<uint32_t>(start_), pending_)) {
    fail({ErrorCode::kTruncated, "memory"});
  }
  pending_.clear();
}

}  // namespace mica::abi::detail
