// Little-endian base 128 as BCS, protobuf, store records and Wasm write their lengths. Each format
// reads it by rules of its own: what is too long, and which second forms pass.
#pragma once

#include "core/base/bytes.h"
#include "core/base/room.h"

namespace mica::base {

inline void append_uleb128(Bytes& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<uint8_t>(value | 0x80));
  out.push_back(static_cast<uint8_t>(value));
}

}  // namespace mica::base
