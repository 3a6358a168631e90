// What one transaction brought about, and the oracle responses it replays.
// linera-execution/src/transaction_tracker.rs
#pragma once

#include "core/execution/execution_error.h"
#include "core/execution/room.h"

namespace mica::execution {

struct TransactionOutcome {
  std::vector<OracleResponse> oracle_responses;
  std::vector<OutgoingMessage> messages;
  std::vector<Event> events;
  std::vector<BlobContent> blobs;  // created, in the order of their ids
  Bytes operation_result;
  std::set<BlobId> blobs_published;
  uint32_t next_chain_index = 0;
};

class TransactionTracker {
 public:
  // `recorded`: the certified responses of this transaction, or null when oracles are asked.
  TransactionTracker(uint32_t transaction_index, uint32_t next_chain_index,
                     const std::vector<OracleResponse>* recorded)
      : transaction_index_(transaction_index), recorded_(recorded) {
    outcome_.next_chain_index = next_chain_index;
  }

  uint32_t transaction_index() const { return transaction_index_; }
  uint32_t next_chain_index() { return outcome_.next_chain_index++; }
  void add_message(OutgoingMessage message) { outcome_.messages.push_back(std::move(message)); }
  void add_event(Event event) { outcome_.events.push_back(std::move(event)); }
  void add_created_blob(BlobContent blob);
  void add_published_blob(const BlobId& id) { outcome_.blobs_published.insert(id); }
  void set_operation_result(Bytes result) { outcome_.operation_result = std::move(result); }

  // The recorded response when replaying, else what `ask` returns; recorded either way.
  template <class Ask>
  ExecutionResult<OracleResponse> oracle(Ask ask) {
    std::optional<OracleResponse> response = MICA_TRY(next_recorded());
    if (!response) response = MICA_TRY(ask());
    outcome_.oracle_responses.push_back(*response);
    return std::move(*response);
  }
  // The HTTP response at this place: recorded, or told from outside; else it is wanted.
  ExecutionResult<Response> http(HttpRequest request, const Answers& answers);
  // Records a response that is known beforehand; a recorded one must be equal.
  ExecutionStatus record(OracleResponse response);

  // Fails if recorded responses are left over.
  ExecutionResult<TransactionOutcome> finish() &&;

 private:
  ExecutionResult<std::optional<OracleResponse>> next_recorded();

  uint32_t transaction_index_;
  const std::vector<OracleResponse>* recorded_;
  size_t replayed_ = 0;
  std::map<BlobId, BlobContent> created_;
  TransactionOutcome outcome_;
};

}  // namespace mica::execution
