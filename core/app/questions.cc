#include "core/app/questions.h"

#include "core/base/limits.h"
#include "core/base/text.h"

namespace mica::app {

namespace {

uint64_t bytes_of(const HttpRequest& request) {
  uint64_t bytes = request.method.size() + request.url.size() + request.body.size();
  for (const auto& [name, value] : request.headers) bytes += name.size() + value.size();
  return bytes;
}

// Why it is not asked at all.
std::optional<std::string> why_not(const HttpQuestion& question, size_t asked_before) {
  if (asked_before >= limits::kMaxHttpQuestions) {
    return "one block asks more than " + std::to_string(limits::kMaxHttpQuestions) + " questions";
  }
  if (bytes_of(question.request) > limits::kMaxHttpRequestBytes) {
    return "the request is longer than " + std::to_string(limits::kMaxHttpRequestBytes) + " bytes";
  }
  return std::nullopt;
}

}  // namespace

const HttpQuestion* question_of(const std::vector<Wanted>& wanted, const Answers& answers) {
  const auto* question = wanted.empty() ? nullptr : std::get_if<HttpQuestion>(&wanted.front());
  return question && !answers.find(*question) ? question : nullptr;
}

std::optional<Failure> no_answer_of(const std::vector<Wanted>& wanted, const Answers& answers) {
  const auto* question = wanted.empty() ? nullptr : std::get_if<HttpQuestion>(&wanted.front());
  const HttpAnswer* answer = question ? answers.find(*question) : nullptr;
  const auto* none = answer ? std::get_if<NoAnswer>(answer) : nullptr;
  if (!none) return std::nullopt;
  return Failure{FailureCode::NoHttpAnswer,
                 question->host + " gave no answer: " + none->reason,
                 MoneyState::Untouched,
                 {FailureDetail::OfHost{question->host, none->why}}};
}

void Questions::ask(HttpQuestion question, size_t asked_before, Then then) {
  if (auto reason = why_not(question, asked_before)) {
    return gate_.post([then, reason] { then(NoAnswer{NoAnswerKind::OverLimit, *reason}); });
  }
  question.timeout_ms = std::min(question.timeout_ms, limits::kHttpTimeout_ms);
  question.max_response_bytes = std::min(question.max_response_bytes, limits::kMaxHttpAnswerBytes);
  Waiting waiting{std::move(question), std::move(then)};
  if (under_way_.size() >= limits::kHttpAtOnce) return waiting_.push_back(std::move(waiting));
  demand(std::move(waiting));
}

void Questions::demand(Waiting waiting) {
  const uint64_t id = ++last_id_;
  under_way_.emplace(id, std::move(waiting.then));
  auto& [method, url, headers, body] = waiting.question.request;
  demand_({id, std::move(method), std::move(url), std::move(headers), std::move(body),
           waiting.question.timeout_ms, waiting.question.max_response_bytes});
}

void Questions::on(const HttpIo::HttpFailed& failed) {
  answer(failed.request_id, NoAnswer{failed.why, quoted(failed.reason)});
}

void Questions::answer(uint64_t request_id, HttpAnswer answer) {
  auto asked = under_way_.extract(request_id);
  if (!asked) return;
  if (!waiting_.empty()) {
    demand(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  asked.mapped()(std::move(answer));
}

}  // namespace mica::app
