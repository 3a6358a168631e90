#include "core/client/backoff.h"

#include <gtest/gtest.h>

namespace mica::client {
namespace {

TEST(Backoff, DoublesToItsLimitAndStartsAgain) {
  Backoff backoff(1'000, 6'000);
  EXPECT_EQ(backoff.next_us(500), 1'000u);
  EXPECT_EQ(backoff.next_us(500), 2'000u);
  EXPECT_EQ(backoff.next_us(500), 4'000u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(backoff.next_us(500), 6'000u);
  EXPECT_EQ(backoff.failures(), 103u);
  backoff.reset();
  EXPECT_EQ(backoff.next_us(500), 1'000u);
}

TEST(Backoff, JitterStaysWithinAFifth) {
  EXPECT_EQ(Backoff(1'000).next_us(0), 800u);
  EXPECT_LT(Backoff(1'000).next_us(999), 1'200u);
  EXPECT_GT(Backoff(1'000).next_us(999), 1'190u);
}

}  // namespace
}  // namespace mica::client
