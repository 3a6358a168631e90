// How each type appears at the border to a guest: as a number, a list, a record or a variant, from
// the same field list as its encoding (core/bcs/fields.h). linera-witty/src/type_traits
//
// A type that travels as another one says so once, where it is declared or above that:
//
//   template <>
//   struct mica::abi::Form<Level> {
//     using As = uint8_t;
//     static As to(const Level& level);
//     static Result<Level> from(const As& as);
//   };
#pragma once

#include "core/abi/room.h"
#include "core/bcs/containers.h"

namespace mica::abi {

template <class T>
struct Form;
template <class T>
concept Formed = requires {
  typename Form<T>::As;
};

// A CHOICE whose tag, passed as a core value, counts with all its 32 bits: of others the lowest
// byte counts, so that 256 is the first alternative again. Upstream, log::Level alone is like that.
template <class T>
inline constexpr bool kWholeTag = false;

namespace detail {

using namespace bcs::detail;

template <class... T>
struct Types {
  static constexpr size_t kCount = sizeof...(T);
};
// A type as a value; nothing is made of it.
template <class T>
struct Type {
  using Is = T;
};

// bool and numbers of up to 64 bits.
template <class T>
concept Scalar = std::is_unsigned_v<T> && !Formed<T>;
template <class T>
concept ByteList = std::is_same_v<T, std::string> || std::is_same_v<T, Bytes>;
template <class T>
concept List = kIs<T, std::vector> || kIs<T, std::set> || kIs<T, std::map> || ByteList<T>;
template <class T>
concept Outcome = kIs<T, base::Result>;
template <class T>
concept Variant = !Formed<T> && (DeclaredEnum<T> || kIs<T, std::optional> || Outcome<T>);
template <class T>
concept Record =
    !Formed<T> && !Variant<T> && (Declared<T> || kIs<T, std::pair> || kIs<T, std::tuple>);

template <class T>
struct ElementOf {
  using Is = typename T::value_type;
};
template <>
struct ElementOf<std::string> {
  using Is = uint8_t;
};
template <class K, class V>
struct ElementOf<std::map<K, V>> {
  using Is = std::pair<K, V>;
};
template <List T>
using Element = typename ElementOf<T>::Is;

template <class... F>
Types<std::remove_cvref_t<F>...> types_in(const std::tuple<F...>*);
template <class A, class B>
Types<std::remove_cv_t<A>, std::remove_cv_t<B>> types_in(const std::pair<A, B>*);
template <class... Case>
Types<Case...> types_in(const std::variant<Case...>*);
template <class T>
Types<std::tuple<>, T> types_in(const std::optional<T>*);
template <class T, class E>
Types<T, E> types_in(const base::Result<T, E>*);

template <class T>
auto parts_of() {
  if constexpr (Declared<T>) {
    using Listed = decltype(std::declval<const T&>().listed());
    if constexpr (T::kShape == Shape::kEnum) {
      using Kind = std::remove_cvref_t<std::tuple_element_t<0, Listed>>;
      return decltype(types_in(static_cast<const Kind*>(nullptr))){};
    } else {
      return decltype(types_in(static_cast<const Listed*>(nullptr))){};
    }
  } else {
    return decltype(types_in(static_cast<const T*>(nullptr))){};
  }
}
// The fields of a record or the cases of a variant, as Types<...>.
template <class T>
using Parts = decltype(parts_of<T>());

// The field of a record by name and value, in order.
template <class T, class Visit>
void each_field(T& value, Visit visit) {
  if constexpr (Declared<T>) {
    T::visit_fields(value, visit);
  } else {
    std::apply([&](auto&... fields) { (visit(std::string_view(), fields), ...); }, value);
  }
}

}  // namespace detail

// The two halves, the lower one first.
template <>
struct Form<u128> {
  using As = std::pair<uint64_t, uint64_t>;
  static As to(u128 value) {
    return {static_cast<uint64_t>(value), static_cast<uint64_t>(value >> 64)};
  }
  static Result<u128> from(const As& as) { return static_cast<u128>(as.second) << 64 | as.first; }
};

template <>
struct Form<Ok> {
  using As = std::tuple<>;
  static As to(Ok) { return {}; }
  static Result<Ok> from(const As&) { return Ok{}; }
};

// Hashes and EVM addresses: words of 8 bytes, the first byte highest; the last word of an address
// ends in zeros, which are not looked at. linera-base/src/crypto/hash.rs,
// linera-witty/src/primitive_types/array.rs
template <size_t N>
requires(N == 20 || N == 32) struct Form<ByteArray<N>> {
  using As = std::conditional_t<N == 20, std::tuple<uint64_t, uint64_t, uint64_t>,
                                std::tuple<uint64_t, uint64_t, uint64_t, uint64_t>>;
  static As to(const ByteArray<N>& bytes) {
    As as{};
    size_t at = 0;
    auto pack = [&](uint64_t& word) {
      for (size_t end = at + 8; at < end; ++at) word = word << 8 | (at < N ? bytes[at] : 0);
    };
    std::apply([&](auto&... words) { (pack(words), ...); }, as);
    return as;
  }
  static Result<ByteArray<N>> from(const As& as) {
    ByteArray<N> bytes{};
    size_t at = 0;
    auto unpack = [&](uint64_t word) {
      for (int shift = 56; shift >= 0 && at < N; shift -= 8) bytes[at++] = uint8_t(word >> shift);
    };
    std::apply([&](auto... words) { (unpack(words), ...); }, as);
    return bytes;
  }
};

}  // namespace mica::abi
