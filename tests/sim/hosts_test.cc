// Applications that ask hosts outside: the wallet asks for what it shows, validators for what they
// vote on, and nobody for what is certified.
#include "tests/core/execution/scripted_applications.h"
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using execution::ScriptedApplications;

class Hosts : public testing::Test {
 protected:
  Hosts() {
    applications.on_operation = [](execution::Execution& run,
                                   const Operation::User&) -> execution::ExecutionStatus {
      MICA_TRY(execution::ask_host(run, "price"));
      return Ok{};
    };
    world.hosts([this](const Asker& asker) -> HttpAnswer {
      return asker.validator ? to_validator[*asker.validator] : to_client;
    });
  }
  static HttpAnswer price(uint8_t value) { return Response{200, {}, {value}}; }
  static std::vector<Operation> asking() { return {Operation{Operation::User{{}, {1}}}}; }
  size_t asked_by_clients() const {
    const auto& all = world.host_questions();
    return static_cast<size_t>(std::count_if(
        all.begin(), all.end(), [](const Asker& one) { return one.client.has_value(); }));
  }

  ScriptedApplications applications;
  World world{{.jitter_us = 0, .applications = &applications}};
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  HttpAnswer to_client = price(1);
  std::vector<HttpAnswer> to_validator = std::vector<HttpAnswer>(4, price(1));
};

TEST_F(Hosts, OneAnswerForAllIsCertifiedAndTheOthersAskNobody) {
  const Answer made = make(world, alice, 0, asking());
  ASSERT_TRUE(made) << made.text();
  const auto& block = made.as<ClientResult::Committed>()->certificate.value;
  const OracleResponse recorded{OracleResponse::Http{{200, {}, {1}}}};
  ASSERT_EQ(block.body.oracle_responses.size(), 1u);
  EXPECT_EQ(block.body.oracle_responses[0], std::vector{recorded});
  EXPECT_EQ(asked_by_clients(), 1u) << "signing and proposing use what was shown";
  EXPECT_EQ(world.host_questions().size(), 5u);
  // Another device of the owner takes the block as it is certified.
  const size_t other = wallet(world, 101, 0);
  ASSERT_TRUE(run(world, other, {ClientCommand::Synchronize{world.chain(0)}}));
  EXPECT_EQ(world.summary(other, world.chain(0))->next_block_height, BlockHeight{1});
  EXPECT_EQ(world.host_questions().size(), 5u);
}

TEST_F(Hosts, OneValidatorWithAnotherAnswerDoesNotMatter) {
  to_validator[2] = price(2);
  EXPECT_TRUE(make(world, alice, 0, asking()));
  to_validator[2] = NoAnswer{NoAnswerKind::Asked, "late"};
  EXPECT_TRUE(make(world, alice, 0, asking()));
}

TEST_F(Hosts, OtherAnswersThanTheWalletsAreToldAndTheChainGoesOn) {
  to_client = price(2);
  const Answer refused = make(world, alice, 0, asking());
  EXPECT_EQ(refused.code(), FailureCode::AnswersDiffer) << refused.text();
  EXPECT_FALSE(world.summary(alice, world.chain(0))->pending_height);
  const Answer next = make(world, alice, 0, {transfer(world.chain(1), 1)});
  EXPECT_TRUE(next) << next.text();
}

TEST_F(Hosts, WithoutAnAnswerNothingIsShownAndTheHostIsNamed) {
  to_client = NoAnswer{NoAnswerKind::Asked, "no answer in 9000 ms"};
  const Answer refused = prepare(world, alice, 0, asking());
  EXPECT_EQ(refused.code(), FailureCode::NoHttpAnswer);
  EXPECT_EQ(refused.text(), "example.org gave no answer: \"no answer in 9000 ms\"");
  EXPECT_EQ(world.host_questions().size(), 1u);
  EXPECT_TRUE(make(world, alice, 0, {transfer(world.chain(1), 1)}));
}

TEST_F(Hosts, ABlockIsShownWithWhatWasAskedAndHasItsFees) {
  const Answer shown = prepare(world, alice, 0, asking());
  ASSERT_TRUE(shown) << shown.text();
  const auto& [draft_id, effects] = *shown.as<ClientResult::Draft>();
  ASSERT_EQ(effects.oracle_answers.size(), 1u);
  const auto& [response, asked] = effects.oracle_answers[0];
  EXPECT_EQ(response, OracleResponse{OracleResponse::Http{std::get<Response>(price(1))}});
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->url, world.host_questions().front().url);
  const Answer made = commit(world, alice, draft_id);
  ASSERT_TRUE(made) << made.text();
  EXPECT_EQ(made.as<ClientResult::Committed>()->fees, effects.fees);
}

TEST_F(Hosts, WhoDoesNotAskSaysWhy) {
  to_client = NoAnswer{NoAnswerKind::NotAllowed, "this wallet was not allowed to ask it"};
  const Answer refused = prepare(world, alice, 0, asking());
  const Failure* failed = refused.failure;
  ASSERT_TRUE(failed);
  const auto* host = std::get_if<FailureDetail::OfHost>(&failed->detail.kind);
  ASSERT_TRUE(host);
  EXPECT_EQ(host->host, "example.org");
  EXPECT_EQ(host->why, NoAnswerKind::NotAllowed);
}

TEST_F(Hosts, TooLargeAnAnswerFailsTheBlock) {
  to_client = Response{200, {}, Bytes(101)};
  const Answer refused = prepare(world, alice, 0, asking());
  EXPECT_EQ(refused.code(), FailureCode::ExecutionFailed) << refused.text();
}

TEST_F(Hosts, ADraftThatIsMadeAgainUsesWhatWasSeen) {
  const size_t device = wallet(world, 101, 0);
  const Answer shown = prepare(world, alice, 0, asking());
  ASSERT_TRUE(shown) << shown.text();
  ASSERT_TRUE(make(world, device, 0, {transfer(world.chain(1), 1)}));
  ASSERT_TRUE(world.run_until([&] { return world.draft_changes(alice) == 1; }));
  EXPECT_EQ(asked_by_clients(), 1u);
  EXPECT_TRUE(commit(world, alice, shown.as<ClientResult::Draft>()->draft_id));
}

}  // namespace
}  // namespace mica::sim
