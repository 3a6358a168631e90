// Events: streams of this chain's applications, and subscriptions to those of others.
// linera-execution/src/{system,execution_state_actor}.rs
#pragma once

#include "core/execution/system.h"

namespace mica::execution {

// The event's index in its stream.
ExecutionResult<uint32_t> emit_event(Execution& run, const StreamId& stream_id, Bytes value);
// An oracle.
ExecutionResult<Bytes> read_event(Execution& run, const EventId& id);

// Past events, if any are known here, are processed after the current operation or message.
void subscribe_to_events(Execution& run, const ChainId& chain_id, const StreamId& stream_id,
                         const ApplicationId& subscriber);
// Cancels pending updates of the stream's own application, not of the subscriber, as upstream does.
void unsubscribe_from_events(Execution& run, const ChainId& chain_id, const StreamId& stream_id,
                             const ApplicationId& subscriber);

// Announces new events to all subscribers; all events that are missing are wanted at once.
ExecutionStatus update_streams(Execution& run, const SystemOperation::UpdateStreams& operation);

// Has applications process what they were announced, and what comes of that, each stream once.
ExecutionStatus process_subscriptions(Execution& run, const OperationContext& context);

}  // namespace mica::execution
