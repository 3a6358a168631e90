#include "core/execution/streams.h"

#include "core/execution/applications.h"

namespace mica::execution {

namespace {

using Processed = std::set<std::tuple<ApplicationId, ChainId, StreamId>>;

// Applications may unsubscribe and subscribe again while they process: not again in this run.
StreamUpdates take_new_updates(TransactionTracker& transaction, Processed& processed) {
  StreamUpdates updates = transaction.take_streams_to_process();
  for (auto& entry : updates) {
    std::erase_if(entry.second, [&](const StreamUpdate& update) {
      return !processed.emplace(entry.first, update.chain_id, update.stream_id).second;
    });
  }
  std::erase_if(updates, [](const auto& entry) { return entry.second.empty(); });
  return updates;
}

}  // namespace

ExecutionResult<uint32_t> emit_event(Execution& run, const StreamId& stream_id, Bytes value) {
  const uint32_t index = run.state.stream_event_counts.get_or_default(stream_id);
  if (index == UINT32_MAX) return ExecutionError::overflow();
  run.state.stream_event_counts.put(stream_id, index + 1);
  run.transaction.add_event({stream_id, index, std::move(value)});
  return index;
}

ExecutionResult<Bytes> read_event(Execution& run, const EventId& id) {
  auto response = MICA_TRY(run.transaction.oracle([&]() -> ExecutionResult<OracleResponse> {
    auto value = run.lookup.event(id);
    if (!value) return ExecutionError::missing({id});
    return OracleResponse{OracleResponse::Event{id, std::move(*value)}};
  }));
  auto* event = std::get_if<OracleResponse::Event>(&response.kind);
  if (!event || event->event_id != id) return TransactionTracker::wrong_response();
  return std::move(event->value);
}

void subscribe_to_events(Execution& run, const ChainId& chain_id, const StreamId& stream_id,
                         const ApplicationId& subscriber) {
  auto& all = run.state.system.event_subscriptions;
  EventSubscriptions subscriptions = all.get_or_default({chain_id, stream_id});
  const bool added = subscriptions.applications.insert(subscriber).second;
  all.put({chain_id, stream_id}, subscriptions);
  const uint32_t next_index = added ? subscriptions.next_index : 0;
  run.transaction.add_stream_to_process(subscriber, {chain_id, stream_id, 0, next_index});
}

void unsubscribe_from_events(Execution& run, const ChainId& chain_id, const StreamId& stream_id,
                             const ApplicationId& subscriber) {
  auto& all = run.state.system.event_subscriptions;
  EventSubscriptions subscriptions = all.get_or_default({chain_id, stream_id});
  subscriptions.applications.erase(subscriber);
  if (subscriptions.applications.empty()) {
    all.erase({chain_id, stream_id});
  } else {
    all.put({chain_id, stream_id}, subscriptions);
  }
  auto* owner = std::get_if<GenericApplicationId::User>(&stream_id.application_id.kind);
  if (owner) run.transaction.remove_stream_to_process(owner->application_id, chain_id, stream_id);
}

ExecutionStatus update_streams(Execution& run, const SystemOperation::UpdateStreams& operation) {
  std::vector<Wanted> missing;
  for (const auto& [chain_id, stream_id, next_index] : operation.streams) {
    auto& all = run.state.system.event_subscriptions;
    EventSubscriptions subscriptions = all.get_or_default({chain_id, stream_id});
    const uint32_t previous_index = subscriptions.next_index;
    if (previous_index >= next_index) return ExecutionError("UpdateStreams is outdated");
    for (const ApplicationId& application : subscriptions.applications) {
      run.transaction.add_stream_to_process(application,
                                            {chain_id, stream_id, previous_index, next_index});
    }
    subscriptions.next_index = next_index;
    all.put({chain_id, stream_id}, subscriptions);
    const EventId last{chain_id, stream_id, next_index - 1};
    MICA_TRY(run.transaction.oracle([&]() -> ExecutionResult<OracleResponse> {
      if (!run.lookup.event(last)) missing.push_back(last);
      return OracleResponse{OracleResponse::EventExists{last}};
    }));
  }
  if (missing.empty()) return Ok{};
  return ExecutionError::missing(std::move(missing));
}

ExecutionStatus process_subscriptions(Execution& run, const OperationContext& context) {
  OperationContext unsigned_context = context;
  unsigned_context.authenticated_signer.reset();
  Processed processed;
  while (true) {
    const StreamUpdates updates = take_new_updates(run.transaction, processed);
    if (updates.empty()) return Ok{};
    for (const auto& [application, streams] : updates) {
      if (!run.applications) {
        return ExecutionError::unsupported("events for application " + application.to_text());
      }
      MICA_TRY(run.applications->process_streams(run, unsigned_context, application, streams));
    }
  }
}

}  // namespace mica::execution
