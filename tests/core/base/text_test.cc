#include "core/base/text.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"

namespace mica::base {
namespace {

TEST(Quoted, ShowsOnlyPrintableAsciiInQuotationMarks) {
  EXPECT_EQ(quoted("too early"), "\"too early\"");
  EXPECT_EQ(quoted("a \"b\"\n\x1b\xe2\x80\xae"), "\"a 'b'?????\"");
}

TEST(Quoted, IsBounded) {
  const std::string text = quoted(std::string(1 << 24, 'x'));
  EXPECT_LE(text.size(), limits::kQuotedCharacters + 5);
  EXPECT_EQ(text.substr(text.size() - 4), "...\"");
}

}  // namespace
}  // namespace mica::base
