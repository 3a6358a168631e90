#include "core/client/streams.h"

#include "core/base/limits.h"

namespace mica::client {
namespace {

struct NewEvents {
  ChainId publisher;
  StreamId stream;
  uint32_t processed, known;  // how many
};

std::vector<NewEvents> streams_with_news(const Worker& worker, const ChainId& chain) {
  std::vector<NewEvents> streams;
  for (const auto& [place, subscriptions] : worker.read(chain).subscriptions()) {
    const auto& [publisher, stream] = place;
    const uint32_t processed = subscriptions.next_index;
    const uint32_t known = worker.read(publisher).next_expected_event(stream);
    if (known > processed) streams.push_back({publisher, stream, processed, known});
  }
  return streams;
}

}  // namespace

Publishers publishers_of(const Worker& worker, const ChainId& chain) {
  Publishers publishers;
  for (const auto& [place, subscriptions] : worker.read(chain).subscriptions()) {
    if (place.first != chain) publishers[place.first].insert(place.second);
  }
  return publishers;
}

uint32_t new_events(const Worker& worker, const ChainId& chain) {
  uint32_t count = 0;
  for (const NewEvents& stream : streams_with_news(worker, chain)) {
    count += stream.known - stream.processed;
  }
  return count;
}

std::optional<Operation> stream_updates(const Worker& worker, const ChainId& chain) {
  SystemOperation::UpdateStreams updates;
  uint32_t room = limits::kEventsPerBlock;
  for (const auto& [publisher, stream, processed, known] : streams_with_news(worker, chain)) {
    const uint32_t taken = std::min(room, known - processed);
    updates.streams.emplace_back(publisher, stream, processed + taken);
    room -= taken;
    if (room == 0) break;
  }
  if (updates.streams.empty()) return std::nullopt;
  return Operation::system(std::move(updates));
}

}  // namespace mica::client
