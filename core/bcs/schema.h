// The listing of declared types, in the form of serde-reflection's registry, which upstream keeps
// in linera-rpc/tests/snapshots/format__format.yaml.snap. Made from the field lists.
//
//   Schema schema;
//   schema.add<RpcMessage>();  // and every named type inside it
//   schema.yaml();             // sorted by name; sets are SEQ, byte strings BYTES
#pragma once

#include "core/bcs/json.h"
#include "core/bcs/room.h"
#include "core/bcs/walk.h"

namespace mica::bcs {

namespace detail {

inline JsonValue tagged(const char* name, JsonValue content) {
  JsonValue out;
  out.add(name, std::move(content));
  return out;
}

template <class N>
JsonValue number_format() {
  static_assert(std::is_unsigned_v<N> || std::is_same_v<N, u128>);
  return JsonValue("U" + to_decimal(8 * sizeof(N)));
}

// How a type looks where it is used.
template <class T>
JsonValue format_of() {
  if constexpr (std::is_same_v<T, bool>) {
    return "BOOL";
  } else if constexpr (kIsNumber<T>) {
    return number_format<T>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    return "STR";
  } else if constexpr (std::is_same_v<T, Bytes>) {
    return "BYTES";
  } else if constexpr (kIsArray<T>) {
    JsonValue array = tagged("CONTENT", format_of<typename T::value_type>());
    array.add("SIZE", JsonValue(std::tuple_size_v<T>));
    return tagged("TUPLEARRAY", std::move(array));
  } else if constexpr (kIs<T, std::optional>) {
    return tagged("OPTION", format_of<typename T::value_type>());
  } else if constexpr (kIs<T, std::vector> || kIs<T, std::set>) {
    return tagged("SEQ", format_of<typename T::value_type>());
  } else if constexpr (kIs<T, std::map>) {
    JsonValue map = tagged("KEY", format_of<typename T::key_type>());
    map.add("VALUE", format_of<typename T::mapped_type>());
    return tagged("MAP", std::move(map));
  } else if constexpr (kIs<T, std::pair> || kIs<T, std::tuple>) {
    return [&]<size_t... I>(std::index_sequence<I...>) {
      return tagged("TUPLE", JsonValue::Array{format_of<std::tuple_element_t<I, T>>()...});
    }
    (std::make_index_sequence<std::tuple_size_v<T>>());
  } else {
    static_assert(Declared<T> || Choice<T>, "this type has no field list");
    return tagged("TYPENAME", type_name<T>());
  }
}

// The fields of a struct, a tuple or a newtype; `named` as a list of one-member objects.
template <class T>
JsonValue::Array fields_of() {
  JsonValue::Array out;
  T value{};
  T::visit_fields(value, [&](std::string_view name, auto& field) {
    JsonValue format = format_of<std::remove_cvref_t<decltype(field)>>();
    if constexpr (T::kShape == Shape::kStruct) {
      out.push_back(tagged(std::string(name).c_str(), std::move(format)));
    } else {
      out.push_back(std::move(format));
    }
  });
  return out;
}

template <class T>
JsonValue alternative_format() {
  if constexpr (T::kShape == Shape::kUnit) return "UNIT";
  if constexpr (T::kShape == Shape::kNewtype) return tagged("NEWTYPE", fields_of<T>().front());
  if constexpr (T::kShape == Shape::kTuple) return tagged("TUPLE", fields_of<T>());
  if constexpr (T::kShape == Shape::kStruct) return tagged("STRUCT", fields_of<T>());
}

inline void add_alternative(JsonValue& out, std::string_view name, JsonValue format) {
  std::string index = to_decimal(out.object()->size());
  out.add(std::move(index), tagged(std::string(name).c_str(), std::move(format)));
}

// How a named type is declared.
template <class T>
JsonValue declaration_of() {
  if constexpr (Choice<T>) {
    JsonValue out{JsonValue::Object{}};
    for (std::string_view name : choice_names(T{})) add_alternative(out, name, "UNIT");
    return tagged("ENUM", std::move(out));
  } else if constexpr (T::kShape == Shape::kEnum) {
    JsonValue out{JsonValue::Object{}};
    T value{};
    T::visit_fields(value, [&](std::string_view, auto& field) {
      [&]<class... One>(const std::variant<One...>*) {
        (add_alternative(out, One::kTypeName, alternative_format<One>()), ...);
      }(&field);
    });
    return tagged("ENUM", std::move(out));
  } else if constexpr (T::kShape == Shape::kUnit) {
    return "UNITSTRUCT";
  } else if constexpr (T::kShape == Shape::kNewtype) {
    return tagged("NEWTYPESTRUCT", fields_of<T>().front());
  } else {
    return tagged(T::kShape == Shape::kTuple ? "TUPLESTRUCT" : "STRUCT", fields_of<T>());
  }
}

}  // namespace detail

class Schema {
 public:
  template <class T>
  void add() {
    walk_types<T>(*this);
  }
  // One object: a member per type, its value as serde-reflection writes a ContainerFormat.
  std::string json() const;
  std::string yaml() const;
  const std::map<std::string, JsonValue, std::less<>>& types() const { return types_; }

  // For walk_types: whether the type is new. Two types of one name must be alike.
  template <class T>
  bool enter() {
    return put(type_name<T>(), detail::declaration_of<T>());
  }

 private:
  bool put(std::string_view name, JsonValue declaration);
  std::map<std::string, JsonValue, std::less<>> types_;
};

}  // namespace mica::bcs
