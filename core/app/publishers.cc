#include "core/app/publishers.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/client/said.h"

namespace mica::app {

FollowedPublishers::~FollowedPublishers() {
  for (auto& [chain, publisher] : publishers_) {
    for (auto& [validator, blocks] : publisher.asking) blocks->stop();
  }
}

bool FollowedPublishers::follow(Publishers publishers) {
  const std::set<ChainId> before = chains();
  for (const ChainId& chain : before) {
    if (publishers.contains(chain)) continue;
    auto gone = publishers_.extract(chain);
    for (auto& [validator, blocks] : gone.mapped().asking) blocks->stop();
  }
  for (auto& [chain, streams] : publishers) {
    Publisher& publisher = publishers_[chain];
    if (publisher.streams == streams) continue;
    publisher.streams = std::move(streams);
    told_by_all(chain);
  }
  return chains() != before;
}

std::set<ChainId> FollowedPublishers::chains() const {
  std::set<ChainId> ids;
  for (const auto& [chain, publisher] : publishers_) ids.insert(chain);
  return ids;
}

void FollowedPublishers::told(const ValidatorPublicKey& validator, const ChainId& chain) {
  const auto found = publishers_.find(chain);
  if (found == publishers_.end()) return;
  auto& due = found->second.due;
  if (std::find(due.begin(), due.end(), validator) == due.end()) due.push_back(validator);
  go(chain, false);
}

void FollowedPublishers::told_by_all(const ChainId& chain) {
  for (const auto& [validator, state] : outside_.committee().validators) told(validator, chain);
}

void FollowedPublishers::retry_now() {
  for (const ChainId& chain : chains()) {
    publishers_[chain].pauses.clear();
    told_by_all(chain);
  }
}

void FollowedPublishers::go(const ChainId& chain, bool beside) {
  const auto found = publishers_.find(chain);
  if (found == publishers_.end()) return;
  Publisher& publisher = found->second;
  if (!publisher.asking.empty() && !beside) return;
  const auto next = std::find_if(publisher.due.begin(), publisher.due.end(),
                                 [&](const auto& one) { return !publisher.asking.contains(one); });
  if (next == publisher.due.end()) return;
  const ValidatorPublicKey validator = *next;
  publisher.due.erase(next);
  auto blocks = make_flow<PublisherBlocks>(outside_, validator, chain, publisher.streams);
  publisher.asking[validator] = blocks;
  blocks->start([this, chain, validator](NodeStatus status) { ended(chain, validator, status); });
  const std::weak_ptr<PublisherBlocks> still = blocks;
  outside_.wake_at({outside_.now().micros + limits::kPatience_us}, [this, chain, still] {
    const auto slow = still.lock();
    if (slow && !slow->stopped()) go(chain, true);
  });
}

void FollowedPublishers::ended(const ChainId& chain, const ValidatorPublicKey& validator,
                               const NodeStatus& status) {
  Publisher& publisher = publishers_.at(chain);
  publisher.asking.at(validator)->stop();
  publisher.asking.erase(validator);
  if (status.ok()) {
    publisher.pauses.erase(validator);
  } else {
    outside_.log("events:" + said_by(outside_.committee(), validator, status.error()));
    Backoff& pause =
        publisher.pauses
            .try_emplace(validator, limits::kLanePauseFirst_us, limits::kLanePauseMost_us)
            .first->second;
    const uint64_t wait = pause.next_us(outside_.random(1000));
    outside_.wake_at({outside_.now().micros + wait},
                     [this, chain, validator] { told(validator, chain); });
  }
  go(chain, false);
}

}  // namespace mica::app
