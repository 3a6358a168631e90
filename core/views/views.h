// Typed windows over an Overlay, or over any StateReader and then for reading only. A window holds
// no state: only where to look, so any number of them may be made anew, and none must outlive what
// it looks at. Values and keys are BCS.
//
//   Map<AccountOwner, Amount> balances(overlay, key_of(prefix, 6));
//   balances.put(owner, amount);
//   const Map<AccountOwner, Amount> committed(store, key_of(prefix, 6));
//
// Iteration is in the byte order of bcs(key), the order of the state hash; numbers are
// little-endian there. A key that must iterate by number is a big_endian(number). What is stored
// was written by us: bytes that do not decode abort.
#pragma once

#include "core/bcs/bcs.h"
#include "core/views/overlay.h"
#include "core/views/room.h"

namespace mica::views {

// Where a window looks and, made from an overlay, where it writes. Windows over a mere reader are
// made const, so that writing does not compile; through a copy of one it aborts.
class ViewContext {
 public:
  ViewContext(Overlay& overlay) : reader_(&overlay), overlay_(&overlay) {}  // NOLINT
  ViewContext(const StateReader& reader) : reader_(&reader) {}              // NOLINT

  const StateReader& reader() const { return *reader_; }
  bool writable() const { return overlay_ != nullptr; }
  Overlay& overlay() const {
    MICA_CHECK(overlay_ != nullptr);
    return *overlay_;
  }

 private:
  const StateReader* reader_;
  Overlay* overlay_ = nullptr;
};

inline Bytes key_of(ByteSpan prefix, uint8_t tag) {
  Bytes key = to_bytes(prefix);
  key.push_back(tag);
  return key;
}
inline Bytes key_of(ByteSpan prefix, ByteSpan rest) {
  Bytes key = to_bytes(prefix);
  append(key, rest);
  return key;
}
inline ByteArray<8> big_endian(uint64_t number) {
  ByteArray<8> out;
  for (size_t i = 0; i < 8; ++i) out[i] = static_cast<uint8_t>(number >> (56 - 8 * i));
  return out;
}
inline uint64_t from_big_endian(const ByteArray<8>& bytes) {
  uint64_t number = 0;
  for (uint8_t byte : bytes) number = number << 8 | byte;
  return number;
}

namespace detail {
template <class T>
T decode_stored(ByteSpan bytes) {
  auto value = decode<T>(bytes);
  MICA_CHECK(value.ok());
  return std::move(value).value();
}
}  // namespace detail

// One value; T{} until it is written.
template <class T>
class Register {
 public:
  Register(ViewContext context, Bytes key) : context_(context), key_(std::move(key)) {}
  T get() const {
    const Bytes* bytes = context_.reader().get(key_);
    return bytes ? detail::decode_stored<T>(*bytes) : T{};
  }
  void set(const T& value) { context_.overlay().put(key_, encode(value)); }
  bool written() const { return context_.reader().contains(key_); }
  void clear() { context_.overlay().erase(key_); }
  Bytes bytes() const {
    const Bytes* bytes = context_.reader().get(key_);
    return bytes ? *bytes : encode(T{});
  }

 private:
  ViewContext context_;
  Bytes key_;
};

template <class K, class V>
class Map {
 public:
  Map(ViewContext context, Bytes prefix) : context_(context), prefix_(std::move(prefix)) {}
  std::optional<V> get(const K& key) const {
    const Bytes* bytes = context_.reader().get(key_of(prefix_, encode(key)));
    if (!bytes) return std::nullopt;
    return detail::decode_stored<V>(*bytes);
  }
  V get_or_default(const K& key) const { return get(key).value_or(V{}); }
  bool contains(const K& key) const {
    return context_.reader().contains(key_of(prefix_, encode(key)));
  }
  void put(const K& key, const V& value) {
    context_.overlay().put(key_of(prefix_, encode(key)), encode(value));
  }
  void erase(const K& key) { context_.overlay().erase(key_of(prefix_, encode(key))); }
  void clear() { context_.overlay().erase_prefix(prefix_); }

  // visit(bytes of the key, bytes of the value) -> bool, false ends it.
  template <class F>
  void scan_bytes(F visit) const {
    context_.reader().scan(prefix_, [&](ByteSpan key, const Bytes& value) -> bool {
      return visit(key.subspan(prefix_.size()), value);
    });
  }
  // visit(key, value) -> bool, false ends it; no changes meanwhile.
  template <class F>
  void scan(F visit) const {
    scan_bytes([&](ByteSpan key, const Bytes& value) -> bool {
      return visit(detail::decode_stored<K>(key), detail::decode_stored<V>(value));
    });
  }
  std::vector<K> keys() const {
    std::vector<K> out;
    scan_bytes([&](ByteSpan key, const Bytes&) {
      out.push_back(detail::decode_stored<K>(key));
      return true;
    });
    return out;
  }
  std::vector<std::pair<K, V>> entries() const {
    std::vector<std::pair<K, V>> out;
    scan([&](K key, V value) {
      out.emplace_back(std::move(key), std::move(value));
      return true;
    });
    return out;
  }
  bool empty() const {
    bool none = true;
    scan_bytes([&](ByteSpan, const Bytes&) { return none = false; });
    return none;
  }

