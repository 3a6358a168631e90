// Chains with a certified block that one client cannot execute: it says so, and keeps what it can.
#include "tests/core/execution/scripted_applications.h"
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using execution::Execution;
using execution::ExecutionError;
using execution::ExecutionStatus;
using execution::ScriptedApplications;

const std::string kReason = "it was written for another machine";

class Unexecuted : public testing::Test {
 protected:
  Unexecuted() {
    applications.on_operation = [this](Execution&, const Operation::User&) -> ExecutionStatus {
      if (cannot) return ExecutionError(ExecutionError::Kind::kUnsupported, kReason);
      return Ok{};
    };
  }
  // A block of the application, and a payment behind it.
  void make_blocks() {
    cannot = false;
    const Answer used = make(world, alice, 0, {Operation{Operation::User{{}, {1}}}});
    ASSERT_TRUE(used) << used.text();
    ASSERT_TRUE(pay(world, alice, 0, 1));
    cannot = true;
  }
  size_t other_device() {
    const size_t device = world.add_client(101);
    EXPECT_TRUE(track(world, device, 102, 1));  // of the same person
    EXPECT_TRUE(track(world, device, 101, 0));
    return device;
  }
  Answer synchronize(size_t client) {
    return run(world, client, {ClientCommand::Synchronize{world.chain(0)}});
  }
  std::optional<NotExecuted> told_of(size_t client) {
    const ChainSummary* summary = world.summary(client, world.chain(0));
    return summary ? summary->not_executed : std::nullopt;
  }

  bool cannot = false;  // whoever executes now
  ScriptedApplications applications;
  World world{{.jitter_us = 0, .applications = &applications}};
  const size_t alice = wallet(world, 101, 0);
};

TEST_F(Unexecuted, BlocksAreToldOfAndNothingIsBuiltOnThem) {
  make_blocks();
  const size_t other = other_device();
  const Answer synchronized = synchronize(other);
  EXPECT_EQ(synchronized.code(), FailureCode::Unsupported);
  EXPECT_EQ(synchronized.text(), "block 0 of this chain cannot be executed here: " + kReason);
  EXPECT_EQ(told_of(other), (NotExecuted{{0}, kReason, {2}}));
  EXPECT_EQ(height(world, other, 0), 0u);
  const Answer payment = prepare(world, other, 0, {transfer(world.chain(1), 1)});
  EXPECT_EQ(payment.code(), FailureCode::Unsupported) << payment.text();
}

TEST_F(Unexecuted, BlocksSendTheirMessages) {
  make_blocks();
  const size_t other = other_device();
  synchronize(other);
  EXPECT_TRUE(world.run_until([&] { return has_incoming(world, other, 1); })) << tail(world);
}

TEST_F(Unexecuted, BlocksAreExecutedOnceThatIsPossible) {
  make_blocks();
  const size_t other = other_device();
  synchronize(other);
  ASSERT_TRUE(told_of(other));
  cannot = false;
  const Answer synchronized = synchronize(other);
  EXPECT_TRUE(synchronized) << synchronized.text();
  EXPECT_EQ(told_of(other), std::nullopt);
  EXPECT_EQ(height(world, other, 0), 2u);
  EXPECT_TRUE(pay(world, other, 0, 1));
}

TEST_F(Unexecuted, NewBlocksAreToldOfToo) {
  const size_t other = other_device();
  ASSERT_TRUE(synchronize(other));
  for (size_t validator = 0; validator < 4; ++validator) world.partition(other, validator, true);
  make_blocks();
  for (size_t validator = 0; validator < 4; ++validator) world.partition(other, validator, false);
  ASSERT_TRUE(world.run_until([&] { return told_of(other).has_value(); })) << tail(world);
  const Answer payment = prepare(world, other, 0, {transfer(world.chain(1), 1)});
  EXPECT_EQ(payment.code(), FailureCode::Unsupported) << payment.text();
}

}  // namespace
}  // namespace mica::sim
