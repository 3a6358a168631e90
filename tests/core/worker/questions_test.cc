// Blocks whose applications ask hosts: who asks, and who is told.
#include <gtest/gtest.h>

#include "tests/core/execution/scripted_applications.h"
#include "tests/core/worker/network.h"

namespace mica::worker {
namespace {

using execution::ask_host;
using execution::question_to;

class HostQuestions : public testing::Test {
 protected:
  HostQuestions() {
    applications_.on_operation = [](Execution& run, const Operation::User&) -> ExecutionStatus {
      MICA_TRY(ask_host(run, "price"));
      return Ok{};
    };
    network_.run_applications(applications_, [this](const HttpQuestion&) { return answer_; });
  }
  ProposedBlock block() { return network_.block(0, {operation({Operation::User{{}, {1}}})}); }
  size_t asked() const {
    size_t sum = 0;
    for (const auto& node : network_.nodes) sum += node->questions;
    return sum;
  }
  NodeResponse propose(const Round& round) {
    return network_.ask(0, network_.proposal_request(network_.owner(0).propose(block(), round)));
  }

  ScriptedApplications applications_;
  HttpAnswer answer_ = Response{200, {}, {4, 2}};
  TestNetwork network_;
};

TEST_F(HostQuestions, EachValidatorAsksAndTheCertifiedBlockTellsTheOthers) {
  const ConfirmedBlockCertificate certified = network_.full(network_.confirm(0, block()));
  EXPECT_EQ(asked(), 4u);
  const OracleResponse recorded{OracleResponse::Http{std::get<Response>(answer_)}};
  EXPECT_EQ(certified.value.body.oracle_responses.at(0), std::vector{recorded});

  TestNode late(9, true, network_.genesis);
  late.applications = &applications_;
  late.answer_to = [](const HttpQuestion&) { return Response{500, {}, {}}; };
  late.restart();
  const NodeResponse taken =
      late.ask(network_.now, {NodeRequest::HandleConfirmedCertificate{certified, true}});
  ASSERT_NE(info_of(taken), nullptr) << error_text(taken);
  EXPECT_EQ(info_of(taken)->next_block_height, BlockHeight{1});
  EXPECT_EQ(late.questions, 0u);
}

TEST_F(HostQuestions, WithoutAnAnswerThereIsNoVote) {
  answer_ = NoAnswer{NoAnswerKind::Asked, "too late"};
  EXPECT_EQ(error_text(propose(multi(0))),
            "Execution error: Failed to make network request to example.org: too late during "
            "Operation(0)");
  EXPECT_EQ(network_.nodes[0]->questions, 1u);
}

TEST_F(HostQuestions, TooLargeAnAnswerIsNone) {
  answer_ = Response{200, {}, Bytes(101)};
  EXPECT_NE(error_text(propose(multi(0))).find("HTTP response exceeds the size limit of 100"),
            std::string::npos);
}

TEST_F(HostQuestions, WhereNobodyCanBeAskedTheBlockIsUnsupported) {
  network_.nodes[0]->answer_to = nullptr;
  EXPECT_NE(error_text(propose(multi(0))).find("nobody can be asked"), std::string::npos);
}

TEST_F(HostQuestions, AFastBlockAsksNobody) {
  ChainOwnership ownership = ChainOwnership::single(TestOwner{101}.owner());
  ownership.super_owners = {TestOwner{101}.owner()};
  ownership.owners.clear();
  TestNetwork fast_network({ownership, ChainOwnership::single(TestOwner{102}.owner())});
  fast_network.run_applications(applications_, [this](const HttpQuestion&) { return answer_; });
  const ProposedBlock block = fast_network.block(0, {operation({Operation::User{{}, {1}}})});
  const NodeResponse refused =
      fast_network.ask(0, fast_network.proposal_request(TestOwner{101}.propose(block, fast())));
  EXPECT_NE(error_text(refused).find("Fast blocks cannot query oracles"), std::string::npos);
  EXPECT_EQ(fast_network.nodes[0]->questions, 0u);
}

TEST_F(HostQuestions, AStagedBlockNamesItsQuestionAndTakesTheAnswer) {
  Worker& worker = network_.worker(0);
  Answers answers;
  const auto stage = [&] {
    return worker.stage_block(network_.now, block(), multi(0), {}, BundlePolicy::kAutoRetry, {},
                              &answers);
  };
  const auto lacking = stage();
  ASSERT_FALSE(lacking.result.ok());
  ASSERT_EQ(lacking.wanted, std::vector<Wanted>{question_to("price")});
  answers.add(question_to("price"), answer_);
  const auto staged = stage();
  ASSERT_TRUE(staged.result.ok());
  const OracleResponse recorded{OracleResponse::Http{std::get<Response>(answer_)}};
  EXPECT_EQ(staged.result->block.body.oracle_responses.at(0), std::vector{recorded});
}

}  // namespace
}  // namespace mica::worker
