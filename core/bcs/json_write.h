// Values into JSON; see json.h for the forms.
#pragma once

#include "core/bcs/json_value.h"
#include "core/bcs/room.h"

namespace mica::bcs {

template <class T>
concept JsonItself = requires(const T& value, const JsonValue& json) {
  { value.to_json_value() } -> std::same_as<JsonValue>;
  { T::from_json_value(json) } -> std::same_as<Result<T>>;
};
template <class T>
concept TextForm = requires(const T& value, std::string_view text) {
  { value.to_text() } -> std::same_as<std::string>;
  { T::from_text(text) } -> std::same_as<Result<T>>;
};

template <class T>
JsonValue to_json(const T& value);

namespace detail {

// A map's key as text: serde_json writes strings and integers so.
template <class K>
std::string json_key(const K& key) {
  JsonValue json = to_json(key);
  if (json.integer()) return to_decimal(*json.integer());
  MICA_CHECK(json.text());
  return *json.text();
}

template <class Alternative>
JsonValue alternative_to_json(const Alternative& alternative) {
  static_assert(Declared<Alternative>);
  if constexpr (Alternative::kShape == Shape::kUnit) {
    return JsonValue(Alternative::kTypeName);
  } else {
    JsonValue out;
    out.add(std::string(Alternative::kTypeName), to_json(alternative));
    return out;
  }
}

template <class T>
JsonValue declared_to_json(const T& value) {
  JsonValue out = T::kShape == Shape::kStruct  ? JsonValue(JsonValue::Object{})
                  : T::kShape == Shape::kTuple ? JsonValue(JsonValue::Array{})
                                               : JsonValue();
  T::visit_fields(value, [&](std::string_view name, const auto& field) {
    if constexpr (T::kShape == Shape::kEnum) {
      out = std::visit([](const auto& one) { return alternative_to_json(one); }, field);
    } else if constexpr (T::kShape == Shape::kStruct) {
      out.add(std::string(name), to_json(field));
    } else if constexpr (T::kShape == Shape::kTuple) {
      out.push(to_json(field));
    } else {
      out = to_json(field);
    }
  });
  return out;
}

template <class List>
JsonValue list_to_json(const List& list) {
  JsonValue::Array out;
  for (const auto& item : list) out.push_back(to_json(item));
  return out;
}

}  // namespace detail

template <class T>
JsonValue to_json(const T& value) {
  using namespace detail;
  if constexpr (std::is_same_v<T, JsonValue>) {
    return value;
  } else if constexpr (JsonItself<T>) {
    return value.to_json_value();
  } else if constexpr (TextForm<T>) {
    return JsonValue(value.to_text());
  } else if constexpr (std::is_same_v<T, bool> || kIsNumber<T> || std::is_same_v<T, std::string>) {
    return JsonValue(value);
  } else if constexpr (Choice<T>) {
    auto names = choice_names(value);
    MICA_CHECK(static_cast<size_t>(value) < names.size());
    return JsonValue(names[static_cast<size_t>(value)]);
  } else if constexpr (kIs<T, std::optional>) {
    return value ? to_json(*value) : JsonValue();
  } else if constexpr (kIs<T, std::map>) {
    JsonValue out{JsonValue::Object{}};
    for (const auto& [key, item] : value) out.add(json_key(key), to_json(item));
    return out;
  } else if constexpr (kIs<T, std::vector> || kIs<T, std::set> || kIsArray<T>) {
    return list_to_json(value);
  } else if constexpr (kIs<T, std::pair> || kIs<T, std::tuple>) {
    JsonValue out{JsonValue::Array{}};
    std::apply([&](const auto&... items) { (out.push(to_json(items)), ...); }, value);
    return out;
  } else {
    static_assert(Declared<T>, "this type has no field list");
    return declared_to_json(value);
  }
}

}  // namespace mica::bcs
