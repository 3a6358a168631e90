// What every store must do; run on MemoryStore here, on IdbStore in tests/storage-idb.
// A Fixture has hot(), cold(), load(segment) -> Status and reopen() (what was committed is
// still there; cold records may need loading again).
#pragma once

#include <gtest/gtest.h>

#include "core/storage/memory_store.h"
#include "tests/core/storage/random_batch.h"

namespace mica::storage {

inline Bytes text_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }
inline ColdKey blob_key(uint8_t id) { return cold_key(ColdKind::kBlob, Bytes(32, id)); }

inline std::map<Bytes, Bytes> all_hot(const HotStore& store) {
  std::map<Bytes, Bytes> all;
  store.scan({}, [&](ByteSpan key, const Bytes& value) {
    all[to_bytes(key)] = value;
    return true;
  });
  return all;
}

template <class Fixture>
class StoreSuite : public testing::Test {
 protected:
  // Reads a cold record as a host would: request, load, read.
  std::optional<Bytes> read_cold(ByteSpan key) {
    if (fixture_.cold().presence(key) == Presence::kOnDisk) {
      EXPECT_EQ(fixture_.cold().loaded(key), nullptr);
      EXPECT_TRUE(fixture_.load(fixture_.cold().request(key)).ok());
    }
    const Bytes* bytes = fixture_.cold().loaded(key);
    if (!bytes) return std::nullopt;
    EXPECT_EQ(fixture_.cold().presence(key), Presence::kLoaded);
    EXPECT_EQ(fixture_.cold().request(key), "");
    return *bytes;
  }
  Fixture fixture_;
};
TYPED_TEST_SUITE_P(StoreSuite);

TYPED_TEST_P(StoreSuite, PutGetDelete) {
  auto& f = this->fixture_;
  Batch batch;
  batch.put({1}, {10});
  batch.put({1}, {11});
  batch.put({}, {7});
  batch.put({2}, {});
  batch.remove({3});
  EXPECT_EQ(f.hot().apply(batch).value(), 1u);
  EXPECT_EQ(*f.hot().get(Bytes{1}), Bytes{11});
  EXPECT_EQ(*f.hot().get({}), Bytes{7});
  EXPECT_EQ(*f.hot().get(Bytes{2}), Bytes{});
  EXPECT_EQ(f.hot().get(Bytes{3}), nullptr);
  Batch next;
  next.remove({1});
  EXPECT_EQ(f.hot().apply(next).value(), 2u);
  EXPECT_EQ(f.hot().get(Bytes{1}), nullptr);
  f.reopen();
  EXPECT_EQ(f.hot().get(Bytes{1}), nullptr);
  EXPECT_EQ(*f.hot().get(Bytes{2}), Bytes{});
  EXPECT_EQ(f.hot().apply(Batch{}).value(), 3u);
}

TYPED_TEST_P(StoreSuite, OpsApplyInOrder) {
  auto& f = this->fixture_;
  Batch batch;
  batch.put(text_bytes("ab1"), {1});
  batch.put(text_bytes("ac"), {2});
  batch.remove_prefix(text_bytes("ab"));
  batch.put(text_bytes("ab2"), {3});
  batch.remove_prefix(text_bytes("b"));
  ASSERT_TRUE(f.hot().apply(batch).ok());
  const std::map<Bytes, Bytes> expected{{text_bytes("ab2"), {3}}, {text_bytes("ac"), {2}}};
  EXPECT_EQ(all_hot(f.hot()), expected);
  Batch all;
  all.remove_prefix({});
  ASSERT_TRUE(f.hot().apply(all).ok());
  EXPECT_TRUE(all_hot(f.hot()).empty());
  f.reopen();
  EXPECT_TRUE(all_hot(f.hot()).empty());
}

