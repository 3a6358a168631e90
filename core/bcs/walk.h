// Visits a type and every named type inside it, each once: walk_types<Block>(visitor) calls
// visitor.enter<T>() for each declared type and CHOICE, and goes on inside where it says true.
// The alternatives of an enum have no name of their own; the types inside them have.
#pragma once

#include "core/bcs/bcs.h"
#include "core/bcs/room.h"

namespace mica::bcs {

template <class T, class Visitor>
void walk_types(Visitor& visitor);

namespace detail {

template <class T, class Visitor>
void walk_fields(Visitor& visitor) {
  T value{};
  T::visit_fields(value, [&](std::string_view, auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (T::kShape == Shape::kEnum) {
      [&]<class... Alternative>(const std::variant<Alternative...>*) {
        (walk_fields<Alternative>(visitor), ...);
      }(static_cast<const Field*>(nullptr));
    } else {
      walk_types<Field>(visitor);
    }
  });
}

}  // namespace detail

template <class T, class Visitor>
void walk_types(Visitor& visitor) {
  using namespace detail;
  if constexpr (Choice<T>) {
    visitor.template enter<T>();
  } else if constexpr (Declared<T>) {
    if (visitor.template enter<T>()) walk_fields<T>(visitor);
  } else if constexpr (kIs<T, std::optional> || kIs<T, std::vector> || kIs<T, std::set>) {
    walk_types<typename T::value_type>(visitor);
  } else if constexpr (kIs<T, std::map>) {
    walk_types<typename T::key_type>(visitor);
    walk_types<typename T::mapped_type>(visitor);
  } else if constexpr (kIs<T, std::pair> || kIs<T, std::tuple>) {
    [&]<size_t... I>(std::index_sequence<I...>) {
      (walk_types<std::tuple_element_t<I, T>>(visitor), ...);
    }
    (std::make_index_sequence<std::tuple_size_v<T>>());
  }
}

template <class T>
constexpr std::string_view type_name() {
  if constexpr (Choice<T>) {
    return choice_type_name(T{});
  } else {
    return T::kTypeName;
  }
}

}  // namespace mica::bcs
