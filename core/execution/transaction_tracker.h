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
  std::set<BlobId> free_blobs;  // of the created ones: nobody pays for them
  uint32_t next_application_index = 0;
  uint32_t next_chain_index = 0;
};

// New events of a stream that an application subscribed to.
struct StreamUpdate {
  ChainId chain_id;
  StreamId stream_id;
  uint32_t previous_index = 0, next_index = 0;
  MICA_FIELDS(StreamUpdate, chain_id, stream_id, previous_index, next_index)
};
using StreamUpdates = std::map<ApplicationId, std::vector<StreamUpdate>>;

using CreatedBlobs = std::map<BlobId, BlobContent>;

// Where in a block a transaction stands.
struct TransactionPlace {
  uint32_t transaction_index = 0;
  uint32_t next_application_index = 0, next_chain_index = 0;
  // Of the block's earlier transactions; null for none.
  const CreatedBlobs* created_before = nullptr;
  Timestamp local_time;  // of this node
};

class TransactionTracker {
 public:
  // `recorded`: the certified responses of this transaction, or null when oracles are asked.
  TransactionTracker(TransactionPlace place, const std::vector<OracleResponse>* recorded)
      : place_(place), recorded_(recorded) {}

  uint32_t transaction_index() const { return place_.transaction_index; }
  Timestamp local_time() const { return place_.local_time; }
  uint32_t next_application_index() { return place_.next_application_index++; }
  uint32_t next_chain_index() { return place_.next_chain_index++; }
  void add_message(OutgoingMessage message) { outcome_.messages.push_back(std::move(message)); }
  void add_event(Event event) { outcome_.events.push_back(std::move(event)); }
  void add_published_blob(const BlobId& id) { outcome_.blobs_published.insert(id); }
  void set_operation_result(Bytes result) { outcome_.operation_result = std::move(result); }

  void add_created_blob(BlobContent blob);
  void mark_blob_free(const BlobId& id) { outcome_.free_blobs.insert(id); }
  // Created by this transaction; a service that it asks sees them as its own.
  const CreatedBlobs& created_blobs() const { return created_; }
  void set_created_blobs(CreatedBlobs blobs) { created_ = std::move(blobs); }
  // Created by this transaction or by an earlier one of the block; null if by neither.
  const BlobContent* find_created_blob(const BlobId& id) const;

  // These events of a stream are to be processed by an application; nothing for an empty range.
  void add_stream_to_process(const ApplicationId& application_id, const StreamUpdate& update);
  void remove_stream_to_process(const ApplicationId& application_id, const ChainId& chain_id,
                                const StreamId& stream_id);
  // In the order of applications, then of chains and streams.
  StreamUpdates take_streams_to_process();

  // The recorded response when replaying, else what `ask` returns; recorded either way.
  template <class Ask>
  ExecutionResult<OracleResponse> oracle(Ask ask) {
    std::optional<OracleResponse> response = MICA_TRY(next_recorded());
    if (!response) response = MICA_TRY(ask());
    outcome_.oracle_responses.push_back(*response);
    return std::move(*response);
  }
  // The HTTP response at this place: the recorded one, else that among `answers` (null: nobody can
  // be asked); else it is wanted. `check` gives the question, its place apart, if it may be asked:
  // () -> ExecutionResult<HttpQuestion>. It is called where nothing was recorded.
  template <class Check>
  ExecutionResult<Response> http(Check check, const Answers* answers) {
    auto response = MICA_TRY(oracle([&]() -> ExecutionResult<OracleResponse> {
      HttpQuestion question = MICA_TRY(check());
      return OracleResponse{
          OracleResponse::Http{MICA_TRY(answer_to(std::move(question), answers))}};
    }));
    auto* http = std::get_if<OracleResponse::Http>(&response.kind);
    if (!http) return wrong_response();
    return std::move(http->response);
  }
  // Records a response that is known beforehand; a recorded one must be equal. True if there was
  // one, false where nothing is replayed.
  ExecutionResult<bool> record(OracleResponse response);

  static ExecutionError wrong_response() {
    return ExecutionError("Recorded response for oracle query has the wrong type");
  }

  // Fails if recorded responses or streams to process are left over.
  ExecutionResult<TransactionOutcome> finish() &&;

 private:
  ExecutionResult<std::optional<OracleResponse>> next_recorded();
  ExecutionResult<Response> answer_to(HttpQuestion question, const Answers* answers) const;

  TransactionPlace place_;
  const std::vector<OracleResponse>* recorded_;
  size_t replayed_ = 0;
  CreatedBlobs created_;
  using Range = std::pair<uint32_t, uint32_t>;
  std::map<ApplicationId, std::map<std::pair<ChainId, StreamId>, Range>> streams_to_process_;
  TransactionOutcome outcome_;
};

}  // namespace mica::execution
