#include "core/execution/system.h"

#include "tests/core/execution/world.h"

namespace mica::execution {
namespace {

using Op = SystemOperation;

class System : public testing::Test {
 protected:
  void SetUp() override { world_.initialize(); }

  ExecutionStatus run(Operation operation, std::optional<AccountOwner> signer = World::kOwner,
                      const std::vector<OracleResponse>* recorded = nullptr) {
    return with_run(recorded, [&](Execution& run) {
      return execute_operation(run, {world_.chain_id, {7}, {}, signer, {5000}}, operation);
    });
  }
  template <class Op>
  ExecutionStatus apply(Op op, std::optional<AccountOwner> signer = World::kOwner) {
    return run(Operation::system(std::move(op)), signer);
  }
  ExecutionStatus receive(SystemMessage message, bool is_bouncing = false) {
    return with_run(nullptr, [&](Execution& run) {
      MessageContext context{
          .chain_id = world_.chain_id, .origin = chain_named(2), .is_bouncing = is_bouncing};
      Amount grant;
      return execute_message(run, context, grant, {Message::System{message}});
    });
  }
  template <class F>
  ExecutionStatus with_run(const std::vector<OracleResponse>* recorded, F f) {
    TransactionTracker transaction({}, recorded);
    Execution run{state_, transaction, resources_, world_.lookup};
    MICA_TRY(f(run));
    outcome_ = MICA_TRY(std::move(transaction).finish());
    return Ok{};
  }
  Amount balance(AccountOwner owner = AccountOwner::chain()) const {
    return state_.system.balance_of(owner);
  }

