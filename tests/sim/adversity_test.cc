#include <gtest/gtest.h>

#include "tests/sim/adversity.h"

namespace mica::sim {
namespace {

TEST(Adversity, BreaksNoPromise) {
  AdversityTotals total;
  for (uint64_t seed = 1; seed <= 24; ++seed) {
    const AdversityReport report = run_adversity(seed);
    for (const std::string& broken : report.broken) ADD_FAILURE() << seed << ": " << broken;
    total.add(report.totals);
  }
  EXPECT_GT(total.certified, 100u);
  EXPECT_GT(total.lost_commits, 5u);
}

TEST(Adversity, TheSameSeedGivesTheSameRun) {
  const AdversityReport one = run_adversity(3), two = run_adversity(3);
  EXPECT_EQ(one.log, two.log);
  EXPECT_EQ(one.totals.certified, two.totals.certified);
}

}  // namespace
}  // namespace mica::sim
