// Reads the primitives of a module. The first thing that is wrong is kept; after it every read
// gives 0 without moving, so a caller looks at ok() once for several reads. A list whose count is
// made up ends at once: each of its elements takes a byte or more.
#pragma once

#include <string_view>

#include "core/base/bytes.h"
#include "core/wasm/refusal.h"
#include "core/wasm/room.h"

namespace mica::wasm {

class Cursor {
 public:
  // `base` is the place of `bytes` in the module.
  explicit Cursor(ByteSpan bytes, uint32_t base = 0) : bytes_(bytes), base_(base) {}

  bool ok() const { return !failed_; }
  bool at_end() const { return at_ == bytes_.size(); }
  uint32_t offset() const { return base_ + static_cast<uint32_t>(at_); }
  size_t left() const { return bytes_.size() - at_; }

  uint8_t byte();
  // LEB128 of the format's own lengths: not longer than needed for all values, no lost bits.
  uint32_t u32() {
    if (ok() && at_ < bytes_.size() && bytes_[at_] < 0x80) return bytes_[at_++];
    return static_cast<uint32_t>(number(32, false));
  }
  int32_t s32() { return static_cast<int32_t>(number(32, true)); }
  int64_t s33() { return number(33, true); }
  int64_t s64() { return number(64, true); }
  ByteSpan take(size_t count);
  // A length and so many bytes of UTF-8.
  std::string_view name();

  // Keeps the first failure, at the place where the reading stands. False, for a caller to return.
  bool fail(RefusalCode code, uint32_t detail = 0) { return fail_at(offset(), code, detail); }
  bool fail_at(uint32_t offset, RefusalCode code, uint32_t detail = 0);
  const Refusal& failure() const { return failure_; }

 private:
  int64_t number(unsigned bits, bool is_signed);

  ByteSpan bytes_;
  size_t at_ = 0;
  uint32_t base_;
  bool failed_ = false;
  Refusal failure_{};
};

void append_sleb128(Bytes& out, int64_t value);

}  // namespace mica::wasm
