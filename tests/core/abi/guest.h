// A guest that is nothing but memory, with an allocator like the simplest of the C++ ones.
#pragma once

#include <cstring>

#include "core/abi/layout.h"
#include "core/abi/memory.h"

namespace mica::abi {

class Guest : public GuestMemory {
 public:
  struct Call {
    uint32_t align, size;
    friend bool operator==(const Call&, const Call&) = default;
  };
  explicit Guest(size_t size = 4096, uint8_t fill = 0xcc) : bytes(size, fill) {}
  explicit Guest(Bytes content) : bytes(std::move(content)) {}

  uint64_t size() const override { return bytes.size(); }
  bool read(uint32_t at, std::span<uint8_t> to) const override {
    ++reads;
    if (at > bytes.size() || to.size() > bytes.size() - at) return false;
    if (!to.empty()) std::memcpy(to.data(), bytes.data() + at, to.size());
    return true;
  }
  bool write(uint32_t at, ByteSpan from) override {
    ++writes;
    if (at > bytes.size() || from.size() > bytes.size() - at) return false;
    std::copy(from.begin(), from.end(), bytes.begin() + at);
    return true;
  }
  Result<uint32_t> allocate(uint32_t align, uint32_t size) override {
    calls.push_back({align, size});
    if (calls.size() > stops_after) return Error{ErrorCode::kRefused, "trap"};
    if (answer) return *answer;
    next = static_cast<uint32_t>(aligned(next, align));
    const uint32_t at = next;
    next += size;
    if (next > bytes.size()) bytes.resize(next + 256, 0xcc);
    return at;
  }
  std::string hex(uint32_t at, size_t count) const {
    return to_hex(ByteSpan(bytes).subspan(at, count));
  }

  Bytes bytes;
  uint32_t next = 1024;
  std::vector<Call> calls;
  size_t stops_after = SIZE_MAX;
  std::optional<uint32_t> answer;
  mutable size_t reads = 0;
  size_t writes = 0;
};

}  // namespace mica::abi