  World world_;
  ExecutionState state_ = world_.state();
  ResourceController resources_{ResourceControlPolicy::no_fees(), World::kOwner};
  TransactionOutcome outcome_;
  const AccountOwner alice_ = owner_named(2);
  const ChainId other_ = chain_named(2);
};

TEST_F(System, TransferToAnotherChainSendsATrackedCredit) {
  ASSERT_TRUE(apply(Op::Transfer{{}, {other_, alice_}, tokens(3)}).ok());
  EXPECT_EQ(balance(), tokens(7));
  ASSERT_EQ(outcome_.messages.size(), 1u);
  const OutgoingMessage& sent = outcome_.messages[0];
  OutgoingMessage expected{other_,
                           {},
                           {},
                           {},
                           MessageKind::Tracked,
                           {Message::System{{SystemMessage::Credit{alice_, tokens(3), {}}}}}};
  EXPECT_EQ(sent, expected);
}

TEST_F(System, TransferOnTheSameChainCreditsAtOnce) {
  ASSERT_TRUE(apply(Op::Transfer{{}, {world_.chain_id, alice_}, tokens(3)}).ok());
  EXPECT_EQ(balance(alice_), tokens(3));
  EXPECT_TRUE(outcome_.messages.empty());
  ASSERT_TRUE(
      apply(Op::Transfer{alice_, {world_.chain_id, AccountOwner::chain()}, tokens(3)}, alice_)
          .ok());
  EXPECT_EQ(balance(), tokens(10));
  EXPECT_FALSE(state_.system.balances.contains(alice_));  // drained by a transfer: gone
}

TEST_F(System, TransferNeedsTheRightSigner) {
  Op::Transfer from_chain{{}, {other_, {}}, tokens(1)};
  const std::string refusal =
      "Transfer from owned account must be authenticated by the right signer";
  EXPECT_EQ(apply(from_chain, alice_).error().text, refusal);
  EXPECT_EQ(apply(from_chain, std::nullopt).error().text, refusal);
  state_.system.balances.put(alice_, tokens(1));
  EXPECT_EQ(apply(Op::Transfer{alice_, {other_, {}}, tokens(1)}).error().text, refusal);
  EXPECT_TRUE(apply(Op::Transfer{alice_, {other_, {}}, tokens(1)}, alice_).ok());
}

TEST_F(System, TransferOfNothingOrTooMuchIsRefused) {
  EXPECT_EQ(apply(Op::Transfer{{}, {other_, {}}, {}}).error().text,
            "Transfer must have positive amount");
  EXPECT_EQ(apply(Op::Transfer{{}, {other_, {}}, tokens(11)}).error().text,
            "The transferred amount must not exceed the balance of the current account 0x00: 10.");
  EXPECT_EQ(apply(Op::Transfer{alice_, {other_, {}}, tokens(1)}, alice_).error().text,
            "The transferred amount must not exceed the balance of the current account " +
                alice_.to_text() + ": 0.");
}

TEST_F(System, ClaimFromAnotherChainSendsAWithdraw) {
  ASSERT_TRUE(apply(Op::Claim{alice_, other_, {world_.chain_id, alice_}, tokens(2)}, alice_).ok());
  ASSERT_EQ(outcome_.messages.size(), 1u);
  OutgoingMessage expected{
      other_,
      alice_,
      {},
      {},
      MessageKind::Simple,
      {Message::System{{SystemMessage::Withdraw{alice_, tokens(2), {world_.chain_id, alice_}}}}}};
  EXPECT_EQ(outcome_.messages[0], expected);
}

TEST_F(System, ClaimHereMovesAtOnce) {
  state_.system.balances.put(alice_, tokens(2));
  ASSERT_TRUE(
      apply(Op::Claim{alice_, world_.chain_id, {world_.chain_id, {}}, tokens(2)}, alice_).ok());
  EXPECT_EQ(balance(), tokens(12));
}

TEST_F(System, ClaimIsChecked) {
  EXPECT_EQ(apply(Op::Claim{alice_, other_, {other_, {}}, tokens(1)}).error().text,
            "Claim must be authenticated by the right signer");
  EXPECT_EQ(apply(Op::Claim{alice_, other_, {other_, {}}, {}}, alice_).error().text,
            "Claim must have positive amount");
}

TEST_F(System, OpenChainCreatesADescription) {
  OpenChainConfig config{ChainOwnership::single(alice_), tokens(4), {}};
  state_.system.committees.set({{Epoch{1}, {}}, {Epoch{256}, {}}});
  state_.system.epoch.set({256});
  ASSERT_TRUE(apply(Op::OpenChain{config}).ok());
  EXPECT_EQ(balance(), tokens(6));
  ASSERT_EQ(outcome_.blobs.size(), 1u);
  EXPECT_EQ(outcome_.blobs[0].blob_type, BlobType::ChainDescription);
  auto description = decode<ChainDescription>(outcome_.blobs[0].bytes);
  ASSERT_TRUE(description.ok());
  ChainDescription expected{{ChainOrigin::Child{world_.chain_id, {7}, 0}},
                            {5000},
                            {config.ownership, {256}, {1}, {256}, tokens(4), {}}};
  EXPECT_EQ(*description, expected);
  EXPECT_FALSE(state_.system.used_blobs.contains(outcome_.blobs[0].id()));
  EXPECT_TRUE(outcome_.messages.empty());
  EXPECT_EQ(outcome_.next_chain_index, 1u);
  config.balance = tokens(7);
  EXPECT_FALSE(apply(Op::OpenChain{config}).ok());
}

TEST_F(System, CreatedBlobsAreInTheOrderOfTheirIds) {
  ASSERT_TRUE(with_run(nullptr, [&](Execution& run) -> ExecutionStatus {
                for (uint8_t i = 0; i < 10; ++i) {
                  run.transaction.add_created_blob({BlobType::ChainDescription, {i}});
                }
                run.transaction.add_created_blob({BlobType::Data, {99}});
                return Ok{};
              }).ok());
  ASSERT_EQ(outcome_.blobs.size(), 11u);
  EXPECT_EQ(outcome_.blobs[0].blob_type, BlobType::Data);
  for (size_t i = 1; i < 11; ++i) EXPECT_LT(outcome_.blobs[i - 1].id(), outcome_.blobs[i].id());
}

TEST_F(System, CloseChain) {
  ASSERT_TRUE(apply(Op::CloseChain{}).ok());
  EXPECT_TRUE(state_.system.closed.get());
}

TEST_F(System, ChangeOwnershipReplacesAllOfIt) {
  TimeoutConfig timeouts;
  timeouts.base_timeout = {1};
  ASSERT_TRUE(
      apply(Op::ChangeOwnership{{alice_}, {{alice_, 1}, {alice_, 2}}, 3, true, timeouts}).ok());
  ChainOwnership expected{{alice_}, {{alice_, 2}}, 3, true, timeouts};  // the last weight holds
  EXPECT_EQ(state_.system.ownership.get(), expected);
}

TEST_F(System, ChangeApplicationPermissions) {
  ApplicationPermissions permissions;
  permissions.close_chain = {{}};
  ASSERT_TRUE(apply(Op::ChangeApplicationPermissions{permissions}).ok());
  EXPECT_EQ(state_.system.application_permissions.get(), permissions);
}

TEST_F(System, PublishDataBlobIsNoOracle) {
  CryptoHash hash = chain_named(5).hash;
  ASSERT_TRUE(apply(Op::PublishDataBlob{hash}).ok());
  BlobId id{BlobType::Data, hash};
  EXPECT_TRUE(state_.system.used_blobs.contains(id));
  EXPECT_EQ(outcome_.blobs_published, std::set<BlobId>{id});
  EXPECT_TRUE(outcome_.oracle_responses.empty());
}

TEST_F(System, VerifyBlobIsAnOracleOncePerChain) {
  BlobId id = world_.lookup.add({BlobType::Data, {1, 2, 3}});
  ASSERT_TRUE(apply(Op::VerifyBlob{id}).ok());
  EXPECT_EQ(outcome_.oracle_responses, std::vector<OracleResponse>{{OracleResponse::Blob{id}}});
  ASSERT_TRUE(apply(Op::VerifyBlob{id}).ok());
  EXPECT_TRUE(outcome_.oracle_responses.empty());
  BlobId missing{BlobType::Data, chain_named(5).hash};
  EXPECT_EQ(apply(Op::VerifyBlob{missing}).error().wanted, std::vector<Wanted>{missing});
}

TEST_F(System, RecordedResponsesMustMatchAndBeUsedUp) {
  BlobId id = world_.lookup.add({BlobType::Data, {1, 2, 3}});
  BlobId other{BlobType::Data, chain_named(5).hash};
  Operation verify = Operation::system(Op::VerifyBlob{id});
  std::vector<OracleResponse> none, wrong{{OracleResponse::Blob{other}}},
      right{{OracleResponse::Blob{id}}},
      more{{OracleResponse::Blob{id}}, {OracleResponse::Assert{}}};
  auto attempt = [&](const std::vector<OracleResponse>& recorded) {
    auto status = run(verify, World::kOwner, &recorded);
    state_.system.used_blobs.erase(id);
    return status;
  };
  EXPECT_EQ(attempt(none).error().text, "No recorded response for oracle query");
  EXPECT_EQ(attempt(wrong).error().text, "Recorded response for oracle query has the wrong type");
  EXPECT_EQ(attempt(more).error().text, "More recorded oracle responses than expected");
  EXPECT_TRUE(attempt(right).ok());
}

TEST_F(System, CommitteesAreMadeOnTheAdminChain) {
  Committee next;
  next.policy = ResourceControlPolicy::testnet();
  BlobId blob = next.to_blob().id();
  auto create = [&](uint32_t epoch) {
    return apply(Op::Admin{{AdminOperation::CreateCommittee{{epoch}, blob.hash}}});
  };
  EXPECT_EQ(create(1).error().wanted, std::vector<Wanted>{blob});
  world_.lookup.add(next.to_blob());
  EXPECT_EQ(create(2).error().text, "Failed to create new committee: expected 1, but got 2");
  ASSERT_TRUE(create(1).ok());
  EXPECT_EQ(state_.system.epoch.get(), Epoch{1});
  EXPECT_EQ(state_.system.committees.get()[Epoch{1}], next);
  EXPECT_EQ(outcome_.events, std::vector<Event>({{StreamId::new_epochs(), 1, encode(blob.hash)}}));
  EXPECT_EQ(outcome_.oracle_responses, std::vector<OracleResponse>{{OracleResponse::Blob{blob}}});
  EXPECT_TRUE(state_.stream_event_counts.empty());
  ASSERT_TRUE(apply(Op::Admin{{AdminOperation::RemoveCommittee{{0}}}}).ok());
  EXPECT_EQ(outcome_.events, std::vector<Event>({{StreamId::removed_epochs(), 0, {}}}));
  EXPECT_EQ(apply(Op::Admin{{AdminOperation::RemoveCommittee{{0}}}}).error().text,
            "Failed to remove committee");
  ASSERT_TRUE(apply(Op::Admin{{AdminOperation::PublishCommitteeBlob{blob.hash}}}).ok());
  EXPECT_EQ(outcome_.blobs_published, std::set<BlobId>{blob});
  state_.system.admin_chain_id.set(other_);
  EXPECT_EQ(create(2).error().text, "Admin operations are only allowed on the admin chain.");
}

TEST_F(System, EpochsAreProcessedFromTheAdminChainsEvents) {
  state_.system.admin_chain_id.set(other_);
  Committee next;
  BlobId blob = world_.lookup.add(next.to_blob());
  EventId created{other_, StreamId::new_epochs(), 1},
      removed{other_, StreamId::removed_epochs(), 0};
  EXPECT_EQ(apply(Op::ProcessNewEpoch{{1}}).error().wanted, std::vector<Wanted>{created});
  world_.lookup.events[created] = encode(blob.hash);
  ASSERT_TRUE(apply(Op::ProcessNewEpoch{{1}}).ok());
  EXPECT_EQ(outcome_.oracle_responses,
            (std::vector<OracleResponse>{{OracleResponse::Event{created, encode(blob.hash)}},
                                         {OracleResponse::Blob{blob}}}));
  EXPECT_EQ(state_.system.epoch.get(), Epoch{1});
  EXPECT_TRUE(outcome_.events.empty());
  EXPECT_FALSE(apply(Op::ProcessNewEpoch{{1}}).ok());
  world_.lookup.events[removed] = {};
  ASSERT_TRUE(apply(Op::ProcessRemovedEpoch{{0}}).ok());
  EXPECT_EQ(outcome_.oracle_responses,
            std::vector<OracleResponse>{{OracleResponse::Event({removed, {}})}});
  EXPECT_EQ(state_.system.committees.get().size(), 1u);
  EXPECT_FALSE(apply(Op::ProcessRemovedEpoch{{0}}).ok());
}

TEST_F(System, AReplayDoesNotAskForEvents) {
  state_.system.admin_chain_id.set(other_);
  BlobId blob = world_.lookup.add(Committee{}.to_blob());
  EventId created{other_, StreamId::new_epochs(), 1};
  std::vector<OracleResponse> recorded{{OracleResponse::Event{created, encode(blob.hash)}},
                                       {OracleResponse::Blob{blob}}};
  world_.lookup.events_asked = 0;
  ASSERT_TRUE(run(Operation::system(Op::ProcessNewEpoch{{1}}), World::kOwner, &recorded).ok());
  EXPECT_EQ(world_.lookup.events_asked, 0);
  EXPECT_EQ(outcome_.oracle_responses, recorded);
  recorded[0] = {OracleResponse::Event{created, encode(blob.hash)}};
  EXPECT_FALSE(run(Operation::system(Op::ProcessNewEpoch{{2}}), World::kOwner, &recorded).ok());
}

TEST_F(System, WhatApplicationsNeedIsRefusedByName) {
  auto refusal = [](const ExecutionStatus& status) {
    EXPECT_EQ(status.error().kind, ExecutionError::Kind::kUnsupported);
    return status.error().text;
  };
  EXPECT_EQ(refusal(apply(Op::CreateApplication{})),
            "this cannot be done here: operation CreateApplication");
  EXPECT_EQ(refusal(run({Operation::User{}})),
            "this cannot be done here: operation of application " + std::string(64, '0'));
}

TEST_F(System, CreditGoesToTheTargetOrBackToTheSource) {
  SystemMessage credit_alice{SystemMessage::Credit{alice_, tokens(1), World::kOwner}};
  ASSERT_TRUE(receive(credit_alice).ok());
  EXPECT_EQ(balance(alice_), tokens(1));
  ASSERT_TRUE(receive(credit_alice, true).ok());
  EXPECT_EQ(balance(World::kOwner), tokens(1));
  EXPECT_EQ(balance(alice_), tokens(1));
}

TEST_F(System, CreditsSaturate) {
  ASSERT_TRUE(receive({SystemMessage::Credit{{}, Amount::max(), {}}}).ok());
  EXPECT_EQ(balance(), Amount::max());
}

TEST_F(System, WithdrawSendsACreditOn) {
  state_.system.balances.put(alice_, tokens(5));
  ASSERT_TRUE(receive({SystemMessage::Withdraw{alice_, tokens(2), {other_, alice_}}}).ok());
  EXPECT_EQ(balance(alice_), tokens(3));
  ASSERT_EQ(outcome_.messages.size(), 1u);
  EXPECT_EQ(outcome_.messages[0].kind, MessageKind::Tracked);
  EXPECT_FALSE(receive({SystemMessage::Withdraw{alice_, tokens(4), {other_, alice_}}}).ok());
}

TEST_F(System, RefundsOfGrants) {
  MessageContext context{.chain_id = world_.chain_id,
                         .origin = other_,
                         .authenticated_signer = alice_,
                         .refund_grant_to = Account{other_, World::kOwner}};
  auto refund = [&](Amount amount) {
    return with_run(nullptr, [&](Execution& run) { return send_refund(run, context, amount); });
  };
  ASSERT_TRUE(refund({}).ok());
  EXPECT_TRUE(outcome_.messages.empty());
  ASSERT_TRUE(refund(tokens(1)).ok());
  OutgoingMessage expected{
      other_,
      {},
      {},
      {},
      MessageKind::Tracked,
      {Message::System{{SystemMessage::Credit{World::kOwner, tokens(1), alice_}}}}};
  EXPECT_EQ(outcome_.messages, std::vector<OutgoingMessage>{expected});
  context.refund_grant_to = {};
  EXPECT_FALSE(refund(tokens(1)).ok());
}

TEST_F(System, BouncesKeepSignerAndGrant) {
  MessageContext context{.chain_id = world_.chain_id,
                         .origin = other_,
                         .authenticated_signer = alice_,
                         .refund_grant_to = Account{other_, World::kOwner}};
  Message user{Message::User{{}, {1}}};
  ASSERT_TRUE(with_run(nullptr, [&](Execution& run) -> ExecutionStatus {
                bounce_message(run, context, {}, user);
                bounce_message(run, context, tokens(1), user);
                return Ok{};
              }).ok());
  OutgoingMessage without{other_, alice_, {}, {}, MessageKind::Bouncing, user};
  OutgoingMessage with{other_, alice_, tokens(1), context.refund_grant_to, MessageKind::Bouncing,
                       user};
  EXPECT_EQ(outcome_.messages, (std::vector{without, with}));
}

TEST(TransactionTracker, HttpIsToldRecordedOrWanted) {
  const HttpRequest request{"GET", "https://example.org/", {}, {}};
  const Response response{200, {}, {1, 2}};
  HttpQuestion question{3, 0, request, "example.org", 9, 2};
  Answers answers;
  int checked = 0;
  auto ask = [&](const std::vector<OracleResponse>* recorded, bool can_ask = true) {
    TransactionTracker tracker({.transaction_index = 3}, recorded);
    const auto check = [&]() -> ExecutionResult<HttpQuestion> {
      ++checked;
      HttpQuestion unplaced = question;
      unplaced.transaction = 0;
      return unplaced;
    };
    return tracker.http(check, can_ask ? &answers : nullptr);
  };
  auto asked = ask(nullptr);
  ASSERT_FALSE(asked.ok());
  EXPECT_EQ(asked.error().wanted, (std::vector<Wanted>{question}));
  EXPECT_EQ(ask(nullptr, false).error().kind, ExecutionError::Kind::kUnsupported);
  answers.add({2, 0, request}, Response{404, {}, {}});
  answers.add({3, 0, {"POST", request.url, {}, {}}}, Response{404, {}, {}});
  EXPECT_FALSE(ask(nullptr).ok()) << "an answer to another question";
  answers.add(question, response);
  EXPECT_EQ(*ask(nullptr), response);
  question.max_response_bytes = 1;
  EXPECT_EQ(ask(nullptr).error().text,
            "HTTP response exceeds the size limit of 1 bytes, having at least 2 bytes");

  checked = 0;
  const Response certified{201, {}, {}};
  std::vector<OracleResponse> recorded = {{OracleResponse::Http{certified}}};
  EXPECT_EQ(*ask(&recorded), certified);
  recorded = {{OracleResponse::Assert{}}};
  EXPECT_FALSE(ask(&recorded).ok());
  EXPECT_EQ(checked, 0) << "what was certified is believed";
}

TEST(TransactionTracker, AQuestionWithoutAnswerFailsInItsOwnWay) {
  const HttpQuestion question{0, 0, {"GET", "https://example.org/", {}, {}}, "example.org", 9, 2};
  Answers answers;
  answers.add(question, NoAnswer{NoAnswerKind::Asked, "too late"});
  TransactionTracker tracker({}, nullptr);
  auto failed = tracker.http([&]() -> ExecutionResult<HttpQuestion> { return question; }, &answers);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().kind, ExecutionError::Kind::kUnanswered);
  EXPECT_EQ(failed.error().text, "Failed to make network request to example.org: too late");
  EXPECT_EQ(failed.error().wanted, (std::vector<Wanted>{question}));
}

TEST(Answers, OfABlockAreThoseThatItRecorded) {
  const Response first{200, {}, {1}}, second{200, {}, {2}};
  const Answers answers(std::vector<std::vector<OracleResponse>>{
      {},
      {{OracleResponse::Assert{}}, {OracleResponse::Http{first}}},
      {{OracleResponse::Http{second}}}});
  EXPECT_EQ(std::get<Response>(*answers.find({1, 1, {"GET", "any", {}, {}}})), first);
  EXPECT_EQ(std::get<Response>(*answers.find({2, 0, {"POST", "other", {}, {}}})), second);
  EXPECT_EQ(answers.find({1, 0, {}}), nullptr);
  EXPECT_EQ(answers.find({0, 0, {}}), nullptr);
}

}  // namespace
}  // namespace mica::execution
