#include "core/bcs/json.h"

#include <gtest/gtest.h>

#include "tests/core/bcs/shapes.h"
#include "tools/sample.h"

namespace mica::bcs {
namespace {

using namespace shapes;

std::string parsed(std::string_view text) {
  auto value = parse_json(text);
  return value.ok() ? print_json(*value) : std::string(error_name(value.error().code));
}

template <class T>
std::string refusal(std::string_view text) {
  auto value = from_json_text<T>(text);
  return value.ok() ? "accepted" : value.error().message();
}

TEST(Json, Text) {
  for (const char* same : {"null", "true", "false", "0", "18446744073709551615", "\"\"", "[]", "{}",
                           R"({"b":[1,{"c":null}],"a":"x"})", R"("\"\\\n\t\u0001é漢😀")"}) {
    EXPECT_EQ(parsed(same), same);
  }
  EXPECT_EQ(parsed(" [ 1 , 2 ] "), "[1,2]");
  EXPECT_EQ(parsed(R"("\u00e9\ud83d\ude00\/")"), "\"é😀/\"");
}

TEST(Json, RefusesWhatCannotBeKept) {
  std::string overflow(error_name(ErrorCode::kOverflow));
  for (const char* number : {"1.0", "1e3", "-1", "-0", "18446744073709551616", "0.5"}) {
    EXPECT_EQ(parsed(number), overflow) << number;
    EXPECT_EQ(parsed("[" + std::string(number) + "]"), overflow) << number;
  }
  std::string malformed(error_name(ErrorCode::kBadText));
  for (const char* text : {"", "[", "1 2", "{\"a\"}", "'a'", "\"\xff\"", "\"\\ud800\"", "01", "nul",
                           "[1,]", "{,}", "// c\n1", "\"\n\"", "NaN"}) {
    EXPECT_EQ(parsed(text), malformed) << text;
  }
  EXPECT_EQ(parsed(R"({"a":1,"b":{"a":2}})"), R"({"a":1,"b":{"a":2}})");
  EXPECT_EQ(parsed(R"({"a":1,"a":1})"), error_name(ErrorCode::kNonCanonical));
}

TEST(Json, DepthIsBounded) {
  std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(parsed(deep), deep);
  EXPECT_EQ(parsed("[" + deep + "]"), error_name(ErrorCode::kTooLong));
  EXPECT_EQ(parsed(std::string(100'000, '[')), error_name(ErrorCode::kTooLong));
}

TEST(Json, FormsOfSerde) {
  EXPECT_EQ(to_json_text(Everything{}),
            R"({"flag":false,"u8":0,"u16":0,"u32":0,"u64":0,"large":0,"text":"","bytes":[],)"
            R"("array":[0,0,0],"maybe":null,"list":[],"set":[],"map":{},"pair":[0,false],)"
            R"("triple":[0,"","Red"],"color":"Red"})");
  EXPECT_EQ(to_json_text(Kind{Kind::Empty{}}), R"("Empty")");
  EXPECT_EQ(to_json_text(Kind{Kind::One{{7}}}), R"({"One":7})");
  EXPECT_EQ(to_json_text(Kind{Kind::Two{1, "q"}}), R"({"Two":[1,"q"]})");
  EXPECT_EQ(to_json_text(Kind{Kind::Named{1, std::nullopt}}), R"({"Named":{"a":1,"b":null}})");
  Holder holder{.points = {{Named{3}, Point{1, 2}}}, .kinds = {}, .nothing = {}};
  EXPECT_EQ(to_json_text(holder), R"({"points":{"#3":[1,2]},"kinds":[],"nothing":null})");
  EXPECT_EQ(to_json_text(std::map<uint32_t, bool>{{7, true}}), R"({"7":true})");
  EXPECT_EQ(to_json_text(kU128Max), "340282366920938463463374607431768211455");
}

TEST(Json, Reading) {
  // A member nobody knows is skipped; an optional one may be missing.
  EXPECT_EQ(from_json_text<Kind>(R"({"Named":{"x":[{}],"a":1}})").value(),
            (Kind{Kind::Named{1, std::nullopt}}));
  EXPECT_EQ(from_json_text<Kind>(R"({"Empty":null})").value(), Kind{Kind::Empty{}});
  EXPECT_EQ(refusal<Kind>(R"({"Named":{}})"), "missing field: Named.a");
  EXPECT_EQ(refusal<Kind>(R"({"Named":{"a":256}})"), "number out of range: Named.a");
  EXPECT_EQ(refusal<Kind>(R"({"Other":1})"), "unknown tag: Other");
  EXPECT_NE(refusal<Kind>(R"({"Empty":null,"One":1})"), "accepted");
  EXPECT_NE(refusal<Kind>(R"("One")"), "accepted");
  EXPECT_NE(refusal<Kind>(R"({"Two":[1]})"), "accepted");
  EXPECT_NE(refusal<Kind>(R"({"Two":[1,"q",2]})"), "accepted");
  EXPECT_NE(refusal<Color>(R"("red")"), "accepted");
  EXPECT_NE(refusal<Color>("0"), "accepted");
  EXPECT_NE(refusal<bool>("1"), "accepted");
  EXPECT_NE(refusal<ByteArray<3>>("[1,2]"), "accepted");
  EXPECT_NE(refusal<ByteArray<3>>("[1,2,3,4]"), "accepted");
  EXPECT_NE(refusal<std::string>("1"), "accepted");
  EXPECT_EQ(refusal<Holder>(R"({"points":{"3":[1,2]}})"), "malformed text: points.3.named");
  // Two spellings of one key.
  using Map = std::map<uint32_t, bool>;
  EXPECT_NE(refusal<Map>(R"({"7":true,"07":true})"), "accepted");
}

TEST(Json, EverySampleComesBack) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    auto all = tools::sample<Everything>(seed);
    all.large &= UINT64_MAX;  // a text with more is refused
    auto again = from_json_text<Everything>(to_json_text(all));
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_EQ(*again, all);
    auto holder = tools::sample<Holder>(seed);
    EXPECT_EQ(from_json_text<Holder>(to_json_text(holder)).value(), holder);
  }
}

TEST(Json, ValuesByHand) {
  JsonValue value;
  value.add("a", 1u);
  value.add("b", JsonValue::Array{"x", true, JsonValue()});
  EXPECT_EQ(print_json(value), R"({"a":1,"b":["x",true,null]})");
  ASSERT_NE(value.find("a"), nullptr);
  EXPECT_EQ(*value.find("a")->integer(), 1u);
  EXPECT_EQ(value.find("c"), nullptr);
  EXPECT_EQ(value.find("a")->find("a"), nullptr);
  EXPECT_EQ(value.text(), nullptr);
}

}  // namespace
}  // namespace mica::bcs
