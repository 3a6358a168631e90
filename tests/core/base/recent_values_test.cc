#include "core/base/recent_values.h"

#include <gtest/gtest.h>

namespace mica::base {
namespace {

TEST(RecentValues, AreBoundedByBytes) {
  RecentValues<int, int> values(100);
  for (int name = 1; name <= 3; ++name) {
    values.insert(name, std::make_shared<int>(name), 40);
  }
  EXPECT_EQ(values.bytes(), 80u);
  EXPECT_EQ(values.find(1), nullptr) << "the longest unused";
  EXPECT_EQ(*values.find(3), 3);
  values.insert(4, std::make_shared<int>(4), 500);
  EXPECT_EQ(values.bytes(), 500u) << "the newest stays, alone";
  ASSERT_NE(values.take(4), nullptr);
  EXPECT_EQ(values.bytes(), 0u);
}

}  // namespace
}  // namespace mica::base
