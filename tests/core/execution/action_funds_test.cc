#include "core/execution/action_funds.h"

#include "core/execution/system_calls.h"
#include "tests/core/execution/scripted_applications.h"

namespace mica::execution {
namespace {

struct Funding : Runs {
  void SetUp() override {
    Runs::SetUp();
    resources_ = ResourceController(ResourceControlPolicy::testnet(), World::kOwner);
    state_.system.balance.set(micros(100));
    state_.system.balances.put(World::kOwner, micros(50));
  }
  template <class F>
  ExecutionStatus act(Amount* grant, bool is_free, F f) {
    return with_run([&](Execution& run) -> ExecutionStatus {
      ActionFunds action(run, grant, is_free);
      MICA_TRY(f(run, action));
      return action.merge();
    });
  }
  static ExecutionStatus spend(ActionFunds& action, uint32_t writes) {  // 20 micros each
    return action.resources().track_write_operations(action.funds(), writes);
  }
};

TEST_F(Funding, AnActionPaysOutOfTheSumAndTheSourcesAreDrainedInOrder) {
  ASSERT_TRUE(act(nullptr, false, [&](Execution&, ActionFunds& action) {
                EXPECT_EQ(action.resources().balance(action.funds()), micros(150));
                auto status = spend(action, 6);
                EXPECT_EQ(state_.system.balance.get(), micros(100)) << "not before it is over";
                return status;
              }).ok());
  EXPECT_EQ(state_.system.balance.get(), Amount{});
  EXPECT_EQ(state_.system.balances.get(World::kOwner), micros(30));
  EXPECT_EQ(resources_.tracker().write_operations, 6u);
  EXPECT_EQ(resources_.tracker().fees, micros(120));
}

TEST_F(Funding, AGrantPaysInsteadOfTheChain) {
  Amount grant = micros(10);
  ASSERT_TRUE(
      act(&grant, false, [](Execution&, ActionFunds& action) { return spend(action, 2); }).ok());
  EXPECT_EQ(grant, Amount{});
  EXPECT_EQ(state_.system.balance.get(), micros(100));
  EXPECT_EQ(state_.system.balances.get(World::kOwner), micros(20));
}

TEST_F(Funding, NotMoreThanTheSum) {
  auto status =
      act(nullptr, false, [](Execution&, ActionFunds& action) { return spend(action, 8); });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(state_.system.balance.get(), micros(100));
}

// The action's sum was taken before: the money is gone when it is to be paid.
TEST_F(Funding, WhatTheActionGaveAwayCannotPayForIt) {
  auto status = act(nullptr, false, [&](Execution& run, ActionFunds& action) -> ExecutionStatus {
    MICA_TRY(debit(run.state.system, AccountOwner::chain(), micros(100)));
    return spend(action, 3);
  });
  EXPECT_FALSE(status.ok());
}

TEST_F(Funding, WhatTheChainPaidMeanwhileStaysPaidButUncounted) {
  ASSERT_TRUE(act(nullptr, false, [&](Execution& run, ActionFunds& action) -> ExecutionStatus {
                MICA_TRY(run.resources.track_blob_read({run.state.system}, 0));
                return spend(action, 1);
              }).ok());
  EXPECT_EQ(state_.system.balance.get().attos, micros(80).attos - nanos(100).attos);
  EXPECT_EQ(resources_.tracker().blobs_read, 0u);
  EXPECT_EQ(resources_.tracker().fees.attos, micros(20).attos + nanos(100).attos);
}

TEST_F(Funding, FreeActionsCostNobodyAnythingAndOnlyThey) {
  ASSERT_TRUE(act(nullptr, true, [&](Execution& run, ActionFunds& action) -> ExecutionStatus {
                EXPECT_TRUE(run.resources.is_free());
                return spend(action, 100);
              }).ok());
  EXPECT_EQ(state_.system.balance.get(), micros(100));
  EXPECT_EQ(resources_.tracker().write_operations, 100u);
  EXPECT_FALSE(resources_.is_free());
  EXPECT_FALSE(act(nullptr, true, [](Execution&, ActionFunds&) -> ExecutionStatus {
                 return ExecutionError("trap");
               }).ok());
  EXPECT_FALSE(resources_.is_free()) << "also after a failure";
}

struct Calls : Runs {
  const ApplicationId application_ = application_named(5);
  const AccountOwner own_ = application_.owner();
};

TEST_F(Calls, ApplicationsMoveTheirOwnMoneyAndTheSigners) {
  state_.system.balances.put(own_, tokens(5));
  state_.system.balances.put(World::kOwner, tokens(5));
  auto move = [&](const Caller& caller, const AccountOwner& source) {
    return with_run([&](Execution& run) {
             return transfer(run, world_.chain_id, caller, source,
                             {world_.chain_id, owner_named(8)}, tokens(1));
           })
        .ok();
  };
  EXPECT_TRUE(move({{}, application_}, own_));
  EXPECT_FALSE(move({{}, application_}, World::kOwner));
  EXPECT_FALSE(move({{}, application_named(6)}, own_));
  EXPECT_TRUE(move({World::kOwner, application_}, World::kOwner));
  EXPECT_FALSE(move({{}, application_}, AccountOwner::chain()));
  EXPECT_TRUE(move({World::kOwner, application_}, AccountOwner::chain()));
}

TEST_F(Calls, ApplicationsChangeTheChainWherePermitted) {
  auto closes = [&] {
    return with_run([&](Execution& run) { return close_chain(run, application_); }).ok();
  };
  auto changes_owners = [&] {
    const ChainOwnership ownership = ChainOwnership::single(owner_named(8));
    return with_run([&](Execution& run) { return change_ownership(run, application_, ownership); })
        .ok();
  };
  auto changes_permissions = [&](const ApplicationPermissions& permissions) {
    return with_run([&](Execution& run) {
             return change_application_permissions(run, application_, permissions);
           })
        .ok();
  };
  EXPECT_FALSE(closes());
  EXPECT_FALSE(changes_owners());
  EXPECT_FALSE(changes_permissions({}));
  state_.system.application_permissions.set({.change_application_permissions = {application_}});
  EXPECT_FALSE(closes());
  EXPECT_TRUE(changes_permissions({.close_chain = {application_}}));
  EXPECT_TRUE(changes_owners());
  EXPECT_TRUE(closes());
  EXPECT_FALSE(changes_permissions({}));
  EXPECT_TRUE(state_.system.closed.get());
  EXPECT_TRUE(state_.system.ownership.get().is_owner(owner_named(8)));
}

}  // namespace
}  // namespace mica::execution
