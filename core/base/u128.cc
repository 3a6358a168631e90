#include "core/base/u128.h"

#include <algorithm>

namespace mica::base {

std::string to_decimal(u128 value) {
  std::string out;
  do {
    out.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  std::reverse(out.begin(), out.end());
  return out;
}

Result<u128> from_decimal(std::string_view digits) {
  if (digits.empty()) return Error{ErrorCode::kBadText, "number"};
  u128 value = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return Error{ErrorCode::kBadText, "number"};
    auto scaled = checked_mul(value, 10);
    auto next = scaled ? checked_add(*scaled, static_cast<u128>(c - '0')) : std::nullopt;
    if (!next) return Error{ErrorCode::kOverflow, "number"};
    value = *next;
  }
  return value;
}

}  // namespace mica::base
