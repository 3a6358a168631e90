#include "core/chain/rounds.h"

#include <gtest/gtest.h>

namespace mica::chain {
namespace {

Round fast() { return {Round::Fast{}}; }
Round multi(uint32_t round) { return {Round::MultiLeader{round}}; }
Round single(uint32_t round) { return {Round::SingleLeader{round}}; }
Round fallback(uint32_t round) { return {Round::Validator{round}}; }

AccountOwner owner(uint8_t name) {
  CryptoHash hash;
  hash.bytes.fill(name);
  return {AccountOwner::Address32{hash}};
}

std::vector<size_t> leaders(const std::vector<uint64_t>& weights, uint64_t height,
                            uint32_t rounds) {
  auto table = LeaderTable::make(weights);
  std::vector<size_t> out;
  for (uint32_t round = 0; table && round < rounds; ++round) {
    out.push_back(table->leader(round, height));
  }
  return out;
}

// The first is upstream's own (worker_tests.rs, test_timeouts).
TEST(LeaderTable, KnownSequences) {
  EXPECT_EQ(leaders({100, 100}, 1, 10), (std::vector<size_t>{1, 0, 1, 1, 1, 1, 0, 0, 1, 1}));
  EXPECT_EQ(leaders({100, 200, 300}, 7, 16),
            (std::vector<size_t>{0, 2, 2, 0, 1, 0, 2, 1, 2, 2, 0, 2, 2, 2, 1, 1}));
  EXPECT_EQ(leaders({1, 2, 3, 4}, 12, 16),
            (std::vector<size_t>{3, 1, 3, 2, 0, 0, 2, 3, 3, 0, 3, 0, 1, 1, 2, 3}));
}

TEST(LeaderTable, RefusesWeightsWithoutADistribution) {
  EXPECT_FALSE(LeaderTable::make(std::vector<uint64_t>{}));
  EXPECT_FALSE(LeaderTable::make(std::vector<uint64_t>{0, 0}));
  EXPECT_FALSE(LeaderTable::make(std::vector<uint64_t>{UINT64_MAX, 1}));
  EXPECT_TRUE(LeaderTable::make(std::vector<uint64_t>{UINT64_MAX}));
  EXPECT_EQ(leaders({0, 5}, 3, 4), (std::vector<size_t>{1, 1, 1, 1}));
}

TEST(Rounds, FirstAndNext) {
  ChainOwnership ownership;
  EXPECT_EQ(first_round(ownership), fallback(0));
  ownership.owners[owner(1)] = 100;
  ownership.multi_leader_rounds = 2;
  EXPECT_EQ(first_round(ownership), multi(0));
  EXPECT_EQ(next_round(ownership, fast()), multi(0));
  EXPECT_EQ(next_round(ownership, multi(0)), multi(1));
  EXPECT_EQ(next_round(ownership, multi(1)), single(0));
  EXPECT_EQ(next_round(ownership, single(0)), single(1));
  EXPECT_EQ(next_round(ownership, single(UINT32_MAX)), fallback(0));
  EXPECT_EQ(next_round(ownership, fallback(UINT32_MAX)), std::nullopt);
  ownership.multi_leader_rounds = 0;
  EXPECT_EQ(first_round(ownership), single(0));
  EXPECT_EQ(next_round(ownership, fast()), single(0));
  ownership.super_owners.insert(owner(2));
  EXPECT_EQ(first_round(ownership), fast());
}

// linera-base/src/ownership.rs, test_ownership_round_timeouts
TEST(Rounds, Durations) {
  auto seconds = [](uint64_t count) { return TimeDelta{count * 1'000'000}; };
  ChainOwnership ownership;
  ownership.super_owners.insert(owner(1));
  ownership.multi_leader_rounds = 10;
  ownership.timeout_config = {seconds(5), seconds(10), seconds(1), seconds(3600)};
  EXPECT_EQ(round_duration(ownership, fast()), std::nullopt) << "no regular owner to go on";
  ownership.owners[owner(2)] = 100;
  EXPECT_EQ(round_duration(ownership, fast()), seconds(5));
  EXPECT_EQ(round_duration(ownership, multi(8)), std::nullopt);
  EXPECT_EQ(round_duration(ownership, multi(9)), seconds(10));
  EXPECT_EQ(round_duration(ownership, single(0)), seconds(10));
  EXPECT_EQ(round_duration(ownership, single(1)), seconds(11));
  EXPECT_EQ(round_duration(ownership, single(8)), seconds(18));
  EXPECT_EQ(round_duration(ownership, fallback(2)), seconds(12));
}

TEST(Rounds, WhoShouldPropose) {
  ChainOwnership ownership = ChainOwnership::single(owner(1));
  ownership.super_owners.insert(owner(2));
  std::map<AccountOwner, uint64_t> validators = {{owner(3), 1}};
  auto should = [&](const Round& round, uint8_t who) {
    return should_propose(ownership, validators, 5, round, owner(who));
  };
  EXPECT_TRUE(should(fast(), 2));
  EXPECT_FALSE(should(fast(), 1));
  EXPECT_TRUE(should(multi(0), 1));
  EXPECT_TRUE(should(single(0), 1));
  EXPECT_FALSE(should(single(0), 2)) << "a super owner who does not lead waits";
  EXPECT_TRUE(should(single(1), 2)) << "but not for ever: the leader may be away";
  EXPECT_TRUE(should(single(1), 1));
  EXPECT_TRUE(should(fallback(0), 3));
  EXPECT_FALSE(should(fallback(0), 1));

  ownership = ChainOwnership::single_super(owner(2));
  EXPECT_TRUE(should(single(6), 2)) << "where nobody leads";
  EXPECT_FALSE(should(single(7), 1));
}

TEST(Rounds, DebugTextIsUpstreams) {
  EXPECT_EQ(round_debug_text(fast()), "Fast");
  EXPECT_EQ(round_debug_text(multi(3)), "MultiLeader(3)");
  EXPECT_EQ(round_debug_text(single(4)), "SingleLeader(4)");
  EXPECT_EQ(round_debug_text(fallback(5)), "Validator(5)");
}

}  // namespace
}  // namespace mica::chain
