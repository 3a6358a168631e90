#include "core/execution/transaction_tracker.h"

namespace mica::execution {

void TransactionTracker::add_created_blob(BlobContent blob) {
  BlobId id = blob.id();
  created_.insert_or_assign(id, std::move(blob));
}

const BlobContent* TransactionTracker::find_created_blob(const BlobId& id) const {
  for (const CreatedBlobs* blobs : {&created_, place_.created_before}) {
    if (!blobs) continue;
    auto found = blobs->find(id);
    if (found != blobs->end()) return &found->second;
  }
  return nullptr;
}

void TransactionTracker::add_stream_to_process(const ApplicationId& application_id,
                                               const StreamUpdate& update) {
  if (update.next_index == update.previous_index) return;
  auto& streams = streams_to_process_[application_id];
  auto [entry, added] = streams.try_emplace({update.chain_id, update.stream_id},
                                            update.previous_index, update.next_index);
  auto& [previous, next] = entry->second;
  previous = std::min(previous, update.previous_index);
  next = std::max(next, update.next_index);
}

void TransactionTracker::remove_stream_to_process(const ApplicationId& application_id,
                                                  const ChainId& chain_id,
                                                  const StreamId& stream_id) {
  auto found = streams_to_process_.find(application_id);
  if (found == streams_to_process_.end()) return;
  found->second.erase({chain_id, stream_id});
  if (found->second.empty()) streams_to_process_.erase(found);
}

StreamUpdates TransactionTracker::take_streams_to_process() {
  StreamUpdates out;
  for (const auto& [application, streams] : std::exchange(streams_to_process_, {})) {
    for (const auto& [stream, range] : streams) {
      out[application].push_back({stream.first, stream.second, range.first, range.second});
    }
  }
  return out;
}

ExecutionResult<std::optional<OracleResponse>> TransactionTracker::next_recorded() {
  if (!recorded_) return std::optional<OracleResponse>();
  if (replayed_ == recorded_->size()) {
    return ExecutionError("No recorded response for oracle query");
  }
  return std::optional((*recorded_)[replayed_++]);
}

// linera-execution/src/execution_state_actor.rs, receive_http_response
ExecutionResult<Response> TransactionTracker::answer_to(HttpQuestion question,
                                                        const Answers* answers) const {
  if (!answers) {
    return ExecutionError(ExecutionError::Kind::kUnsupported,
                          "HTTP requests are unsupported where nobody can be asked");
  }
  question.transaction = place_.transaction_index;
  question.position = static_cast<uint32_t>(outcome_.oracle_responses.size());
  const HttpAnswer* known = answers->find(question);
  if (!known) return ExecutionError::missing({std::move(question)});
  if (const auto* none = std::get_if<NoAnswer>(known)) {
    return ExecutionError::unanswered(std::move(question), none->reason);
  }
  const auto& response = std::get<Response>(*known);
  uint64_t size = response.body.size();
  for (const auto& [name, value] : response.headers) size += name.size() + value.size();
  const uint64_t limit = question.max_response_bytes;
  if (size <= limit) return response;
  return ExecutionError("HTTP response exceeds the size limit of " + std::to_string(limit) +
                        " bytes, having at least " + std::to_string(size) + " bytes");
}

ExecutionResult<bool> TransactionTracker::record(OracleResponse response) {
  auto recorded = MICA_TRY(next_recorded());
  if (recorded && *recorded != response) {
    return wrong_response();
  }
  outcome_.oracle_responses.push_back(std::move(response));
  return recorded.has_value();
}

ExecutionResult<TransactionOutcome> TransactionTracker::finish() && {
  if (!streams_to_process_.empty()) {
    return ExecutionError("process_streams was not called for all stream updates");
  }
  if (recorded_ && replayed_ != recorded_->size()) {
    return ExecutionError("More recorded oracle responses than expected");
  }
  for (auto& [id, blob] : created_) outcome_.blobs.push_back(std::move(blob));
  outcome_.next_application_index = place_.next_application_index;
  outcome_.next_chain_index = place_.next_chain_index;
  return std::move(outcome_);
}

}  // namespace mica::execution
