// The whole table of core/app/desk.h, and its queue.
#include "core/app/desk.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"

namespace mica::app {
namespace {

using S = Desk::State;
using E = Desk::Event;

// The way to each state.
Desk desk_in(S state) {
  Desk desk(state == S::kStuck || state == S::kShowing || state == S::kStuckShown);
  auto go = [&](std::vector<E> events) {
    for (E event : events) EXPECT_FALSE(desk.happens(event));
  };
  const bool made = state != S::kFree && !desk.is(S::kStuck);
  if (made) {
    EXPECT_FALSE(desk.want(1));
    EXPECT_EQ(desk.next_turn(), 1u);
  }
  switch (state) {
    case S::kFree:
    case S::kMaking:
    case S::kStuck:
      break;
    case S::kShown:
      go({E::kMade});
      break;
    case S::kRemaking:
      go({E::kMade, E::kMoved});
      break;
    case S::kStale:
      go({E::kMade, E::kMoved, E::kSpoiled});
      break;
    case S::kSigned:
      go({E::kSign});
      break;
    case S::kShowing:
      go({E::kShow});
      break;
    case S::kStuckShown:
      go({E::kShow, E::kMade});
      break;
  }
  EXPECT_TRUE(desk.is(state));
  return desk;
}

// What the table in the header says of one pair.
struct Cell {
  enum Kind { kTo, kWaits, kRefused, kNever } kind;
  S to{};
  FailureCode code{};
};
constexpr Cell to(S state) { return {Cell::kTo, state}; }
constexpr Cell no(FailureCode code) { return {Cell::kRefused, S{}, code}; }
constexpr Cell kNever{Cell::kNever}, kWaits{Cell::kWaits};
constexpr Cell kBusy = no(FailureCode::Busy), kNothing = no(FailureCode::NothingToDo);

struct Row {
  E event;
  std::array<Cell, Desk::kStates> cells;
};
const Row kTable[] = {
    {E::kWant, {to(S::kMaking), kWaits, kWaits, kWaits, kWaits, kWaits, kBusy, kBusy, kBusy}},
    {E::kMade,
     {kNever, to(S::kShown), kNever, kNever, kNever, kNever, kNever, to(S::kStuckShown), kNever}},
    {E::kFailed,
     {kNever, to(S::kFree), kNever, kNever, kNever, kNever, kNever, to(S::kStuck), kNever}},
    {E::kSign,
     {kNever, to(S::kSigned), to(S::kSigned), no(FailureCode::Conflict), no(FailureCode::DraftGone),
      kNever, kNever, kNever, to(S::kSigned)}},
    {E::kMoved,
     {kNever, kNever, to(S::kRemaking), to(S::kRemaking), to(S::kRemaking), kNever, kNever, kNever,
      to(S::kStuckShown)}},
    {E::kRemade, {kNever, kNever, kNever, to(S::kShown), kNever, kNever, kNever, kNever, kNever}},
    {E::kSpoiled, {kNever, kNever, kNever, to(S::kStale), kNever, kNever, kNever, kNever, kNever}},
    {E::kDrop,
     {kNever, kNever, to(S::kFree), to(S::kFree), to(S::kFree), kNever, kNever, kNever,
      to(S::kStuck)}},
    {E::kUnsettled,
     {kNever, kNever, kNever, kNever, kNever, to(S::kStuck), to(S::kStuck), to(S::kShowing),
      to(S::kStuckShown)}},
    {E::kSettled,
     {kNever, kNever, kNever, kNever, kNever, to(S::kFree), to(S::kFree), to(S::kMaking),
      to(S::kFree)}},
    {E::kRetry,
     {kNothing, kNothing, kNothing, kNothing, kNothing, to(S::kSigned), to(S::kSigned),
      to(S::kShowing), to(S::kStuckShown)}},
    {E::kShow,
     {kNothing, kNothing, kNothing, kNothing, kNothing, to(S::kShowing), to(S::kShowing), kBusy,
      kBusy}},
};

void expect_cell(E event, S state, const Cell& cell) {
  Desk desk = desk_in(state);
  auto tell = [&] { return event == E::kWant ? desk.want(2) : desk.happens(event); };
  if (cell.kind == Cell::kNever) {
    EXPECT_DEATH_IF_SUPPORTED(tell(), "kNever");
    return;
  }
  const auto failure = tell();
  EXPECT_EQ(failure.has_value(), cell.kind == Cell::kRefused);
  if (failure) {
    EXPECT_EQ(failure->code, cell.code);
    EXPECT_EQ(failure->money, MoneyState::Untouched);
  }
  EXPECT_EQ(desk.state(), cell.kind == Cell::kTo ? cell.to : state);
  const bool turn = event == E::kWant && cell.kind == Cell::kTo;
  EXPECT_EQ(desk.next_turn(), turn ? std::optional<uint64_t>(2) : std::nullopt);
}

TEST(DeskTest, DoesWhatItsTableSays) {
  ASSERT_EQ(std::size(kTable), Desk::kEvents);
  for (size_t event = 0; event < Desk::kEvents; ++event) {
    ASSERT_EQ(static_cast<size_t>(kTable[event].event), event);
    for (size_t state = 0; state < Desk::kStates; ++state) {
      SCOPED_TRACE(testing::Message() << "event " << event << " in state " << state);
      expect_cell(kTable[event].event, static_cast<S>(state), kTable[event].cells[state]);
    }
  }
}

TEST(DeskTest, WhoWaitsComesInTurn) {
  Desk desk(false);
  for (uint64_t job : {10, 11, 12}) EXPECT_FALSE(desk.want(job));
  EXPECT_EQ(desk.next_turn(), 10u);
  EXPECT_FALSE(desk.next_turn());
  desk.happens(E::kMade);
  EXPECT_FALSE(desk.next_turn());
  desk.happens(E::kDrop);
  EXPECT_TRUE(desk.is(S::kMaking));
  // Who comes now is behind those who wait, though the first of them was not told yet.
  EXPECT_FALSE(desk.want(13));
  EXPECT_EQ(desk.next_turn(), 11u);
  desk.happens(E::kFailed);
  EXPECT_EQ(desk.next_turn(), 12u);
  desk.happens(E::kSign);
  EXPECT_FALSE(desk.next_turn());
  desk.happens(E::kSettled);
  EXPECT_EQ(desk.next_turn(), 13u);
  desk.happens(E::kFailed);
  EXPECT_TRUE(desk.is(S::kFree));
}

TEST(DeskTest, NobodyWaitsForABlockOfOpenOutcome) {
  for (E end : {E::kUnsettled, E::kShow}) {
    Desk desk = desk_in(S::kSigned);
    for (uint64_t job : {2, 3}) EXPECT_FALSE(desk.want(job));
    EXPECT_TRUE(desk.turned_away().empty());
    desk.happens(end);
    EXPECT_EQ(desk.turned_away(), (std::vector<uint64_t>{2, 3}));
    EXPECT_TRUE(desk.turned_away().empty());
    desk.happens(E::kSettled);
    EXPECT_FALSE(desk.next_turn());
  }
}

TEST(DeskTest, AJobMayWaitForABlockThatWasSettledWhileItWasBeingShown) {
  Desk desk = desk_in(S::kShowing);
  desk.happens(E::kSettled);
  EXPECT_FALSE(desk.want(2));
  EXPECT_FALSE(desk.next_turn());
  desk.happens(E::kFailed);
  EXPECT_EQ(desk.next_turn(), 2u);
}

TEST(DeskTest, TheQueueHasAnEnd) {
  Desk desk = desk_in(S::kShown);
  for (uint64_t job = 0; job < limits::kWaitingJobs; ++job) EXPECT_FALSE(desk.want(100 + job));
  const auto failure = desk.want(999);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, FailureCode::Busy);
  desk.happens(E::kDrop);
  EXPECT_EQ(desk.next_turn(), 100u);
  EXPECT_FALSE(desk.want(999));
}

}  // namespace
}  // namespace mica::app
