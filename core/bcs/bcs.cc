#include "core/bcs/bcs.h"

#include "core/base/leb128.h"

namespace mica::bcs {

namespace {
constexpr size_t kMaxLength = 0x7fffffff;  // bcs 0.1.6, MAX_SEQUENCE_LENGTH
}

void Writer::length(size_t count) {
  if (wire_ == Wire::kBincode) return number(static_cast<uint64_t>(count));
  MICA_CHECK(count <= kMaxLength);
  tag(static_cast<uint32_t>(count));
}

void Writer::tag(uint32_t index) {
  if (wire_ == Wire::kBincode) return number(index);
  append_uleb128(out_, index);
}

void Reader::fail(ErrorCode code) {
  if (failed()) return;
  std::string where;
  for (std::string_view name : path_) {
    if (!where.empty()) where += '.';
    where += name;
  }
  error_ = Error{code, std::move(where)};
}

ByteSpan Reader::take(size_t count) {
  if (failed()) return {};
  if (count > bytes_.size() - offset_) {
    fail(ErrorCode::kTruncated);
    return {};
  }
  ByteSpan out = bytes_.subspan(offset_, count);
  offset_ += count;
  return out;
}

uint32_t Reader::uleb() {
  uint64_t value = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    ByteSpan next = take(1);
    if (failed()) return 0;
    value |= static_cast<uint64_t>(next[0] & 0x7f) << shift;
    if (next[0] & 0x80) continue;
    if (shift > 0 && next[0] == 0) fail(ErrorCode::kNonCanonical);
    if (value > 0xffffffff) fail(ErrorCode::kOverflow);
    return static_cast<uint32_t>(value);
  }
  fail(ErrorCode::kOverflow);
  return 0;
}

uint32_t Reader::tag() { return wire_ == Wire::kBcs ? uleb() : number<uint32_t>(); }

size_t Reader::elements(size_t least_wire_bytes, size_t memory_bytes) {
  const uint64_t count = wire_ == Wire::kBcs ? uleb() : number<uint64_t>();
  if (failed()) return 0;
  if (count > kMaxLength) {
    fail(ErrorCode::kTooLong);
  } else if (count * least_wire_bytes > bytes_.size() - offset_) {
    fail(ErrorCode::kTruncated);
  } else if (!budget_.take(static_cast<size_t>(count), memory_bytes)) {
    fail(ErrorCode::kTooLong);
  }
  return failed() ? 0 : static_cast<size_t>(count);
}

void Reader::finish() {
  if (offset_ != bytes_.size()) fail(ErrorCode::kTrailingBytes);
}

}  // namespace mica::bcs
