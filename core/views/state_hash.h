// SHA3-256 of windows, as upstream's HashableView. linera-views/src/views/*.rs
#pragma once

#include "core/crypto/hash.h"
#include "core/views/room.h"
#include "core/views/views.h"

namespace mica::views {

namespace detail {
inline void update_count(Sha3_256& hasher, uint32_t count) { hasher.update(encode(count)); }

// What `scan` shows, without length prefixes; the count follows.
template <class Scan>
Hash256 hash_entries(Scan scan) {
  Sha3_256 hasher;
  uint32_t count = 0;
  scan([&](ByteSpan key, const auto&... value) {
    hasher.update(key);
    (hasher.update(value), ...);
    ++count;
    return true;
  });
  update_count(hasher, count);
  return hasher.finish();
}
}  // namespace detail

template <class T>
Hash256 state_hash(const Register<T>& view) {
  return sha3_256(view.bytes());
}

template <class K, class V>
Hash256 state_hash(const Map<K, V>& view) {
  return detail::hash_entries([&](auto each) { view.scan_bytes(each); });
}

template <class K>
Hash256 state_hash(const Set<K>& view) {
  return detail::hash_entries([&](auto each) { view.scan_bytes(each); });
}

// The count comes first.
template <class K, class W>
Hash256 state_hash(const Collection<K, W>& view) {
  Sha3_256 hasher;
  std::vector<K> keys = view.keys();
  detail::update_count(hasher, static_cast<uint32_t>(keys.size()));
  for (const K& key : keys) {
    hasher.update(encode(key));
    hasher.update(state_hash(view.view(key)));
  }
  return hasher.finish();
}

// A struct of views: the hashes of its fields, in order.
template <class... Views>
Hash256 state_hash_of_fields(const Views&... views) {
  Sha3_256 hasher;
  (hasher.update(state_hash(views)), ...);
  return hasher.finish();
}

}  // namespace mica::views
