// Where the parts of a type lie in a guest's memory, and which core values it is passed as:
// kSize<T>, kAlign<T>, kFlat<T>. This is the canonical ABI of the WebAssembly component model as
// linera-witty has it (linera-witty/src/memory_layout), for the types that form.h knows.
#pragma once

#include <algorithm>
#include <span>

#include "core/abi/form.h"
#include "core/abi/room.h"

namespace mica::abi {

// The byte that stands for the type in a module.
enum class CoreType : uint8_t { kI32 = 0x7f, kI64 = 0x7e };

// The core values that something is passed as.
class FlatTypes {
 public:
  constexpr void add(CoreType type) { items_[count_++] = type; }
  constexpr void add(const FlatTypes& more) {
    for (CoreType type : more.all()) add(type);
  }
  // Position by position the wider one of both.
  constexpr void join(const FlatTypes& other) {
    for (size_t i = 0; i < other.count_; ++i) {
      if (i == count_) {
        add(other.items_[i]);
      } else if (other.items_[i] == CoreType::kI64) {
        items_[i] = CoreType::kI64;
      }
    }
  }
  constexpr size_t count() const { return count_; }
  constexpr CoreType operator[](size_t index) const { return items_[index]; }
  constexpr std::span<const CoreType> all() const { return {items_.data(), count_}; }
  friend constexpr bool operator==(const FlatTypes&, const FlatTypes&) = default;

 private:
  std::array<CoreType, 64> items_{};
  size_t count_ = 0;
};

struct MemoryLayout {
  uint32_t size = 0;
  uint32_t align = 1;
};

// The first multiple of `align`, a power of two, from `at` on.
constexpr uint64_t aligned(uint64_t at, uint32_t align) {
  return (at + align - 1) & ~uint64_t{align - 1};
}

namespace detail {

inline constexpr MemoryLayout kListLayout = {8, 4};  // a pointer and a number of elements

template <class T>
constexpr MemoryLayout layout_of();
template <class T>
constexpr FlatTypes flat_of();

template <class... Field>
constexpr MemoryLayout layout_of_record(Types<Field...>) {
  MemoryLayout all;
  [[maybe_unused]] auto add = [&](MemoryLayout field) {
    all.size = static_cast<uint32_t>(aligned(all.size, field.align)) + field.size;
    all.align = std::max(all.align, field.align);
  };
  (add(layout_of<Field>()), ...);
  all.size = static_cast<uint32_t>(aligned(all.size, all.align));
  return all;
}

// The largest case, and the strictest alignment of any.
template <class... Case>
constexpr MemoryLayout payload_of(Types<Case...>) {
  return {std::max({layout_of<Case>().size...}), std::max({layout_of<Case>().align...})};
}

template <class... Case>
constexpr MemoryLayout layout_of_variant(Types<Case...> cases) {
  static_assert(sizeof...(Case) < 256, "a tag is one byte");
  const MemoryLayout payload = payload_of(cases);
  const uint64_t end = aligned(1, payload.align) + payload.size;
  return {static_cast<uint32_t>(aligned(end, payload.align)), payload.align};
}

template <class... Case>
constexpr FlatTypes flat_of_cases(Types<Case...>) {
  FlatTypes joined;
  (joined.join(flat_of<Case>()), ...);
  return joined;
}

template <class... Field>
constexpr FlatTypes flat_of_record(Types<Field...>) {
  FlatTypes all;
  (all.add(flat_of<Field>()), ...);
  return all;
}

template <class T>
constexpr MemoryLayout layout_of() {
  if constexpr (Formed<T>) {
    return layout_of<typename Form<T>::As>();
  } else if constexpr (Choice<T>) {
    static_assert(choice_names(T{}).size() < 256, "a tag is one byte");
    return {1, 1};
  } else if constexpr (Scalar<T>) {
    return {sizeof(T), sizeof(T)};
  } else if constexpr (List<T>) {
    return kListLayout;
  } else if constexpr (Variant<T>) {
    return layout_of_variant(Parts<T>{});
  } else {
    static_assert(Record<T>, "this type has no form");
    return layout_of_record(Parts<T>{});
  }
}

template <class T>
constexpr FlatTypes flat_of() {
  FlatTypes flat;
  if constexpr (Formed<T>) {
    flat = flat_of<typename Form<T>::As>();
  } else if constexpr (Choice<T>) {
    flat.add(CoreType::kI32);
  } else if constexpr (Scalar<T>) {
    flat.add(sizeof(T) == 8 ? CoreType::kI64 : CoreType::kI32);
  } else if constexpr (List<T>) {
    flat.add(CoreType::kI32);
    flat.add(CoreType::kI32);
  } else if constexpr (Variant<T>) {
    flat.add(CoreType::kI32);
    flat.add(flat_of_cases(Parts<T>{}));
  } else {
    static_assert(Record<T>, "this type has no form");
    flat = flat_of_record(Parts<T>{});
  }
  return flat;
}

}  // namespace detail

// In bytes; always a multiple of kAlign.
template <class T>
inline constexpr uint32_t kSize = detail::layout_of<T>().size;
template <class T>
inline constexpr uint32_t kAlign = detail::layout_of<T>().align;
template <class T>
inline constexpr FlatTypes kFlat = detail::flat_of<T>();

namespace detail {

// What comes behind the tag: the cases, joined.
template <Variant T>
inline constexpr FlatTypes kJoined = flat_of_cases(Parts<T>{});

// Addresses of the parts of a value at `at`. As upstream does, and unlike the component model,
// padding is counted from the address itself: it moves where a guest's pointer is not aligned.
class FieldPlaces {
 public:
  explicit FieldPlaces(uint64_t at) : end_(at) {}
  template <class Field>
  uint64_t next() {
    const uint64_t at = first_ ? end_ : aligned(end_, kAlign<Field>);
    first_ = false;
    end_ = at + kSize<Field>;
    return at;
  }

 private:
  uint64_t end_;
  bool first_ = true;
};
template <Variant T>
uint64_t payload_at(uint64_t at) {
  return aligned(at + 1, kAlign<T>);
}

}  // namespace detail

}  // namespace mica::abi
