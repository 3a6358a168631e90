#include "core/client/inbox_fetch.h"

#include "core/base/text.h"

namespace mica::client {

// --- what is wanted -----------------------------------------------------------------------------

// Of those only who have votes; there is none for anybody else.
InboxFetch::Lane* InboxFetch::lane(const ValidatorPublicKey& validator) {
  if (outside().committee().weight(validator) == 0) return nullptr;
  return &lanes_[validator];
}

void InboxFetch::told(const ValidatorPublicKey& validator, const ChainId& sender,
                      BlockHeight height) {
  Lane* one = lane(validator);
  if (one == nullptr || height < worker().read(chain_).next_height_to_receive(sender)) return;
  if (one->news.size() < limits::kWaitingNews) {
    want(validator, *one, {sender, height}, false);
  } else {
    one->log_due = true;
  }
  go(validator);
}

// Unless the lane is full.
void InboxFetch::want(const ValidatorPublicKey& validator, Lane& lane, const ChainAndHeight& entry,
                      bool logged) {
  if (lane.entries >= limits::kReceivedLogPage) return;
  auto [wants, fresh] = lane.senders.try_emplace(entry.chain_id);
  if (wants->second.heights.insert(entry.height).second) ++lane.entries;
  if (logged && !std::exchange(wants->second.logged, true)) {
    lane.order.push_back(entry.chain_id);
    name(validator, entry.chain_id);
  } else if (fresh) {
    lane.news.push_back(entry.chain_id);
  }
}

void InboxFetch::unwant(const ValidatorPublicKey& validator, Lane& lane, ChainId sender) {
  const auto wants = lane.senders.find(sender);
  if (wants == lane.senders.end()) return;
  lane.entries -= wants->second.heights.size();
  lane.senders.erase(wants);
  auto named = named_.find(sender);
  if (named == named_.end()) return;
  named->second.erase(validator);
  if (named->second.empty()) named_.erase(named);
}

// A sender that the logs of f + 1 validators name goes first in the lanes of all of them.
void InboxFetch::name(const ValidatorPublicKey& validator, const ChainId& sender) {
  const Committee& committee = outside().committee();
  auto& who = named_[sender];
  u128 before = 0;
  for (const ValidatorPublicKey& other : who) before += committee.weight(other);
  who.insert(validator);
  const u128 needed = committee.validity_threshold();
  if (before >= needed) {
    lanes_[validator].order.push_front(sender);
  } else if (before + committee.weight(validator) >= needed) {
    for (const ValidatorPublicKey& one : who) lanes_[one].order.push_front(sender);
  }
}

// --- lanes --------------------------------------------------------------------------------------

void InboxFetch::read_log(const ValidatorPublicKey& validator) {
  if (Lane* one = lane(validator)) {
    one->log_due = true;
    go(validator);
  }
}

void InboxFetch::has_log(const ValidatorPublicKey& validator, uint64_t entries) {
  if (entries > tracker(validator)) return read_log(validator);
  lane(validator);  // which is idle, unless it is at something else
}

void InboxFetch::read_logs(const std::map<ValidatorPublicKey, uint64_t>& entries) {
  const Committee& committee = outside().committee();
  for (auto one = lanes_.begin(); one != lanes_.end();) {
    auto& [validator, lane] = *one;
    const bool leaves = committee.weight(validator) == 0 && lane.under_way == 0 && !lane.reading;
    while (leaves && !lane.senders.empty()) {
      unwant(validator, lane, lane.senders.begin()->first);
    }
    one = leaves ? lanes_.erase(one) : std::next(one);
  }
  for (const auto& [validator, state] : committee.validators) {
    const auto told = entries.find(validator);
    if (told == entries.end()) {
      read_log(validator);
    } else {
      has_log(validator, told->second);
    }
  }
}

void InboxFetch::retry_now() {
  for (auto& [validator, lane] : lanes_) reset(lane);
  go_all();
}

void InboxFetch::reset(Lane& lane) {
  lane.paused_until = {};
  lane.failures = 0;
  lane.pause.reset();
}

// No further than any pause goes: beyond it the clock was put back.
bool InboxFetch::is_ahead(const Timestamp& time) const {
  return time > now() && time.micros - now().micros <= 2 * limits::kLanePauseMost_us;
}

void InboxFetch::go_all() {
  for (auto& [validator, lane] : lanes_) go(validator);
  tell_if_quiet();
}

void InboxFetch::go_at(const ValidatorPublicKey& validator, Timestamp time) {
  Lane& lane = lanes_[validator];
  if (is_ahead(lane.wake) && lane.wake <= time) return;
  lane.wake = time;
  outside().wake_at(time, held([this, validator] {
                      go(validator);
                      tell_if_quiet();
                    }));
}

void InboxFetch::go(const ValidatorPublicKey& validator) {
  Lane& lane = lanes_[validator];
  // An earlier alarm may have stood in for the one at the pause's end.
  if (is_ahead(lane.paused_until)) return go_at(validator, lane.paused_until);
  const bool page_done = lane.log_goes_on && lane.senders.empty();
  if ((lane.log_due || page_done) && !lane.reading) ask_log(validator, lane);
  while (lane.under_way < lane.window) {
    const auto sender = next_sender(validator, lane);
    if (!sender) break;
    fetch(validator, lane, *sender);
  }
}

std::optional<ChainId> InboxFetch::next_sender(const ValidatorPublicKey& validator, Lane& lane) {
  const auto logged = next_of(lane.order, validator, lane);
  return logged ? logged : next_of(lane.news, validator, lane);
}

// The next one that is still wanted, and that no other lane is just fetching.
std::optional<ChainId> InboxFetch::next_of(std::deque<ChainId>& queue,
                                           const ValidatorPublicKey& validator, Lane& lane) {
  std::vector<ChainId> left_to_others;
  std::optional<ChainId> found;
  Timestamp wake{UINT64_MAX};
  while (!found && !queue.empty()) {
    const ChainId sender = queue.front();
    queue.pop_front();
    const auto wants = lane.senders.find(sender);
    if (wants == lane.senders.end()) continue;
    auto& heights = wants->second.heights;
    const auto received = heights.lower_bound(worker().read(chain_).next_height_to_receive(sender));
    lane.entries -= static_cast<size_t>(std::distance(heights.begin(), received));
    heights.erase(heights.begin(), received);
    if (heights.empty()) {
      unwant(validator, lane, sender);
    } else if (is_leased(validator, sender)) {
      left_to_others.push_back(sender);
      const Lease& lease = leases_[sender];
      // What this lane fetches itself has an end of its own.
      if (lease.holder != validator) wake = std::min({wake, lease.until, lease.at_most});
    } else {
      found = sender;
    }
  }
  queue.insert(queue.begin(), left_to_others.begin(), left_to_others.end());
  if (!found && wake.micros != UINT64_MAX) go_at(validator, wake);
  return found;
}

bool InboxFetch::is_leased(const ValidatorPublicKey& validator, const ChainId& sender) {
  const auto lease = leases_.find(sender);
  if (lease == leases_.end()) return false;
  if (lease->second.holder == validator) return true;  // this lane is at it
  return is_ahead(lease->second.until) && is_ahead(lease->second.at_most);
}

void InboxFetch::fetch(const ValidatorPublicKey& validator, Lane& lane, const ChainId& sender) {
  ++lane.under_way;
  leases_[sender] = {
      validator, {now().micros + limits::kPatience_us}, {now().micros + limits::kMostAlone_us}};
  std::set<BlockHeight> heights = lane.senders[sender].heights;
  const auto walk = walks_.find(sender);
  if (walk != walks_.end()) heights.insert(walk->second.begin(), walk->second.end());
  const BlockHeight before = worker().read(chain_).next_height_to_receive(sender);
  auto flow = make_flow<SenderBlocks>(outside(), validator, chain_, sender);
  flow->on_progress(held([this, validator, sender] {
    const auto lease = leases_.find(sender);
    if (lease == leases_.end() || lease->second.holder != validator) return;
    lease->second.until = {now().micros + limits::kPatience_us};
  }));
  flow->start(std::move(heights),
              held([this, validator, sender, before](SenderBlocks::Outcome outcome) {
                // Later: the flow may have ended at once.
                outside().post(held([this, validator, sender, before, outcome]() mutable {
                  fetched(validator, sender, before, std::move(outcome));
                }));
              }));
}

void InboxFetch::fetched(const ValidatorPublicKey& validator, const ChainId& sender,
                         BlockHeight before, SenderBlocks::Outcome outcome) {
  const auto lease = leases_.find(sender);
  if (lease != leases_.end() && lease->second.holder == validator) leases_.erase(lease);
  Lane& lane = lanes_[validator];
  --lane.under_way;
  const BlockHeight received = worker().read(chain_).next_height_to_receive(sender);
  const bool brought = outcome.status.ok() && (outcome.more || received > before);
  if (outcome.more) {
    if (walks_.size() >= limits::kKeptWalks) walks_.erase(walks_.begin());
    walks_[sender] = std::move(outcome.heights);
  } else {
    walks_.erase(sender);  // also after a failure: whoever led there may have lied
  }
  if (brought) {
    lane.failures = 0;
    lane.pause.reset();
    lane.window = limits::kLaneSenders;
  } else if (!outcome.status.ok() || received <= before) {  // nor did another lane
    failed(validator, lane);
  }
  if (!outcome.status.ok()) {
    outside().log("messages by validator: " + quoted(outcome.status.error().message()));
  }
  const auto wants = lane.senders.find(sender);
  if (wants != lane.senders.end()) {
    const bool done = *wants->second.heights.rbegin() < received;
    // The log knows better what there is.
    if (!brought && !wants->second.logged) lane.log_due = true;
    if (done || (!brought && ++wants->second.tries >= limits::kSenderTries)) {
      unwant(validator, lane, sender);
    } else {
      (wants->second.logged ? lane.order : lane.news).push_back(sender);
    }
  }
  move_trackers();
  if (received > before) changed_();
  go_all();
}

void InboxFetch::failed(const ValidatorPublicKey& validator, Lane& lane) {
  lane.window = 1;
  if (++lane.failures < limits::kLaneFailures) return;
  lane.failures = 0;
  lane.paused_until = {now().micros + lane.pause.next_us(outside().random(1000))};
  go_at(validator, lane.paused_until);
}

// --- received logs ------------------------------------------------------------------------------

void InboxFetch::ask_log(const ValidatorPublicKey& validator, Lane& lane) {
  // The next page, also behind entries that were given up; or anew.
  const uint64_t start = lane.log_due ? tracker(validator) : lane.log_start + lane.log.size();
  lane.log_due = lane.log_goes_on = false;
  lane.reading = true;
  ChainInfoQuery query{.chain_id = chain_};
  query.request_received_log_excluding_first_n = start;
  ask_info(validator, {NodeRequest::HandleChainInfoQuery{query}}, chain_, true, {},
           [this, validator, start](NodeResult<ChainInfo> info) {
             got_log(validator, start, std::move(info));
             go_all();
           });
}

uint64_t InboxFetch::tracker(const ValidatorPublicKey& validator) {
  const auto trackers = worker().read(chain_).received_log_trackers();
  const auto seen = trackers.find(validator);
  return seen == trackers.end() ? 0 : seen->second;
}

void InboxFetch::got_log(const ValidatorPublicKey& validator, uint64_t start,
                         NodeResult<ChainInfo> info) {
  Lane& lane = lanes_[validator];
  lane.reading = false;
  if (info.ok()) {
    return take_page(validator, lane, start, std::move(info->requested_received_log));
  }
  if (info.error().as<NodeError::BlobsNotFound>()) return;  // it does not know the chain
  lane.log_due = true;
  failed(validator, lane);
}

void InboxFetch::take_page(const ValidatorPublicKey& validator, Lane& lane, uint64_t start,
                           std::vector<ChainAndHeight> page) {
  lane.log_goes_on = page.size() >= limits::kReceivedLogPage;
  if (page.size() > limits::kReceivedLogPage) page.resize(limits::kReceivedLogPage);
  std::map<ChainId, BlockHeight> received;  // looked up once for each sender
  bool fresh = false;
  for (const ChainAndHeight& entry : page) {
    auto [next, first] = received.try_emplace(entry.chain_id);
    if (first) next->second = worker().read(chain_).next_height_to_receive(entry.chain_id);
    if (entry.height < next->second) continue;
    fresh = true;
    want(validator, lane, entry, true);
  }
  lane.log_start = start;
  lane.counts = start == tracker(validator);
  lane.log.assign(page.begin(), page.end());
  // A log that goes on and on with what is long known is read ever more slowly.
  if (lane.log_goes_on && !fresh) failed(validator, lane);
  move_trackers();
}

// Over entries that were received, and no further, as they are received.
void InboxFetch::move_trackers() {
  std::map<ValidatorPublicKey, uint64_t> moved;
  for (auto& [validator, lane] : lanes_) {
    const uint64_t before = lane.log_start;
    while (!lane.log.empty()) {
      const ChainAndHeight& entry = lane.log.front();
      if (entry.height >= worker().read(chain_).next_height_to_receive(entry.chain_id)) break;
      lane.log.pop_front();
      ++lane.log_start;
    }
    if (lane.counts && lane.log_start > before) moved[validator] = lane.log_start;
  }
  if (!moved.empty()) outside().apply(worker().set_received_log_trackers(chain_, moved));
}

// --- the end ------------------------------------------------------------------------------------

size_t InboxFetch::waiting(const ValidatorPublicKey& validator) const {
  const auto found = lanes_.find(validator);
  return found == lanes_.end() ? 0 : found->second.entries;
}

bool InboxFetch::is_idle(const Lane& lane) const {
  return !lane.log_due && !lane.reading && !lane.log_goes_on && lane.senders.empty();
}

void InboxFetch::when_quiet(std::function<void()> then) {
  const uint64_t id = ++last_quiet_;
  quiet_[id] = std::move(then);
  outside().wake_at({now().micros + limits::kInboxPatience_us}, held([this, id] {
                      auto late = quiet_.extract(id);
                      if (!late.empty()) late.mapped()();
                    }));
  outside().post(held([this] { tell_if_quiet(); }));
}

void InboxFetch::tell_if_quiet() {
  if (quiet_.empty()) return;
  const Committee& committee = outside().committee();
  u128 idle = 0;
  for (const auto& [validator, lane] : lanes_) {
    if (is_idle(lane)) idle += committee.weight(validator);
  }
  if (idle < committee.quorum_threshold()) return;
  for (const auto& [id, then] : std::exchange(quiet_, {})) then();
}

}  // namespace mica::client
