// What applications may do on a chain is told with the chain.
#include "tests/core/execution/scripted_applications.h"
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

TEST(Permissions, AreToldWithTheChainAndWhenTheyChange) {
  execution::ScriptedApplications applications;
  World world{{.jitter_us = 0, .applications = &applications}};
  const size_t alice = wallet(world, 101, 0);
  const auto told = [&] { return world.summary(alice, world.chain(0))->application_permissions; };
  EXPECT_EQ(told(), ApplicationPermissions{});

  const ApplicationId one = execution::application_named(1), two = execution::application_named(2);
  const ApplicationPermissions permissions{.execute_operations = std::vector{one, two},
                                           .mandatory_applications = {},
                                           .close_chain = {one},
                                           .change_application_permissions = {one},
                                           .call_service_as_oracle = std::vector{two},
                                           .make_http_requests = std::vector<ApplicationId>{}};
  SystemOperation::ChangeApplicationPermissions change{permissions};
  const Answer changed = make(world, alice, 0, {Operation::system(change)});
  ASSERT_TRUE(changed) << changed.text();
  EXPECT_EQ(told(), permissions);
}

}  // namespace
}  // namespace mica::sim
