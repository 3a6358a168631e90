#include "core/client/propose.h"

#include "tests/core/client/proposing.h"
#include "tests/core/execution/scripted_applications.h"

namespace mica::client {
namespace {

using execution::Execution;
using execution::ExecutionStatus;
using execution::ScriptedApplications;
using End = Propose::End;

class ProposeTest : public Proposing {
 protected:
  using Proposing::Proposing;
  Propose::Outcome propose(Propose::Task task) {
    std::optional<Propose::Outcome> result;
    make_flow<Propose>(outside_, std::move(task))->start([&](Propose::Outcome outcome) {
      result = std::move(outcome);
    });
    EXPECT_TRUE(outside_.run_until([&] { return result.has_value(); }, kHour_us));
    return result.value_or(Propose::Outcome{});
  }
};

class ProposeFastTest : public ProposeTest {
 protected:
  ProposeFastTest() : ProposeTest(ChainOwnership::single_super(TestOwner{101}.owner())) {}
};

TEST_F(ProposeTest, ABlockIsCommittedInTheFirstRound) {
  const auto outcome = propose({pending()});
  EXPECT_EQ(outcome.end, End::kCommitted);
  ASSERT_TRUE(outcome.certificate);
  EXPECT_EQ(outcome.certificate->round, multi(0));
  EXPECT_EQ(outside_.worker().read(chain()).tip().next_block_height.height, 1u);
}

TEST_F(ProposeTest, WhatIsSignedIsWrittenDownBeforeAnybodyHearsOfIt) {
  size_t heard = 0;
  answer_all([&](const NodeRequest& request) {
    if (const auto* said = std::get_if<NodeRequest::HandleBlockProposal>(&request.kind)) {
      ++heard;
      EXPECT_TRUE(outside_.records.contains(chain()) &&
                  outside_.records.at(chain()).proposal == said->proposal);
    }
    return Lie::honest();
  });
  propose({pending()});
  EXPECT_EQ(heard, 4u);
}

TEST_F(ProposeTest, OneSilentValidatorOfFourDoesNotMatter) {
  outside_.script[2] = [](const NodeRequest&) { return Lie::silent(); };
  EXPECT_EQ(propose({pending()}).end, End::kCommitted);
}

TEST_F(ProposeTest, WithoutAQuorumTheOutcomeIsOpen) {
  answer_all([](const NodeRequest&) { return Lie::silent(); }, 2);
  const auto outcome = propose({pending()});
  EXPECT_EQ(outcome.end, End::kNoQuorum);
  EXPECT_EQ(outcome.failure.code, FailureCode::OutcomeUnknown);
  EXPECT_EQ(outcome.failure.money, MoneyState::Unknown);
  EXPECT_TRUE(outside_.records.contains(chain()));
}

TEST_F(ProposeTest, VotesOfTwoLiarsAreNoQuorum) {
  answer_all(
      [this](const NodeRequest& request) {
        if (!std::get_if<NodeRequest::HandleBlockProposal>(&request.kind)) return Lie::honest();
        ChainInfo info;
        info.chain_id = chain();
        return Lie{false, outside_.signed_info(0, info)};
      },
      2);
  const auto outcome = propose({pending()});
  EXPECT_EQ(outcome.end, End::kNoQuorum);
  EXPECT_EQ(outside_.worker().read(chain()).tip().next_block_height.height, 0u);
}

TEST_F(ProposeTest, AfterConflictingVotesTheNextRoundDecides) {
  // Half of the validators voted for another block of the same round.
  const BlockProposal other = network_.owner(0).propose(transfer(2), multi(0));
  for (size_t i = 0; i < 2; ++i) network_.ask(i, network_.proposal_request(other));
  const PendingBlock block = pending();
  const auto first = propose({block});
  EXPECT_NE(first.end, End::kCommitted);
  EXPECT_EQ(first.spoiled_round, multi(0));
  const auto second = propose({outside_.records.at(chain()), false, first.spoiled_round});
  EXPECT_EQ(second.end, End::kCommitted);
  ASSERT_TRUE(second.certificate);
  EXPECT_EQ(second.certificate->round, multi(1));
  EXPECT_EQ(second.certificate->value.proposed(), block.block.proposed());
}

TEST_F(ProposeTest, AHeightThatAnotherBlockTookIsAConflict) {
  const PendingBlock ours = pending();
  network_.confirm(0, transfer(2));
  EXPECT_EQ(propose({ours}).end, End::kStale);
  synchronize();
  const auto outcome = propose({ours});
  EXPECT_EQ(outcome.end, End::kConflict);
  ASSERT_TRUE(outcome.certificate);
  EXPECT_NE(outcome.certificate->value.proposed(), ours.block.proposed());
}

TEST_F(ProposeTest, ABlockOfAHeightToComeIsStale) {
  PendingBlock block = pending();
  block.block.header.height = {5};
  EXPECT_EQ(propose({block}).end, End::kStale);
  EXPECT_EQ(outside_.signed_count, 0u);
}

TEST_F(ProposeTest, AfterARestartTheSameProposalIsSentAndNothingIsSigned) {
  const PendingBlock block = pending();
  answer_all([](const NodeRequest&) { return Lie::silent(); });
  EXPECT_EQ(propose({block}).end, End::kNoQuorum);
  EXPECT_EQ(outside_.signed_count, 1u);
  outside_.script.clear();
  EXPECT_EQ(propose({outside_.records.at(chain())}).end, End::kCommitted);
  EXPECT_EQ(outside_.signed_count, 1u);
}

TEST_F(ProposeTest, WithoutASignatureNobodyHearsOfTheBlock) {
  outside_.asked.clear();
  outside_.signer = [](const ProposalContent&) {
    return Failure{FailureCode::SignerRefused, "no", MoneyState::Untouched};
  };
  const auto outcome = propose({pending()});
  EXPECT_EQ(outcome.end, End::kRefused);
  EXPECT_EQ(outcome.failure.code, FailureCode::SignerRefused);
  EXPECT_TRUE(outside_.asked.empty());
  EXPECT_TRUE(outside_.records.empty());
}

TEST_F(ProposeTest, AnothersSignatureIsRefused) {
  outside_.asked.clear();
  outside_.signer = [](const ProposalContent& content) {
    return TestOwner{102}.sign(hash_of(content));
  };
  EXPECT_EQ(propose({pending()}).end, End::kRefused);
  EXPECT_TRUE(outside_.asked.empty());
}

TEST_F(ProposeTest, ABlockFarAheadOfTheValidatorsClocksIsRefused) {
  answer_all([](const NodeRequest& request) {
    return refuse_proposals(request, NodeError::WorkerError{"early [us:7200000000:1000000]"});
  });
  const auto outcome = propose({pending()});
  EXPECT_EQ(outcome.end, End::kRefused);
  EXPECT_EQ(outcome.failure.code, FailureCode::ClockSkew);
  EXPECT_EQ(outcome.failure.money, MoneyState::Untouched);
}

// --- the fast round -----------------------------------------------------------------------------

TEST_F(ProposeFastTest, AVouchedBlockIsConfirmedInTheFastRound) {
  const auto outcome = propose({pending(), true});
  EXPECT_EQ(outcome.end, End::kCommitted);
  ASSERT_TRUE(outcome.certificate);
  EXPECT_EQ(outcome.certificate->round, fast());
}

TEST_F(ProposeFastTest, WhoIsNoSuperOwnerHasNoWordInTheFastRound) {
  PendingBlock block = pending();
  block.owner = TestOwner{150}.owner();
  const auto outcome = propose({block, true});
  EXPECT_EQ(outcome.end, End::kStuck);
  EXPECT_EQ(outcome.failure.code, FailureCode::NotOwner);
  EXPECT_EQ(outside_.signed_count, 0u);
}

TEST_F(ProposeFastTest, WithoutThatNothingIsProposedInTheFastRound) {
  const auto outcome = propose({pending(), false});
  EXPECT_EQ(outcome.end, End::kCommitted);
  ASSERT_TRUE(outcome.certificate);
  EXPECT_EQ(outcome.certificate->round, multi(0));
}

TEST_F(ProposeFastTest, WhereTheSignerSignedAnotherTheNextRoundIsTaken) {
  outside_.signer = [](const ProposalContent& content) -> Result<AccountSignature, Failure> {
    if (content.round.is_fast()) {
      return Failure{FailureCode::FastRoundTaken, "another", MoneyState::Untouched};
    }
    return TestOwner{101}.sign(hash_of(content));
  };
  const auto outcome = propose({pending(), true});
  EXPECT_EQ(outcome.end, End::kCommitted);
  ASSERT_TRUE(outcome.certificate);
  EXPECT_EQ(outcome.certificate->round, multi(0));
}

TEST_F(ProposeFastTest, AFastBlockThatIsEarlyIsNotGivenUp) {
  answer_all([](const NodeRequest& request) {
    return refuse_proposals(request, NodeError::WorkerError{"early [us:7200000000:1000000]"});
  });
  const auto outcome = propose({pending(), true});
  EXPECT_EQ(outcome.end, End::kStuck);
  EXPECT_EQ(outcome.failure.money, MoneyState::Unknown);
  EXPECT_TRUE(outside_.records.at(chain()).fast_proposal);
}

// --- what hosts answered ------------------------------------------------------------------------

class ProposeAskingTest : public ProposeTest {
 protected:
  ProposeAskingTest() {
    applications_.on_operation = [](Execution& run, const Operation::User&) -> ExecutionStatus {
      MICA_TRY(execution::ask_host(run, "price"));
      return Ok{};
    };
    network_.run_applications(applications_, [this](const HttpQuestion&) {
      return Response{200, {}, {told_++}};
    });
    outside_.node.applications = &applications_;
    outside_.node.restart();
    synchronize();
  }
  // Staged with the answer 1.
  PendingBlock asking() {
    Answers answers;
    answers.add(execution::question_to("price"), Response{200, {}, {1}});
    const ProposedBlock block = network_.block(0, {operation({Operation::User{{}, {1}}})});
    auto staged = outside_.worker().stage_block(outside_.now(), block, multi(0), {},
                                                BundlePolicy::kAbort, {}, &answers);
    EXPECT_TRUE(staged.result.ok());
    PendingBlock pending;
    if (staged.result.ok()) pending.block = staged.result->block;
    pending.owner = TestOwner{101}.owner();
    return pending;
  }
  void all_answer(uint8_t value, size_t validators = 4) {
    for (size_t i = 0; i < validators; ++i) {
      network_.nodes[i]->answer_to = [value](const HttpQuestion&) {
        return Response{200, {}, {value}};
      };
    }
  }

