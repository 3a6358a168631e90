#include "core/wasm/cursor.h"

#include "core/base/text.h"

namespace mica::wasm {
bool Cursor::fail_at(uint32_t offset, RefusalCode code, uint32_t detail) {
  if (ok()) failure_ = {code, offset, Refusal::kNoFunction, detail};
  failed_ = true;
  return false;
}

uint8_t Cursor::byte() {
  if (!ok()) return 0;
  if (at_end()) {
    fail(RefusalCode::kTruncated);
    return 0;
  }
  return bytes_[at_++];
}

int64_t Cursor::number(unsigned bits, bool is_signed) {
  const uint32_t start = offset();
  uint64_t value = 0;
  for (unsigned shift = 0; shift < bits; shift += 7) {
    const uint8_t next = byte();
    if (!ok()) return 0;
    const uint8_t low = next & 0x7f;
    value |= static_cast<uint64_t>(low) << shift;
    const unsigned used = bits - shift;  // of the last byte's 7 bits
    if (used < 7) {
      // What does not count repeats the sign, and no byte follows.
      const uint8_t mask = static_cast<uint8_t>(0x7f << (is_signed ? used - 1 : used)) & 0x7f;
      const uint8_t rest = low & mask;
      if (next >= 0x80 || (rest != 0 && !(is_signed && rest == mask))) break;
    }
    if (next >= 0x80) continue;
    if (is_signed && shift + 7 < 64 && (low & 0x40)) value |= ~uint64_t{0} << (shift + 7);
    return static_cast<int64_t>(value);
  }
  fail_at(start, RefusalCode::kBadNumber);
  return 0;
}

ByteSpan Cursor::take(size_t count) {
  if (!ok()) return {};
  if (count > left()) {
    fail(RefusalCode::kTruncated);
    return {};
  }
  const ByteSpan taken = bytes_.subspan(at_, count);
  at_ += count;
  return taken;
}

std::string_view Cursor::name() {
  const uint32_t length = u32();
  const uint32_t start = offset();
  const ByteSpan text = take(length);
  if (ok() && !is_utf8(as_text(text))) fail_at(start, RefusalCode::kBadText);
  return ok() ? as_text(text) : std::string_view();
}

void append_sleb128(Bytes& out, int64_t value) {
  while (value < -0x40 || value >= 0x40) {
    out.push_back(static_cast<uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<uint8_t>(value & 0x7f));
}

}  // namespace mica::wasm
