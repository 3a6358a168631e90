// What a chain's subscriptions to event streams ask for, and what events stored here offer them.
#pragma once

#include "core/client/room.h"
#include "core/worker/worker.h"

namespace mica::client {

using Publishers = std::map<ChainId, std::set<StreamId>>;

// Other chains whose streams the chain listens to. linera-core/src/client/chain_client/mod.rs,
// event_stream_publishers
Publishers publishers_of(const Worker& worker, const ChainId& chain);

// How many of them its applications have not processed.
uint32_t new_events(const Worker& worker, const ChainId& chain);

// Takes the chain to new events, at most limits::kEventsPerBlock of them.
// linera-core/src/client/chain_client/mod.rs, collect_stream_updates
std::optional<Operation> stream_updates(const Worker& worker, const ChainId& chain);

}  // namespace mica::client
