// Answers that the block records because another node may not find them by itself.
// linera-execution/src/execution_state_actor.rs
#pragma once

#include "core/execution/system.h"

namespace mica::execution {

// The number of the multi-leader round, if the block was validated in one.
ExecutionResult<std::optional<uint32_t>> validation_round(Execution& run,
                                                          std::optional<uint32_t> round);
// Fails once the local time is `timestamp`; a recorded answer is believed.
ExecutionStatus assert_before(Execution& run, Timestamp timestamp);

// `ask` runs the service, unless its answer was recorded: () -> ExecutionResult<ServiceAnswer>.
ExecutionError service_asked_for_operations();
ExecutionResult<Bytes> service_response_of(OracleResponse response);
template <class Ask>
ExecutionResult<Bytes> service_answer(Execution& run, Ask ask) {
  auto response = MICA_TRY(run.transaction.oracle([&]() -> ExecutionResult<OracleResponse> {
    auto answer = MICA_TRY(ask());
    if (!answer.operations.empty()) return service_asked_for_operations();
    return OracleResponse{OracleResponse::Service{std::move(answer.response)}};
  }));
  return service_response_of(std::move(response));
}

}  // namespace mica::execution
