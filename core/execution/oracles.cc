#include "core/execution/oracles.h"

namespace mica::execution {

ExecutionResult<std::optional<uint32_t>> validation_round(Execution& run,
                                                          std::optional<uint32_t> round) {
  auto response = MICA_TRY(run.transaction.oracle(
      [&]() -> ExecutionResult<OracleResponse> { return {{OracleResponse::Round{round}}}; }));
  auto* recorded = std::get_if<OracleResponse::Round>(&response.kind);
  if (!recorded) return TransactionTracker::wrong_response();
  return recorded->round;
}

ExecutionStatus assert_before(Execution& run, Timestamp timestamp) {
  const bool replayed = MICA_TRY(run.transaction.record({OracleResponse::Assert{}}));
  const Timestamp local_time = run.transaction.local_time();
  if (replayed || local_time < timestamp) return Ok{};
  return ExecutionError("Assertion failed: local time " + to_decimal(local_time.micros) +
                        " is not earlier than " + to_decimal(timestamp.micros));
}

ExecutionError service_asked_for_operations() {
  return ExecutionError("Service oracle query tried to create operations");
}

ExecutionResult<Bytes> service_response_of(OracleResponse response) {
  auto* service = std::get_if<OracleResponse::Service>(&response.kind);
  if (!service) return TransactionTracker::wrong_response();
  return std::move(service->bytes);
}

}  // namespace mica::execution
