// Why execution failed: what a retry may do about it, and the text that a peer or a person reads.
// linera-execution/src/lib.rs, ExecutionError; linera-chain/src/lib.rs, ChainExecutionContext
#pragma once

#include "core/execution/room.h"
#include "core/execution/wanted.h"
#include "core/types/failure.h"
#include "core/types/node_error.h"

namespace mica::execution {

struct ExecutionError {
  enum class Kind : uint8_t {
    kFailed,        // a rule of execution was broken
    kFunding,       // the same: somebody has too little for what is sent or for the fees
    kUnauthorized,  // the same: of whoever signed
    kLimit,         // a limit of the block was reached; another block may have room
    kTransient,     // something is not here yet
    kUnsupported,   // valid, but this build cannot run it
    kUnanswered,    // somebody outside was asked, and gave no answer: `wanted` has the question
  };
  Kind kind = Kind::kFailed;
  std::string text;
  std::vector<Wanted> wanted;  // of a transient one, or of one without an answer
  std::optional<FailureDetail::Shortfall> shortfall;  // of funding, where both are known

  explicit ExecutionError(std::string message) : text(std::move(message)) {}
  ExecutionError(Kind kind, std::string message) : kind(kind), text(std::move(message)) {}
  ExecutionError(const Error& error) : text(error.message()) {}
  static ExecutionError missing(std::vector<Wanted> wanted);
  static ExecutionError funding(std::string message, Amount needed, Amount available) {
    ExecutionError error{Kind::kFunding, std::move(message)};
    error.shortfall = {needed, available};
    return error;
  }
  static ExecutionError unauthorized(std::string message) {
    return {Kind::kUnauthorized, std::move(message)};
  }
  static ExecutionError unanswered(HttpQuestion question, const std::string& reason);
  static ExecutionError overflow() { return ExecutionError("Number overflow"); }
  static ExecutionError unsupported(std::string_view what) {
    return {Kind::kUnsupported, "this cannot be done here: " + std::string(what)};
  }
};

template <class T>
using ExecutionResult = Result<T, ExecutionError>;
using ExecutionStatus = ExecutionResult<Ok>;

// Where in a block execution was.
struct ExecutionContext {
  enum class Kind : uint8_t { kBlock, kIncomingBundle, kOperation };
  Kind kind = Kind::kBlock;
  uint32_t index = 0;
  std::string to_text() const;  // "Operation(2)"
};

// BlobsNotFound, else EventsNotFound as such, all else as ChainError.
NodeError to_node_error(const ExecutionError& error, const ExecutionContext& context);

}  // namespace mica::execution
