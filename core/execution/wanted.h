// What a run lacks, and what it was told from outside: a run that lacks something stops without
// effect; whoever called it brings what is wanted and runs it again.
#pragma once

#include "core/execution/room.h"
#include "core/types/block.h"
#include "core/types/failure.h"

namespace mica::execution {

// A question to the world outside, at its place: transactions of the block, oracle responses of the
// transaction, each counted from 0.
struct HttpRequest {
  std::string method, url;
  std::vector<Header> headers;
  Bytes body;
  MICA_FIELDS(HttpRequest, method, url, headers, body)
};
struct HttpQuestion {
  uint32_t transaction = 0, position = 0;
  HttpRequest request;
  std::string host;  // that of the URL
  // What the network's policy allows for the answer, with its headers.
  uint64_t timeout_ms = 0, max_response_bytes = 0;
  MICA_FIELDS(HttpQuestion, transaction, position, request, host, timeout_ms, max_response_bytes)
};

// Why a question stays without an answer.
struct NoAnswer {
  NoAnswerKind why;
  std::string reason;  // English, for a developer
  friend bool operator==(const NoAnswer&, const NoAnswer&) = default;
};
using HttpAnswer = std::variant<Response, NoAnswer>;

using Wanted = std::variant<BlobId, EventId, HttpQuestion>;

// Each kind in a list of its own, in order.
struct WantedLists {
  std::vector<BlobId> blobs;
  std::vector<EventId> events;
  std::vector<HttpQuestion> questions;
};
WantedLists sorted(const std::vector<Wanted>& all);

// Answers to questions, so that a run may be repeated and goes the same way. The caller keeps them
// for as long as it tries one block.
class Answers {
 public:
  Answers() = default;
  // What the run of a block was told that is to go the same way once more: at each place the
  // answer, whatever the question.
  explicit Answers(const std::vector<std::vector<OracleResponse>>& recorded);

  void add(HttpQuestion question, HttpAnswer answer);
  // Null if this was not asked there: bundles that were left out move what comes after them.
  const HttpAnswer* find(const HttpQuestion& question) const;
  // Null: nobody asked there, or what was asked is not known.
  const HttpRequest* request_at(uint32_t transaction, uint32_t position) const;
  size_t size() const { return known_.size(); }

 private:
  struct Known {
    std::optional<HttpRequest> request;  // none: any
    HttpAnswer answer;
  };
  std::map<std::pair<uint32_t, uint32_t>, Known> known_;
};

}  // namespace mica::execution
