#include "core/execution/execution_error.h"

namespace mica::execution {

ExecutionError ExecutionError::blobs_not_found(std::vector<BlobId> ids) {
  ExecutionError error{Kind::kTransient, "Blobs not found"};
  error.blobs = std::move(ids);
  return error;
}

ExecutionError ExecutionError::events_not_found(std::vector<EventId> ids) {
  ExecutionError error{Kind::kTransient, "Events not found"};
  error.events = std::move(ids);
  return error;
}

std::string ExecutionContext::to_text() const {
  switch (kind) {
    case Kind::kBlock:
      return "Block";
    case Kind::kIncomingBundle:
      return "IncomingBundle(" + to_decimal(index) + ")";
    case Kind::kOperation:
      return "Operation(" + to_decimal(index) + ")";
  }
  return {};
}

NodeError to_node_error(const ExecutionError& error, const ExecutionContext& context) {
  if (!error.blobs.empty()) return NodeError::BlobsNotFound{error.blobs};
  if (!error.events.empty()) return NodeError::EventsNotFound{error.events};
  return NodeError::ChainError{"Execution error: " + error.text + " during " + context.to_text()};
}

}  // namespace mica::execution
