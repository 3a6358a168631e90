#include "core/execution/streams.h"

#include "core/execution/oracles.h"
#include "tests/core/execution/scripted_applications.h"

namespace mica::execution {
namespace {

using Op = SystemOperation;

struct Streams : Runs {
  const ApplicationId alice_ = application_named(1), bob_ = application_named(2);
  const ChainId other_ = chain_named(3);
  const StreamId news_{{GenericApplicationId::User{bob_}}, {Bytes{'n'}}};

  ExecutionStatus subscribe(const ApplicationId& subscriber) {
    return with_run([&](Execution& run) -> ExecutionStatus {
      subscribe_to_events(run, other_, news_, subscriber);
      return process_subscriptions(run, context_);
    });
  }
  ExecutionStatus update(uint32_t next) {
    return apply({Op::UpdateStreams{{{other_, news_, next}}}});
  }
  void publish(uint32_t index) { world_.lookup.events[{other_, news_, index}] = {'e'}; }

  const OperationContext context_{world_.chain_id, {7}, {}, World::kOwner, {5000}};
};

TEST_F(Streams, EventsAreCountedByStream) {
  auto emit = [&](Execution& run) { return emit_event(run, news_, {'v'}); };
  EXPECT_EQ(*with_run(emit), 0u);
  EXPECT_EQ(*with_run(emit), 1u);
  EXPECT_EQ(outcome_.events, (std::vector{Event{news_, 1, {'v'}}}));
}

TEST_F(Streams, ReadingAnEventIsAnOracle) {
  const EventId id{other_, news_, 4};
  auto read = [&](Execution& run) { return read_event(run, id); };
  auto missing = with_run(read);
  EXPECT_EQ(sorted(missing.error().wanted).events, std::vector{id});
  publish(4);
  EXPECT_EQ(*with_run(read), Bytes{'e'});
  const std::vector<OracleResponse> recorded{{OracleResponse::Event{id, {'r'}}}};
  EXPECT_EQ(*with_run(read, &recorded), Bytes{'r'});
  const std::vector<OracleResponse> wrong{{OracleResponse::Event{{other_, news_, 5}, {'r'}}}};
  EXPECT_FALSE(with_run(read, &wrong).ok());
}

TEST_F(Streams, NewEventsGoToAllSubscribersWithoutASigner) {
  ASSERT_TRUE(subscribe(bob_).ok());
  ASSERT_TRUE(subscribe(alice_).ok());
  EXPECT_TRUE(applications_.stream_calls.empty()) << "no event is known yet";
  publish(2);
  ASSERT_TRUE(update(3).ok());
  ASSERT_EQ(applications_.stream_calls.size(), 2u);
  EXPECT_EQ(applications_.stream_calls[0].application, alice_);
  EXPECT_EQ(applications_.stream_calls[1].application, bob_);
  const StreamUpdate expected{other_, news_, 0, 3};
  EXPECT_EQ(applications_.stream_calls[0].updates, std::vector{expected});
  EXPECT_EQ(applications_.stream_calls[0].signer, std::nullopt);
  EXPECT_EQ(outcome_.oracle_responses,
            (std::vector<OracleResponse>{{OracleResponse::EventExists{{other_, news_, 2}}}}));
  EXPECT_EQ(state_.system.event_subscriptions.get({other_, news_})->next_index, 3u);
  EXPECT_FALSE(update(3).ok()) << "outdated";
}

TEST_F(Streams, MissingEventsAreWantedTogether) {
  StreamId second = news_;
  second.stream_name.name = {'m'};
  auto status = apply({Op::UpdateStreams{{{other_, news_, 3}, {other_, second, 1}}}});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(sorted(status.error().wanted).events,
            (std::vector<EventId>{{other_, news_, 2}, {other_, second, 0}}));
}

TEST_F(Streams, ALateSubscriberGetsPastEventsOnce) {
  publish(2);
  ASSERT_TRUE(update(3).ok());
  ASSERT_TRUE(subscribe(alice_).ok());
  ASSERT_EQ(applications_.stream_calls.size(), 1u);
  EXPECT_EQ(applications_.stream_calls[0].updates,
            std::vector{(StreamUpdate{other_, news_, 0, 3})});
  ASSERT_TRUE(subscribe(alice_).ok());
  EXPECT_EQ(applications_.stream_calls.size(), 1u) << "subscribed already";
}

TEST_F(Streams, SubscribingAnewWhileProcessingDoesNotLoop) {
  publish(2);
  ASSERT_TRUE(update(3).ok());
  applications_.on_streams = [&](Execution& run) -> ExecutionStatus {
    unsubscribe_from_events(run, other_, news_, alice_);
    subscribe_to_events(run, other_, news_, alice_);
    return Ok{};
  };
  state_.system.event_subscriptions.put({other_, news_}, {3, {bob_}});
  ASSERT_TRUE(subscribe(alice_).ok());
  EXPECT_EQ(applications_.stream_calls.size(), 1u);
}

// Upstream's slip, which all nodes share: the update of the stream's own application is cancelled.
TEST_F(Streams, UnsubscribingCancelsTheStreamsOwner) {
  state_.system.event_subscriptions.put({other_, news_}, {3, {}});
  ASSERT_TRUE(with_run([&](Execution& run) -> ExecutionStatus {
                subscribe_to_events(run, other_, news_, alice_);
                subscribe_to_events(run, other_, news_, bob_);
                unsubscribe_from_events(run, other_, news_, alice_);
                return process_subscriptions(run, context_);
              }).ok());
  ASSERT_EQ(applications_.stream_calls.size(), 1u);
  EXPECT_EQ(applications_.stream_calls[0].application, alice_);
  EXPECT_EQ(state_.system.event_subscriptions.get({other_, news_})->applications, std::set{bob_});
}

TEST_F(Streams, TheLastSubscriberTakesTheEntryAlong) {
  ASSERT_TRUE(subscribe(alice_).ok());
  ASSERT_TRUE(with_run([&](Execution& run) -> ExecutionStatus {
                unsubscribe_from_events(run, other_, news_, alice_);
                return Ok{};
              }).ok());
  EXPECT_FALSE(state_.system.event_subscriptions.contains({other_, news_}));
}

TEST_F(Streams, UnprocessedStreamsFailTheTransaction) {
  state_.system.event_subscriptions.put({other_, news_}, {3, {}});
  EXPECT_FALSE(with_run([&](Execution& run) -> ExecutionStatus {
                 subscribe_to_events(run, other_, news_, alice_);
                 return Ok{};
               }).ok());
}

TEST_F(Streams, RoundsAreToldOrRecorded) {
  auto ask = [&](Execution& run) { return validation_round(run, 2); };
  EXPECT_EQ(*with_run(ask), std::optional<uint32_t>(2));
  const std::vector<OracleResponse> recorded{{OracleResponse::Round{std::nullopt}}};
  EXPECT_EQ(*with_run(ask, &recorded), std::nullopt);
  const std::vector<OracleResponse> wrong{{OracleResponse::Assert{}}};
  EXPECT_FALSE(with_run(ask, &wrong).ok());
}

TEST_F(Streams, AssertionsOfTimeAreJudgedOnce) {
  auto before = [&](uint64_t micros, const std::vector<OracleResponse>* recorded = nullptr) {
    return with_run([&](Execution& run) { return assert_before(run, {micros}); }, recorded).ok();
  };
  EXPECT_TRUE(before(5001));
  EXPECT_EQ(outcome_.oracle_responses, (std::vector<OracleResponse>{{OracleResponse::Assert{}}}));
  EXPECT_FALSE(before(5000)) << "it is that late already";
  const std::vector<OracleResponse> recorded{{OracleResponse::Assert{}}};
  EXPECT_TRUE(before(1, &recorded)) << "it was early enough when the block was made";
}

TEST_F(Streams, ServicesAnswerOnceAndAskForNothing) {
  int asked = 0;
  ServiceAnswer answer{{'a'}, {}};
  auto ask = [&](Execution& run) {
    return service_answer(run, [&]() -> ExecutionResult<ServiceAnswer> {
      ++asked;
      return answer;
    });
  };
  EXPECT_EQ(*with_run(ask), Bytes{'a'});
  const std::vector<OracleResponse> recorded{{OracleResponse::Service{{'r'}}}};
  EXPECT_EQ(*with_run(ask, &recorded), Bytes{'r'});
  EXPECT_EQ(asked, 1);
  answer.operations.push_back(Operation::system(Op::CloseChain{}));
  EXPECT_FALSE(with_run(ask).ok());
}

}  // namespace
}  // namespace mica::execution
