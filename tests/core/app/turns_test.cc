#include "core/app/turns.h"

#include <gtest/gtest.h>

#include "core/app/epoch_counts.h"

namespace mica::app {
namespace {

TEST(TurnsTest, AStatedNumberIsUnderWayAtOnce) {
  Turns turns(2);
  std::vector<int> begun;
  std::vector<Turns::Place> places;
  for (int i = 0; i < 5; ++i) {
    turns.want([&, i] {
      begun.push_back(i);
      places.push_back(turns.take());
    });
  }
  EXPECT_TRUE(begun.empty());
  EXPECT_TRUE(turns.go());
  EXPECT_EQ(begun, (std::vector{0, 1}));
  EXPECT_FALSE(turns.go());
  places.erase(places.begin());
  EXPECT_TRUE(turns.go());
  EXPECT_EQ(begun, (std::vector{0, 1, 2}));
}

TEST(TurnsTest, WhatDoesNotStandInLineCountsAllTheSame) {
  Turns turns(1);
  bool begun = false;
  auto place = turns.take();
  turns.want([&] { begun = true; });
  EXPECT_FALSE(turns.go());
  place.reset();
  EXPECT_TRUE(turns.go());
  EXPECT_TRUE(begun);
}

TEST(TurnsTest, WhoHasNothingToDoAnyMoreTakesNoPlace) {
  Turns turns(1);
  int begun = 0;
  for (int i = 0; i < 3; ++i) turns.want([&] { ++begun; });
  EXPECT_TRUE(turns.go());
  EXPECT_EQ(begun, 3);
}

TEST(EpochCountsTest, TellsWhenTheFirstComesAndTheLastGoes) {
  EpochCounts counts;
  counts.moved(std::nullopt, Epoch{1});
  EXPECT_TRUE(counts.take_changed());
  counts.moved(std::nullopt, Epoch{1});
  EXPECT_FALSE(counts.take_changed());
  counts.moved(Epoch{1}, Epoch{2});
  EXPECT_TRUE(counts.take_changed());
  EXPECT_EQ(counts.all(), (std::set<Epoch>{{1}, {2}}));
  counts.moved(Epoch{1}, std::nullopt);
  EXPECT_TRUE(counts.take_changed());
  EXPECT_EQ(counts.all(), (std::set<Epoch>{{2}}));
}

}  // namespace
}  // namespace mica::app