TYPED_TEST_P(StoreSuite, ScanIsOrderedBoundedAndStops) {
  auto& f = this->fixture_;
  Batch batch;
  for (const char* key : {"b", "b\xff", "b\xff\xff", "c", "a", "ba", "bb"}) {
    batch.put(text_bytes(key), text_bytes(key));
  }
  ASSERT_TRUE(f.hot().apply(batch).ok());
  const auto keys = [&](std::string_view prefix, std::string_view from, size_t most) {
    std::string out;
    f.hot().scan_from(as_bytes(prefix), as_bytes(from), [&](ByteSpan key, const Bytes& value) {
      EXPECT_EQ(to_bytes(key), value);
      out += std::string(as_text(key)) + " ";
      return --most > 0;
    });
    return out;
  };
  EXPECT_EQ(keys("b", "b", 99), "b ba bb b\xff b\xff\xff ");
  EXPECT_EQ(keys("b", "", 2), "b ba ");
  EXPECT_EQ(keys("b", "baa", 99), "bb b\xff b\xff\xff ");
  EXPECT_EQ(keys("b\xff", "", 99), "b\xff b\xff\xff ");
  EXPECT_EQ(keys("b", "c", 99), "");
  EXPECT_EQ(keys("", "bb", 99), "bb b\xff b\xff\xff c ");
  EXPECT_EQ(keys("x", "", 99), "");
}

TYPED_TEST_P(StoreSuite, ColdRecordsAreContentAddressed) {
  auto& f = this->fixture_;
  EXPECT_EQ(f.cold().presence(blob_key(1)), Presence::kAbsent);
  EXPECT_EQ(f.cold().loaded(blob_key(1)), nullptr);
  EXPECT_EQ(f.cold().request(blob_key(1)), "");
  Batch batch;
  batch.put_cold(blob_key(1), text_bytes("one"));
  batch.put_cold(blob_key(2), Bytes(100'000, 2));
  batch.put_cold(blob_key(3), {});
  batch.put_cold(blob_key(1), text_bytes("again"));
  ASSERT_TRUE(f.hot().apply(batch).ok());
  EXPECT_EQ(f.cold().presence(blob_key(1)), Presence::kLoaded);
  EXPECT_EQ(this->read_cold(blob_key(1)), text_bytes("one"));
  EXPECT_EQ(this->read_cold(cold_key(ColdKind::kCertificate, Bytes(32, 1))), std::nullopt);
  EXPECT_TRUE(all_hot(f.hot()).empty());
  f.reopen();
  EXPECT_EQ(this->read_cold(blob_key(1)), text_bytes("one"));
  EXPECT_EQ(this->read_cold(blob_key(2)), Bytes(100'000, 2));
  EXPECT_EQ(this->read_cold(blob_key(3)), Bytes{});
}

TYPED_TEST_P(StoreSuite, AgreesWithAModelOverRandomBatches) {
  auto& f = this->fixture_;
  MemoryStore model;
  std::mt19937 random(7);
  std::map<Bytes, Bytes> cold;
  for (int step = 0; step < 600; ++step) {
    const Batch batch = random_batch(random);
    for (const ColdPut& put : batch.cold) cold[put.key] = put.bytes;
    ASSERT_EQ(f.hot().apply(batch).value(), model.apply(batch).value());
    if (step % 7 == 0) f.cold().trim();
    if (step % 50 == 49) f.reopen();
    if (step % 5 == 0) {
      ASSERT_EQ(all_hot(f.hot()), all_hot(model)) << step;
    }
    if (!cold.empty()) {
      auto at = cold.begin();
      std::advance(at, random() % cold.size());
      ASSERT_EQ(this->read_cold(at->first), at->second) << step;
    }
  }
  for (const auto& [key, bytes] : cold) ASSERT_EQ(this->read_cold(key), bytes);
}

REGISTER_TYPED_TEST_SUITE_P(StoreSuite, PutGetDelete, OpsApplyInOrder, ScanIsOrderedBoundedAndStops,
                            ColdRecordsAreContentAddressed, AgreesWithAModelOverRandomBatches);

}  // namespace mica::storage
