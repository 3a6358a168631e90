#include <gtest/gtest.h>

#include "core/base/leb128.h"
#include "core/wasm/rewrite.h"
#include "tests/core/wasm/bytes.h"

namespace mica::wasm {
namespace {

using enum RefusalCode;

void expect_refused(ByteSpan module, RefusalCode code) {
  const auto result = read_valid_module(module, {});
  ASSERT_FALSE(result.ok()) << to_hex(module).substr(0, 200);
  EXPECT_EQ(refusal_name(result.error().code), refusal_name(code)) << to_hex(module).substr(0, 200);
}

// (module (import "a" "b" (func)) (memory 1) (export "m" (memory 0)) (func call 0)
//   (data (i32.const 0) "x"))
Bytes small() {
  return module_of({section(1, Bytes{1, 0x60, 0, 0}), section(2, Bytes{1, 1, 'a', 1, 'b', 0, 0}),
                    section(3, Bytes{1, 0}), section(5, Bytes{1, 0, 1}),
                    section(7, Bytes{1, 1, 'm', 2, 0}), section(10, Bytes{1, 4, 0, 0x10, 0, 0x0b}),
                    section(11, Bytes{1, 0, 0x41, 0, 0x0b, 1, 'x'})});
}

TEST(Read, SectionsAsPlainValues) {
  const Bytes bytes = small();
  const auto module = read_valid_module(bytes, {});
  ASSERT_TRUE(module.ok()) << refusal_name(module.error().code);
  EXPECT_EQ(module->imports[0].module, "a");
  EXPECT_EQ(module->imports[0].name, "b");
  EXPECT_EQ(module->functions.size(), 2u);
  EXPECT_EQ(module->imported_functions, 1u);
  EXPECT_EQ(module->memories[0].min, 1u);
  EXPECT_EQ(module->exports[0].name, "m");
  EXPECT_EQ(as_text(module->data[0].bytes), "x");
}

TEST(Read, APartOfAModuleIsNone) {
  const Bytes whole = small();
  // But behind the header, the types, the imports, and the body.
  size_t taken = 0;
  for (size_t length = 0; length < whole.size(); ++length) {
    taken += read_valid_module(ByteSpan(whole).first(length), {}).ok();
  }
  EXPECT_EQ(taken, 4u);
  Bytes longer = whole;
  longer.push_back(0);
  expect_refused(longer, kTruncated);
}

TEST(Read, Headers) {
  expect_refused({}, kBadMagic);
  expect_refused(Bytes{0, 'a', 's', 'm', 2, 0, 0, 0}, kBadMagic);
  EXPECT_TRUE(read_valid_module(module_of({}), {}).ok());
}

TEST(Read, SectionsInOrderAndOnce) {
  const Bytes types = section(1, Bytes{0});
  const Bytes memories = section(5, Bytes{0});
  expect_refused(module_of({memories, types}), kBadSection);
  expect_refused(module_of({types, types}), kBadSection);
  expect_refused(module_of({section(14, {})}), kBadSection);
  expect_refused(module_of({section(1, Bytes{0, 0})}), kTrailingBytes);
  expect_refused(module_of({section(3, Bytes{1, 0})}), kBadCount);
}

TEST(Read, Numbers) {
  const auto count = [](Bytes number) { return module_of({section(1, number)}); };
  EXPECT_TRUE(read_valid_module(count({0x80, 0x80, 0x80, 0x80, 0x00}), {}).ok());
  expect_refused(count({0x80, 0x80, 0x80, 0x80, 0x10}), kBadNumber);
  expect_refused(count({0x80, 0x80, 0x80, 0x80, 0x80, 0x00}), kBadNumber);
  const auto signed_number = [](Bytes bytes) {
    Cursor cursor(bytes);
    const int64_t value = cursor.s64();
    return cursor.ok() ? std::optional(value) : std::nullopt;
  };
  EXPECT_EQ(signed_number({0x7f}), -1);
  EXPECT_EQ(signed_number({0xff, 0x7f}), -1);
  EXPECT_EQ(signed_number(joined({repeated(Bytes{0x80}, 9), Bytes{0x7f}})), INT64_MIN);
  EXPECT_EQ(signed_number(joined({repeated(Bytes{0x80}, 9), Bytes{0x01}})), std::nullopt);
  for (const int64_t value :
       {int64_t{0}, int64_t{63}, int64_t{64}, int64_t{-64}, int64_t{-65}, INT64_MAX, INT64_MIN}) {
    Bytes written;
    append_sleb128(written, value);
    EXPECT_EQ(signed_number(written), value);
  }
}

TEST(Read, NamesAreUtf8) {
  const auto named = [](Bytes name) { return module_of({section(0, sized(name))}); };
  EXPECT_TRUE(read_valid_module(named({0xf0, 0x9f, 0x98, 0x80}), {}).ok());
  for (const Bytes& bad : {Bytes{0xff}, Bytes{0xc0, 0x80}, Bytes{0xed, 0xa0, 0x80},
                           Bytes{0xe2, 0x82}, Bytes{0xf4, 0x90, 0x80, 0x80}}) {
    expect_refused(named(bad), kBadText);
  }
}

TEST(Hostile, CountsWithoutBytes) {
  for (const uint8_t id : {1, 2, 3, 4, 5, 6, 7, 9, 10, 11}) {
    expect_refused(module_of({section(id, number(UINT32_MAX))}), kTruncated);
  }
  expect_refused(module_of({section(1, joined({Bytes{1, 0x60}, number(UINT32_MAX)}))}), kTruncated);
}

TEST(Hostile, Bodies) {
  using enum RefusalCode;
  const Bytes block = {0x02, 0x40};
  const Bytes end = {0x0b};
  const auto take = [](const Bytes& module) { return read_valid_module(module, {}).ok(); };
  // A hundred thousand blocks in each other; locals by the billion; ends without blocks.
  EXPECT_TRUE(
      take(module_with_body(Bytes{0}, joined({repeated(block, 100'000), repeated(end, 100'000)}))));
  expect_refused(module_with_body(Bytes{0}, repeated(block, 100'000)), kTruncated);
  expect_refused(module_with_body(Bytes{0}, end), kTrailingBytes);
  const Bytes locals = joined({Bytes{1}, number(50'000), Bytes{0x7f}});
  expect_refused(module_with_body(locals, {}), kTooMuch);
  const Bytes many =
      joined({number(100'000), repeated(joined({number(UINT32_MAX), Bytes{0x7f}}), 100'000)});
  expect_refused(module_with_body(many, {}), kTooMuch);
  EXPECT_TRUE(take(module_with_body(joined({Bytes{1}, number(49'999), Bytes{0x7f}}), {})));
  // A table of more labels than Wasmer takes, and one that promises more than there are bytes.
  const Bytes labels = joined({number(131'073), repeated(Bytes{0}, 131'074)});
  expect_refused(module_with_body(Bytes{0}, joined({Bytes{0x20, 0, 0x0e}, labels})), kTooMuch);
  expect_refused(module_with_body(Bytes{0}, joined({Bytes{0x20, 0, 0x0e}, number(UINT32_MAX)})),
                 kTruncated);
}

// The same here as natively: what metering makes of the small module, by upstream's crate.
TEST(Rewrite, ASmallModule) {
  const Bytes made = rewrite(read_valid_module(small(), {}).value(), {}).value();
  const Bytes expected = module_of(
      {section(1, Bytes{2, 0x60, 0, 0, 0x60, 1, 0x7e, 0}),
       section(2, joined({Bytes{2, 1, 'a', 1, 'b', 0, 0}, sized(as_bytes(kFuelModule)),
                          sized(as_bytes(kFuelName)), Bytes{0, 1}})),
       section(3, Bytes{1, 0}), section(5, Bytes{1, 0, 1}), section(7, Bytes{1, 1, 'm', 2, 0}),
       section(10, Bytes{1, 8, 0, 0x42, 1, 0x10, 1, 0x10, 0, 0x0b}),
       section(11, Bytes{1, 0, 0x41, 0, 0x0b, 1, 'x'})});
  EXPECT_EQ(to_hex(made), to_hex(expected));
}

}  // namespace
}  // namespace mica::wasm
