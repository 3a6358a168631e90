#include "core/client/epochs.h"

namespace mica::client {

std::vector<Operation> epoch_changes(const Worker& worker, const ChainId& admin,
                                     const ChainId& chain) {
  std::vector<Operation> changes;
  const ChainReader here = worker.read(chain);
  for (Epoch next = here.epoch().next(); worker.event({admin, StreamId::new_epochs(), next.epoch});
       next = next.next()) {
    changes.push_back(Operation::system(SystemOperation::ProcessNewEpoch{next}));
  }
  const std::set<Epoch> trusted = here.epochs();
  if (trusted.empty()) return changes;
  for (Epoch oldest = *trusted.begin(); is_removed(worker, admin, oldest); oldest = oldest.next()) {
    changes.push_back(Operation::system(SystemOperation::ProcessRemovedEpoch{oldest}));
  }
  return changes;
}

bool is_removed(const Worker& worker, const ChainId& admin, Epoch epoch) {
  return worker.event({admin, StreamId::removed_epochs(), epoch.epoch}).has_value();
}

}  // namespace mica::client
