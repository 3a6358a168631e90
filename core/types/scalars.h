// Numbers of the protocol. linera-base/src/data_types.rs
#pragma once

#include "core/bcs/bcs.h"
#include "core/types/room.h"

namespace mica::types {

using base::checked_add;
using base::checked_mul;
using base::checked_sub;
using base::saturating_add;

// Money in attotokens; 10^18 make one token.
struct Amount {
  u128 attos = 0;
  MICA_NEWTYPE(Amount, attos)

  static constexpr u128 kOneToken = static_cast<u128>(1'000'000'000'000'000'000ULL);
  static Amount from_tokens(uint64_t tokens) { return {tokens * kOneToken}; }
  static Amount max() { return {kU128Max}; }
  bool zero() const { return attos == 0; }
  // "1." or "0.5": always a point, no trailing zeros.
  std::string to_text() const;
  // At most 18 decimals; a sign '+', spaces around and '_' between digits are ignored.
  static Result<Amount> from_text(std::string_view text);
};
inline std::optional<Amount> checked_add(Amount a, Amount b) {
  auto sum = checked_add(a.attos, b.attos);
  return sum ? std::optional(Amount{*sum}) : std::nullopt;
}
inline std::optional<Amount> checked_sub(Amount a, Amount b) {
  auto rest = checked_sub(a.attos, b.attos);
  return rest ? std::optional(Amount{*rest}) : std::nullopt;
}
inline std::optional<Amount> checked_mul(Amount a, u128 factor) {
  auto product = checked_mul(a.attos, factor);
  return product ? std::optional(Amount{*product}) : std::nullopt;
}
inline Amount saturating_add(Amount a, Amount b) { return {saturating_add(a.attos, b.attos)}; }

// Microseconds since 1970.
struct Timestamp {
  uint64_t micros = 0;
  MICA_NEWTYPE(Timestamp, micros)
};

// Microseconds; the maximum means "never".
struct TimeDelta {
  uint64_t micros = 0;
  MICA_NEWTYPE(TimeDelta, micros)
  static TimeDelta max() { return {UINT64_MAX}; }
  static TimeDelta from_millis(uint64_t ms) { return {ms * 1000}; }
};
inline Timestamp saturating_add(Timestamp time, TimeDelta delta) {
  uint64_t sum;
  return {__builtin_add_overflow(time.micros, delta.micros, &sum) ? UINT64_MAX : sum};
}

struct BlockHeight {
  uint64_t height = 0;
  MICA_NEWTYPE(BlockHeight, height)
  BlockHeight next() const { return {height + 1}; }
};

struct Epoch {
  uint32_t epoch = 0;
  MICA_NEWTYPE(Epoch, epoch)
  Epoch next() const { return {epoch + 1}; }
  std::string to_text() const;  // JSON writes it as a string
  static Result<Epoch> from_text(std::string_view text);
};

// A consensus round; ordered as declared, so any multi-leader round is before any single-leader
// one.
struct Round {
  struct Fast {
    MICA_UNIT(Fast)
  };
  struct MultiLeader {
    uint32_t round;
    MICA_NEWTYPE(MultiLeader, round)
  };
  struct SingleLeader {
    uint32_t round;
    MICA_NEWTYPE(SingleLeader, round)
  };
  struct Validator {
    uint32_t round;
    MICA_NEWTYPE(Validator, round)
  };
  std::variant<Fast, MultiLeader, SingleLeader, Validator> kind;
  MICA_ENUM(Round, kind)

  bool is_fast() const { return std::holds_alternative<Fast>(kind); }
  // The number an application may ask for as an oracle; only multi-leader rounds have one.
  std::optional<uint32_t> multi_leader() const;
  std::string to_display() const;  // for messages to people: "multi-leader round 0"
};

}  // namespace mica::types
