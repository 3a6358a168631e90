// InboxFetch: the messages that wait for one chain, from the received logs and the news of all
// validators into the local node. Each validator has a lane of its own, so nothing that one of them
// says, or does not say, delays what another one has.
//
// A lane reads its validator's log page by page, fetches the blocks of a few senders at once, and
// pauses, longer each time, when nothing comes of it. What another lane has received or is just
// fetching costs it nothing. linera-core/src/client/{mod,received_log}.rs
#pragma once

#include <deque>

#include "core/base/limits.h"
#include "core/client/backoff.h"
#include "core/client/room.h"
#include "core/client/sender_blocks.h"

namespace mica::client {

class InboxFetch : public Flow {
 public:
  // `changed`: something was received.
  InboxFetch(Outside& outside, const ChainId& chain, std::function<void()> changed)
      : Flow(outside), chain_(chain), changed_(std::move(changed)) {}

  // Entries of its received log may be missing here.
  void read_log(const ValidatorPublicKey& validator);
  // Its received log has so many entries: it is read where some may be missing here.
  void has_log(const ValidatorPublicKey& validator, uint64_t entries);
  // Of everybody who has votes; `entries`: of those who told how many there are.
  void read_logs(const std::map<ValidatorPublicKey, uint64_t>& entries = {});
  // News of a validator. Where it tells too much at once, its log has it.
  void told(const ValidatorPublicKey& validator, const ChainId& sender, BlockHeight height);
  // The network is back: nobody pauses any longer.
  void retry_now();
  // When a quorum's lanes have nothing left to do, or after limits::kInboxPatience_us.
  void when_quiet(std::function<void()> then);
  size_t waiting(const ValidatorPublicKey& validator) const;  // entries, for tests

 private:
  struct Sender {
    std::set<BlockHeight> heights;
    uint32_t tries = 0;
    bool logged = false;  // by the log, and not only by news
  };
  struct Lane {
    bool log_due = false, reading = false;
    // Entries of the log from the first that is not received on, beginning at `log_start`.
    std::deque<ChainAndHeight> log;
    uint64_t log_start = 0;
    bool log_goes_on = false;           // the page was full
    bool counts = false;                // everything before `log_start` was received
    std::map<ChainId, Sender> senders;  // whose messages are wanted
    // Senders in their order; some are no longer wanted. What the log names comes first.
    std::deque<ChainId> order, news;
    size_t entries = 0;  // heights in `senders`
    uint32_t under_way = 0, window = 1;
    uint32_t failures = 0;  // in a row
    Backoff pause{limits::kLanePauseFirst_us, limits::kLanePauseMost_us};
    Timestamp paused_until, wake;
  };
  // One lane is fetching a sender's blocks; the others leave them to it for a while.
  struct Lease {
    ValidatorPublicKey holder;
    Timestamp until, at_most;
  };

  Lane* lane(const ValidatorPublicKey& validator);
  void want(const ValidatorPublicKey& validator, Lane& lane, const ChainAndHeight& entry,
            bool logged);
  void unwant(const ValidatorPublicKey& validator, Lane& lane, ChainId sender);
  void name(const ValidatorPublicKey& validator, const ChainId& sender);
  void go_all();
  void go(const ValidatorPublicKey& validator);
  void ask_log(const ValidatorPublicKey& validator, Lane& lane);
  uint64_t tracker(const ValidatorPublicKey& validator);
  void got_log(const ValidatorPublicKey& validator, uint64_t start, NodeResult<ChainInfo> info);
  void take_page(const ValidatorPublicKey& validator, Lane& lane, uint64_t start,
                 std::vector<ChainAndHeight> page);
  std::optional<ChainId> next_of(std::deque<ChainId>& queue, const ValidatorPublicKey& validator,
                                 Lane& lane);
  std::optional<ChainId> next_sender(const ValidatorPublicKey& validator, Lane& lane);
  bool is_leased(const ValidatorPublicKey& validator, const ChainId& sender);
  void fetch(const ValidatorPublicKey& validator, Lane& lane, const ChainId& sender);
  void fetched(const ValidatorPublicKey& validator, const ChainId& sender, BlockHeight before,
               SenderBlocks::Outcome outcome);
  void failed(const ValidatorPublicKey& validator, Lane& lane);
  bool is_ahead(const Timestamp& time) const;
  static void reset(Lane& lane);
  void move_trackers();
  bool is_idle(const Lane& lane) const;
  void tell_if_quiet();
  void go_at(const ValidatorPublicKey& validator, Timestamp time);

  const ChainId chain_;
  const std::function<void()> changed_;
  std::map<ValidatorPublicKey, Lane> lanes_;
  std::map<ChainId, std::set<ValidatorPublicKey>> named_;  // whose lanes want a sender
  std::map<ChainId, Lease> leases_;
  std::map<ChainId, std::set<BlockHeight>> walks_;  // ways back that are not finished
  std::map<uint64_t, std::function<void()>> quiet_;
  uint64_t last_quiet_ = 0;
};

}  // namespace mica::client
