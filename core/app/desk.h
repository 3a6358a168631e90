// Desk: who may make a block of one chain, and when. The only place that answers that.
//
// Theory. A height takes one block, and what somebody looks at before they sign it must still be
// true when they do. So one block at a time is on the desk, from the wish for it until it is
// certified or given up; who comes meanwhile waits in turn, first come, first served. A block that
// is signed cannot be taken back: while its first tries last, others still wait, for most blocks
// are certified in a second. Once its outcome was told as open it may stay so for hours: nobody
// waits for that (Busy), it is retried, or shown again where the signer has forgotten it.
//
//   state        on the desk is
//   Free         nothing, and nobody waits
//   Making       a block that is being executed for one who wants it
//   Shown        that block, which somebody looks at
//   Remaking     the same, executed again because the chain moved under it
//   Stale        the same, which cannot be executed any more as the chain is now
//   Signed       a signed block in its first tries
//   Stuck        a signed block that was told as open; it goes on by itself
//   Showing      the same, which is being executed to be shown again
//   StuckShown   the same, which somebody looks at again
//
//   event        Free     Making  Shown     Remaking  Stale     Signed  Stuck    Showing StuckShown
//   Want         Making   waits   waits     waits     waits     waits   Busy     Busy     Busy
//   Made         -        Shown   -         -         -         -       -        Stuck-   -
//                                                                                Shown
//   Failed       -        Free    -         -         -         -       -        Stuck    -
//   Sign         -        Signed  Signed    Conflict  DraftGone -       -        -        Signed
//   Moved        -        -       Remaking  stays     Remaking  -       -        -        stays
//   Remade       -        -       -         Shown     -         -       -        -        -
//   Spoiled      -        -       -         Stale     -         -       -        -        -
//   Drop         -        -       Free      Free      Free      -       -        -        Stuck
//   Unsettled    -        -       -         -         -         Stuck   stays    stays    stays
//   Settled      -        -       -         -         -         Free    Free     Making   Free
//   Retry        nothing  nothing nothing   nothing   nothing   stays   Signed   stays    stays
//   Show         nothing  nothing nothing   nothing   nothing   Showing Showing  Busy     Busy
//
// "-" cannot happen; "nothing" is NothingToDo. Where the desk becomes Free and somebody waits, it
// is Making for the first of them at once; where it comes to Stuck or Showing, all who wait are
// turned away.
#pragma once

#include <deque>

#include "core/app/room.h"
#include "core/types/failure.h"

namespace mica::app {

class Desk {
 public:
  enum class State : uint8_t {
    kFree,
    kMaking,
    kShown,
    kRemaking,
    kStale,
    kSigned,
    kStuck,
    kShowing,
    kStuckShown,
  };
  enum class Event : uint8_t {
    kWant,       // somebody wants a block: want()
    kMade,       // what was executed is shown
    kFailed,     // what was wanted will not be shown or signed
    kSign,       // a yes to what is shown; or what was made needs none
    kMoved,      // the chain has another height than what is shown
    kRemade,     // it is shown anew
    kSpoiled,    // it could not be executed again
    kDrop,       // nobody looks at it any more
    kUnsettled,  // the first tries are over
    kSettled,    // certified, beaten or refused: the signed block is no longer on its way
    kRetry,      // somebody wants to hear how the signed block ends
    kShow,       // somebody wants to see it again
  };
  static constexpr size_t kStates = 9, kEvents = 12;

  // `stuck`: an earlier run left a signed block.
  explicit Desk(bool stuck) : state_(stuck ? State::kStuck : State::kFree) {}

  State state() const { return state_; }
  bool is(State state) const { return state_ == state; }
  // Why not, if not. Otherwise next_turn() tells when, or turned_away() that it will not be.
  std::optional<Failure> want(uint64_t job);
  // Anything but kWant. Refused: nothing has changed.
  std::optional<Failure> happens(Event event);
  // Whose turn it is, told once: the desk is Making for it.
  std::optional<uint64_t> next_turn() { return std::exchange(turn_, std::nullopt); }
  // Who does not wait any longer, told once, and why.
  std::vector<uint64_t> turned_away() { return std::exchange(turned_away_, {}); }
  static Failure stuck_failure();

 private:
  void enter(State state);

  State state_;
  std::deque<uint64_t> waiting_;  // jobs
  std::optional<uint64_t> turn_;
  std::vector<uint64_t> turned_away_;
};

}  // namespace mica::app
