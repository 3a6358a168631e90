// Blocks with applications, of scripted actions.
#include "tests/core/chain/block_world.h"
#include "tests/core/execution/scripted_applications.h"

namespace mica::chain {
namespace {

using execution::Answers;
using execution::application_named;
using execution::Execution;
using execution::ExecutionStatus;
using execution::HttpQuestion;
using execution::Module;
using execution::NoAnswer;
using execution::ScriptedApplications;
using execution::Wanted;
using Op = SystemOperation;

struct ApplicationChain : Chain {
  explicit ApplicationChain(ResourceControlPolicy policy = {}) : Chain(std::move(policy)) {
    lookup.add(module.contract);
    lookup.add(module.service);
  }
  BlockExecution block(std::vector<Transaction> transactions) {
    BlockExecution what = Chain::block(std::move(transactions));
    what.applications = &applications;
    return what;
  }
  ExecutedBlock run(std::vector<Transaction> transactions) {
    auto executed = execute(block(std::move(transactions)));
    EXPECT_TRUE(executed.ok()) << executed.error().message();
    return executed.ok() ? std::move(executed).value() : ExecutedBlock{};
  }

  const Module module{1};
  ScriptedApplications applications;
};

Transaction create(const Module& module) {
  return system(Op::CreateApplication{module.id(), {}, {'a'}, {}});
}
Transaction user(const ApplicationId& id) { return operation({Operation::User{id, {1}}}); }

TEST(ApplicationBlocks, ApplicationsAreCountedOverTheBlock) {
  ApplicationChain chain;
  const ExecutedBlock executed = chain.run({create(chain.module), create(chain.module)});
  ASSERT_EQ(executed.outcome.blobs.size(), 2u);
  for (uint32_t index = 0; index < 2; ++index) {
    auto made = decode<ApplicationDescription>(executed.outcome.blobs[index].at(0).bytes);
    EXPECT_EQ(made->application_index, index);
    EXPECT_EQ(chain.applications.instantiated.at(index).first, made->id());
  }
  EXPECT_EQ(executed.outcome.oracle_responses[0].size(), 2u);
  EXPECT_TRUE(executed.outcome.oracle_responses[1].empty());
}

TEST(ApplicationBlocks, EarlierTransactionsBlobsCanBeRun) {
  ApplicationChain chain;
  chain.applications.on_operation = [](Execution& run,
                                       const Operation::User& operation) -> ExecutionStatus {
    MICA_TRY(execution::load_description(run, operation.application_id));
    return Ok{};
  };
  const ApplicationDescription made{
      .module_id = chain.module.id(), .creator_chain_id = chain.chain_id, .block_height = {4}};
  EXPECT_NE(chain.refusal(chain.block({user(made.id())})), "executed");
  const ExecutedBlock executed = chain.run({create(chain.module), user(made.id())});
  EXPECT_TRUE(executed.outcome.oracle_responses[1].empty());
}

TEST(ApplicationBlocks, WithoutApplicationsNothingIsGuessed) {
  ApplicationChain chain;
  BlockExecution what = chain.block({create(chain.module)});
  what.applications = nullptr;
  EXPECT_NE(chain.refusal(std::move(what)).find("cannot be done here"), std::string::npos);
}

TEST(ApplicationBlocks, PublishedBytecodeIsChecked) {
  ResourceControlPolicy policy;
  policy.maximum_bytecode_size = 2;
  ApplicationChain chain(policy);
  auto publish = [&](const Module& module) {
    BlockExecution what = chain.block({system(Op::PublishModule{module.id()})});
    what.published_blobs = {module.contract, module.service};
    return what;
  };
  Module large{2};
  large.contract.bytes = compression::raw_frame(Bytes{1, 2, 3});
  EXPECT_NE(chain.refusal(publish(large)).find("Bytecode exceeds size limit"), std::string::npos);
  Module raw{3};
  raw.service.bytes = {0, 'a', 's', 'm'};
  EXPECT_NE(chain.refusal(publish(raw)).find("could not be decompressed"), std::string::npos);
  BlockExecution half = publish(Module{4});
  half.published_blobs.pop_back();
  EXPECT_EQ(chain.refusal(std::move(half)), "Internal error published_blobs mismatch");
  EXPECT_TRUE(chain.execute(publish(Module{5})).ok());
}

TEST(ApplicationBlocks, FreeApplicationsBlobsCostNothing) {
  auto fees_of = [](bool is_free) {
    ResourceControlPolicy policy;
    policy.blob_published = tokens(1);
    ApplicationChain chain(policy);
    chain.applications.on_message = [is_free](Execution& run, Amount& grant,
                                              const Message::User&) -> ExecutionStatus {
      execution::ActionFunds action(run, &grant, is_free);
      execution::create_blob(run, {BlobType::Data, {1}});
      return action.merge();
    };
    return chain.run({bundle(5, {posted({Message::User{application_named(7), {1}}})})}).fees_paid;
  };
  EXPECT_EQ(fees_of(false), tokens(1));
  EXPECT_EQ(fees_of(true), Amount{});
}

// After a message, too, applications process what they were announced.
TEST(ApplicationBlocks, MessagesAreFollowedByStreams) {
  ApplicationChain chain;
  const ApplicationId id = application_named(7);
  const StreamId news{{GenericApplicationId::User{id}}, {Bytes{'n'}}};
  chain.state().system.event_subscriptions.put({kOther, news}, {3, {}});
  chain.applications.on_message = [&](Execution& run, Amount&,
                                      const Message::User&) -> ExecutionStatus {
    execution::subscribe_to_events(run, kOther, news, id);
    return Ok{};
  };
  chain.run({bundle(5, {posted({Message::User{id, {1}}})})});
  ASSERT_EQ(chain.applications.stream_calls.size(), 1u);
  EXPECT_EQ(chain.applications.stream_calls[0].application, id);
}

TEST(ApplicationBlocks, TheLocalTimeIsTheNodes) {
  ApplicationChain chain;
  chain.applications.on_operation = [](Execution& run, const Operation::User&) {
    return execution::assert_before(run, {6000});
  };
  auto at = [&](uint64_t micros) {
    BlockExecution what = chain.block({user(application_named(7))});
    what.local_time = {micros};
    return what;
  };
  EXPECT_NE(chain.refusal(at(6000)).find("not earlier"), std::string::npos);
  EXPECT_TRUE(chain.execute(at(5999)).ok());
}

// --- questions to hosts -------------------------------------------------------------------------

struct AskingChain : ApplicationChain {
  AskingChain() {
    applications.on_operation = [](Execution& run, const Operation::User&) -> ExecutionStatus {
      MICA_TRY(execution::ask_host(run, "operation"));
      return Ok{};
    };
    applications.on_message = [](Execution& run, Amount&, const Message::User&) -> ExecutionStatus {
      MICA_TRY(execution::ask_host(run, "message"));
      return Ok{};
    };
  }
  BlockExecution asking(std::vector<Transaction> transactions,
                        BundlePolicy policy = BundlePolicy::kAbort) {
    BlockExecution what = block(std::move(transactions));
    what.answers = &answers;
    what.policy = policy;
    return what;
  }
  // The question that a transaction stops at.
  static HttpQuestion question(uint32_t transaction, const std::string& path) {
    HttpQuestion question = execution::question_to(path);
    question.transaction = transaction;
    return question;
  }
  Answers answers;
};

Transaction message_from(uint8_t origin) {
  return bundle(origin, {posted({Message::User{application_named(1), {}}})});
}

TEST(Questions, ABlockAsksTheOneThatItNeedsNext) {
  AskingChain chain;
  const BlobId absent{BlobType::Data, chain_named(9).hash};
  const std::vector transactions{user(application_named(1)), user(application_named(1)),
                                 system(Op::VerifyBlob{absent})};
  EXPECT_FALSE(chain.execute(chain.asking(transactions)).ok());
  EXPECT_EQ(chain.wanted, (std::vector<Wanted>{AskingChain::question(0, "operation"), absent}))
      << "the second may depend on the first's answer";
  chain.answers.add(AskingChain::question(0, "operation"), Response{200, {}, {1}});
  EXPECT_FALSE(chain.execute(chain.asking(transactions)).ok());
  EXPECT_EQ(chain.wanted.at(0), Wanted(AskingChain::question(1, "operation")));
  chain.answers.add(AskingChain::question(1, "operation"), Response{200, {}, {2}});
  chain.lookup.add({BlobType::Data, {1}});
  auto executed =
      chain.execute(chain.asking({user(application_named(1)), user(application_named(1))}));
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  const OracleResponse second{OracleResponse::Http{{200, {}, {2}}}};
  EXPECT_EQ(executed->outcome.oracle_responses.at(1), std::vector{second});
}

TEST(Questions, AnOperationWithoutAnswerFailsItsBlock) {
  AskingChain chain;
  chain.answers.add(AskingChain::question(0, "operation"),
                    NoAnswer{NoAnswerKind::Asked, "too late"});
  for (const auto policy : {BundlePolicy::kAbort, BundlePolicy::kAutoRetry}) {
    auto executed = chain.execute(chain.asking({user(application_named(1))}, policy));
    ASSERT_FALSE(executed.ok());
    EXPECT_EQ(executed.error().message(),
              "Execution error: Failed to make network request to example.org: too late during "
              "Operation(0)");
    EXPECT_EQ(chain.wanted, std::vector<Wanted>{AskingChain::question(0, "operation")});
  }
}

TEST(Questions, ABundleWithoutAnswerWaitsInTheInbox) {
  for (const auto policy : {BundlePolicy::kAutoRetry, BundlePolicy::kLeaveOut}) {
    AskingChain chain;
    chain.answers.add(AskingChain::question(0, "message"),
                      NoAnswer{NoAnswerKind::Asked, "too late"});
    auto executed = chain.execute(chain.asking(
        {message_from(6), bundle(5, {posted(credit_message(kAlice, tokens(1)))})}, policy));
    ASSERT_TRUE(executed.ok()) << executed.error().message();
    EXPECT_EQ(executed->block.transactions.size(), 1u);
    ASSERT_EQ(executed->left_out.size(), 1u);
    EXPECT_EQ(executed->left_out[0].reason, WaitReason::Unanswered);
  }
}

TEST(Questions, ACertifiedBlockAsksNobody) {
  AskingChain chain;
  chain.answers.add(AskingChain::question(0, "operation"), Response{200, {}, {1}});
  AskingChain again;
  auto executed = chain.execute(chain.asking({user(application_named(1))}));
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  BlockExecution replay = again.block(executed->block.transactions);
  replay.recorded = &executed->outcome.oracle_responses;
  auto replayed = again.execute(std::move(replay));
  ASSERT_TRUE(replayed.ok()) << replayed.error().message();
  EXPECT_EQ(replayed->outcome, executed->outcome);
}

}  // namespace
}  // namespace mica::chain
