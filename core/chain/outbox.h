// Outbox: the heights of one chain's blocks whose messages one other chain has not received yet.
// linera-chain/src/outbox.rs
#pragma once

#include "core/chain/room.h"
#include "core/types/scalars.h"
#include "core/views/views.h"

namespace mica::chain {

struct Outbox {
  Outbox(ViewContext context, const Bytes& prefix)
      : next_height_to_schedule(context, key_of(prefix, 0)), queue(context, key_of(prefix, 1)) {}

  Register<BlockHeight> next_height_to_schedule;
  Queue<BlockHeight> queue;

  // False if it was scheduled before.
  bool schedule_message(BlockHeight height) {
    if (height < next_height_to_schedule.get()) return false;
    next_height_to_schedule.set(height.next());
    queue.push_back(height);
    return true;
  }
  // The heights that were waiting and are up to `height`.
  std::vector<BlockHeight> mark_messages_as_received(BlockHeight height) {
    std::vector<BlockHeight> received;
    for (auto front = queue.front(); front && *front <= height; front = queue.front()) {
      queue.pop_front();
      received.push_back(*front);
    }
    return received;
  }
  // Takes acknowledged heights back into the queue; returns those that were not in it.
  std::vector<BlockHeight> revert(const std::vector<BlockHeight>& heights) {
    std::vector<BlockHeight> waiting = queue.items(), added;
    std::set<BlockHeight> all(waiting.begin(), waiting.end());
    for (BlockHeight height : heights) {
      if (all.insert(height).second) added.push_back(height);
    }
    if (added.empty()) return added;
    queue.clear();
    next_height_to_schedule.clear();
    for (BlockHeight height : all) schedule_message(height);
    return added;
  }
};

}  // namespace mica::chain
