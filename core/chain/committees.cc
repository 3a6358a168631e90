#include "core/chain/committees.h"

#include "core/chain/rounds.h"

namespace mica::chain {

namespace {

CommitteePtr with_fallback_owners(Committee committee) {
  auto fallback = fallback_owners_of(committee);
  return std::make_shared<CommitteeInfo>(CommitteeInfo{std::move(committee), std::move(fallback)});
}

}  // namespace

NodeResult<CommitteePtr> Committees::of_epoch(Epoch epoch, const Lookup& lookup) {
  if (CommitteePtr found = known_.find(epoch)) return found;
  auto committee = committee_of_epoch(epoch, lookup);
  if (!committee.ok()) return to_node_error(committee.error(), {});
  const size_t bytes = encode(*committee).size();
  CommitteePtr parsed = with_fallback_owners(std::move(committee).value());
  known_.insert(epoch, parsed, bytes);
  return parsed;
}

NodeResult<CommitteePtr> Committees::current(const ExecutionState& state, const ChainId& chain,
                                             const Lookup& lookup) {
  const Epoch epoch = state.system.epoch.get();
  auto known = of_epoch(epoch, lookup);
  if (known.ok()) return known;
  // Made by this very block: the event is not recorded yet.
  auto own = state.system.committees.get();
  auto found = own.find(epoch);
  if (found == own.end()) return NodeError(NodeError::InactiveChain{chain});
  return with_fallback_owners(std::move(found->second));
}

}  // namespace mica::chain
