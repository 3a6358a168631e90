#include "storage-idb/idb_store.h"

#include <chrono>
#include <cstdio>

#include "core/storage/record.h"
#include "tests/core/storage/store_suite.h"
#include "tests/storage-idb/folder.h"

namespace mica::storage_idb {
namespace {

struct InFolder {
  InFolder() { reopen(); }
  HotStore& hot() { return *store; }
  ColdStore& cold() { return *store; }
  Status load(const std::string& name) { return store->segment_loaded(name); }
  void reopen() {
    store.reset();
    store = IdbStore::open(folder.path(), kGenesis, options).value();
  }
  TestFolder folder;
  IdbStoreOptions options;
  std::unique_ptr<IdbStore> store;
};
struct InFolderSmall : InFolder {
  InFolderSmall() {
    options = small_options();
    reopen();
  }
};

}  // namespace

using Stores = testing::Types<InFolder, InFolderSmall>;
INSTANTIATE_TYPED_TEST_SUITE_P(Idb, StoreSuite, Stores);

namespace {

TEST(IdbStore, LogStaysShortWhileItIsRewritten) {
  InFolderSmall f;
  std::mt19937 random(1);
  uint64_t own = 0;
  for (int step = 0; step < 2000; ++step) {
    const Batch batch = random_batch(random, 12, 1);
    own += encode_batch(batch).size();
    ASSERT_TRUE(f.store->apply(batch).ok());
    f.store->take_changes();
  }
  const auto counters = f.store->counters();
  EXPECT_LT(counters.log_bytes, std::max<uint64_t>(2000, 3 * counters.live_bytes) * 2);
  EXPECT_LT(counters.bytes_written, 3 * own);
  EXPECT_GT(counters.bytes_carried, 0u);
  size_t logs = 0;
  for (const std::string& name : StoreFolder(f.folder.path()).list().value()) {
    logs += name.starts_with("log-");
  }
  EXPECT_LT(logs, 300u);  // of 2000
}

// One huge old commit must not make any later commit huge.
TEST(IdbStore, NoCommitPaysForAnOldOne) {
  InFolder f;
  Batch huge;
  for (int i = 0; i < 4000; ++i) huge.put(text_bytes("k" + std::to_string(i)), Bytes(1000, 1));
  ASSERT_TRUE(f.store->apply(huge).ok());
  uint64_t most = 0;
  uint64_t before = f.store->counters().bytes_written;
  for (int step = 0; step < 6000; ++step) {
    Batch batch;
    batch.put(text_bytes("hot" + std::to_string(step % 7)), Bytes(3000, 2));
    ASSERT_TRUE(f.store->apply(batch).ok());
    f.store->take_changes();
    const uint64_t now = f.store->counters().bytes_written;
    most = std::max(most, now - before);
    before = now;
  }
  EXPECT_LT(most, 3 * 3000u);
  EXPECT_LT(f.store->counters().log_bytes, 4 * f.store->counters().live_bytes);
}

TEST(IdbStore, ChangesAreInOrderAndForgottenWhenUndone) {
  InFolderSmall f;
  Batch batch;
  batch.put_cold(blob_key(1), Bytes(800, 1));
  ASSERT_TRUE(f.store->apply(batch).ok());
  const std::vector<FileChange> expected{{"seg-0000000000000001-0000", false},
                                         {"idx-0000000000000001", false},
                                         {"log-0000000000000001", false}};
  EXPECT_EQ(f.store->take_changes(), expected);
  EXPECT_TRUE(f.store->take_changes().empty());
  Batch hot;
  hot.put({1}, {1});
  ASSERT_TRUE(f.store->apply(hot).ok());
  ASSERT_TRUE(f.store->apply(hot).ok());  // nothing lives in log 1 or 2 any more
  const std::vector<FileChange> next{{"log-0000000000000003", false},
                                     {"log-0000000000000001", true}};
  EXPECT_EQ(f.store->take_changes(), next);
}

TEST(IdbStore, TrimKeepsTheBudgetAndTheRecentlyUsed) {
  InFolderSmall f;
  for (uint8_t i = 1; i <= 6; ++i) {
    Batch batch;
    batch.put_cold(blob_key(i), Bytes(700, i));
    ASSERT_TRUE(f.store->apply(batch).ok());
  }
  ASSERT_NE(f.store->loaded(blob_key(1)), nullptr);
  f.store->trim();
  EXPECT_LE(f.store->counters().loaded_bytes, 1500u);
  EXPECT_EQ(f.store->presence(blob_key(1)), Presence::kLoaded);
  EXPECT_EQ(f.store->presence(blob_key(2)), Presence::kOnDisk);
  ASSERT_TRUE(f.store->segment_loaded(f.store->request(blob_key(2))).ok());
  EXPECT_EQ(*f.store->loaded(blob_key(2)), Bytes(700, 2));
}

TEST(IdbStore, AnotherNetworkIsRefused) {
  InFolder f;
  ASSERT_TRUE(f.store->apply(Batch{}).ok());
  const auto other = IdbStore::open(f.folder.path(), Bytes(32, 1));
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().code, ErrorCode::kRefused);
  EXPECT_NE(other.error().where.find("belongs to another network"), std::string::npos);
  EXPECT_FALSE(IdbStore::open(f.folder.path(), Bytes(4, 1)).ok());
}

TEST(IdbStore, AFolderThatCannotBeWrittenStopsTheStore) {
  InFolder f;
  ASSERT_TRUE(f.store->apply(Batch{}).ok());
  f.folder.clear();
  ASSERT_EQ(rmdir(f.folder.path().c_str()), 0);
  EXPECT_FALSE(f.store->apply(Batch{}).ok());
  EXPECT_FALSE(f.store->apply(Batch{}).ok());
}

TEST(FileNames, RoundTripAndRefuse) {
  for (const FileName& name : {FileName{FileKind::kLog, 1}, FileName{FileKind::kIndex, ~0ull},
                               FileName{FileKind::kSegment, 77, 0xffff}}) {
    const auto parsed = parse_file_name(file_name(name));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(file_name(*parsed), file_name(name));
  }
  for (const char* text : {"", "log-", "log-000000000000000G", "bad-0000000000000001",
                           "seg-0000000000000001", "log-0000000000000001-0000"}) {
    EXPECT_FALSE(parse_file_name(text)) << text;
  }
}

// Prints figures for docs/formats/store.md: bytes and time per commit, small store and large.
// 25 keys of about 120 bytes, most of them overwritten each time, and 3 KB cold.
TEST(IdbStoreBench, DISABLED_BytesPerCommit) {
  for (const int chains : {1, 1000}) {
    InFolder f;
    std::mt19937 random(5);
    uint64_t block = 0;
    const auto commit = [&] {
      Batch batch;
      const uint32_t chain = static_cast<uint32_t>(random()) % static_cast<uint32_t>(chains);
      const auto key = [&](uint32_t k) {
        Bytes out(33, static_cast<uint8_t>(chain));
        put_u32(out, chain);
        put_u32(out, k);
        return out;
      };
      for (uint32_t k = 0; k < 22; ++k) batch.put(key(k), Bytes(80, static_cast<uint8_t>(block)));
      for (uint32_t k = 0; k < 3; ++k) {
        batch.put(key(1000 + static_cast<uint32_t>(block) * 3 + k), Bytes(80, 1));
      }
      Bytes id(32);
      std::memcpy(id.data(), &block, sizeof block);
      batch.put_cold(cold_key(ColdKind::kCertificate, id), Bytes(2000, 3));
      id[31] = 1;
      batch.put_cold(cold_key(ColdKind::kBlob, id), Bytes(1000, 4));
      ++block;
      MICA_CHECK(f.store->apply(batch).ok());
      f.store->take_changes();
      f.store->trim();
    };
    for (int i = 0; i < (chains == 1 ? 10 : 10'000); ++i) commit();
    const auto before = f.store->counters();
    std::vector<double> times;
    for (int i = 0; i < 1000; ++i) {
      const auto start = std::chrono::steady_clock::now();
      commit();
      times.push_back(
          std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
              .count());
    }
    std::sort(times.begin(), times.end());
    const auto after = f.store->counters();
    std::printf(
        "%d chains: %.0f bytes/commit, median %.0f us, p95 %.0f us, files/commit %.2f, "
        "log %.1f KB, live %.1f KB, loaded %.1f KB\n",
        chains, double(after.bytes_written - before.bytes_written) / 1000, times[500], times[950],
        double(after.files_written - before.files_written) / 1000, after.log_bytes / 1e3,
        after.live_bytes / 1e3, after.loaded_bytes / 1e3);
    const auto start = std::chrono::steady_clock::now();
    f.reopen();
    std::printf("  open %.1f ms\n",
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                    .count());
  }
}

}  // namespace
}  // namespace mica::storage_idb
