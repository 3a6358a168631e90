// A JSON value, read and written by hand where no declared type fits; json.h does the rest.
// Integers only, up to 64 bits in a text that is read; object members keep their order.
#pragma once

#include <concepts>

#include "core/bcs/bcs.h"
#include "core/bcs/room.h"

namespace mica::bcs {

class JsonValue {
 public:
  struct Member;
  using Array = std::vector<JsonValue>;
  using Object = std::vector<Member>;  // in the order of the text

  JsonValue();  // null
  JsonValue(const JsonValue&);
  JsonValue(JsonValue&&) noexcept;
  JsonValue& operator=(const JsonValue&);
  JsonValue& operator=(JsonValue&&) noexcept;
  ~JsonValue();
  template <class N>
  requires std::same_as<N, bool> || detail::kIsNumber<N> JsonValue(N value);
  JsonValue(std::string text);
  JsonValue(std::string_view text) : JsonValue(std::string(text)) {}
  JsonValue(const char* text) : JsonValue(std::string(text)) {}
  JsonValue(Array items);
  JsonValue(Object members);

  // Null where the value is of another kind.
  bool is_null() const { return value_.index() == 0; }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const u128* integer() const { return std::get_if<u128>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  // The member of an object; null without it.
  const JsonValue* find(std::string_view name) const;
  // Appends to an object; a null becomes one.
  void add(std::string name, JsonValue value);
  void push(JsonValue item);  // the same of an array

  friend bool operator==(const JsonValue&, const JsonValue&);

 private:
  std::variant<std::monostate, bool, u128, std::string, Array, Object> value_;
};

struct JsonValue::Member {
  std::string name;
  JsonValue value;
  friend bool operator==(const Member&, const Member&) = default;
};

template <class N>
requires std::same_as<N, bool> || detail::kIsNumber<N> JsonValue::JsonValue(N value) {
  if constexpr (std::same_as<N, bool>) {
    value_ = value;
  } else {
    MICA_CHECK(value >= 0);
    value_ = static_cast<u128>(value);
  }
}

// Refused: a name twice, fractions and exponents, negative numbers, numbers beyond 64 bits, more
// than kMaxJsonDepth containers in each other, text that is not UTF-8, anything after the value,
// and what takes more memory than budget.h allows for the text.
Result<JsonValue> parse_json(std::string_view text);
// Without spaces; escapes as serde_json does.
std::string print_json(const JsonValue& value);

}  // namespace mica::bcs
