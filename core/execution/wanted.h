// What a run lacks, and what it was told from outside: a run that lacks something stops without
// effect; whoever called it brings what is wanted and runs it again.
#pragma once

#include "core/execution/room.h"
#include "core/types/block.h"

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
  MICA_FIELDS(HttpQuestion, transaction, position, request)
};

using Wanted = std::variant<BlobId, EventId, HttpQuestion>;

template <class T>
std::vector<T> wanted_of(const std::vector<Wanted>& all) {
  std::vector<T> out;
  for (const Wanted& one : all) {
    if (auto* it = std::get_if<T>(&one)) out.push_back(*it);
  }
  return out;
}

// Answers to questions, so that a run may be repeated and goes the same way. The caller keeps them
// for as long as it tries one block.
class Answers {
 public:
  void add(HttpQuestion question, Response answer) {
    std::pair place{question.transaction, question.position};
    known_.insert_or_assign(place, std::pair{std::move(question.request), std::move(answer)});
  }
  // Null if this was not asked there: bundles that were left out move what comes after them.
  const Response* find(const HttpQuestion& question) const {
    auto found = known_.find({question.transaction, question.position});
    bool same = found != known_.end() && found->second.first == question.request;
    return same ? &found->second.second : nullptr;
  }

 private:
  std::map<std::pair<uint32_t, uint32_t>, std::pair<HttpRequest, Response>> known_;
};

}  // namespace mica::execution
