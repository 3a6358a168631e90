// The memory of a guest, as lifting and lowering see it; whoever runs the guest implements it.
#pragma once

#include <span>

#include "core/abi/room.h"
#include "core/base/bytes.h"

namespace mica::abi {

class GuestMemory {
 public:
  virtual ~GuestMemory() = default;
  // In bytes, now: allocate() may let it grow.
  virtual uint64_t size() const = 0;
  // Copy out and in. False, and nothing is copied, where a part of the range lies outside.
  [[nodiscard]] virtual bool read(uint32_t at, std::span<uint8_t> to) const = 0;
  [[nodiscard]] virtual bool write(uint32_t at, ByteSpan from) = 0;
  // Calls the guest's cabi_realloc(0, 0, align, size), also for size 0, and gives what it returns.
  // This runs metered guest code: the number, order and arguments of these calls are consensus.
  // An error where the guest has no such function or stops inside it; why, the implementation
  // keeps.
  virtual Result<uint32_t> allocate(uint32_t align, uint32_t size) = 0;
};

}  // namespace mica::abi
