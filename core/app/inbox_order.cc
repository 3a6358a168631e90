#include "core/app/inbox_order.h"

#include <algorithm>

#include "core/base/limits.h"

namespace mica::app {

InboxOrder::StoppedNow InboxOrder::stopped_now(const Bundles& pending) const {
  StoppedNow still;
  std::set<ChainId> seen;
  for (const auto& [origin, bundle, action] : pending) {
    if (stopped_.empty() || !seen.insert(origin).second) continue;
    const auto found = stopped_.find(origin);
    if (found == stopped_.end()) continue;
    const LeftOut& by = found->second.by;
    if (by.height == bundle.height && by.transaction_index == bundle.transaction_index) {
      still.insert(*found);
    }
  }
  return still;
}

InboxOrder::Bundles InboxOrder::choose(Bundles pending) {
  stopped_ = stopped_now(pending);
  auto last_tried = [this](const IncomingBundle& incoming) {
    const auto found = stopped_.find(incoming.origin);
    return found == stopped_.end() ? 0 : found->second.tried;
  };
  std::stable_sort(pending.begin(), pending.end(),
                   [&](const auto& a, const auto& b) { return last_tried(a) < last_tried(b); });
  if (pending.size() > limits::kMaxBundlesPerBlock) pending.resize(limits::kMaxBundlesPerBlock);
  return pending;
}

void InboxOrder::note(const StagedBlock& staged) {
  for (const Transaction& transaction : staged.proposed.transactions) {
    const auto* receive = std::get_if<Transaction::ReceiveMessages>(&transaction.kind);
    if (receive) stopped_.erase(receive->bundle.origin);
  }
  for (const LeftOut& one : staged.left_out) {
    if (one.reason) stopped_[one.origin] = {one, ++tries_};
  }
}

bool InboxOrder::has_untried(const Bundles& pending) const {
  const StoppedNow stopped = stopped_now(pending);
  return std::any_of(pending.begin(), pending.end(),
                     [&](const auto& incoming) { return !stopped.contains(incoming.origin); });
}

std::vector<WaitingBundles> InboxOrder::waiting(const Bundles& pending) const {
  std::map<WaitReason, uint32_t> counts;
  const StoppedNow stopped = stopped_now(pending);
  for (const IncomingBundle& incoming : pending) {
    const auto found = stopped.find(incoming.origin);
    if (found != stopped.end()) ++counts[*found->second.by.reason];
  }
  std::vector<WaitingBundles> out;
  for (const auto& [reason, bundles] : counts) out.push_back({reason, bundles});
  return out;
}

}  // namespace mica::app
