#include "core/app/gate.h"

#include <gtest/gtest.h>

#include "core/storage/forgetful_store.h"

namespace mica::app {
namespace {

using Texts = std::vector<std::string>;

class GateTest : public testing::Test {
 protected:
  // What the Gate demanded since the last call, in its order.
  Texts demands() { return std::exchange(demands_, {}); }
  // What was said, loaded or done since the last call.
  Texts told() { return std::exchange(told_, {}); }

  static Batch change(uint8_t key) {
    Batch batch;
    batch.put({key}, {1});
    return batch;
  }
  void commit(uint8_t key) { ASSERT_TRUE(gate_.commit(change(key)).ok()); }
  void hold(const std::string& word) {
    gate_.hold([this, word](bool durable) { told_.push_back(word + (durable ? "" : ": never")); });
  }
  void wake_at(uint64_t time, const std::string& work) {
    gate_.wake_at({time}, [this, work] { told_.push_back(work); });
  }
  void load(const std::vector<ColdKey>& keys, const std::string& work) {
    gate_.load(keys, [this, work](bool ok) { told_.push_back(work + (ok ? "" : ": failed")); });
  }
  // A cold record that is on the disk and not in memory.
  ColdKey on_disk(uint8_t name) {
    ColdKey key(33, name);
    Batch batch;
    batch.put_cold(key, {name});
    store_.flushed(store_.apply(batch).value());
    store_.trim();
    EXPECT_EQ(store_.presence(key), Presence::kOnDisk);
    return key;
  }

