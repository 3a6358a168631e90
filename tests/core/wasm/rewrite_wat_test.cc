#include "core/wasm/rewrite.h"

#include <gtest/gtest.h>

#include "tests/core/wasm/bytes.h"
#include "tests/core/wasm/wat.h"

namespace mica::wasm {
namespace {

Result<Bytes, Refusal> metered(ByteSpan bytes, const Rewriting& how = {}) {
  return rewrite(MICA_TRY(read_valid_module(bytes, {Role::kService})), how);
}

// That metering `before` gives the bytes of `after`.
void expect_metered(std::string_view before, std::string_view after) {
  const auto made = metered(assemble(before));
  ASSERT_TRUE(made.ok()) << refusal_name(made.error().code) << "\n" << before;
  EXPECT_EQ(to_hex(*made), to_hex(assemble(after))) << after;
}

// Bodies alone: `before` calls function 0, `after` function 1, and 0 is the import.
void expect_body(std::string_view before, std::string_view after) {
  const std::string fuel =
      "(import \"linera:app/contract-runtime-api\" \"consume-fuel\" (func (type 0)))";
  const std::string head = "(module (type (func (param i64))) (type (func (param i32)))";
  expect_metered(head + "(func (type 1) " + std::string(before) + "))",
                 head + fuel + "(func (type 1) " + std::string(after) + "))");
}

TEST(Rewrite, ChargesAStretchAtItsStart) {
  expect_body("(drop (i32.add (i32.const 1) (local.get 0)))",
              "(call 0 (i64.const 3)) (drop (i32.add (i32.const 1) (local.get 0)))");
}

TEST(Rewrite, LeavesOutWhatIsFree) {
  expect_body("nop block nop unreachable end", "nop block nop unreachable end");
}

TEST(Rewrite, JoinsABlockWithWhatPrecedesIt) {
  expect_body("(drop (i32.const 1)) block (drop (i32.const 2)) end (drop (i32.const 3))",
              "(call 0 (i64.const 3)) (drop (i32.const 1)) block (drop (i32.const 2)) end"
              "(drop (i32.const 3))");
}

TEST(Rewrite, DividesWhereABranchMayLeave) {
  expect_body("block (br_if 0 (local.get 0)) (drop (i32.const 2)) end (drop (i32.const 3))",
              "(call 0 (i64.const 3)) block (br_if 0 (local.get 0))"
              "(call 0 (i64.const 1)) (drop (i32.const 2)) end (drop (i32.const 3))");
}

TEST(Rewrite, DividesTheOuterBlockWhereABranchLeavesBoth) {
  expect_body("block block (br_if 1 (local.get 0)) end (drop (i32.const 2)) end",
              "(call 0 (i64.const 2)) block block (br_if 1 (local.get 0)) end"
              "(call 0 (i64.const 1)) (drop (i32.const 2)) end");
}

TEST(Rewrite, ChargesTheArmsOfAnIfApart) {
  expect_body("(if (local.get 0) (then (drop (i32.const 1))) (else (drop (i64.const 2))))",
              "(call 0 (i64.const 2)) (if (local.get 0)"
              "(then (call 0 (i64.const 1)) (drop (i32.const 1)))"
              "(else (call 0 (i64.const 1)) (drop (i64.const 2))))");
}

TEST(Rewrite, ChargesALoopEachTime) {
  expect_body("(drop (i32.const 1)) (loop (br_if 0 (local.get 0))) (drop (i32.const 2))",
              "(call 0 (i64.const 2)) (drop (i32.const 1))"
              "(loop (call 0 (i64.const 2)) (br_if 0 (local.get 0))) (drop (i32.const 2))");
}

TEST(Rewrite, FollowsAllTargetsOfATable) {
  expect_body(
      "block block block (br_table 0 2 1 (local.get 0)) end nop end (drop (i32.const 1)) "
      "end (drop (i32.const 2))",
      "(call 0 (i64.const 3)) block block block (br_table 0 2 1 (local.get 0)) end nop end"
      "(call 0 (i64.const 1)) (drop (i32.const 1)) end (drop (i32.const 2))");
}

TEST(Rewrite, TakesAReturnForABranchToTheBody) {
  expect_body("(if (local.get 0) (then (return))) (drop (i32.const 2))",
              "(call 0 (i64.const 2)) (if (local.get 0) (then (call 0 (i64.const 1)) (return)))"
              "(call 0 (i64.const 1)) (drop (i32.const 2))");
}

TEST(Rewrite, ShiftsFunctionsBehindTheImports) {
  expect_metered(R"((module
      (type (func)) (type (func (param i64)))
      (import "a" "b" (func (type 0)))
      (func (type 0) call 0 call 1 call 2) (func (type 0))
      (table 3 funcref) (export "own" (func 1)) (export "import" (func 0))
      (start 2) (elem (i32.const 0) func 0 1 2)))",
                 R"((module
      (type (func)) (type (func (param i64)))
      (import "a" "b" (func (type 0)))
      (import "linera:app/contract-runtime-api" "consume-fuel" (func (type 1)))
      (func (type 0) (call 1 (i64.const 3)) call 0 call 2 call 3) (func (type 0))
      (table 3 funcref) (export "own" (func 2)) (export "import" (func 0))
      (start 3) (elem (i32.const 0) func 0 2 3)))");
}

