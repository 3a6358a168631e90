#include "core/bcs/bcs.h"

#include <gtest/gtest.h>

#include "tests/core/bcs/shapes.h"
#include "tools/sample.h"

namespace mica::bcs {
namespace {

using namespace shapes;

Bytes hex(std::string_view text) { return from_hex(text).value(); }

template <class T>
std::string refusal(std::string_view bytes, Wire wire = Wire::kBcs) {
  auto read = decode<T>(hex(bytes), wire);
  return read.ok() ? "accepted" : read.error().message();
}

// Each is the encoding of a prefix of the fields; upstream: bcs 0.1.6 and bincode 1.3.3.
TEST(Bcs, KnownBytes) {
  Everything all{.flag = true,
                 .u8 = 0x12,
                 .u16 = 0x1234,
                 .u32 = 0x12345678,
                 .u64 = 0x123456789abcdef0,
                 .large = static_cast<u128>(1) << 64,
                 .text = "ab",
                 .bytes = {1, 2},
                 .array = {7, 8, 9},
                 .maybe = 5,
                 .list = {1, 2},
                 .set = {"b", "a"},
                 .map = {{1, "x"}, {256, "y"}},
                 .pair = {3, true},
                 .triple = {4, "z", Color::Blue},
                 .color = Color::Green};
  EXPECT_EQ(to_hex(encode(all)),
            "01"
            "12"
            "3412"
            "78563412"
            "f0debc9a78563412"
            "00000000000000000100000000000000"
            "026162"
            "020102"
            "070809"
            "0105"
            "0201000200"
            "0201610162"
            "02"
            "000100000179"
            "010000000178"  // 256 before 1: by the bytes of the key
            "0301"
            "04017a02"
            "01");
  EXPECT_EQ(to_hex(encode(all, Wire::kBincode)),
            "01"
            "12"
            "3412"
            "78563412"
            "f0debc9a78563412"
            "00000000000000000100000000000000"
            "02000000000000006162"
            "02000000000000000102"
            "070809"
            "0105"
            "020000000000000001000200"
            "0200000000000000"
            "010000000000000061"
            "010000000000000062"
            "0200000000000000"
            "01000000010000000000000078"
            "00010000010000000000000079"
            "0301"
            "0401000000000000007a02000000"
            "01000000");
  EXPECT_EQ(decode<Everything>(encode(all)).value(), all);
  EXPECT_EQ(decode<Everything>(encode(all, Wire::kBincode), Wire::kBincode).value(), all);
}

TEST(Bcs, EnumsAndTuples) {
  EXPECT_EQ(to_hex(encode(Kind{Kind::Empty{}})), "00");
  EXPECT_EQ(to_hex(encode(Kind{Kind::One{{7}}})), "0107000000");
  EXPECT_EQ(to_hex(encode(Kind{Kind::Two{1, "q"}})), "02010171");
  EXPECT_EQ(to_hex(encode(Kind{Kind::Named{1, Wrapped{2}}})), "03010102000000");
  EXPECT_EQ(to_hex(encode(Kind{Kind::Two{1, "q"}}, Wire::kBincode)),
            "02000000"
            "01"
            "0100000000000000"
            "71");
  EXPECT_EQ(to_hex(encode(Turned{1, 2})), "0201");
  EXPECT_LT((Turned{1, 9}), (Turned{2, 0}));
  EXPECT_TRUE(encode(Nothing{}).empty());
}

TEST(Bcs, LengthsAreMinimal) {
  EXPECT_EQ(to_hex(encode(Bytes(127))).substr(0, 2), "7f");
  EXPECT_EQ(to_hex(encode(Bytes(128))).substr(0, 4), "8001");
  EXPECT_EQ(to_hex(encode(Bytes(16384))).substr(0, 6), "808001");
  EXPECT_EQ(refusal<Bytes>("8000"), "not canonical: ");
  EXPECT_EQ(refusal<Bytes>("8100"
                           "00"),
            "not canonical: ");
  EXPECT_EQ(refusal<Bytes>("ffffffffff"), refusal<Bytes>("ffffffffff01"));
  EXPECT_NE(refusal<Bytes>("ffffffffff"), "accepted");
}

TEST(Bcs, LengthNeverAllocatesAhead) {
  auto read = decode<std::vector<Everything>>(hex("ffffffff07"));
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, ErrorCode::kTruncated);
  EXPECT_EQ(decode<Bytes>(hex("ffffffff07")).error().code, ErrorCode::kTruncated);
  EXPECT_EQ(decode<Bytes>(hex("ffffffff0f")).error().code, ErrorCode::kTooLong);
  EXPECT_EQ(decode<Bytes>(hex("ffffffffffffffff"), Wire::kBincode).error().code,
            ErrorCode::kTooLong);
}

TEST(Bcs, RefusesWhatNoEncoderWrites) {
  auto code = [](auto read) { return read.ok() ? std::nullopt : std::optional(read.error().code); };
  EXPECT_EQ(code(decode<bool>(hex("02"))), ErrorCode::kBadTag);
  EXPECT_EQ(code(decode<std::optional<bool>>(hex("0201"))), ErrorCode::kBadTag);
  EXPECT_EQ(code(decode<Color>(hex("03"))), ErrorCode::kBadTag);
  EXPECT_EQ(code(decode<Kind>(hex("04"))), ErrorCode::kBadTag);
  EXPECT_EQ(code(decode<Kind>(hex("8000"))), ErrorCode::kNonCanonical);
  EXPECT_EQ(code(decode<uint32_t>(hex("010203"))), ErrorCode::kTruncated);
  EXPECT_EQ(code(decode<uint32_t>(hex("0102030405"))), ErrorCode::kTrailingBytes);
  using Map = std::map<uint8_t, bool>;
  EXPECT_EQ(code(decode<Map>(hex("0201000200"))), std::nullopt);
  EXPECT_EQ(code(decode<Map>(hex("0202000100"))), ErrorCode::kNonCanonical);
  EXPECT_EQ(code(decode<Map>(hex("0201000100"))), ErrorCode::kNonCanonical);
  EXPECT_EQ(code(decode<std::set<uint8_t>>(hex("020201"))), ErrorCode::kNonCanonical);
  EXPECT_EQ(code(decode<std::set<uint8_t>>(hex("020101"))), ErrorCode::kNonCanonical);
  for (const char* text : {"01ff", "02c080", "03eda080", "04f4908080", "01c3", "03e28080"}) {
    bool valid = std::string_view(text) == "03e28080";
    EXPECT_EQ(code(decode<std::string>(hex(text))),
              valid ? std::nullopt : std::optional(ErrorCode::kBadText))
        << text;
  }
}

TEST(Bcs, ErrorsNameThePlace) {
  EXPECT_EQ(refusal<Holder>("00"
                            "01"
                            "0305"
                            "02")
                .find("unknown tag: kinds.kind.b"),
            0u)
      << refusal<Holder>(
             "00"
             "01"
             "0305"
             "02");
}

TEST(Bcs, EverySampleComesBack) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    for (Wire wire : {Wire::kBcs, Wire::kBincode}) {
      auto all = tools::sample<Everything>(seed);
      auto holder = tools::sample<Holder>(seed);
      EXPECT_EQ(decode<Everything>(encode(all, wire), wire).value(), all);
      EXPECT_EQ(decode<Holder>(encode(holder, wire), wire).value(), holder);
    }
  }
}

}  // namespace
}  // namespace mica::bcs
