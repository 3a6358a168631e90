// The fewest bytes that a value of a type takes on the wire: what a claimed number of elements is
// held against before any of them is made.
#pragma once

#include <algorithm>

#include "core/bcs/containers.h"
#include "core/bcs/room.h"

namespace mica::bcs {

template <class T>
constexpr size_t least_wire_bytes(Wire wire);

namespace detail {

template <class... Field>
constexpr size_t least_of_all(Wire wire, const std::tuple<Field...>*) {
  return (size_t{0} + ... + least_wire_bytes<std::remove_cvref_t<Field>>(wire));
}
template <class... Alternative>
constexpr size_t least_of_any(Wire wire, const std::variant<Alternative...>*) {
  return std::min({least_wire_bytes<Alternative>(wire)...});
}

constexpr size_t tag_bytes(Wire wire) { return wire == Wire::kBcs ? 1 : 4; }
constexpr size_t length_bytes(Wire wire) { return wire == Wire::kBcs ? 1 : 8; }

template <class T>
constexpr size_t least_of_declared(Wire wire) {
  using Listed = decltype(std::declval<const T&>().listed());
  if constexpr (T::kShape == Shape::kEnum) {
    using Kind = std::remove_cvref_t<std::tuple_element_t<0, Listed>>;
    return tag_bytes(wire) + least_of_any(wire, static_cast<const Kind*>(nullptr));
  } else {
    return least_of_all(wire, static_cast<const Listed*>(nullptr));
  }
}

}  // namespace detail

template <class T>
constexpr size_t least_wire_bytes(Wire wire) {
  using namespace detail;
  if constexpr (std::is_same_v<T, bool> || kIs<T, std::optional>) {
    return 1;
  } else if constexpr (kIsNumber<T>) {
    return sizeof(T);
  } else if constexpr (Choice<T>) {
    return tag_bytes(wire);
  } else if constexpr (kIsArray<T>) {
    return std::tuple_size_v<T>;
  } else if constexpr (kIs<T, std::pair>) {
    return least_wire_bytes<typename T::first_type>(wire) +
           least_wire_bytes<typename T::second_type>(wire);
  } else if constexpr (kIs<T, std::tuple>) {
    return least_of_all(wire, static_cast<const T*>(nullptr));
  } else if constexpr (Declared<T>) {
    return least_of_declared<T>(wire);
  } else {
    return length_bytes(wire);
  }
}

}  // namespace mica::bcs