TEST(Rewrite, AddsTheTypeWhereThereIsNone) {
  expect_metered("(module (func (param i32)))",
                 R"((module (type (func (param i32))) (type (func (param i64)))
      (import "linera:app/contract-runtime-api" "consume-fuel" (func (type 1)))
      (func (type 0))))");
}

TEST(Rewrite, ShiftsReferencesOfServices) {
  expect_metered(R"((module (type (func)) (type (func (param i64))) (func (type 0))
      (table 2 funcref) (global funcref (ref.func 0)) (elem func 0)
      (elem (table 0) (i32.const 0) funcref (ref.func 0) (ref.null func))
      (func (type 0) (table.set 0 (i32.const 0) (ref.func 0)))))",
                 R"((module (type (func)) (type (func (param i64)))
      (import "linera:app/contract-runtime-api" "consume-fuel" (func (type 1))) (func (type 0))
      (table 2 funcref) (global funcref (ref.func 1)) (elem func 1)
      (elem (table 0) (i32.const 0) funcref (ref.func 1) (ref.null func))
      (func (type 0) (call 0 (i64.const 3)) (table.set 0 (i32.const 0) (ref.func 1)))))");
}

TEST(Rewrite, WritesTheShortestForms) {
  // call_indirect with a table index of five bytes, as current compilers write it.
  const Bytes shortest = assemble(R"((module (type (func)) (type (func (param i64)))
      (table 1 funcref) (func (type 0) (call_indirect (type 0) (i32.const 0)))))");
  const std::string hex = to_hex(shortest);
  const size_t at = hex.find("4100110000");
  ASSERT_NE(at, std::string::npos);
  std::string padded = hex;
  padded.replace(at, 10,
                 "4100118000"
                 "8080808000");
  // The section and the body grew by five bytes.
  padded.replace(padded.rfind("0a09010700"), 10, "0a0e010c00");
  const auto expected = metered(shortest);
  const auto made = metered(*from_hex(padded));
  ASSERT_TRUE(expected.ok() && made.ok());
  EXPECT_EQ(to_hex(*made), to_hex(*expected));
}

TEST(Rewrite, PutsCustomSectionsBehindAllInReverse) {
  const Bytes plain = assemble("(module (func))");
  const Bytes first = *from_hex("0003016101");
  const Bytes second = *from_hex("0003016202");
  Bytes module(plain.begin(), plain.begin() + 8);
  append(module, first);
  append(module, second);
  append(module, ByteSpan(plain).subspan(8));
  Bytes expected = *metered(plain);
  append(expected, second);
  append(expected, first);
  EXPECT_EQ(to_hex(*metered(module)), to_hex(expected));
  EXPECT_EQ(to_hex(*metered(module, {.keep_customs = false})), to_hex(*metered(plain)));
}

TEST(Rewrite, LimitsMemoryAndTables) {
  Rewriting how;
  how.max_pages = 10;
  const Bytes made = *metered(assemble("(module (memory 1) (table 1 funcref))"), how);
  const Module module = *read_module(made);
  EXPECT_EQ(module.memories[0].max, 10u);
  EXPECT_EQ(module.tables[0].limits.max, kMaxTableElements);
}

TEST(Rewrite, CallsImportsAndExportsByTheirPlace) {
  const Bytes made = *metered(assemble(R"((module (import "a" "__proto__" (func $f (param i32)))
      (import "linera:app/contract-runtime-api" "consume-fuel" (func (param i64)))
      (memory (export "memory") 1) (export "f" (func $f))))"),
                              {.keep_names = false});
  const Module module = *read_module(made);
  std::string names;
  for (const auto& one : module.imports)
    names += std::string(one.module) + "/" + std::string(one.name) + " ";
  for (const auto& one : module.exports) names += std::string(one.name) + " ";
  EXPECT_EQ(names, "/0 /1 /2 0 1 ");
}

TEST(Rewrite, RefusesABodyLongerThanBrowsersTake) {
  // A stretch of its own after each br_if: every four bytes become eight.
  const Bytes code = repeated(Bytes{0x20, 0, 0x0d, 0}, 960'000);
  const auto made = metered(module_with_body(Bytes{0}, code));
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, RefusalCode::kTooMuch);
  EXPECT_EQ(made.error().function, 0u);
}

}  // namespace
}  // namespace mica::wasm
