#include "core/views/prefix_set.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace mica::views {
namespace {

// Counts how often two keys are compared.
struct CountingOrder {
  using is_transparent = void;
  bool operator()(ByteSpan a, ByteSpan b) const {
    ++*count;
    return ByteOrder{}(a, b);
  }
  bool begins(ByteSpan key, ByteSpan prefix) const {
    ++*count;
    return starts_with(key, prefix);
  }
  size_t* count;
};

Bytes number(uint32_t value, size_t length) {
  Bytes key(length, 0);
  for (size_t i = 0; i < 4 && i < length; ++i) key[i] = static_cast<uint8_t>(value >> (24 - 8 * i));
  return key;
}

TEST(PrefixSet, CoversWhatAListOfPrefixesDoes) {
  std::mt19937 random(3);
  auto key = [&] {
    Bytes key(random() % 5, 0);
    for (uint8_t& byte : key) byte = random() % 2 == 0 ? 0 : 0xff;
    return key;
  };
  for (int round = 0; round < 2'000; ++round) {
    PrefixSet<> set;
    std::vector<Bytes> list;
    for (int i = 0; i < 12; ++i) {
      Bytes prefix = key();
      if (prefix.empty() && random() % 4 != 0) continue;
      list.push_back(prefix);
      set.insert(std::move(prefix));
      const Bytes asked = key();
      bool covered = false;
      for (const Bytes& one : list) covered = covered || starts_with(asked, one);
      ASSERT_EQ(set.covering(asked) != nullptr, covered);
    }
    for (const Bytes& one : set) {
      for (const Bytes& other : set) ASSERT_TRUE(&one == &other || !starts_with(one, other));
    }
  }
}

TEST(PrefixSet, TheEndOfAPrefix) {
  EXPECT_EQ(end_of(Bytes{1, 2}), (Bytes{1, 3}));
  EXPECT_EQ(end_of(Bytes{1, 0xff, 0xff}), (Bytes{2}));
  EXPECT_EQ(end_of(Bytes{0xff}), std::nullopt);
  EXPECT_EQ(end_of(Bytes{}), std::nullopt);
}

// What a hostile application may do in one block: thousands of prefixes, apart or within each
// other, shortest or longest first, each followed by a read.
TEST(PrefixSet, ManyPrefixesCostAFewComparisonsEach) {
  static constexpr uint32_t kPrefixes = 10'000;
  constexpr size_t kPerPrefix = 5 * 18;  // five look-ups of log2(10,000) and some
  auto cost = [](auto prefix_of) {
    size_t count = 0, covered = 0;
    PrefixSet<CountingOrder> set(CountingOrder{&count});
    for (uint32_t i = 0; i < kPrefixes; ++i) {
      Bytes prefix = prefix_of(i);
      const Bytes below = to_bytes(prefix);
      set.insert(std::move(prefix));
      covered += set.covering(below) != nullptr;
    }
    EXPECT_EQ(covered, kPrefixes);
    return count;
  };
  const size_t apart = cost([](uint32_t i) { return number(i, 4); });
  const size_t backwards = cost([](uint32_t i) { return number(kPrefixes - i, 4); });
  // Groups of 64, each within the one before or after it.
  const size_t inwards = cost([](uint32_t i) { return number(i / 64, 4 + i % 64); });
  const size_t outwards = cost([](uint32_t i) { return number(i / 64, 4 + 63 - i % 64); });
  EXPECT_LE(apart, kPrefixes * kPerPrefix);
  EXPECT_LE(backwards, kPrefixes * kPerPrefix);
  EXPECT_LE(inwards, kPrefixes * kPerPrefix);
  EXPECT_LE(outwards, kPrefixes * kPerPrefix);
}

}  // namespace
}  // namespace mica::views
