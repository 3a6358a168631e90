// StateReader: ordered keys and values, read synchronously; the reading side of every store, and of
// what is not committed yet. Who implements it: every HotStore, Overlay (core/views/overlay.h).
#pragma once

#include <algorithm>
#include <cstring>
#include <optional>
#include <type_traits>

#include "core/base/bytes.h"
#include "core/storage/room.h"

namespace mica::storage {

// Byte order, without building a Bytes for a lookup.
struct ByteOrder {
  using is_transparent = void;
  bool operator()(ByteSpan a, ByteSpan b) const {
    const size_t common = std::min(a.size(), b.size());
    const int order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
    return order != 0 ? order < 0 : a.size() < b.size();
  }
};

inline bool starts_with(ByteSpan bytes, ByteSpan prefix) {
  return bytes.size() >= prefix.size() &&
         (prefix.empty() || std::memcmp(bytes.data(), prefix.data(), prefix.size()) == 0);
}

// Called once per key; false ends the scan. A view of a callable that outlives the call.
class ScanVisitor {
 public:
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, ScanVisitor>)
      ScanVisitor(F&& visit)  // NOLINT: made from any callable (key, value) -> bool
      : object_(const_cast<void*>(static_cast<const void*>(&visit))),
        call_([](void* object, ByteSpan key, const Bytes& value) -> bool {
          return (*static_cast<std::remove_reference_t<F>*>(object))(key, value);
        }) {}
  bool operator()(ByteSpan key, const Bytes& value) const { return call_(object_, key, value); }

 private:
  void* object_;
  bool (*call_)(void*, ByteSpan, const Bytes&);
};

class StateReader {
 public:
  virtual ~StateReader() = default;

  // Null if absent. The pointer holds until the next change here or below.
  virtual const Bytes* get(ByteSpan key) const = 0;
  bool contains(ByteSpan key) const { return get(key) != nullptr; }

  // Keys that start with `prefix` and are not below `from`, whole and in byte order, until false.
  // Nothing may change during the scan.
  virtual void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const = 0;
  void scan(ByteSpan prefix, ScanVisitor visit) const { scan_from(prefix, prefix, visit); }
};

}  // namespace mica::storage
