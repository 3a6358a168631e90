// Values into a guest: into its memory, or as the core values of a call.
//
//   Status stored = store(memory, at, account);
//   Result<std::vector<uint64_t>> cells = lower(memory, account);
//
// Each list and string, empty ones too, is allocated by the guest with one call: the outer before
// the inner, fields and elements in their order. Only the values themselves are written; padding
// and what an absent value leaves free keep what the guest had there.
// linera-witty/src/type_traits/implementations/std
#pragma once

#include "core/abi/layout.h"
#include "core/abi/memory.h"
#include "core/abi/room.h"

namespace mica::abi {

namespace detail {

// One lowering, until the first error, which sticks. Neighbouring writes become one, and are done
// before the guest's code runs.
class Lowering {
 public:
  explicit Lowering(GuestMemory& memory) : memory_(memory) {}
  bool failed() const { return error_.has_value(); }
  const Error& error() const { return *error_; }
  // The pointer to `count` new elements.
  uint32_t allocate(MemoryLayout element, uint64_t count);
  void put(uint64_t at, ByteSpan bytes);
  template <class N>
  void number(uint64_t at, N value) {
    ByteArray<sizeof(N)> bytes;
    for (size_t i = 0; i < sizeof(N); ++i) bytes[i] = static_cast<uint8_t>(value >> (8 * i));
    put(at, bytes);
  }
  void expect_inside(uint64_t at);
  // What was put is in the guest's memory.
  void flush();

 private:
  void fail(Error error);
  GuestMemory& memory_;
  uint64_t start_ = 0;
  Bytes pending_;
  std::optional<Error> error_;
};

// The core values so far.
using FlatCells = std::vector<uint64_t>;

template <class T>
void store(Lowering& out, uint64_t at, const T& value);
template <class T>
void lower(Lowering& out, FlatCells& cells, const T& value);

// The pointer of a new list; when `announce(pointer)` has run, its elements are stored.
template <class T, class Announce>
void store_list(Lowering& out, const T& list, Announce announce) {
  using Item = Element<T>;
  const uint32_t pointer = out.allocate({kSize<Item>, kAlign<Item>}, list.size());
  announce(pointer);
  if constexpr (ByteList<T>) {
    const ByteSpan bytes{reinterpret_cast<const uint8_t*>(list.data()), list.size()};
    out.put(pointer, bytes);
    // Upstream writes a string also where it is empty, and no byte of an empty list.
    if constexpr (std::is_same_v<T, std::string>) out.expect_inside(pointer);
  } else {
    uint64_t at = pointer;
    for (const auto& item : list) {
      if constexpr (kIs<T, std::map>) {
        store(out, at, std::tie(item.first, item.second));
      } else {
        store<Item>(out, at, item);
      }
      at += kSize<Item>;
    }
  }
}

// Calls `write(tag, case)` with the case that `value` is.
template <class T, class Write>
void with_case(const T& value, Write write) {
  if constexpr (kIs<T, std::optional>) {
    value ? write(uint8_t{1}, *value) : write(uint8_t{0}, std::tuple<>());
  } else if constexpr (Outcome<T>) {
    value.ok() ? write(uint8_t{0}, value.value()) : write(uint8_t{1}, value.error());
  } else {
    T::visit_fields(value, [&](std::string_view, const auto& kind) {
      const uint8_t tag = static_cast<uint8_t>(kind.index());
      std::visit([&](const auto& one) { write(tag, one); }, kind);
    });
  }
}

template <class T>
void store(Lowering& out, uint64_t at, const T& value) {
  if (out.failed()) return;
  if constexpr (Formed<T>) {
    store(out, at, Form<T>::to(value));
  } else if constexpr (std::is_same_v<T, bool> || Choice<T>) {
    out.number(at, static_cast<uint8_t>(value));
  } else if constexpr (Scalar<T>) {
    out.number(at, value);
  } else if constexpr (List<T>) {
    store_list(out, value, [&](uint32_t pointer) {
      out.number(at, pointer);
      out.number(at + 4, static_cast<uint32_t>(value.size()));
    });
  } else if constexpr (Variant<T>) {
    with_case(value, [&](uint8_t tag, const auto& one) {
      out.number(at, tag);
      store(out, payload_at<T>(at), one);
    });
  } else {
    FieldPlaces places(at);
    each_field(value, [&](std::string_view, const auto& field) {
      store(out, places.next<std::remove_cvref_t<decltype(field)>>(), field);
    });
  }
}

template <class T>
void lower(Lowering& out, FlatCells& cells, const T& value) {
  if constexpr (Formed<T>) {
    lower(out, cells, Form<T>::to(value));
  } else if constexpr (Scalar<T> || Choice<T>) {
    cells.push_back(static_cast<uint64_t>(value));
  } else if constexpr (List<T>) {
    store_list(out, value, [&](uint32_t pointer) {
      cells.push_back(pointer);
      cells.push_back(value.size());
    });
  } else if constexpr (Variant<T>) {
    const size_t end = cells.size() + kFlat<T>.count();
    with_case(value, [&](uint8_t tag, const auto& one) {
      cells.push_back(tag);
      lower(out, cells, one);
    });
    cells.resize(end, 0);
  } else {
    each_field(value, [&](std::string_view, const auto& field) { lower(out, cells, field); });
  }
}

}  // namespace detail

template <class T>
Status store(GuestMemory& memory, uint32_t at, const T& value) {
  detail::Lowering out(memory);
  detail::store(out, at, value);
  out.flush();
  if (out.failed()) return out.error();
  return Ok{};
}

// The cells that kFlat<T> describes, an i32 zero-extended.
template <class T>
Result<std::vector<uint64_t>> lower(GuestMemory& memory, const T& value) {
  detail::Lowering out(memory);
  std::vector<uint64_t> cells;
  detail::lower(out, cells, value);
  out.flush();
  if (out.failed()) return out.error();
  return cells;
}

// A new place in the guest's memory with the value in it.
template <class T>
Result<uint32_t> store_new(GuestMemory& memory, const T& value) {
  detail::Lowering out(memory);
  const uint32_t at = out.allocate({kSize<T>, kAlign<T>}, 1);
  detail::store(out, at, value);
  out.flush();
  if (out.failed()) return out.error();
  return at;
}

}  // namespace mica::abi
