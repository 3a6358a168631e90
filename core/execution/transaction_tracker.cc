#include "core/execution/transaction_tracker.h"

namespace mica::execution {

void TransactionTracker::add_created_blob(BlobContent blob) {
  BlobId id = blob.id();
  created_.insert_or_assign(id, std::move(blob));
}

ExecutionResult<std::optional<OracleResponse>> TransactionTracker::next_recorded() {
  if (!recorded_) return std::optional<OracleResponse>();
  if (replayed_ == recorded_->size()) {
    return ExecutionError("No recorded response for oracle query");
  }
  return std::optional((*recorded_)[replayed_++]);
}

ExecutionResult<Response> TransactionTracker::http(HttpRequest request, const Answers& answers) {
  auto response = MICA_TRY(oracle([&]() -> ExecutionResult<OracleResponse> {
    const auto position = static_cast<uint32_t>(outcome_.oracle_responses.size());
    HttpQuestion question{transaction_index_, position, std::move(request)};
    if (auto* known = answers.find(question)) return OracleResponse{OracleResponse::Http{*known}};
    return ExecutionError::missing({std::move(question)});
  }));
  auto* http = std::get_if<OracleResponse::Http>(&response.kind);
  if (!http) return ExecutionError("Recorded response for oracle query has the wrong type");
  return std::move(http->response);
}

ExecutionStatus TransactionTracker::record(OracleResponse response) {
  auto recorded = MICA_TRY(next_recorded());
  if (recorded && *recorded != response) {
    return ExecutionError("Recorded response for oracle query has the wrong type");
  }
  outcome_.oracle_responses.push_back(std::move(response));
  return Ok{};
}

ExecutionResult<TransactionOutcome> TransactionTracker::finish() && {
  if (recorded_ && replayed_ != recorded_->size()) {
    return ExecutionError("More recorded oracle responses than expected");
  }
  for (auto& [id, blob] : created_) outcome_.blobs.push_back(std::move(blob));
  return std::move(outcome_);
}

}  // namespace mica::execution
