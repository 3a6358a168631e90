#include "core/execution/execution_error.h"

namespace mica::execution {

ExecutionError ExecutionError::missing(std::vector<Wanted> wanted) {
  ExecutionError error{Kind::kTransient, "not here yet"};
  error.wanted = std::move(wanted);
  return error;
}

// linera-execution/src/lib.rs, ReqwestError
ExecutionError ExecutionError::unanswered(HttpQuestion question, const std::string& reason) {
  ExecutionError error{Kind::kUnanswered,
                       "Failed to make network request to " + question.host + ": " + reason};
  error.wanted = {std::move(question)};
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
  WantedLists wanted = sorted(error.wanted);
  if (!wanted.blobs.empty()) return NodeError::BlobsNotFound{std::move(wanted.blobs)};
  if (!wanted.events.empty()) return NodeError::EventsNotFound{std::move(wanted.events)};
  return NodeError::ChainError{"Execution error: " + error.text + " during " + context.to_text()};
}

}  // namespace mica::execution
