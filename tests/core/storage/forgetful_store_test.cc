#include "core/storage/forgetful_store.h"

#include <gtest/gtest.h>

namespace mica::storage {
namespace {

Batch one(uint8_t key, uint8_t value) {
  Batch batch;
  batch.put({key}, {value});
  return batch;
}

TEST(ForgetfulStore, CrashLosesWhatWasNotFlushed) {
  ForgetfulStore store;
  const CommitId first = store.apply(one(1, 10)).value();
  store.flushed(first);
  ASSERT_TRUE(store.apply(one(1, 11)).ok());
  Batch cold = one(2, 20);
  cold.put_cold({1, 9}, {5});
  ASSERT_TRUE(store.apply(cold).ok());
  EXPECT_EQ(*store.get(Bytes{1}), Bytes{11});
  EXPECT_EQ(store.unflushed(), 2u);
  store.crash();
  EXPECT_EQ(*store.get(Bytes{1}), Bytes{10});
  EXPECT_EQ(store.get(Bytes{2}), nullptr);
  EXPECT_EQ(store.presence(Bytes{1, 9}), Presence::kAbsent);
  EXPECT_EQ(store.unflushed(), 0u);
  EXPECT_EQ(store.apply(one(3, 30)).value(), 2u);
}

TEST(ForgetfulStore, CrashMayKeepAPrefix) {
  ForgetfulStore store;
  for (uint8_t i = 1; i <= 4; ++i) ASSERT_TRUE(store.apply(one(i, i)).ok());
  store.flushed(1);
  store.crash(2);
  EXPECT_NE(store.get(Bytes{3}), nullptr);
  EXPECT_EQ(store.get(Bytes{4}), nullptr);
  store.crash();
  EXPECT_NE(store.get(Bytes{3}), nullptr);  // what survived a crash is on the disk
}

TEST(ForgetfulStore, DurableRecordsMustBeRequestedAfterEachTrim) {
  ForgetfulStore store;
  const Bytes key{1, 9};
  Batch batch;
  batch.put_cold(key, {5});
  const CommitId id = store.apply(batch).value();
  store.trim();
  EXPECT_EQ(*store.loaded(key), Bytes{5}) << "it is nowhere else yet";
  store.flushed(id);
  store.trim();
  EXPECT_EQ(store.presence(key), Presence::kOnDisk);
  EXPECT_EQ(store.loaded(key), nullptr);
  store.segment_loaded(store.request(key));
  EXPECT_EQ(*store.loaded(key), Bytes{5});
}

}  // namespace
}  // namespace mica::storage
