#include "core/worker/pending_store.h"

#include <gtest/gtest.h>

#include <random>

#include "core/storage/memory_store.h"

namespace mica::worker {
namespace {

std::vector<std::pair<Bytes, Bytes>> all(const StateReader& store, const Bytes& prefix) {
  std::vector<std::pair<Bytes, Bytes>> out;
  store.scan(prefix, [&](ByteSpan key, const Bytes& value) {
    out.emplace_back(to_bytes(key), value);
    return true;
  });
  return out;
}

// Whatever is pending looks as if it were committed, and becomes so by one commit.
TEST(PendingStore, LooksLikeTheCommittedStore) {
  std::mt19937 random(7);
  MemoryStore expected, base;
  PendingStore pending(base, base);
  for (int step = 0; step < 400; ++step) {
    Batch batch;
    for (int i = 0; i < 3; ++i) {
      Bytes key{static_cast<uint8_t>(random() % 3), static_cast<uint8_t>(random() % 4)};
      switch (random() % 5) {
        case 0:
          batch.remove(key);
          break;
        case 1:
          batch.remove_prefix({key[0]});
          break;
        default:
          batch.put(key, {static_cast<uint8_t>(random())});
      }
    }
    batch.put_cold(cold_key(ColdKind::kBlob, Bytes{static_cast<uint8_t>(step)}), {1});
    ASSERT_TRUE(expected.apply(batch).ok());
    pending.add(batch);
    if (random() % 4 == 0) {
      ASSERT_TRUE(base.apply(pending.take()).ok());
    }
    for (uint8_t prefix = 0; prefix < 3; ++prefix) {
      ASSERT_EQ(all(pending.hot(), {prefix}), all(expected, {prefix})) << "step " << step;
    }
    ASSERT_EQ(all(pending.hot(), {}), all(expected, {}));
    for (uint8_t low = 0; low < 4; ++low) {
      const Bytes* a = pending.hot().get(Bytes{1, low});
      const Bytes* b = expected.get(Bytes{1, low});
      ASSERT_EQ(a != nullptr, b != nullptr);
      if (a) {
        ASSERT_EQ(*a, *b);
      }
    }
    Bytes cold = cold_key(ColdKind::kBlob, Bytes{static_cast<uint8_t>(step)});
    ASSERT_EQ(pending.cold().presence(cold), Presence::kLoaded);
    ASSERT_NE(pending.cold().loaded(cold), nullptr);
  }
}

}  // namespace
}  // namespace mica::worker