 private:
  ViewContext context_;
  Bytes prefix_;
};

template <class K>
class Set {
 public:
  Set(ViewContext context, Bytes prefix) : context_(context), prefix_(std::move(prefix)) {}
  bool contains(const K& key) const {
    return context_.reader().contains(key_of(prefix_, encode(key)));
  }
  void insert(const K& key) { context_.overlay().put(key_of(prefix_, encode(key)), {}); }
  void erase(const K& key) { context_.overlay().erase(key_of(prefix_, encode(key))); }
  void clear() { context_.overlay().erase_prefix(prefix_); }
  template <class F>
  void scan_bytes(F visit) const {
    context_.reader().scan(prefix_, [&](ByteSpan key, const Bytes&) -> bool {
      return visit(key.subspan(prefix_.size()));
    });
  }
  std::vector<K> items() const {
    std::vector<K> out;
    scan_bytes([&](ByteSpan key) {
      out.push_back(detail::decode_stored<K>(key));
      return true;
    });
    return out;
  }
  bool empty() const {
    bool none = true;
    scan_bytes([&](ByteSpan) { return none = false; });
    return none;
  }

 private:
  ViewContext context_;
  Bytes prefix_;
};

// Grows at the end, never shrinks.
template <class T>
class Log {
 public:
  Log(ViewContext context, const Bytes& prefix)
      : count_(context, key_of(prefix, 0)), items_(context, key_of(prefix, 1)) {}
  uint64_t size() const { return count_.get(); }
  bool empty() const { return size() == 0; }
  void push(const T& item) {
    uint64_t count = count_.get();
    items_.put(big_endian(count), item);
    count_.set(count + 1);
  }
  std::optional<T> get(uint64_t index) const { return items_.get(big_endian(index)); }
  std::vector<T> read(uint64_t start, uint64_t end) const {
    std::vector<T> out;
    for (uint64_t i = start, stop = std::min(end, size()); i < stop; ++i) out.push_back(*get(i));
    return out;
  }

 private:
  Register<uint64_t> count_;
  Map<ByteArray<8>, T> items_;
};

// First in, first out.
template <class T>
class Queue {
 public:
  Queue(ViewContext context, const Bytes& prefix)
      : ends_(context, key_of(prefix, 0)), items_(context, key_of(prefix, 1)) {}
  uint64_t size() const {
    auto [begin, end] = ends_.get();
    return end - begin;
  }
  bool empty() const { return size() == 0; }
  std::optional<T> front() const { return items_.get(big_endian(ends_.get().first)); }
  std::optional<T> back() const {
    auto [begin, end] = ends_.get();
    if (begin == end) return std::nullopt;
    return items_.get(big_endian(end - 1));
  }
  void push_back(const T& item) {
    auto [begin, end] = ends_.get();
    items_.put(big_endian(end), item);
    ends_.set({begin, end + 1});
  }
  void pop_front() {
    auto [begin, end] = ends_.get();
    MICA_CHECK(begin < end);
    items_.erase(big_endian(begin));
    ends_.set({begin + 1, end});
  }
  void clear() {
    items_.clear();
    ends_.clear();
  }
  std::vector<T> items() const {
    std::vector<T> out;
    for (auto& [index, item] : items_.entries()) out.push_back(std::move(item));
    return out;
  }

 private:
  Register<std::pair<uint64_t, uint64_t>> ends_;  // first index, one past the last
  Map<ByteArray<8>, T> items_;
};

// A window W (made from an overlay and a prefix) for each key that was opened.
template <class K, class W>
class Collection {
 public:
  Collection(ViewContext context, const Bytes& prefix)
      : context_(context), keys_(context, key_of(prefix, 0)), inner_(key_of(prefix, 1)) {}
  // Makes the entry if there is none.
  W open(const K& key) {
    if (!keys_.contains(key)) keys_.insert(key);
    return view(key);
  }
  // For reading: a missing entry looks empty and must not be written.
  W view(const K& key) const { return W(context_, key_of(inner_, encode(key))); }
  bool contains(const K& key) const { return keys_.contains(key); }
  void erase(const K& key) {
    keys_.erase(key);
    context_.overlay().erase_prefix(key_of(inner_, encode(key)));
  }
  std::vector<K> keys() const { return keys_.items(); }

 private:
  ViewContext context_;
  Set<K> keys_;
  Bytes inner_;
};

}  // namespace mica::views
