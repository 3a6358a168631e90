// What the admin chain's events, as far as they are stored here, say about epochs.
#pragma once

#include "core/client/room.h"
#include "core/worker/worker.h"

namespace mica::client {

// Takes the chain into the newest epoch, and away from the removed ones: new epochs in order, then
// removed ones in order. linera-core/src/client/chain_client/mod.rs, collect_epoch_changes
std::vector<Operation> epoch_changes(const Worker& worker, const ChainId& admin,
                                     const ChainId& chain);

// Its committee was removed: nobody needs to keep a validator running for it.
bool is_removed(const Worker& worker, const ChainId& admin, Epoch epoch);

}  // namespace mica::client
