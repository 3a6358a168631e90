// Questions: what runs of blocks ask the world outside, as outputs and inputs of the Client and of
// the Validator. A stated number is under way at once; the others wait in turn. Each is asked once
// and has its answer, or the reason why there is none.
#pragma once

#include <deque>

#include "core/app/gate.h"
#include "core/app/http_io.h"
#include "core/app/room.h"
#include "core/execution/wanted.h"
#include "core/types/failure.h"

namespace mica::app {

// The question that stopped a run, unless it was asked already and nobody answered. Only the first
// one that a run lacked: later ones may depend on its answer.
const HttpQuestion* question_of(const std::vector<Wanted>& wanted, const Answers& answers);
// Why a run stopped that asked and got no answer.
std::optional<Failure> no_answer_of(const std::vector<Wanted>& wanted, const Answers& answers);

class Questions {
 public:
  using Demand = std::function<void(HttpIo::HttpRequest)>;
  using Then = std::function<void(HttpAnswer)>;

  // The gate outlives this.
  Questions(Gate& gate, Demand demand) : gate_(gate), demand_(std::move(demand)) {}

  // `asked_before`: of the same block.
  void ask(HttpQuestion question, size_t asked_before, Then then);
  // Of a question that nobody asked: ignored.
  void on(const HttpIo::HttpResponse& answered) { answer(answered.request_id, answered.response); }
  void on(const HttpIo::HttpFailed& failed);

 private:
  struct Waiting {
    HttpQuestion question;
    Then then;
  };
  void demand(Waiting waiting);
  void answer(uint64_t request_id, HttpAnswer answer);

  Gate& gate_;
  const Demand demand_;
  uint64_t last_id_ = 0;
  std::map<uint64_t, Then> under_way_;
  std::deque<Waiting> waiting_;
};

}  // namespace mica::app
