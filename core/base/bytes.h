// Byte strings and hexadecimal text. Values only; nothing here knows the protocol.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/room.h"

namespace mica::base {

using Bytes = std::vector<uint8_t>;
using ByteSpan = std::span<const uint8_t>;
template <size_t N>
using ByteArray = std::array<uint8_t, N>;

inline ByteSpan as_bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteSpan bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(ByteSpan bytes) { return {bytes.begin(), bytes.end()}; }
inline void append(Bytes& out, ByteSpan more) { out.insert(out.end(), more.begin(), more.end()); }

// Lower-case hexadecimal without a prefix.
std::string to_hex(ByteSpan bytes);
// Accepts either case and no prefix; `where` names the value in the error.
Result<Bytes> from_hex(std::string_view text, std::string_view where = "hex");
// Like from_hex, with exactly N bytes.
template <size_t N>
Result<ByteArray<N>> array_from_hex(std::string_view text, std::string_view where = "hex") {
  auto bytes = MICA_TRY(from_hex(text, where));
  if (bytes.size() != N) return Error{ErrorCode::kBadLength, std::string(where)};
  ByteArray<N> out;
  std::memcpy(out.data(), bytes.data(), N);
  return out;
}

}  // namespace mica::base
