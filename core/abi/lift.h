// Values out of a guest: from its memory, or from the core values of a call.
//
//   MemoryBudget budget = lift_budget(memory);
//   Result<Account> account = load<Account>(memory, at, budget);
//   Result<Account> again = lift<Account>(cells, memory, budget);
//
// Total: whatever the guest wrote gives a value or an Error, and what is made of it draws on the
// budget, also where lists overlap. As lenient as upstream: a bool, and the tag of an optional or
// Result, is true unless 0; core values are cut to their type; pointers need no alignment; maps
// and sets come in any order, and of equal keys the last one counts.
// linera-witty/src/type_traits/implementations/std
#pragma once

#include "core/abi/layout.h"
#include "core/abi/memory.h"
#include "core/abi/room.h"
#include "core/bcs/budget.h"

namespace mica::abi {

// For all that one call lifts out of this memory.
MemoryBudget lift_budget(const GuestMemory& memory);

namespace detail {

// A copied part of a guest's memory.
struct Window {
  uint64_t at = 0;
  Bytes bytes;
};

// One lifting, until the first error, which sticks; later reads leave their target unspecified.
class Lifting {
 public:
  Lifting(const GuestMemory& memory, MemoryBudget& budget) : memory_(memory), budget_(budget) {}
  bool failed() const { return error_.has_value(); }
  void fail(ErrorCode code);
  void fail(const Error& error) { fail(error.code); }
  const Error& error() const { return *error_; }
  void enter(std::string_view name) { path_.push_back(name); }
  void leave() { path_.pop_back(); }

  // Draws on the budget.
  void pay(uint64_t count, size_t bytes_each);
  // `count` values of `size` bytes each, as far as they are in memory: the last one must begin
  // there, and may end beyond as long as nobody reads that.
  Window window(uint64_t at, uint32_t count, uint32_t size, uint32_t align);
  // Bytes that are all there.
  template <class Blob>
  void copy(uint64_t at, uint64_t size, Blob& to) {
    if (at > memory_.size() || size > memory_.size() - at) return fail(ErrorCode::kTruncated);
    pay(size, 1);
    if (failed()) return;
    to.resize(static_cast<size_t>(size));
    if (size > 0) copy_to(at, {reinterpret_cast<uint8_t*>(to.data()), to.size()});
  }
  template <class N>
  N number(const Window& from, uint64_t at) {
    const uint64_t start = at - from.at;
    if (failed() || start + sizeof(N) > from.bytes.size()) {
      fail(ErrorCode::kTruncated);
      return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < sizeof(N); ++i) value |= uint64_t{from.bytes[start + i]} << (8 * i);
    return static_cast<N>(value);
  }

 private:
  void copy_to(uint64_t at, std::span<uint8_t> to);
  const GuestMemory& memory_;
  MemoryBudget& budget_;
  std::vector<std::string_view> path_;
  std::optional<Error> error_;
};

// The core values of a call, one after the other.
class Cells {
 public:
  explicit Cells(std::span<const uint64_t> cells) : cells_(cells) {}
  uint64_t next() { return next(1)[0]; }
  std::span<const uint64_t> next(size_t count) {
    MICA_CHECK(count <= cells_.size());
    auto out = cells_.first(count);
    cells_ = cells_.subspan(count);
    return out;
  }
  size_t left() const { return cells_.size(); }

