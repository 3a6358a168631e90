// Event streams: one client's application publishes, those of other clients listen.
#include "tests/core/execution/scripted_applications.h"
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using execution::Execution;
using execution::ExecutionStatus;
using execution::ScriptedApplications;

constexpr uint64_t kSecond_us = 1'000'000;
constexpr size_t kAlice = 1, kBob = 2;  // their chains; the first is the admin's

class Streams : public testing::Test {
 protected:
  enum Deed : uint8_t { kEmit, kSubscribe };

  Streams() {
    applications.on_operation = [this](Execution& run,
                                       const Operation::User& operation) -> ExecutionStatus {
      if (operation.bytes.at(0) == kSubscribe) {
        execution::subscribe_to_events(run, world.chain(kAlice), stream, app);
        return Ok{};
      }
      MICA_TRY(execution::emit_event(run, stream, operation.bytes));
      return Ok{};
    };
    applications.on_streams = [this](Execution&) {
      if (broken) return ExecutionStatus(execution::ExecutionError("it cannot"));
      return ExecutionStatus(Ok{});
    };
  }
  Operation deed(Deed what) const { return {Operation::User{app, {what}}}; }
  Answer emit(size_t times = 1) {
    return make(world, alice, kAlice, std::vector<Operation>(times, deed(kEmit)));
  }
  Answer subscribe() { return make(world, bob, kBob, {deed(kSubscribe)}); }
  uint32_t waiting() {
    const ChainSummary* summary = world.summary(bob, world.chain(kBob));
    return summary ? summary->new_events : 0;
  }
  bool hears_of(uint32_t events) {
    return world.run_until([&] { return waiting() == events; });
  }
  Answer receive() {
    return run(world, bob,
               {ClientCommand::ReceiveIncoming{world.chain(kBob), Amount::from_tokens(1)}});
  }
  uint64_t processed() {
    for (const auto& [place, subscription] :
         world.look_client(bob).read(world.chain(kBob)).subscriptions()) {
      return subscription.next_index;
    }
    return 0;
  }

  const ApplicationId app = execution::application_named(1);
  const StreamId stream{{GenericApplicationId::User{app}}, {Bytes{'s'}}};
  bool broken = false;
  ScriptedApplications applications;
  World world{
      {.jitter_us = 0,
       .chains = {ChainOwnership::single(sim_owner(103)), ChainOwnership::single(sim_owner(101)),
                  ChainOwnership::single(sim_owner(102))},
       .applications = &applications}};
  const size_t alice = wallet(world, 101, kAlice), bob = wallet(world, 102, kBob);
};

TEST_F(Streams, AreFollowedFromTheSubscriptionOn) {
  ASSERT_TRUE(emit(2));
  ASSERT_TRUE(pay(world, alice, kAlice, kAlice)) << "a block without events";
  ASSERT_TRUE(emit());
  ASSERT_TRUE(subscribe());
  ASSERT_TRUE(hears_of(3)) << "of before";
  const ChainId publisher = world.chain(kAlice);
  EXPECT_FALSE(world.look_client(bob).read(publisher).block_hash({1})) << "needs no such block";
  const Answer received = receive();
  ASSERT_TRUE(received) << received.text();
  EXPECT_EQ(processed(), 3u);
  EXPECT_EQ(waiting(), 0u);
  ASSERT_TRUE(emit());
  EXPECT_TRUE(hears_of(1)) << "by news";
  EXPECT_TRUE(receive());
  EXPECT_EQ(receive().code(), FailureCode::NothingToDo);
}

TEST_F(Streams, AreTakenTenEventsAtATime) {
  ASSERT_TRUE(emit(25));
  ASSERT_TRUE(subscribe());
  ASSERT_TRUE(hears_of(25));
  ASSERT_TRUE(receive());
  EXPECT_EQ(processed(), 10u);
  ASSERT_TRUE(receive());
  ASSERT_TRUE(receive());
  EXPECT_EQ(processed(), 25u);
}

TEST_F(Streams, ThatCannotBeProcessedHoldNothingUp) {
  ASSERT_TRUE(emit());
  ASSERT_TRUE(subscribe());
  ASSERT_TRUE(hears_of(1));
  broken = true;
  EXPECT_FALSE(receive());
  ASSERT_TRUE(pay(world, alice, kAlice, kBob));
  ASSERT_TRUE(
      world.run_until([&] { return world.summary(bob, world.chain(kBob))->incoming_count == 1; }));
  const Answer received = receive();
  EXPECT_TRUE(received) << received.text();
  EXPECT_EQ(waiting(), 1u) << "they wait, visibly";
  broken = false;
  EXPECT_TRUE(receive());
  EXPECT_EQ(processed(), 1u);
}

TEST_F(Streams, AreCaughtUpWithAfterAnAbsence) {
  ASSERT_TRUE(subscribe());
  for (size_t v = 0; v < World::kValidators; ++v) world.partition(bob, v, true);
  ASSERT_TRUE(emit());
  ASSERT_TRUE(emit());
  world.run_for(120 * kSecond_us);
  EXPECT_EQ(waiting(), 0u);
  for (size_t v = 0; v < World::kValidators; ++v) world.partition(bob, v, false);
  EXPECT_TRUE(world.run_until([&] { return waiting() == 2; }, 120 * kSecond_us));
}

TEST_F(Streams, OfAPublisherWithOneSilentValidatorComeAllTheSame) {
  world.behave(0, Behaviour::kDown);
  ASSERT_TRUE(subscribe());
  ASSERT_TRUE(emit());
  EXPECT_TRUE(hears_of(1));
}

}  // namespace
}  // namespace mica::sim
