#include "core/types/scalars.h"

namespace mica::types {

std::string Amount::to_text() const {
  std::string fraction = to_decimal(attos % kOneToken);
  fraction.insert(0, 18 - fraction.size(), '0');
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return to_decimal(attos / kOneToken) + "." + fraction;
}

Result<Amount> Amount::from_text(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  std::string digits;
  std::optional<size_t> decimals;
  for (char c : text) {
    if (c == '_') continue;
    if (c == '.' && !decimals) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9') return Error{ErrorCode::kBadText, "amount"};
    digits.push_back(c);
    if (decimals && ++*decimals > 18) return Error{ErrorCode::kTooLong, "amount decimals"};
  }
  if (digits.empty()) return Error{ErrorCode::kBadText, "amount"};
  digits.append(18 - decimals.value_or(0), '0');
  return Amount{MICA_TRY(from_decimal(digits))};
}

std::string Epoch::to_text() const { return to_decimal(epoch); }

Result<Epoch> Epoch::from_text(std::string_view text) {
  u128 value = MICA_TRY(from_decimal(text));
  if (value > UINT32_MAX) return Error{ErrorCode::kOverflow, "epoch"};
  return Epoch{static_cast<uint32_t>(value)};
}

std::optional<uint32_t> Round::multi_leader() const {
  const auto* multi = std::get_if<MultiLeader>(&kind);
  return multi ? std::optional(multi->round) : std::nullopt;
}

std::string Round::to_display() const {
  if (auto* multi = std::get_if<MultiLeader>(&kind)) {
    return "multi-leader round " + to_decimal(multi->round);
  }
  if (auto* single = std::get_if<SingleLeader>(&kind)) {
    return "single-leader round " + to_decimal(single->round);
  }
  if (auto* fallback = std::get_if<Validator>(&kind)) {
    return "validator round " + to_decimal(fallback->round);
  }
  return "fast round";
}

}  // namespace mica::types
