#include <gtest/gtest.h>

#include "core/base/bytes.h"
#include "core/base/u128.h"

namespace mica::base {
namespace {

TEST(Hex, BothWays) {
  Bytes bytes{0x00, 0xff, 0xa0};
  EXPECT_EQ(to_hex(bytes), "00ffa0");
  EXPECT_EQ(from_hex("00fFA0").value(), bytes);
  EXPECT_EQ(from_hex("").value(), Bytes{});
  for (const char* text : {"0", "0g", "0x00", " 00", "00 ", "é"}) {
    EXPECT_FALSE(from_hex(text).ok()) << text;
  }
  EXPECT_EQ(array_from_hex<2>("0102").value(), (ByteArray<2>{1, 2}));
  EXPECT_FALSE(array_from_hex<2>("010203").ok());
  EXPECT_EQ(array_from_hex<2>("01", "nonce").error().where, "nonce");
}

TEST(U128, Decimal) {
  struct Case {
    u128 value;
    const char* text;
  };
  for (const Case& one : {Case{0, "0"}, Case{10, "10"}, Case{UINT64_MAX, "18446744073709551615"},
                          Case{static_cast<u128>(UINT64_MAX) + 1, "18446744073709551616"},
                          Case{kU128Max, "340282366920938463463374607431768211455"}}) {
    EXPECT_EQ(to_decimal(one.value), one.text);
    EXPECT_TRUE(from_decimal(one.text).value() == one.value);
  }
  EXPECT_EQ(from_decimal("340282366920938463463374607431768211456").error().code,
            ErrorCode::kOverflow);
  for (const char* text : {"", "-1", "+1", "1.", "0x1", " 1"}) {
    EXPECT_EQ(from_decimal(text).error().code, ErrorCode::kBadText) << text;
  }
}

TEST(U128, CheckedArithmetic) {
  EXPECT_FALSE(checked_add(kU128Max, 1).has_value());
  EXPECT_TRUE(checked_add(kU128Max, 0) == kU128Max);
  EXPECT_FALSE(checked_sub(1, 2).has_value());
  EXPECT_FALSE(checked_mul(kU128Max, 2).has_value());
  EXPECT_TRUE(checked_mul(kU128Max / 2, 2) == kU128Max - 1);
  EXPECT_TRUE(saturating_add(kU128Max, 5) == kU128Max);
  EXPECT_TRUE(saturating_sub(1, 2) == 0);
}

Result<int> half(int number) {
  if (number % 2 != 0) return Error{ErrorCode::kRefused, "odd"};
  return number / 2;
}
Result<std::string> quarter(int number) {
  int first = MICA_TRY(half(number));
  return std::to_string(MICA_TRY(half(first)));
}

TEST(Result, TryReturnsTheFirstError) {
  EXPECT_EQ(quarter(8).value(), "2");
  EXPECT_EQ(quarter(6).error(), (Error{ErrorCode::kRefused, "odd"}));
  EXPECT_FALSE(quarter(1).ok());
  EXPECT_EQ(quarter(1).error().message(), "refused: odd");
}

TEST(Result, EveryCodeHasAName) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::kRefused); ++code) {
    EXPECT_NE(error_name(static_cast<ErrorCode>(code)), "unknown error") << code;
  }
}

#if GTEST_HAS_DEATH_TEST
TEST(ResultDeathTest, TheWrongHalfIsABug) {
  EXPECT_DEATH((void)quarter(1).value(), "");
  EXPECT_DEATH((void)quarter(4).error(), "");
}
#endif

}  // namespace
}  // namespace mica::base
