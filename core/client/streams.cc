#include "core/client/streams.h"

#include "core/base/limits.h"

namespace mica::client {

Publishers publishers_of(const Worker& worker, const ChainId& chain) {
  Publishers publishers;
  for (const auto& [place, subscriptions] : worker.read(chain).subscriptions()) {
    if (place.first != chain) publishers[place.first].insert(place.second);
  }
  return publishers;
}

uint32_t new_events(const Worker& worker, const ChainId& chain) {
  uint32_t count = 0;
  for (const auto& [place, subscriptions] : worker.read(chain).subscriptions()) {
    const uint32_t known = worker.read(place.first).next_expected_event(place.second);
    count += std::max(known, subscriptions.next_index) - subscriptions.next_index;
  }
  return count;
}

std::optional<Operation> stream_updates(const Worker& worker, const ChainId& chain) {
  SystemOperation::UpdateStreams updates;
  uint32_t room = limits::kEventsPerBlock;
  for (const auto& [place, subscriptions] : worker.read(chain).subscriptions()) {
    const auto& [publisher, stream] = place;
    const uint32_t known = worker.read(publisher).next_expected_event(stream);
    if (known <= subscriptions.next_index) continue;
    const uint32_t taken = std::min(room, known - subscriptions.next_index);
    updates.streams.emplace_back(publisher, stream, subscriptions.next_index + taken);
    room -= taken;
    if (room == 0) break;
  }
  if (updates.streams.empty()) return std::nullopt;
  return Operation::system(std::move(updates));
}

}  // namespace mica::client
