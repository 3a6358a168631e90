#include "core/app/questions.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/storage/memory_store.h"

namespace mica::app {
namespace {

class QuestionsTest : public testing::Test {
 protected:
  HttpQuestion question(size_t body = 0) {
    return {0, 0, {"GET", "https://example.org/", {}, Bytes(body)}, "example.org", UINT64_MAX, 7};
  }
  void ask(HttpQuestion question, size_t asked_before = 0) {
    questions_.ask(std::move(question), asked_before,
                   [this](HttpAnswer answer) { told_.push_back(std::move(answer)); });
  }
  std::string reason(size_t index) const { return std::get<NoAnswer>(told_.at(index)).reason; }

  MemoryStore store_;
  Gate gate_{store_, store_, {[](CommitId) {}, [](const std::string&) {}, [](Timestamp) {}}};
  std::vector<HttpIo::HttpRequest> demanded_;
  std::vector<HttpAnswer> told_;
  Questions questions_{
      gate_, [this](HttpIo::HttpRequest request) { demanded_.push_back(std::move(request)); }};
};

TEST_F(QuestionsTest, AreAskedWithinTheLimitsOfThisNode) {
  ask(question());
  ASSERT_EQ(demanded_.size(), 1u);
  EXPECT_EQ(demanded_[0].timeout_ms, limits::kHttpTimeout_ms);
  EXPECT_EQ(demanded_[0].max_response_bytes, 7u);
  questions_.on(HttpIo::HttpResponse{demanded_[0].request_id, {200, {}, {1}}});
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(std::get<Response>(told_[0]), (Response{200, {}, {1}}));
}

TEST_F(QuestionsTest, SoManyAreUnderWayAndTheOthersFollow) {
  for (size_t i = 0; i < limits::kHttpAtOnce + 2; ++i) ask(question());
  EXPECT_EQ(demanded_.size(), limits::kHttpAtOnce);
  questions_.on(HttpIo::HttpFailed{demanded_[3].request_id, NoAnswerKind::Asked, "late"});
  EXPECT_EQ(demanded_.size(), limits::kHttpAtOnce + 1);
  EXPECT_EQ(reason(0), "\"late\"");
}

TEST_F(QuestionsTest, TooManyOfOneBlockOrTooLongAreNotAsked) {
  ask(question(), limits::kMaxHttpQuestions);
  ask(question(limits::kMaxHttpRequestBytes));
  EXPECT_TRUE(demanded_.empty());
  EXPECT_TRUE(told_.empty()) << "later, never from within";
  gate_.run_posted();
  ASSERT_EQ(told_.size(), 2u);
  EXPECT_EQ(reason(0), "one block asks more than 100 questions");
  EXPECT_EQ(reason(1), "the request is longer than 1048576 bytes");
}

TEST_F(QuestionsTest, OnlyTheFirstOfWhatARunLacksIsPut) {
  Answers answers;
  const BlobId blob{BlobType::Data, {}};
  EXPECT_EQ(question_of({}, answers), nullptr);
  EXPECT_EQ(question_of({blob, question()}, answers), nullptr);
  EXPECT_NE(question_of({question(), blob}, answers), nullptr);
  EXPECT_FALSE(no_answer_of({question()}, answers));
  answers.add(question(), NoAnswer{NoAnswerKind::Asked, "late"});
  EXPECT_EQ(question_of({question()}, answers), nullptr);
  const auto failure = no_answer_of({question()}, answers);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, FailureCode::NoHttpAnswer);
  EXPECT_EQ(failure->message, "example.org gave no answer: late");
}

}  // namespace
}  // namespace mica::app
