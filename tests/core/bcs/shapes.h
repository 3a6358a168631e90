// One type of every shape, for the tests of this folder.
#pragma once

#include "core/bcs/bcs.h"

namespace mica::bcs::shapes {

MICA_CHOICE(Color, Red, Green, Blue)

struct Everything {
  bool flag = false;
  uint8_t u8 = 0;
  uint16_t u16 = 0;
  uint32_t u32 = 0;
  uint64_t u64 = 0;
  u128 large = 0;
  std::string text;
  Bytes bytes;
  ByteArray<3> array{};
  std::optional<uint8_t> maybe;
  std::vector<uint16_t> list;
  std::set<std::string> set;
  std::map<uint32_t, std::string> map;
  std::pair<uint8_t, bool> pair;
  std::tuple<uint8_t, std::string, Color> triple;
  Color color{};
  MICA_FIELDS(Everything, flag, u8, u16, u32, u64, large, text, bytes, array, maybe, list, set, map,
              pair, triple, color)
};

struct Wrapped {
  uint32_t inner = 0;
  MICA_NEWTYPE(Wrapped, inner)
};

struct Point {
  uint8_t x = 0;
  uint8_t y = 0;
  MICA_TUPLE(Point, x, y)
};

struct Nothing {
  MICA_UNIT(Nothing)
};

struct Kind {
  struct Empty {
    MICA_UNIT(Empty)
  };
  struct One {
    Wrapped content;
    MICA_NEWTYPE(One, content)
  };
  struct Two {
    uint8_t a;
    std::string b;
    MICA_TUPLE(Two, a, b)
  };
  struct Named {
    uint8_t a;
    std::optional<Wrapped> b;
    MICA_FIELDS(Named, a, b)
  };
  std::variant<Empty, One, Two, Named> kind;
  MICA_ENUM(Kind, kind)
};

// Serialised in another order than it is compared.
struct Turned {
  uint8_t first = 0;
  uint8_t second = 0;
  MICA_FIELDS(Turned, second, first)
};
constexpr auto order_of(const Turned& value) { return std::tie(value.first, value.second); }

// A string in JSON and a key of maps.
struct Named {
  uint8_t number = 0;
  MICA_NEWTYPE(Named, number)
  std::string to_text() const { return "#" + to_decimal(number); }
  static Result<Named> from_text(std::string_view text) {
    if (!text.starts_with('#')) return Error{ErrorCode::kBadText, "named"};
    u128 number = MICA_TRY(from_decimal(text.substr(1)));
    if (number > 255) return Error{ErrorCode::kOverflow, "named"};
    return Named{static_cast<uint8_t>(number)};
  }
};

struct Holder {
  std::map<Named, Point> points;
  std::vector<Kind> kinds;
  Nothing nothing;
  MICA_FIELDS(Holder, points, kinds, nothing)
};

}  // namespace mica::bcs::shapes
