#include "core/execution/wanted.h"

namespace mica::execution {
namespace {

// A kind without one of these does not compile.
void add(WantedLists& lists, const BlobId& blob) { lists.blobs.push_back(blob); }
void add(WantedLists& lists, const EventId& event) { lists.events.push_back(event); }
void add(WantedLists& lists, const HttpQuestion& question) { lists.questions.push_back(question); }

}  // namespace

WantedLists sorted(const std::vector<Wanted>& all) {
  WantedLists lists;
  for (const Wanted& wanted : all) {
    std::visit([&](const auto& one) { add(lists, one); }, wanted);
  }
  return lists;
}

Answers::Answers(const std::vector<std::vector<OracleResponse>>& recorded) {
  for (uint32_t transaction = 0; transaction < recorded.size(); ++transaction) {
    for (uint32_t position = 0; position < recorded[transaction].size(); ++position) {
      const auto* http = std::get_if<OracleResponse::Http>(&recorded[transaction][position].kind);
      if (http) known_[{transaction, position}] = {std::nullopt, http->response};
    }
  }
}

void Answers::add(HttpQuestion question, HttpAnswer answer) {
  const std::pair place{question.transaction, question.position};
  known_.insert_or_assign(place, Known{std::move(question.request), std::move(answer)});
}

const HttpAnswer* Answers::find(const HttpQuestion& question) const {
  const auto found = known_.find({question.transaction, question.position});
  if (found == known_.end()) return nullptr;
  const auto& [request, answer] = found->second;
  return !request || *request == question.request ? &answer : nullptr;
}

const HttpRequest* Answers::request_at(uint32_t transaction, uint32_t position) const {
  const auto found = known_.find({transaction, position});
  return found == known_.end() || !found->second.request ? nullptr : &*found->second.request;
}

}  // namespace mica::execution
