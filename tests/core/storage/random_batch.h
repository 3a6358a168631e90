// Random batches for the store tests: the seed decides, the same in every build.
#pragma once

#include <random>

#include "core/storage/batch.h"

namespace mica::storage {

// A random batch over few keys, so that puts, deletes and prefixes meet each other.
inline Batch random_batch(std::mt19937& random, int max_ops = 12, int max_cold = 3) {
  const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  const auto bytes = [&](uint32_t max) {
    Bytes out(below(max + 1));
    for (uint8_t& b : out) b = static_cast<uint8_t>(random());
    return out;
  };
  const auto key = [&] {
    Bytes out{static_cast<uint8_t>('a' + below(5))};
    if (below(8)) out.push_back(static_cast<uint8_t>('0' + below(9)));
    if (below(3)) out.push_back(static_cast<uint8_t>(below(256)));
    return out;
  };
  Batch batch;
  for (uint32_t left = below(static_cast<uint32_t>(max_ops) + 1); left > 0; --left) {
    const uint32_t kind = below(10);
    if (kind == 0) {
      batch.remove_prefix(key());
    } else if (kind < 3) {
      batch.remove(key());
    } else {
      batch.put(key(), bytes(60));
    }
  }
  for (uint32_t left = below(static_cast<uint32_t>(max_cold) + 1); left > 0; --left) {
    const uint32_t id = below(1 << 16);  // the content is a function of the key
    Bytes name(32, static_cast<uint8_t>(id));
    name[1] = static_cast<uint8_t>(id >> 8);
    batch.put_cold(cold_key(ColdKind::kCertificate, name), Bytes(id % 90, name[1]));
  }
  return batch;
}

}  // namespace mica::storage
