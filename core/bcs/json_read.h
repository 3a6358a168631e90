// Values out of JSON; see json.h for the forms.
#pragma once

#include "core/bcs/json_write.h"
#include "core/bcs/room.h"

namespace mica::bcs {

template <class T>
Result<T> from_json(const JsonValue& json);

namespace detail {

Error json_error(ErrorCode code, std::string_view where);
// The error with `name` put before its place.
Error json_within(std::string_view name, Error error);

template <class K>
Result<K> key_from_json(const std::string& name) {
  if constexpr (kIsNumber<K>) {
    return from_json<K>(JsonValue(MICA_TRY(from_decimal(name))));
  } else if constexpr (std::is_same_v<K, std::string> || TextForm<K> || Choice<K>) {
    return from_json<K>(JsonValue(name));
  } else {
    static_assert(Declared<K> && K::kShape == Shape::kNewtype, "this key has no text form");
    K key{};
    std::optional<Error> error;
    K::visit_fields(key, [&](std::string_view, auto& field) {
      auto inner = key_from_json<std::remove_reference_t<decltype(field)>>(name);
      if (inner.ok())
        field = std::move(inner).value();
      else
        error = inner.error();
    });
    if (error) return *error;
    return key;
  }
}

template <class Variant, size_t I = 0>
std::optional<Error> alternative_from_json(Variant& variant, std::string_view name,
                                           const JsonValue* content) {
  if constexpr (I == std::variant_size_v<Variant>) {
    return json_error(ErrorCode::kBadTag, name);
  } else {
    using Alternative = std::variant_alternative_t<I, Variant>;
    if (name != Alternative::kTypeName) {
      return alternative_from_json<Variant, I + 1>(variant, name, content);
    }
    if constexpr (Alternative::kShape == Shape::kUnit) {
      // serde reads {"Name": null} as well.
      if (content && !content->is_null()) return json_error(ErrorCode::kBadTag, name);
      variant.template emplace<I>();
    } else {
      if (!content) return json_error(ErrorCode::kMissingField, name);
      auto inner = from_json<Alternative>(*content);
      if (!inner.ok()) return json_within(name, inner.error());
      variant.template emplace<I>(std::move(inner).value());
    }
    return std::nullopt;
  }
}

template <class Variant>
std::optional<Error> variant_from_json(Variant& variant, const JsonValue& json) {
  if (json.text()) return alternative_from_json(variant, *json.text(), nullptr);
  if (!json.object() || json.object()->size() != 1) return json_error(ErrorCode::kBadTag, "");
  const JsonValue::Member& member = json.object()->front();
  return alternative_from_json(variant, member.name, &member.value);
}

// The content of one field; an absent optional is empty.
template <class F>
std::optional<Error> field_from_json(F& field, std::string_view name, const JsonValue* json) {
  if (!json) {
    if constexpr (kIs<F, std::optional>) return std::nullopt;
    return json_error(ErrorCode::kMissingField, name);
  }
  auto read = from_json<F>(*json);
  if (!read.ok()) return json_within(name, read.error());
  field = std::move(read).value();
  return std::nullopt;
}

template <class T>
Result<T> declared_from_json(const JsonValue& json) {
  T value{};
  std::optional<Error> error;
  size_t position = 0;
  if (T::kShape == Shape::kStruct && !json.object()) error = json_error(ErrorCode::kBadTag, "");
  if (T::kShape == Shape::kTuple && !json.array()) error = json_error(ErrorCode::kBadTag, "");
  T::visit_fields(value, [&](std::string_view name, auto& field) {
    if (error) return;
    if constexpr (T::kShape == Shape::kEnum) {
      error = variant_from_json(field, json);
    } else if constexpr (T::kShape == Shape::kStruct) {
      error = field_from_json(field, name, json.find(name));
    } else if constexpr (T::kShape == Shape::kTuple) {
      const JsonValue::Array& items = *json.array();
      error = field_from_json(field, name, position < items.size() ? &items[position] : nullptr);
      ++position;
    } else {
      error = field_from_json(field, "", &json);
    }
  });
  bool longer = T::kShape == Shape::kTuple && !error && json.array()->size() != position;
  if (longer) error = json_error(ErrorCode::kBadLength, "");
  if (error) return *error;
  return value;
}

// Vectors, sets and byte strings. The items were paid for when the text was parsed.
template <class List>
Result<List> list_from_json(const JsonValue& json) {
  if (!json.array()) return json_error(ErrorCode::kBadTag, "");
  List out{};
  if constexpr (kIs<List, std::vector>) out.reserve(json.array()->size());
  size_t index = 0;
  for (const JsonValue& item : *json.array()) {
    auto read = from_json<typename List::value_type>(item);
    if (!read.ok()) return json_within(to_decimal(index), read.error());
    if constexpr (kIsArray<List>) {
      if (index >= out.size()) return json_error(ErrorCode::kBadLength, "");
      out[index] = std::move(read).value();
    } else {
      out.insert(out.end(), std::move(read).value());
    }
    ++index;
  }
  if (kIsArray<List> && index != out.size()) return json_error(ErrorCode::kBadLength, "");
  return out;
}

template <class Map>
Result<Map> map_from_json(const JsonValue& json) {
  if (!json.object()) return json_error(ErrorCode::kBadTag, "");
  Map out;
  for (const JsonValue::Member& member : *json.object()) {
    auto key = key_from_json<typename Map::key_type>(member.name);
    if (!key.ok()) return json_within(member.name, key.error());
    auto value = from_json<typename Map::mapped_type>(member.value);
    if (!value.ok()) return json_within(member.name, value.error());
    // Two spellings of one key.
    if (!out.emplace(std::move(key).value(), std::move(value).value()).second) {
      return json_error(ErrorCode::kNonCanonical, member.name);
    }
  }
  return out;
}

template <class Pair>
Result<Pair> pair_from_json(const JsonValue& json) {
  if (!json.array() || json.array()->size() != std::tuple_size_v<Pair>) {
    return json_error(ErrorCode::kBadLength, "");
  }
  Pair out{};
  std::optional<Error> error;
  size_t index = 0;
  auto one = [&](auto& item) {
    if (!error) error = field_from_json(item, to_decimal(index), &(*json.array())[index]);
    ++index;
  };
  std::apply([&](auto&... items) { (one(items), ...); }, out);
  if (error) return *error;
  return out;
}

template <class T>
Result<T> number_from_json(const JsonValue& json) {
  static_assert(std::is_same_v<T, u128> || std::is_unsigned_v<T>);
  if (!json.integer()) return json_error(ErrorCode::kBadTag, "");
  if (*json.integer() > static_cast<u128>(static_cast<T>(~static_cast<T>(0)))) {
    return json_error(ErrorCode::kOverflow, "");
  }
  return static_cast<T>(*json.integer());
}

template <class T>
Result<T> choice_from_json(const JsonValue& json) {
  auto names = choice_names(T{});
  for (size_t i = 0; json.text() && i < names.size(); ++i) {
    if (names[i] == *json.text()) return static_cast<T>(i);
  }
  return json_error(ErrorCode::kBadTag, json.text() ? std::string_view(*json.text()) : "");
}

}  // namespace detail

template <class T>
Result<T> from_json(const JsonValue& json) {
  using namespace detail;
  if constexpr (std::is_same_v<T, JsonValue>) {
    return json;
  } else if constexpr (JsonItself<T>) {
    return T::from_json_value(json);
  } else if constexpr (TextForm<T>) {
    if (!json.text()) return json_error(ErrorCode::kBadTag, "");
    return T::from_text(*json.text());
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.boolean()) return json_error(ErrorCode::kBadTag, "");
    return *json.boolean();
  } else if constexpr (kIsNumber<T>) {
    return number_from_json<T>(json);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.text()) return json_error(ErrorCode::kBadTag, "");
    return *json.text();
  } else if constexpr (Choice<T>) {
    return choice_from_json<T>(json);
  } else if constexpr (kIs<T, std::optional>) {
    if (json.is_null()) return T{};
    return T{MICA_TRY(from_json<typename T::value_type>(json))};
  } else if constexpr (kIs<T, std::map>) {
    return map_from_json<T>(json);
  } else if constexpr (kIs<T, std::vector> || kIs<T, std::set> || kIsArray<T>) {
    return list_from_json<T>(json);
  } else if constexpr (kIs<T, std::pair> || kIs<T, std::tuple>) {
    return pair_from_json<T>(json);
  } else {
    static_assert(Declared<T>, "this type has no field list");
    return declared_from_json<T>(json);
  }
}

}  // namespace mica::bcs
