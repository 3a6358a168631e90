// The two wire forms and the cursors that write and read them; bcs.h knows the types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/bcs/budget.h"
#include "core/bcs/room.h"

namespace mica::bcs {

enum class Wire : uint8_t {
  kBcs,      // ULEB128 lengths and tags; maps sorted by key bytes
  kBincode,  // u64 lengths, u32 tags; maps sorted by key
};

class Writer {
 public:
  explicit Writer(Wire wire) : wire_(wire) {}
  Wire wire() const { return wire_; }
  void reserve(size_t size) { out_.reserve(size); }  // a secret leaves no outgrown blocks behind
  void raw(ByteSpan bytes) { append(out_, bytes); }
  template <class N>
  void number(N value) {
    for (size_t i = 0; i < sizeof(N); ++i) out_.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }
  void length(size_t count);
  void tag(uint32_t index);
  Bytes take() { return std::move(out_); }

 private:
  Wire wire_;
  Bytes out_;
};

// Reads until the first error, which sticks; later reads leave their target unspecified.
class Reader {
 public:
  Reader(Source source, Wire wire) : bytes_(source.bytes), budget_(source.budget), wire_(wire) {}
  Wire wire() const { return wire_; }
  bool failed() const { return error_.has_value(); }
  size_t offset() const { return offset_; }
  ByteSpan since(size_t start) const { return bytes_.subspan(start, offset_ - start); }
  void fail(ErrorCode code);
  const Error& error() const { return *error_; }
  void enter(std::string_view name) { path_.push_back(name); }
  void leave() { path_.pop_back(); }
  // At most `count` bytes ahead, or an error.
  ByteSpan take(size_t count);
  template <class N>
  N number() {
    ByteSpan in = take(sizeof(N));
    N value = 0;
    for (size_t i = 0; i < in.size(); ++i)
      value |= static_cast<N>(static_cast<N>(in[i]) << (8 * i));
    return value;
  }
  // How many elements come, of at least `least_wire_bytes` each: no more than the bytes ahead can
  // hold, and paid for with `memory_bytes` each. The only way to learn the length of a container.
  size_t elements(size_t least_wire_bytes, size_t memory_bytes);
  // The bytes of a string, paid for.
  ByteSpan string() { return take(elements(1, 1)); }
  uint32_t tag();
  void finish();

 private:
  uint32_t uleb();
  ByteSpan bytes_;
  MemoryBudget& budget_;
  Wire wire_;
  size_t offset_ = 0;
  std::vector<std::string_view> path_;
  std::optional<Error> error_;
};

}  // namespace mica::bcs
