// Values of any declared type, made from a seed: the same seed always makes the same value.
#pragma once

#include "core/bcs/bcs.h"

namespace mica::tools {

using namespace bcs;

struct Sampler {
  uint64_t state = 0;
  int leaves = 60;  // when they are used up, lists stay empty and optionals absent

  uint64_t next() {  // splitmix64
    uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  uint64_t below(uint64_t limit) { return next() % limit; }
  size_t some(size_t most) { return leaves > 0 ? below(most + 1) : 0; }

  template <class T>
  T make() {
    T value{};
    fill(value);
    return value;
  }

 private:
  template <class T>
  void fill(T& value) {
    using namespace bcs::detail;
    --leaves;
    if constexpr (std::is_same_v<T, bool>) {
      value = below(2) == 1;
    } else if constexpr (kIsNumber<T>) {
      uint64_t which = below(4);
      value = which == 0 ? 0 : which == 1 ? static_cast<T>(~static_cast<T>(0)) : number<T>();
      if (which == 2) value = static_cast<T>(value % 1000);
    } else if constexpr (Choice<T>) {
      value = static_cast<T>(below(choice_names(T{}).size()));
    } else if constexpr (std::is_same_v<T, std::string>) {
      static constexpr std::string_view kPieces[] = {"a", "Z", "\"", "\n", "é", "漢", "😀", "0"};
      for (size_t count = some(5); count > 0; --count) value += kPieces[below(8)];
    } else if constexpr (std::is_same_v<T, Bytes> || kIsArray<T>) {
      if constexpr (std::is_same_v<T, Bytes>) value.resize(some(9));
      for (uint8_t& byte : value) byte = static_cast<uint8_t>(next());
    } else if constexpr (kIs<T, std::optional>) {
      if (some(1)) value = make<typename T::value_type>();
    } else if constexpr (kIs<T, std::vector> || kIs<T, std::set>) {
      for (size_t count = some(2); count > 0; --count) {
        value.insert(value.end(), make<typename T::value_type>());
      }
    } else if constexpr (kIs<T, std::map>) {
      for (size_t count = some(3); count > 0; --count) {
        auto key = make<typename T::key_type>();
        value.emplace(std::move(key), make<typename T::mapped_type>());
      }
    } else if constexpr (kIs<T, std::pair> || kIs<T, std::tuple>) {
      std::apply([&](auto&... items) { (fill(items), ...); }, value);
    } else {
      T::visit_fields(value, [&](std::string_view, auto& field) {
        if constexpr (T::kShape == Shape::kEnum) {
          choose(field, below(std::variant_size_v<std::remove_cvref_t<decltype(field)>>));
        } else {
          fill(field);
        }
      });
    }
  }
  template <class N>
  N number() {
    if constexpr (sizeof(N) == 16) return static_cast<N>(next()) << 64 | next();
    return static_cast<N>(next());
  }
  template <size_t I = 0, class Variant>
  void choose(Variant& variant, size_t index) {
    if constexpr (I < std::variant_size_v<Variant>) {
      if (index != I) return choose<I + 1>(variant, index);
      variant.template emplace<I>();
      fill(*std::get_if<I>(&variant));
    }
  }
};

template <class T>
T sample(uint64_t seed) {
  return Sampler{seed}.make<T>();
}

}  // namespace mica::tools