 private:
  std::span<const uint64_t> cells_;
};

// A pointer among core values; with the highest bit set it is none.
uint32_t pointer_cell(Lifting& in, uint64_t cell);
// One case's core values, out of those that all cases share: an i64 that stands for an i32 must be
// one, with its sign. linera-witty/src/primitive_types/flat_type.rs
void narrow(Lifting& in, std::span<const uint64_t> joined, const FlatTypes& joined_types,
            const FlatTypes& case_types, std::span<uint64_t> out);

template <class T>
void load(Lifting& in, const Window& from, uint64_t at, T& value);
template <class T>
void lift(Lifting& in, Cells& cells, T& value);

// Something to lift into.
template <class T>
T blank() {
  if constexpr (Outcome<T>) {
    return []<class V, class E>(Types<V, E>) { return T(blank<V>()); }(Parts<T>{});
  } else {
    return T{};
  }
}

template <class List, class Item>
void put(List& list, Item item) {
  if constexpr (kIs<List, std::map>) {
    list.insert_or_assign(std::move(item.first), std::move(item.second));
  } else if constexpr (kIs<List, std::set>) {
    list.insert(std::move(item));
  } else {
    list.push_back(std::move(item));
  }
}

template <class T>
void load_list(Lifting& in, uint64_t at, uint32_t count, T& list) {
  list.clear();
  if constexpr (std::is_same_v<T, std::string>) {
    in.copy(at, count, list);
    if (!in.failed() && !is_utf8(list)) in.fail(ErrorCode::kBadText);
  } else if (count > 0) {
    using Item = Element<T>;
    static_assert(kSize<Item> > 0, "a list of nothing has no bounded length");
    if constexpr (ByteList<T>) return in.copy(at, count, list);
    const Window window = in.window(at, count, kSize<Item>, kAlign<Item>);
    constexpr size_t kOverhead = kIs<T, std::vector> ? 0 : MemoryBudget::kNodeBytes;
    in.pay(count, sizeof(Item) + kOverhead);
    if (in.failed()) return;
    if constexpr (kIs<T, std::vector>) list.reserve(count);
    for (uint64_t i = 0; i < count && !in.failed(); ++i) {
      Item item = blank<Item>();
      load(in, window, at + i * kSize<Item>, item);
      if (!in.failed()) put(list, std::move(item));
    }
  }
}

// The case that a tag chooses, by `read(case)`.
template <class T, class Read>
void choose(Lifting& in, uint32_t tag, T& value, Read read) {
  if constexpr (kIs<T, std::optional>) {
    value.reset();
    if (tag != 0) read(value.emplace(blank<typename T::value_type>()));
  } else if constexpr (Outcome<T>) {
    [&]<class V, class E>(Types<V, E>) {
      if (tag == 0) {
        V one = blank<V>();
        read(one);
        value = T(std::move(one));
      } else {
        E one = blank<E>();
        read(one);
        value = T(std::move(one));
      }
    }(Parts<T>{});
  } else {
    T::visit_fields(value, [&](std::string_view, auto& kind) {
      [&]<size_t... I>(std::index_sequence<I...>) {
        const bool known = ((tag == I ? (read(kind.template emplace<I>()), true) : false) || ...);
        if (!known) in.fail(ErrorCode::kBadTag);
      }
      (std::make_index_sequence<Parts<T>::kCount>());
    });
  }
}

template <Choice T>
void choose(Lifting& in, uint32_t tag, T& value) {
  if (tag >= choice_names(T{}).size()) return in.fail(ErrorCode::kBadTag);
  value = static_cast<T>(tag);
}

template <class T>
void unform(Lifting& in, const typename Form<T>::As& as, T& value) {
  if (in.failed()) return;
  auto made = Form<T>::from(as);
  if (!made.ok()) return in.fail(made.error());
  value = std::move(made).value();
}

template <class T>
void load(Lifting& in, const Window& from, uint64_t at, T& value) {
  if (in.failed()) return;
  if constexpr (Formed<T>) {
    typename Form<T>::As as{};
    load(in, from, at, as);
    unform(in, as, value);
  } else if constexpr (Choice<T>) {
    choose(in, in.number<uint8_t>(from, at), value);
  } else if constexpr (std::is_same_v<T, bool>) {
    value = in.number<uint8_t>(from, at) != 0;
  } else if constexpr (Scalar<T>) {
    value = in.number<T>(from, at);
  } else if constexpr (List<T>) {
    const uint32_t pointer = in.number<uint32_t>(from, at);
    const uint32_t count = in.number<uint32_t>(from, at + 4);
    if (!in.failed()) load_list(in, pointer, count, value);
  } else if constexpr (Variant<T>) {
    const uint8_t tag = in.number<uint8_t>(from, at);
    auto read = [&](auto& one) { load(in, from, payload_at<T>(at), one); };
    if (!in.failed()) choose(in, tag, value, read);
  } else {
    FieldPlaces places(at);
    each_field(value, [&](std::string_view name, auto& field) {
      in.enter(name);
      load(in, from, places.next<std::remove_cvref_t<decltype(field)>>(), field);
      in.leave();
    });
  }
}

template <class T>
void lift_variant(Lifting& in, Cells& cells, T& value) {
  uint32_t tag = static_cast<uint32_t>(cells.next());
  if constexpr (DeclaredEnum<T>) tag = static_cast<uint8_t>(tag);
  const auto joined = cells.next(kJoined<T>.count());
  choose(in, tag, value, [&](auto& one) {
    using Case = std::remove_cvref_t<decltype(one)>;
    std::array<uint64_t, kFlat<Case>.count()> own{};
    narrow(in, joined, kJoined<T>, kFlat<Case>, own);
    Cells inner(own);
    lift(in, inner, one);
  });
}

template <class T>
void lift(Lifting& in, Cells& cells, T& value) {
  if (in.failed()) return;
  if constexpr (Formed<T>) {
    typename Form<T>::As as{};
    lift(in, cells, as);
    unform(in, as, value);
  } else if constexpr (Choice<T>) {
    const uint32_t tag = static_cast<uint32_t>(cells.next());
    choose(in, kWholeTag<T> ? tag : static_cast<uint8_t>(tag), value);
  } else if constexpr (std::is_same_v<T, bool>) {
    value = static_cast<uint32_t>(cells.next()) != 0;
  } else if constexpr (Scalar<T>) {
    value = static_cast<T>(cells.next());
  } else if constexpr (List<T>) {
    const uint32_t pointer = pointer_cell(in, cells.next());
    const uint32_t count = static_cast<uint32_t>(cells.next());
    if (!in.failed()) load_list(in, pointer, count, value);
  } else if constexpr (Variant<T>) {
    lift_variant(in, cells, value);
  } else {
    each_field(value, [&](std::string_view name, auto& field) {
      in.enter(name);
      lift(in, cells, field);
      in.leave();
    });
  }
}

}  // namespace detail

template <class T>
Result<T> load(const GuestMemory& memory, uint32_t at, MemoryBudget& budget) {
  detail::Lifting in(memory, budget);
  T value = detail::blank<T>();
  detail::load(in, in.window(at, kSize<T> > 0, kSize<T>, kAlign<T>), at, value);
  if (in.failed()) return in.error();
  return value;
}

// As many cells as kFlat<T> has, an i32 in the lower half of its cell.
template <class T>
Result<T> lift(std::span<const uint64_t> cells, const GuestMemory& memory, MemoryBudget& budget) {
  if (cells.size() != kFlat<T>.count()) return Error{ErrorCode::kBadLength, "core values"};
  detail::Lifting in(memory, budget);
  T value = detail::blank<T>();
  detail::Cells flat(cells);
  detail::lift(in, flat, value);
  if (in.failed()) return in.error();
  return value;
}

}  // namespace mica::abi
