#include "core/views/views.h"

#include <gtest/gtest.h>

#include "core/storage/memory_store.h"
#include "core/views/state_hash.h"

namespace mica::views {
namespace {

class Views : public testing::Test {
 protected:
  MemoryStore store_;
  Overlay overlay_{store_};
};

TEST_F(Views, RegisterIsDefaultUntilWritten) {
  Register<uint64_t> number(overlay_, {1});
  EXPECT_EQ(number.get(), 0u);
  EXPECT_FALSE(number.written());
  number.set(7);
  EXPECT_EQ(Register<uint64_t>(overlay_, {1}).get(), 7u);
  number.clear();
  EXPECT_EQ(number.get(), 0u);
}

template <class View>
concept Written = requires(View& view) {
  view.set(1);
}
|| requires(View& view) { view.put(1, 1); }
|| requires(View& view) { view.insert(1); };

// Over a store itself windows are const: writing does not compile, and through a copy it aborts.
TEST_F(Views, AReaderIsEnoughForReading) {
  Batch batch;
  batch.put({1}, encode(uint64_t{7}));
  ASSERT_TRUE(store_.apply(batch).ok());
  const StateReader& reader = store_;
  const Register<uint64_t> number(reader, {1});
  EXPECT_EQ(number.get(), 7u);
  static_assert(Written<Register<int>> && !Written<const Register<int>>);
  static_assert(Written<Map<int, int>> && !Written<const Map<int, int>>);
  static_assert(Written<Set<int>> && !Written<const Set<int>>);
  Register<uint64_t> copy = number;
  EXPECT_DEATH_IF_SUPPORTED(copy.set(8), "");
}

TEST_F(Views, MapIteratesInByteOrderOfItsKeys) {
  Map<uint32_t, std::string> map(overlay_, {2});
  map.put(256, "low byte 0");
  map.put(1, "low byte 1");
  EXPECT_EQ(map.keys(), (std::vector<uint32_t>{256, 1}));
  EXPECT_EQ(map.get(1), "low byte 1");
  EXPECT_EQ(map.get(2), std::nullopt);
  EXPECT_EQ(map.get_or_default(2), "");
  map.erase(1);
  EXPECT_FALSE(map.contains(1));
  EXPECT_FALSE(map.empty());
  map.clear();
  EXPECT_TRUE(map.empty());
}

TEST_F(Views, WindowsDoNotSeeTheirNeighbours) {
  Map<uint8_t, uint8_t> a(overlay_, {3}), c(overlay_, {4});
  a.put(1, 1);
  c.put(2, 2);
  EXPECT_EQ(a.keys(), (std::vector<uint8_t>{1}));
  a.clear();
  EXPECT_EQ(c.keys(), (std::vector<uint8_t>{2}));
}

TEST_F(Views, SetHoldsEachOnce) {
  Set<uint8_t> set(overlay_, {5});
  set.insert(9);
  set.insert(3);
  set.insert(9);
  EXPECT_EQ(set.items(), (std::vector<uint8_t>{3, 9}));
  set.erase(9);
  EXPECT_FALSE(set.contains(9));
}

TEST_F(Views, LogKeepsTheOrderOfPushes) {
  Log<uint32_t> log(overlay_, {6});
  for (uint32_t i = 0; i < 300; ++i) log.push(i * i);
  EXPECT_EQ(log.size(), 300u);
  EXPECT_EQ(log.get(299), 299u * 299u);
  EXPECT_EQ(log.get(300), std::nullopt);
  EXPECT_EQ(log.read(298, 1000), (std::vector<uint32_t>{298 * 298, 299 * 299}));
}

TEST_F(Views, QueueIsFirstInFirstOut) {
  Queue<uint32_t> queue(overlay_, {7});
  EXPECT_EQ(queue.front(), std::nullopt);
  EXPECT_EQ(queue.back(), std::nullopt);
  for (uint32_t i = 0; i < 300; ++i) queue.push_back(i);
  for (uint32_t i = 0; i < 298; ++i) {
    EXPECT_EQ(queue.front(), i);
    queue.pop_front();
  }
  EXPECT_EQ(queue.back(), 299u);
  EXPECT_EQ(queue.items(), (std::vector<uint32_t>{298, 299}));
  EXPECT_EQ(queue.size(), 2u);
}

TEST_F(Views, CollectionRemembersOpenedKeys) {
  Collection<uint8_t, Map<uint8_t, uint8_t>> chains(overlay_, {8});
  EXPECT_TRUE(chains.view(1).empty());
  EXPECT_FALSE(chains.contains(1));
  chains.open(1).put(5, 6);
  chains.open(2);
  EXPECT_EQ(chains.keys(), (std::vector<uint8_t>{1, 2}));
  EXPECT_EQ(chains.view(1).get(5), 6);
  chains.erase(1);
  EXPECT_EQ(chains.keys(), (std::vector<uint8_t>{2}));
  EXPECT_TRUE(chains.view(1).empty());
}

TEST_F(Views, BigEndianNumbersIterateByNumber) {
  Map<ByteArray<8>, uint8_t> map(overlay_, {9});
  map.put(big_endian(256), 2);
  map.put(big_endian(1), 1);
  EXPECT_EQ(from_big_endian(map.keys()[0]), 1u);
  EXPECT_EQ(from_big_endian(map.keys()[1]), 256u);
}

Hash256 sha3(std::initializer_list<uint8_t> bytes) { return sha3_256(Bytes(bytes)); }

// The rules of linera-views/src/views, written out by hand.
TEST_F(Views, StateHashOfARegister) {
  Register<uint32_t> number(overlay_, {1});
  EXPECT_EQ(state_hash(number), sha3({0, 0, 0, 0}));
  number.set(0x01020304);
  EXPECT_EQ(state_hash(number), sha3({4, 3, 2, 1}));
}

TEST_F(Views, StateHashOfAMapCountsLast) {
  Map<uint8_t, uint8_t> map(overlay_, {2});
  EXPECT_EQ(state_hash(map), sha3({0, 0, 0, 0}));
  map.put(9, 90);
  map.put(3, 30);
  EXPECT_EQ(state_hash(map), sha3({3, 30, 9, 90, 2, 0, 0, 0}));
}

TEST_F(Views, StateHashOfASetCountsLast) {
  Set<uint8_t> set(overlay_, {3});
  set.insert(8);
  set.insert(7);
  EXPECT_EQ(state_hash(set), sha3({7, 8, 2, 0, 0, 0}));
}

TEST_F(Views, StateHashOfACollectionCountsFirst) {
  Collection<uint8_t, Map<uint8_t, uint8_t>> views(overlay_, {4});
  EXPECT_EQ(state_hash(views), sha3({0, 0, 0, 0}));
  views.open(5);
  Bytes expected{1, 0, 0, 0, 5};
  append(expected, sha3({0, 0, 0, 0}));
  EXPECT_EQ(state_hash(views), sha3_256(expected));
}

TEST_F(Views, StateHashOfAStructJoinsItsFields) {
  Register<uint8_t> one(overlay_, {5});
  Set<uint8_t> two(overlay_, {6});
  Bytes joined = to_bytes(state_hash(one));
  append(joined, state_hash(two));
  EXPECT_EQ(state_hash_of_fields(one, two), sha3_256(joined));
}

}  // namespace
}  // namespace mica::views