  ScriptedApplications applications_;
  uint8_t told_ = 10;  // each validator is told something else
};

TEST_F(ProposeAskingTest, TheSameAnswerEverywhereIsCertified) {
  all_answer(1);
  const auto outcome = propose({asking()});
  ASSERT_EQ(outcome.end, End::kCommitted) << outcome.failure.message;
  EXPECT_EQ(outside_.worker().read(chain()).tip().next_block_height.height, 1u);
}

TEST_F(ProposeAskingTest, OneOtherAnswerDoesNotMatter) {
  all_answer(1, 3);
  EXPECT_EQ(propose({asking()}).end, End::kCommitted);
}

TEST_F(ProposeAskingTest, OtherAnswersThanShownEndTheBlock) {
  all_answer(1, 2);
  const auto outcome = propose({asking()});
  EXPECT_EQ(outcome.end, End::kRefused);
  EXPECT_EQ(outcome.failure.code, FailureCode::AnswersDiffer);
  EXPECT_EQ(outcome.failure.money, MoneyState::Unknown);
}

TEST_F(ProposeAskingTest, AfterOtherAnswersTheHeightTakesAnotherBlock) {
  propose({asking()});
  synchronize();
  const auto outcome = propose({pending()});
  ASSERT_EQ(outcome.end, End::kCommitted) << outcome.failure.message;
  EXPECT_EQ(outcome.certificate->round, multi(1));
}

}  // namespace
}  // namespace mica::client
