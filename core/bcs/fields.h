// The one field list of a type. From it come BCS and bincode (bcs.h), JSON (json.h), equality,
// order, the hash input, the schema listing (schema.h) and the TypeScript declarations.
//
//   struct Account {
//     ChainId chain_id;
//     AccountOwner owner;
//     MICA_FIELDS(Account, chain_id, owner)
//   };
//   struct Round {
//     struct Fast { MICA_UNIT(Fast) };
//     struct MultiLeader { uint32_t round; MICA_NEWTYPE(MultiLeader, round) };
//     std::variant<Fast, MultiLeader> kind;  // in wire order
//     MICA_ENUM(Round, kind)
//   };
//   MICA_CHOICE(VmRuntime, Wasm, Evm)  // an enum whose alternatives hold nothing
//
// The list is in wire order and order of comparison; a member missing from it does not compile.
// Alternatives nested in the enum carry no default member initialisers (`= 0`): the variant could
// not be made by default then. They are zero whenever they are made with braces.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

#include "core/bcs/room.h"

namespace mica::bcs {

enum class Shape : uint8_t {
  kStruct,   // named fields
  kTuple,    // fields without names in JSON and schema
  kNewtype,  // exactly its one field
  kUnit,     // nothing
  kEnum,     // a tag and one alternative of a std::variant
};

template <class T>
concept Declared = requires {
  T::kShape;
};
template <class T>
concept DeclaredEnum = Declared<T> &&(T::kShape == Shape::kEnum);

// A CHOICE: names_of(T) is found by argument-dependent lookup.
template <class T>
concept Choice = std::is_enum_v<T> && requires(T value) {
  choice_names(value).size();
};

// What a value is ordered by: its members in the list's order. BlobId has its own.
template <Declared T>
constexpr auto order_of(const T& value) {
  return value.listed();
}

}  // namespace mica::bcs

// MICA_EACH(m, a, b, c) is m(a) m(b) m(c), for up to 256 arguments.
#define MICA_PARENS ()
#define MICA_EXPAND(...) MICA_EXPAND4(MICA_EXPAND4(MICA_EXPAND4(MICA_EXPAND4(__VA_ARGS__))))
#define MICA_EXPAND4(...) MICA_EXPAND3(MICA_EXPAND3(MICA_EXPAND3(MICA_EXPAND3(__VA_ARGS__))))
#define MICA_EXPAND3(...) MICA_EXPAND2(MICA_EXPAND2(MICA_EXPAND2(MICA_EXPAND2(__VA_ARGS__))))
#define MICA_EXPAND2(...) __VA_ARGS__
#define MICA_EACH(macro, ...) __VA_OPT__(MICA_EXPAND(MICA_EACH_STEP(macro, __VA_ARGS__)))
#define MICA_EACH_STEP(macro, head, ...) \
  macro(head) __VA_OPT__(MICA_EACH_AGAIN MICA_PARENS(macro, __VA_ARGS__))
#define MICA_EACH_AGAIN() MICA_EACH_STEP
// MICA_LIST(m, a, b, c) is m(a), m(b), m(c).
#define MICA_LIST(macro, ...) __VA_OPT__(MICA_EXPAND(MICA_LIST_STEP(macro, __VA_ARGS__)))
#define MICA_LIST_STEP(macro, head, ...) \
  macro(head) __VA_OPT__(, MICA_LIST_AGAIN MICA_PARENS(macro, __VA_ARGS__))
#define MICA_LIST_AGAIN() MICA_LIST_STEP

#define MICA_VISIT(name) visit(std::string_view(#name), self.name);
#define MICA_BOUND(name) name##_listed
#define MICA_QUOTED(name) std::string_view(#name)

// The structured binding names exactly the listed members: one too few does not compile.
#define MICA_MEMBERS(Type, Shape_, ...)                                       \
  static constexpr ::mica::bcs::Shape kShape = ::mica::bcs::Shape::Shape_;    \
  static constexpr std::string_view kTypeName = #Type;                        \
  template <class Self, class Visit>                                          \
  static constexpr void visit_fields(Self& self, Visit&& visit) {             \
    MICA_EACH(MICA_VISIT, __VA_ARGS__)                                        \
  }                                                                           \
  constexpr auto listed() const { return std::tie(__VA_ARGS__); }             \
  MICA_COMPARED(Type)                                                         \
  static void every_member_is_listed(const Type& self) {                      \
    [[maybe_unused]] const auto& [MICA_LIST(MICA_BOUND, __VA_ARGS__)] = self; \
  }

// Templates, so that a type which is never compared costs nothing to compile.
#define MICA_COMPARED(Type)                                          \
  template <std::same_as<Type> Other>                                \
  friend constexpr bool operator==(const Type& a, const Other& b) {  \
    return a.listed() == b.listed();                                 \
  }                                                                  \
  template <std::same_as<Type> Other>                                \
  friend constexpr bool operator<(const Type& a, const Other& b) {   \
    using ::mica::bcs::order_of;                                     \
    /* Dependent, so that each is looked up where it is compared. */ \
    return order_of(static_cast<const Other&>(a)) < order_of(b);     \
  }                                                                  \
  template <std::same_as<Type> Other>                                \
  friend constexpr bool operator>(const Type& a, const Other& b) {   \
    return b < a;                                                    \
  }                                                                  \
  template <std::same_as<Type> Other>                                \
  friend constexpr bool operator<=(const Type& a, const Other& b) {  \
    return !(b < a);                                                 \
  }                                                                  \
  template <std::same_as<Type> Other>                                \
  friend constexpr bool operator>=(const Type& a, const Other& b) {  \
    return !(a < b);                                                 \
  }

#define MICA_FIELDS(Type, ...) MICA_MEMBERS(Type, kStruct, __VA_ARGS__)
#define MICA_TUPLE(Type, ...) MICA_MEMBERS(Type, kTuple, __VA_ARGS__)
#define MICA_NEWTYPE(Type, member) MICA_MEMBERS(Type, kNewtype, member)
#define MICA_ENUM(Type, member) MICA_MEMBERS(Type, kEnum, member)
#define MICA_UNIT(Type)                                                   \
  static constexpr ::mica::bcs::Shape kShape = ::mica::bcs::Shape::kUnit; \
  static constexpr std::string_view kTypeName = #Type;                    \
  template <class Self, class Visit>                                      \
  static constexpr void visit_fields(Self&, Visit&&) {}                   \
  constexpr auto listed() const { return std::tie(); }                    \
  MICA_COMPARED(Type)

#define MICA_CHOICE(Type, ...)                                                     \
  enum class Type : uint32_t { __VA_ARGS__ };                                      \
  constexpr auto choice_names(Type) {                                              \
    return std::to_array<std::string_view>({MICA_LIST(MICA_QUOTED, __VA_ARGS__)}); \
  }                                                                                \
  constexpr std::string_view choice_type_name(Type) { return #Type; }
