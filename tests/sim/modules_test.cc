// Modules published by one client, applications made of them by another, and used by a third.
#include "tests/core/execution/scripted_applications.h"
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using execution::Module;
using execution::ScriptedApplications;

class Modules : public testing::Test {
 protected:
  Modules() {
    // Every operation needs the application's code.
    applications.on_operation = [](execution::Execution& run,
                                   const Operation::User& operation) -> execution::ExecutionStatus {
      auto description = MICA_TRY(execution::load_description(run, operation.application_id));
      run.transaction.set_operation_result(
          MICA_TRY(execution::bytecode(run, description.module_id.contract_blob_id())));
      return Ok{};
    };
  }
  Answer publish(const Module& module, std::vector<Bytes> blobs) {
    return make(world, alice, 0, {Operation::system(SystemOperation::PublishModule{module.id()})},
                std::move(blobs));
  }
  Answer create(size_t client, size_t chain, const Module& module) {
    SystemOperation::CreateApplication create{module.id(), {}, {}, {}};
    return make(world, client, chain, {Operation::system(create)});
  }

  ScriptedApplications applications;
  World world{{.jitter_us = 0, .applications = &applications}};
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
  const Module module{1};
};

TEST_F(Modules, AreFoundByWhoDoesNotFollowTheirPublisher) {
  ASSERT_TRUE(publish(module, {module.contract.bytes, module.service.bytes}));
  const Answer created = create(bob, 1, module);
  ASSERT_TRUE(created) << created.text();
  // Alice knows the module, but neither the application nor Bob's chain.
  const ApplicationDescription description{.module_id = module.id(),
                                           .creator_chain_id = world.chain(1)};
  const Operation use{Operation::User{description.id(), {7}}};
  const Answer used = make(world, alice, 0, {use});
  ASSERT_TRUE(used) << used.text();
  const Answer unknown =
      make(world, alice, 0, {Operation{Operation::User{execution::application_named(9), {}}}});
  EXPECT_FALSE(unknown) << "nobody made it";
  EXPECT_TRUE(make(world, alice, 0, {use})) << "the chain goes on";
}

TEST_F(Modules, AreNotPublishedWithoutSoundBlobs) {
  EXPECT_FALSE(publish(module, {module.contract.bytes}));
  Module unsound{2};
  unsound.service.bytes = {0, 'a', 's', 'm'};
  EXPECT_FALSE(publish(unsound, {unsound.contract.bytes, unsound.service.bytes}));
  EXPECT_TRUE(publish(module, {module.service.bytes, module.contract.bytes}));
}

TEST_F(Modules, MustBePublishedBefore) {
  const Answer both =
      make(world, alice, 0,
           {Operation::system(SystemOperation::PublishModule{module.id()}),
            Operation::system(SystemOperation::CreateApplication{module.id(), {}, {}, {}})},
           {module.contract.bytes, module.service.bytes});
  EXPECT_FALSE(both);
}

TEST_F(Modules, AreBroughtToAValidatorThatMissedThem) {
  world.partition(alice, 3, true);
  ASSERT_TRUE(publish(module, {module.contract.bytes, module.service.bytes}));
  world.run_for(30'000'000);
  ASSERT_FALSE(world.look(3).has_blob(module.contract.id()));
  ASSERT_TRUE(create(bob, 1, module));
  world.run_for(1'000'000);
  EXPECT_TRUE(world.look(3).has_blob(module.contract.id()));
  EXPECT_TRUE(world.look(3).has_blob(module.service.id()));
}

}  // namespace
}  // namespace mica::sim
