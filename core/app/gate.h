// Gate: what a node object (Client, Validator) puts off, in one place: work for soon, words that
// wait for the disk, work that waits for a file, work that waits for a time. It knows no message
// type: the object hands in functions, and turns the Gate's three demands into outputs of its own.
//
//   gate.commit(batch);                     // demands a flush of it
//   gate.hold([](bool durable) { ... });    // says what depends on it
//   gate.flushed(id);                       // the host: it is on the disk
//
// Durable. A word held waits for everything that was changed before it: the last commit, or the
// next one where a change was announced by changed() and not committed yet. The store makes
// commits durable in their order, so a flush stands for all commits before it too, and ids that
// arrive out of order, twice, or were never given, change nothing. Words leave in the order in
// which they were held; one that waits for nothing leaves at once. How long the host takes does
// not matter: until it answers nothing is said, and nothing is forgotten.
// After fail() nothing is durable any more: every word, held or to come, is told `false` once, and
// commits are refused.
//
// Loaded. Work that found records missing waits for the files that have them; each file is
// demanded once, whoever waits for it. It runs again with `true` when all its records can be read.
// A load that failed, or after which one of them still cannot be read, gives `false`: the work
// must end, for the same load would be demanded for ever.
//
// Woken. Work for a time runs at the first tick() at or after it, earlier times first, equal ones
// in the order of their setting. settle() demands one wake-up, for the earliest; each replaces the
// one before, also by a later time.
//
// Nothing given to the Gate is called from within load(), wake_at() or post(). hold() alone may
// call at once. Destroying the Gate drops what waits.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/app/room.h"
#include "core/storage/cold_store.h"
#include "core/storage/hot_store.h"
#include "core/types/scalars.h"

namespace mica::app {

class Gate {
 public:
  struct Demands {
    std::function<void(CommitId)> flush;
    std::function<void(const std::string& file)> load;
    std::function<void(Timestamp)> wake_at;
  };
  using Say = std::function<void(bool durable)>;
  using Again = std::function<void(bool loaded)>;
  using Work = std::function<void()>;

  // Both outlive the Gate. `cold` answers as the work does that will read it.
  Gate(HotStore& hot, const ColdStore& cold, Demands demands)
      : hot_(hot), cold_(cold), demands_(std::move(demands)) {}
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // --- soon ---
  void post(Work work) { posted_.push_back(std::move(work)); }
  // Runs what was posted until there is none; whether there was any.
  bool run_posted();

  // --- durable ---
  // Something changed; its commit() comes later.
  void changed() { uncommitted_ = true; }
  // An error: the store refused it, and the caller calls fail().
  Status commit(const Batch& batch);
  bool all_durable() const { return !failed_ && !uncommitted_ && last_commit_ <= flushed_; }
  void hold(Say say);
  void flushed(CommitId id);
  void fail();
  bool failed() const { return failed_; }

  // --- loaded ---
  void load(const std::vector<ColdKey>& keys, Again again);
  void loaded(const std::string& file, bool ok);
  bool loading() const { return !loading_.empty(); }

  // --- woken ---
  void wake_at(Timestamp time, Work work) { timers_.emplace(time, std::move(work)); }
  void tick(Timestamp now);
  // The clock was set back: what waits, waits as long as before.
  void set_back(TimeDelta by);

  // The end of a handle.
  void settle();

 private:
  struct Held {
    std::optional<CommitId> commit;  // none: the next one
    Say say;
  };
  struct Loading {
    std::vector<ColdKey> keys;
    std::set<std::string> files;  // that are not here yet
    bool ok = true;
    Again again;
  };

  bool all_loaded(const std::vector<ColdKey>& keys) const;
  bool is_demanded(const std::string& file) const;

  HotStore& hot_;
  const ColdStore& cold_;
  const Demands demands_;
  bool uncommitted_ = false, failed_ = false;
  CommitId last_commit_ = 0, flushed_ = 0;
  std::deque<Work> posted_;
  std::deque<Held> held_;
  std::vector<Loading> loading_;
  std::multimap<Timestamp, Work> timers_;
  std::optional<Timestamp> wake_;  // the last demand, until it has come
};

}  // namespace mica::app
