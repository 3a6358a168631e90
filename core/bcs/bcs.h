// BCS and bincode of every declared type, both ways.
//
//   Bytes bytes = encode(account);                          // BCS: hashed, signed, stored
//   Result<Account> again = decode<Account>(bytes);
//   Bytes wire = encode(info, Wire::kBincode);              // opaque bytes inside gRPC messages
//
// Decoding accepts exactly the bytes that encoding makes: canonical lengths, strictly increasing
// map keys and set members, no trailing bytes; and it takes no more memory than budget.h allows,
// or gives kTooLong. Upstream: zefchain/bcs 0.1.6, bincode 1.3.3
// defaults.
#pragma once

#include "core/bcs/least_size.h"
#include "core/bcs/room.h"

namespace mica::bcs {

class JsonValue;  // json_value.h, for those who only name it

template <class T>
void write(Writer& out, const T& value);
template <class T>
void read(Reader& in, T& value);

template <class T>
Bytes encode(const T& value, Wire wire = Wire::kBcs) {
  Writer out(wire);
  write(out, value);
  return out.take();
}

// A part of a larger input, whose budget it draws on.
template <class T>
Result<T> decode(Source source, Wire wire = Wire::kBcs) {
  Reader in(source, wire);
  T value{};
  read(in, value);
  in.finish();
  if (in.failed()) return in.error();
  return value;
}

template <class T>
Result<T> decode(ByteSpan bytes, Wire wire = Wire::kBcs) {
  MemoryBudget budget(bytes.size());
  return decode<T>(Source{bytes, budget}, wire);
}

namespace detail {

// The number of elements of a container that comes; `overhead` is a node's, beside its value.
template <class T>
size_t read_count(Reader& in, size_t overhead = 0) {
  constexpr size_t kLeastBcs = least_wire_bytes<T>(Wire::kBcs);
  constexpr size_t kLeastBincode = least_wire_bytes<T>(Wire::kBincode);
  static_assert(kLeastBcs > 0, "a list of nothing has no bounded length");
  return in.elements(in.wire() == Wire::kBcs ? kLeastBcs : kLeastBincode, sizeof(T) + overhead);
}

template <class Map>
void write_map(Writer& out, const Map& map) {
  out.length(map.size());
  if (out.wire() == Wire::kBincode) {
    for (const auto& [key, value] : map) {
      write(out, key);
      write(out, value);
    }
    return;
  }
  std::vector<std::pair<Bytes, const typename Map::mapped_type*>> entries;
  for (const auto& [key, value] : map) entries.emplace_back(encode(key), &value);
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [key, value] : entries) {
    out.raw(key);
    write(out, *value);
  }
}

inline bool increasing(ByteSpan before, ByteSpan after) {
  return std::lexicographical_compare(before.begin(), before.end(), after.begin(), after.end());
}

template <class Map>
void read_map(Reader& in, Map& map) {
  using Entry = std::pair<typename Map::key_type, typename Map::mapped_type>;
  map.clear();
  size_t count = read_count<Entry>(in, MemoryBudget::kNodeBytes);
  ByteSpan last;
  for (size_t i = 0; i < count && !in.failed(); ++i) {
    typename Map::key_type key{};
    typename Map::mapped_type value{};
    size_t start = in.offset();
    read(in, key);
    ByteSpan bytes = in.since(start);
    read(in, value);
    if (in.failed()) return;
    bool ordered = in.wire() == Wire::kBcs ? increasing(last, bytes)
                                           : map.empty() || std::prev(map.end())->first < key;
    if (i > 0 && !ordered) return in.fail(ErrorCode::kNonCanonical);
    last = bytes;
    map.emplace(std::move(key), std::move(value));
  }
}

template <class Set>
void read_set(Reader& in, Set& set) {
  set.clear();
  size_t count = read_count<typename Set::value_type>(in, MemoryBudget::kNodeBytes);
  for (size_t i = 0; i < count && !in.failed(); ++i) {
    typename Set::value_type item{};
    read(in, item);
    if (in.failed()) return;
    if (!set.empty() && !(*std::prev(set.end()) < item)) return in.fail(ErrorCode::kNonCanonical);
    set.insert(set.end(), std::move(item));
  }
}

template <class List>
void read_list(Reader& in, List& list) {
  list.clear();
  size_t count = read_count<typename List::value_type>(in);
  list.reserve(count);
  for (size_t i = 0; i < count && !in.failed(); ++i) read(in, list.emplace_back());
}

template <class Variant, size_t I = 0>
void read_alternative(Reader& in, Variant& variant, uint32_t index) {
  if constexpr (I == std::variant_size_v<Variant>) {
    in.fail(ErrorCode::kBadTag);
  } else if (index == I) {
    read(in, variant.template emplace<I>());
  } else {
    read_alternative<Variant, I + 1>(in, variant, index);
  }
}

template <class T>
void read_choice(Reader& in, T& value) {
  uint32_t index = in.tag();
  if (index >= choice_names(T{}).size()) in.fail(ErrorCode::kBadTag);
  value = static_cast<T>(index);
}

template <class T>
void read_declared(Reader& in, T& value) {
  T::visit_fields(value, [&](std::string_view name, auto& field) {
    if (in.failed()) return;
    in.enter(name);
    if constexpr (T::kShape == Shape::kEnum) {
      read_alternative(in, field, in.tag());
    } else {
      read(in, field);
    }
    in.leave();
  });
}

inline void read_text(Reader& in, std::string& value) {
  value = as_text(in.string());
  if (!is_utf8(value)) in.fail(ErrorCode::kBadText);
}

inline void read_bool(Reader& in, bool& value) {
  uint8_t byte = in.number<uint8_t>();
  if (byte > 1) in.fail(ErrorCode::kBadTag);
  value = byte == 1;
}

template <class T>
void read_optional(Reader& in, std::optional<T>& value) {
  bool present = false;
  read_bool(in, present);
  value.reset();
  if (present && !in.failed()) read(in, value.emplace());
}

}  // namespace detail