  ForgetfulStore store_;
  Texts demands_, told_;
  Gate gate_{store_,
             store_,
             {[this](CommitId id) { demands_.push_back("flush " + std::to_string(id)); },
              [this](const std::string& file) { demands_.push_back("load " + file); },
              [this](Timestamp time) {
                demands_.push_back("wake " + std::to_string(time.micros));
              }}};
};

// --- durable ------------------------------------------------------------------------------------

TEST_F(GateTest, WithoutChangesAWordLeavesAtOnce) {
  hold("a");
  EXPECT_EQ(told(), Texts{"a"});
  EXPECT_TRUE(demands().empty());
}

TEST_F(GateTest, NothingIsSaidBeforeItsCommitIsDurable) {
  commit(1);
  EXPECT_EQ(demands(), Texts{"flush 1"});
  hold("a");
  gate_.tick({1'000'000'000});  // however long it takes
  gate_.run_posted();
  gate_.settle();
  EXPECT_TRUE(told().empty());
  gate_.flushed(1);
  EXPECT_EQ(told(), Texts{"a"});
  gate_.flushed(1);
  EXPECT_TRUE(told().empty());
}

TEST_F(GateTest, AWordOfAChangeThatIsNotCommittedWaitsForThatCommit) {
  commit(1);
  gate_.changed();
  hold("a");
  gate_.flushed(1);
  EXPECT_TRUE(told().empty());
  EXPECT_FALSE(gate_.all_durable());
  commit(2);
  EXPECT_TRUE(told().empty());
  gate_.flushed(1);
  EXPECT_TRUE(told().empty());
  gate_.flushed(2);
  EXPECT_EQ(told(), Texts{"a"});
  EXPECT_TRUE(gate_.all_durable());
}

// Another object wrote to the same store before: its ids go on.
TEST_F(GateTest, AnIdOfBeforeIsNoFlushOfWhatComes) {
  for (uint8_t i = 0; i < 5; ++i) ASSERT_TRUE(store_.apply(change(i)).ok());
  gate_.changed();
  hold("a");
  gate_.flushed(5);
  commit(1);
  EXPECT_EQ(demands(), Texts{"flush 6"});
  gate_.flushed(5);
  EXPECT_TRUE(told().empty());
  gate_.flushed(6);
  EXPECT_EQ(told(), Texts{"a"});
}

TEST_F(GateTest, SeveralCommitsReleaseEachItsOwnWords) {
  commit(1);
  hold("a");
  hold("b");
  commit(2);
  hold("c");
  commit(3);
  hold("d");
  gate_.flushed(1);
  EXPECT_EQ(told(), (Texts{"a", "b"}));
  gate_.flushed(3);  // and with it the second
  EXPECT_EQ(told(), (Texts{"c", "d"}));
}

TEST_F(GateTest, AFlushOutOfOrderTakesNothingBackAndGivesNothingMore) {
  commit(1);
  hold("a");
  commit(2);
  hold("b");
  gate_.flushed(2);
  EXPECT_EQ(told(), (Texts{"a", "b"}));
  commit(3);
  hold("c");
  gate_.flushed(1);
  gate_.flushed(2);
  gate_.flushed(4);  // never given
  EXPECT_TRUE(told().empty());
  gate_.flushed(3);
  EXPECT_EQ(told(), Texts{"c"});
}

TEST_F(GateTest, WhatIsHeldWhileWordsLeaveComesAfterThem) {
  commit(1);
  gate_.hold([this](bool) {
    told_.push_back("a");
    hold("c");
  });
  hold("b");
  gate_.flushed(1);
  EXPECT_EQ(told(), (Texts{"a", "b", "c"}));
}

TEST_F(GateTest, AWordThatChangesSomethingMakesTheNextOnesWait) {
  commit(1);
  gate_.hold([this](bool) {
    commit(2);
    hold("b");
  });
  gate_.flushed(1);
  EXPECT_TRUE(told().empty());
  gate_.flushed(2);
  EXPECT_EQ(told(), Texts{"b"});
}

TEST_F(GateTest, AfterAFailureNothingIsDurableAnyMore) {
  commit(1);
  hold("a");
  gate_.changed();
  hold("b");
  gate_.fail();
  EXPECT_EQ(told(), (Texts{"a: never", "b: never"}));
  EXPECT_TRUE(gate_.failed());
  EXPECT_FALSE(gate_.all_durable());
  EXPECT_FALSE(gate_.commit(change(2)).ok());
  EXPECT_EQ(store_.get(ByteSpan(Bytes{2})), nullptr);
  hold("c");
  EXPECT_EQ(told(), Texts{"c: never"});
  gate_.flushed(1);
  gate_.fail();
  EXPECT_TRUE(told().empty());
}

// --- loaded -------------------------------------------------------------------------------------

TEST_F(GateTest, WorkRunsAgainWhenItsFileIsHere) {
  const ColdKey key = on_disk(1);
  load({key}, "a");
  EXPECT_EQ(demands(), Texts{"load " + store_.request(key)});
  EXPECT_TRUE(gate_.loading());
  gate_.loaded("another file", true);
  gate_.run_posted();
  EXPECT_TRUE(told().empty());
  const std::string file = store_.request(key);
  store_.segment_loaded(file);
  gate_.loaded(file, true);
  EXPECT_EQ(told(), Texts{"a"});
  EXPECT_FALSE(gate_.loading());
}

TEST_F(GateTest, AFileIsDemandedOnceForAllWhoWaitForIt) {
  const ColdKey key = on_disk(1);
  const std::string file = store_.request(key);
  load({key, key}, "a");
  load({key}, "b");
  EXPECT_EQ(demands(), Texts{"load " + file});
  store_.segment_loaded(file);
  gate_.loaded(file, true);
  EXPECT_EQ(told(), (Texts{"a", "b"}));
}

TEST_F(GateTest, AFailedLoadIsToldAndCanBeDemandedAgain) {
  const ColdKey key = on_disk(1);
  const std::string file = store_.request(key);
  load({key}, "a");
  gate_.loaded(file, false);
  EXPECT_EQ(told(), Texts{"a: failed"});
  EXPECT_FALSE(gate_.loading());
  demands();
  load({key}, "b");
  EXPECT_EQ(demands(), Texts{"load " + file});
}

TEST_F(GateTest, ALoadThatBringsNothingHasFailed) {
  const ColdKey key = on_disk(1);
  load({key}, "a");
  gate_.loaded(store_.request(key), true);  // says the host, and the record is not there
  EXPECT_EQ(told(), Texts{"a: failed"});
}

TEST_F(GateTest, WhatIsHereOrNowhereIsToldSoonAndNotAtOnce) {
  const ColdKey here = on_disk(1);
  store_.segment_loaded(store_.request(here));
  load({here}, "a");
  load({here, ColdKey(33, 9)}, "b");
  EXPECT_TRUE(told().empty());
  EXPECT_TRUE(demands().empty());
  EXPECT_TRUE(gate_.run_posted());
  EXPECT_EQ(told(), (Texts{"a", "b: failed"}));
}

TEST_F(GateTest, WorkMayLoadAgain) {
  const ColdKey first = on_disk(1), second = on_disk(2);
  const std::string file = store_.request(first);
  gate_.load({first}, [&](bool) { load({second}, "a"); });
  store_.segment_loaded(file);
  gate_.loaded(file, true);
  const std::string other = store_.request(second);
  if (!other.empty()) {
    EXPECT_TRUE(told().empty());
    store_.segment_loaded(other);
    gate_.loaded(other, true);
  }
  gate_.run_posted();
  EXPECT_EQ(told(), Texts{"a"});
}

// --- woken and posted ---------------------------------------------------------------------------

TEST_F(GateTest, OneWakeUpIsDemandedForTheEarliest) {
  wake_at(500, "b");
  wake_at(700, "c");
  gate_.settle();
  gate_.settle();
  EXPECT_EQ(demands(), Texts{"wake 500"});
  wake_at(300, "a");  // moves earlier
  gate_.settle();
  EXPECT_EQ(demands(), Texts{"wake 300"});
  gate_.tick({299});
  EXPECT_TRUE(told().empty());
  gate_.tick({500});
  EXPECT_EQ(told(), (Texts{"a", "b"}));
  gate_.settle();
  EXPECT_EQ(demands(), Texts{"wake 700"});
}

TEST_F(GateTest, EqualTimesRunInTheOrderOfTheirSetting) {
  wake_at(500, "a");
  wake_at(500, "b");
  gate_.tick({600});
  EXPECT_EQ(told(), (Texts{"a", "b"}));
  gate_.settle();
  EXPECT_TRUE(demands().empty());
}

TEST_F(GateTest, AWakeUpThatCameIsDemandedAgainWhenMoreIsSetForThatTime) {
  wake_at(500, "a");
  gate_.settle();
  demands();
  gate_.tick({500});
  wake_at(500, "b");
  gate_.settle();
  EXPECT_EQ(demands(), Texts{"wake 500"});
}

TEST_F(GateTest, AClockThatIsSetBackLengthensNoWait) {
  wake_at(5'000, "a");
  wake_at(100, "b");
  gate_.settle();
  demands();
  gate_.set_back({1'000});
  gate_.settle();
  EXPECT_EQ(demands(), Texts{"wake 0"});
  gate_.tick({3'999});
  EXPECT_EQ(told(), Texts{"b"});
  gate_.tick({4'000});
  EXPECT_EQ(told(), Texts{"a"});
}

TEST_F(GateTest, PostedWorkRunsUntilThereIsNone) {
  EXPECT_FALSE(gate_.run_posted());
  gate_.post([this] {
    told_.push_back("a");
    gate_.post([this] { told_.push_back("b"); });
  });
  EXPECT_TRUE(told().empty());
  EXPECT_TRUE(gate_.run_posted());
  EXPECT_EQ(told(), (Texts{"a", "b"}));
}

TEST_F(GateTest, WhatWaitsIsDroppedWithTheGate) {
  auto life = std::make_shared<int>(0);
  {
    Gate gate(store_, store_, {[](CommitId) {}, [](const std::string&) {}, [](Timestamp) {}});
    ASSERT_TRUE(gate.commit(change(1)).ok());
    gate.hold([life](bool) { ++*life; });
    gate.wake_at({1}, [life] { ++*life; });
    gate.post([life] { ++*life; });
    EXPECT_EQ(life.use_count(), 4);
  }
  EXPECT_EQ(life.use_count(), 1);
  EXPECT_EQ(*life, 0);
}

}  // namespace
}  // namespace mica::app
