// The process or the machine dies at any moment: what opens afterwards is the state after
// some commit, and never an older one than the host has acknowledged. And damage is told.
#include <gtest/gtest.h>

#include "storage-idb/idb_store.h"
#include "tests/core/storage/store_suite.h"
#include "tests/storage-idb/folder.h"

namespace mica::storage_idb {
namespace {

using State = std::map<Bytes, Bytes>;

// Runs `commits` random batches; after each the model's state is kept.
struct History {
  explicit History(uint32_t seed, IdbStoreOptions store_options = small_options())
      : random(seed), options(store_options) {
    store = IdbStore::open(folder.path(), kGenesis, options).value();
    states.push_back({});
    cold.push_back({});
  }
  void commit() {
    const Batch batch = random_batch(random);
    MICA_CHECK(store->apply(batch).value() == model.apply(batch).value());
    states.push_back(all_hot(model));
    cold.push_back(cold.back());
    for (const ColdPut& put : batch.cold) cold.back()[put.key] = put.bytes;
  }
  std::mt19937 random;
  IdbStoreOptions options;
  TestFolder folder;
  std::unique_ptr<IdbStore> store;
  MemoryStore model;
  std::vector<State> states;  // by commit
  std::vector<State> cold;
};

// Opens what is on the disk and checks it against the history; returns the commit found.
CommitId open_and_check(const History& history, const Disk& disk, CommitId acknowledged) {
  static TestFolder folder;
  write_disk(folder, disk);
  auto opened = IdbStore::open(folder.path(), kGenesis, history.options);
  EXPECT_TRUE(opened.ok()) << opened.error().message();
  if (!opened.ok()) return 0;
  auto& store = *opened.value();
  const CommitId found = store.last_commit();
  EXPECT_GE(found, acknowledged);
  EXPECT_LT(found, history.states.size());
  EXPECT_EQ(all_hot(store), history.states[found]);
  for (const auto& [key, bytes] : history.cold[found]) {
    if (store.presence(key) == Presence::kOnDisk) {
      EXPECT_TRUE(store.segment_loaded(store.request(key)).ok());
    }
    const Bytes* read = store.loaded(key);
    EXPECT_TRUE(read && *read == bytes);
  }
  // And it goes on from there: the next commit survives as well.
  Batch next;
  next.put({0xee}, {1});
  EXPECT_EQ(store.apply(next).value(), found + 1);
  const auto again = IdbStore::open(folder.path(), kGenesis, history.options);
  EXPECT_TRUE(again.ok());
  EXPECT_TRUE(again.ok() && (*again)->last_commit() == found + 1 && (*again)->get(Bytes{0xee}));
  return found;
}

// Cuts after every single file operation of the host, with flushes of one and more commits.
TEST(Crash, EveryPrefixOfTheWriteSequenceOpens) {
  for (uint32_t seed = 1; seed <= 2; ++seed) {
    History history(seed);
    Disk disk;
    CommitId acknowledged = 0;
    size_t older_than_newest = 0;
    for (int flush = 0; flush < 40; ++flush) {
      for (uint32_t n = 1 + history.random() % 3; n > 0; --n) history.commit();
      for (const FileChange& change : history.store->take_changes()) {
        if (change.removed) {
          disk.erase(change.name);
        } else {
          const Bytes bytes = StoreFolder(history.folder.path()).read(change.name).value();
          disk[change.name + ".tmp"] = Bytes(bytes.begin(), bytes.begin() + bytes.size() / 2);
          open_and_check(history, disk, acknowledged);
          disk.erase(change.name + ".tmp");
          disk[change.name] = bytes;
        }
        const CommitId found = open_and_check(history, disk, acknowledged);
        older_than_newest += found < history.store->last_commit();
        if (HasFailure()) FAIL() << "seed " << seed << " flush " << flush << " " << change.name;
      }
      acknowledged = history.store->last_commit();
      EXPECT_EQ(disk, read_disk(StoreFolder(history.folder.path())));
    }
    EXPECT_GT(older_than_newest, 15u);
  }
}

// A store that writes straight into its folder is cut inside apply() itself: every order of
// "files appear, then old ones go" is a prefix of the folder's own operations.
TEST(Crash, LeftoversAreRemovedOnOpening) {
  History history(9);
  for (int i = 0; i < 400; ++i) history.commit();
  Disk disk = read_disk(StoreFolder(history.folder.path()));
  const Bytes any = disk.begin()->second;
  disk["seg-0000000000000191-0000"] = any;  // of a commit that never happened
  disk["idx-0000000000000191"] = any;
  ASSERT_FALSE(disk.contains("log-0000000000000001"));
  disk["log-0000000000000001"] = any;  // long removed
  disk["log-000000000000ffff.tmp"] = any;
  disk["note.txt"] = any;
  TestFolder folder;
  write_disk(folder, disk);
  auto store = IdbStore::open(folder.path(), kGenesis, history.options);
  ASSERT_TRUE(store.ok()) << store.error().message();
  EXPECT_EQ(all_hot(**store), history.states.back());
  size_t removed = 0;
  for (const FileChange& change : (*store)->take_changes()) removed += change.removed;
  EXPECT_EQ(removed, 3u);
  const Disk after = read_disk(StoreFolder(folder.path()));
  EXPECT_TRUE(after.contains("note.txt"));
  EXPECT_FALSE(after.contains("idx-0000000000000191"));
}

TEST(Damage, AnIndexWithoutItsLogTellsThatLogsAreMissing) {
  History history(4);
  for (int i = 0; i < 60; ++i) history.commit();
  Disk disk = read_disk(StoreFolder(history.folder.path()));
  std::erase_if(disk, [](const auto& file) { return file.first.starts_with("log-"); });
  TestFolder folder;
  write_disk(folder, disk);
  IdbStoreOptions options = history.options;
  const auto opened = IdbStore::open(folder.path(), kGenesis, options);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(read_disk(StoreFolder(folder.path())), disk);  // nothing was deleted
  options.set_aside_damage = true;
  auto store = IdbStore::open(folder.path(), kGenesis, options);
  ASSERT_TRUE(store.ok()) << store.error().message();
  size_t cold = 0;
  for (const auto& [key, bytes] : history.cold.back()) {
    cold += (*store)->presence(key) == Presence::kOnDisk;
  }
  EXPECT_GT(cold, 10u);
  EXPECT_TRUE(IdbStore::open(folder.path(), kGenesis, history.options).ok());
}

// Every file: missing, cut short, and with a byte changed at many places. The store opens
// with an Error that names the file, or (cold segments) says so when the record is loaded.
// It never shows other data.
TEST(Damage, IsNamedAndNeverServed) {
  History history(4);
  for (int i = 0; i < 60; ++i) history.commit();
  const Disk disk = read_disk(StoreFolder(history.folder.path()));
  const std::string newest = disk.rbegin()->first.starts_with("seg-")
                                 ? file_name({FileKind::kLog, history.store->last_commit()})
                                 : disk.rbegin()->first;
  TestFolder folder;
  size_t segments = 0;
  const auto check = [&](const std::string& name, const Disk& damaged) {
    write_disk(folder, damaged);
    auto opened = IdbStore::open(folder.path(), kGenesis, history.options);
    if (!name.starts_with("seg-")) {
      ASSERT_FALSE(opened.ok()) << name;
      const bool named = opened.error().where.find(name) != std::string::npos ||
                         opened.error().where.find("index files") != std::string::npos;
      EXPECT_TRUE(named) << opened.error().message();
      return;
    }
    ASSERT_TRUE(opened.ok()) << opened.error().message();
    ++segments;
    auto& store = **opened;
    const Status status = store.segment_loaded(name);
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().where.find(name), std::string::npos);
    size_t absent = 0;
    Batch again;
    for (const auto& [key, bytes] : history.cold.back()) {
      if (store.presence(key) == Presence::kAbsent) {
        ++absent;
        again.put_cold(key, bytes);
      } else if (store.presence(key) == Presence::kLoaded) {
        ASSERT_EQ(*store.loaded(key), bytes);
      }
    }
    EXPECT_GT(absent, 0u);
    // Fetched again, it stays: also after the damaged file is read once more.
    ASSERT_TRUE(store.apply(again).ok());
    auto reopened = IdbStore::open(folder.path(), kGenesis, history.options);
    ASSERT_TRUE(reopened.ok());
    (void)(*reopened)->segment_loaded(name);
    for (const ColdPut& put : again.cold) {
      const std::string file = (*reopened)->request(put.key);
      if (!file.empty()) {
        ASSERT_TRUE((*reopened)->segment_loaded(file).ok());
      }
      ASSERT_EQ(*(*reopened)->loaded(put.key), put.bytes);
    }
  };
  for (const auto& [name, bytes] : disk) {
    Disk damaged = disk;
    if (name != newest) {  // without the newest log file its commit never happened
      damaged.erase(name);
      check(name, damaged);
    }
    damaged[name] = Bytes(bytes.begin(), bytes.begin() + bytes.size() / 2);
    check(name, damaged);
    damaged[name] = {};
    check(name, damaged);
    for (size_t at = 0; at < bytes.size(); at += 1 + bytes.size() / 17) {
      damaged[name] = bytes;
      damaged[name][at] ^= 0x10;
      if (name.starts_with("seg-") && at < 14) continue;  // the header: the whole file is lost
      const bool tag = at >= 6 && at < 14;                // another network: also refused
      if (!tag) check(name, damaged);
    }
  }
  EXPECT_GT(segments, 10u);
}

TEST(Damage, SetAsideKeepsTheFilesAndStartsAgain) {
  History history(4);
  for (int i = 0; i < 60; ++i) history.commit();
  Disk disk = read_disk(StoreFolder(history.folder.path()));
  const std::string bad = file_name({FileKind::kLog, history.store->last_commit() - 1});
  disk[bad].back() ^= 1;
  TestFolder folder;
  write_disk(folder, disk);
  IdbStoreOptions options = history.options;
  options.set_aside_damage = true;
  auto store = IdbStore::open(folder.path(), kGenesis, options);
  ASSERT_TRUE(store.ok()) << store.error().message();
  ASSERT_EQ((*store)->losses().size(), 1u);
  EXPECT_NE((*store)->losses()[0].where.find(bad), std::string::npos);
  EXPECT_TRUE(all_hot(**store).empty());
  EXPECT_EQ((*store)->last_commit(), history.store->last_commit() + 1);
  EXPECT_EQ(StoreFolder(folder.path()).read("bad-" + bad).value(), disk[bad]);
  size_t still_there = 0;
  for (const auto& [key, bytes] : history.cold.back()) {
    if ((*store)->presence(key) != Presence::kOnDisk) continue;
    ++still_there;
    ASSERT_TRUE((*store)->segment_loaded((*store)->request(key)).ok());
    EXPECT_EQ(*(*store)->loaded(key), bytes);
    (*store)->trim();
  }
  EXPECT_GT(still_there, 0u);
  store.value().reset();
  auto again = IdbStore::open(folder.path(), kGenesis, history.options);
  ASSERT_TRUE(again.ok()) << again.error().message();
}

TEST(Damage, SetAsideKeepsHotStateWhenAnIndexIsBad) {
  History history(4);
  for (int i = 0; i < 60; ++i) history.commit();
  Disk disk = read_disk(StoreFolder(history.folder.path()));
  std::string bad;
  for (const auto& [name, bytes] : disk) {
    if (name.starts_with("idx-")) bad = name;
  }
  disk[bad].back() ^= 1;
  TestFolder folder;
  write_disk(folder, disk);
  IdbStoreOptions options = history.options;
  EXPECT_FALSE(IdbStore::open(folder.path(), kGenesis, options).ok());
  options.set_aside_damage = true;
  auto store = IdbStore::open(folder.path(), kGenesis, options);
  ASSERT_TRUE(store.ok()) << store.error().message();
  EXPECT_EQ(all_hot(**store), history.states.back());
  EXPECT_FALSE((*store)->losses().empty());
  EXPECT_TRUE(IdbStore::open(folder.path(), kGenesis, history.options).ok());
}

}  // namespace
}  // namespace mica::storage_idb