template <class T>
void write(Writer& out, const T& value) {
  using namespace detail;
  if constexpr (std::is_same_v<T, bool>) {
    out.number<uint8_t>(value ? 1 : 0);
  } else if constexpr (kIsNumber<T>) {
    out.number(value);
  } else if constexpr (Choice<T>) {
    out.tag(static_cast<uint32_t>(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    out.length(value.size());
    out.raw(as_bytes(value));
  } else if constexpr (std::is_same_v<T, Bytes>) {
    out.length(value.size());
    out.raw(value);
  } else if constexpr (kIsArray<T>) {
    static_assert(std::is_same_v<typename T::value_type, uint8_t>);
    out.raw(value);
  } else if constexpr (kIs<T, std::optional>) {
    out.number<uint8_t>(value ? 1 : 0);
    if (value) write(out, *value);
  } else if constexpr (kIs<T, std::vector> || kIs<T, std::set>) {
    out.length(value.size());
    for (const auto& item : value) write(out, item);
  } else if constexpr (kIs<T, std::map>) {
    write_map(out, value);
  } else if constexpr (kIs<T, std::pair> || kIs<T, std::tuple>) {
    std::apply([&](const auto&... items) { (write(out, items), ...); }, value);
  } else {
    static_assert(Declared<T>, "this type has no field list");
    T::visit_fields(value, [&](std::string_view, const auto& field) {
      if constexpr (T::kShape == Shape::kEnum) {
        out.tag(static_cast<uint32_t>(field.index()));
        std::visit([&](const auto& alternative) { write(out, alternative); }, field);
      } else {
        write(out, field);
      }
    });
  }
}

template <class T>
void read(Reader& in, T& value) {
  using namespace detail;
  if constexpr (std::is_same_v<T, bool>) {
    read_bool(in, value);
  } else if constexpr (kIsNumber<T>) {
    value = in.number<T>();
  } else if constexpr (Choice<T>) {
    read_choice(in, value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    read_text(in, value);
  } else if constexpr (std::is_same_v<T, Bytes>) {
    value = to_bytes(in.string());
  } else if constexpr (kIsArray<T>) {
    ByteSpan bytes = in.take(value.size());
    std::copy(bytes.begin(), bytes.end(), value.begin());
  } else if constexpr (kIs<T, std::optional>) {
    read_optional(in, value);
  } else if constexpr (kIs<T, std::vector>) {
    read_list(in, value);
  } else if constexpr (kIs<T, std::set>) {
    read_set(in, value);
  } else if constexpr (kIs<T, std::map>) {
    read_map(in, value);
  } else if constexpr (kIs<T, std::pair> || kIs<T, std::tuple>) {
    std::apply([&](auto&... items) { (read(in, items), ...); }, value);
  } else {
    static_assert(Declared<T>, "this type has no field list");
    read_declared(in, value);
  }
}

}  // namespace mica::bcs

// The codec of a large type is compiled once: ELSEWHERE below its declaration, HERE in one source.
#define MICA_CODEC_ELSEWHERE(Type)                                                  \
  extern template void ::mica::bcs::write<Type>(::mica::bcs::Writer&, const Type&); \
  extern template void ::mica::bcs::read<Type>(::mica::bcs::Reader&, Type&);
#define MICA_CODEC_HERE(Type)                                                \
  template void ::mica::bcs::write<Type>(::mica::bcs::Writer&, const Type&); \
  template void ::mica::bcs::read<Type>(::mica::bcs::Reader&, Type&);
