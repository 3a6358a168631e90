#include "core/wasm/engine.h"

#include <gtest/gtest.h>

namespace mica::wasm {
namespace {

TEST(Fuel, MayBeUsedUpToItsLimitAndNeverWraps) {
  Fuel fuel{0, 10};
  EXPECT_TRUE(fuel.take(4));
  EXPECT_TRUE(fuel.take(6));
  EXPECT_FALSE(fuel.take(1));
  EXPECT_EQ(fuel.used, 11u);
  EXPECT_FALSE(fuel.take(UINT64_MAX));
  EXPECT_EQ(fuel.used, UINT64_MAX);
}

}  // namespace
}  // namespace mica::wasm
