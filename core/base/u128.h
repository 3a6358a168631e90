// 128-bit unsigned numbers: the compiler's own type, with checked arithmetic and text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/room.h"

namespace mica::base {

using u128 = unsigned __int128;
inline constexpr u128 kU128Max = ~static_cast<u128>(0);

inline std::optional<u128> checked_add(u128 a, u128 b) {
  u128 sum;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}
inline std::optional<u128> checked_sub(u128 a, u128 b) {
  if (b > a) return std::nullopt;
  return a - b;
}
inline std::optional<u128> checked_mul(u128 a, u128 b) {
  if (b != 0 && a > kU128Max / b) return std::nullopt;
  return a * b;
}
inline u128 saturating_add(u128 a, u128 b) { return checked_add(a, b).value_or(kU128Max); }
inline u128 saturating_sub(u128 a, u128 b) { return b > a ? 0 : a - b; }

std::string to_decimal(u128 value);
Result<u128> from_decimal(std::string_view digits);

}  // namespace mica::base
