// Commit: a pending block until it is certified, beaten or refused: attempts (Propose), between
// them synchronising and waiting. And Deliver: a certified block until every recipient has its
// messages.
#pragma once

#include "core/client/backoff.h"
#include "core/client/propose.h"
#include "core/client/room.h"

namespace mica::client {

class Commit : public Flow {
 public:
  struct Events {
    // Not settled at the first tries: what to tell the person, once until somebody asks anew. The
    // flow goes on by itself.
    std::function<void(Failure)> unsettled;
    // kCommitted, kConflict or kRefused; the pending record is gone.
    std::function<void(Propose::Outcome)> done;
  };
  Commit(Outside& outside, PendingBlock pending, bool allow_fast, Events events)
      : Flow(outside),
        pending_(std::move(pending)),
        allow_fast_(allow_fast),
        events_(std::move(events)) {}

  void start() { attempt(); }
  // Something changed: do not wait for the next try.
  void retry_now();
  // Somebody asks anew: the same, and once more where a try has already begun.
  void retry_for_somebody();
  // The store takes nothing more: no attempt of this Client gets any further. `withheld`: the
  // last proposal was never sent. Returns whether one may have been, or may be yet.
  bool storage_failed(Failure failure, bool withheld);
  bool attempting() const { return attempting_; }

 private:
  void attempt();
  void ended(Propose::Outcome outcome);
  void settled(Propose::Outcome outcome);
  void tell(const Failure& failure);
  void try_again_later();  // after a growing pause
  void try_again_at(Timestamp time);
  void synchronize_and_attempt();

  PendingBlock pending_;
  const bool allow_fast_;
  Events events_;
  std::optional<Round> spoiled_round_;
  Backoff backoff_;
  uint32_t stale_ = 0;
  uint64_t wait_ = 0;  // counts waits: a wake-up of an older one is ignored
  bool attempting_ = false;
  bool once_more_ = false;  // somebody came during this try
  bool told_ = false;
};

// Ends when a quorum of the newest committee has delivered, and one of the committee that certified
// the block, unless that was removed.
class Deliver : public Flow {
 public:
  Deliver(Outside& outside, ConfirmedBlockCertificate certificate)
      : Flow(outside), certificate_(std::move(certificate)) {}
  void start(std::function<void()> done);
  void retry_now();

 private:
  void attempt();
  void reach(const Committee& committee, std::function<void(bool)> then);
  void reach_own(const std::optional<Committee>& own, bool reached_newest);
  void attempted(bool reached);

  const ConfirmedBlockCertificate certificate_;
  Committee newest_;
  std::function<void()> done_;
  Backoff backoff_;
  bool attempting_ = false;
  uint64_t wait_ = 0;
};

}  // namespace mica::client
