#include "core/wasm/validate.h"

#include <gtest/gtest.h>

#include "core/wasm/prepare.h"
#include "tests/core/wasm/bytes.h"
#include "tests/core/wasm/wat.h"

namespace mica::wasm {
namespace {

Result<Module, Refusal> judged(ByteSpan bytes, Role role) {
  return read_valid_module(bytes, {role});
}
void expect_taken(std::string_view text, Role role) {
  const auto result = judged(assemble(text), role);
  if (!result.ok()) ADD_FAILURE() << refusal_name(result.error().code) << "\n" << text;
}
void expect_refused(ByteSpan module, Role role, RefusalCode code) {
  const auto result = judged(module, role);
  ASSERT_FALSE(result.ok()) << to_hex(module).substr(0, 200);
  EXPECT_EQ(refusal_name(result.error().code), refusal_name(code));
}
// Whatever the role.
void expect_invalid(std::string_view text, RefusalCode code) {
  SCOPED_TRACE(text);
  const Bytes module = assemble(text);
  expect_refused(module, Role::kContract, code);
  expect_refused(module, Role::kService, code);
}
// A service may use it; a contract is told which feature it is.
void expect_for_services(std::string_view text, Feature feature) {
  SCOPED_TRACE(text);
  const Bytes module = assemble(text);
  EXPECT_TRUE(judged(module, Role::kService).ok());
  const auto result = judged(module, Role::kContract);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, RefusalCode::kFeature);
  EXPECT_EQ(feature_name(Feature(result.error().detail)), feature_name(feature));
}

TEST(Gate, ContractsHaveTheFirstFormatAndLittleMore) {
  for (const char* text : {
           "(module (func (drop (i32.extend8_s (i32.const 1)))))",
           "(module (func (drop (i64.extend32_s (i64.const 1)))))",
           "(module (global (export \"g\") (mut i32) (i32.const 0)))",
           "(module (import \"a\" \"g\" (global (mut i32))))",
           "(module (table 1 funcref) (table 1 funcref))",
           "(module (memory 1) (data (i32.const 0) \"a\"))",
           "(module (start 0) (func))",
       }) {
    expect_taken(text, Role::kContract);
    expect_taken(text, Role::kService);
  }
}

TEST(Gate, ServicesHaveMore) {
  using enum Feature;
  expect_for_services("(module (func (drop (i32.trunc_sat_f32_s (f32.const 1)))))",
                      kSaturatingFloatToInt);
  expect_for_services("(module (func (result i32 i32) (i32.const 1) (i32.const 2)))", kMultiValue);
  expect_for_services("(module (func (i32.const 1) (block (param i32) drop)))", kMultiValue);
  expect_for_services(
      "(module (memory 1) (func (memory.copy (i32.const 0) (i32.const 0) "
      "(i32.const 0))))",
      kBulkMemory);
  expect_for_services("(module (memory 1) (data \"passive\"))", kBulkMemory);
  expect_for_services("(module (func $f) (elem func $f))", kBulkMemory);
  expect_for_services("(module (table 1 externref))", kReferenceTypes);
  expect_for_services("(module (func (param externref)))", kReferenceTypes);
  expect_for_services(
      "(module (func (drop (select (result i32) (i32.const 1) (i32.const 1) "
      "(i32.const 1)))))",
      kReferenceTypes);
  expect_for_services("(module (func (local externref)))", kReferenceTypes);
  expect_for_services("(module (func (drop (v128.const i64x2 1 2))))", kSimd);
  expect_for_services("(module (func (param v128)))", kSimd);
  expect_for_services("(module (memory 1 1 shared))", kThreads);
  expect_for_services("(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))",
                      kThreads);
}

TEST(Gate, NobodyHasWhatWasmerHasNot) {
  using enum RefusalCode;
  expect_invalid("(module (func $f return_call $f))", kFeature);
  expect_invalid("(module (memory 1) (memory 1))", kFeature);
  expect_refused(module_of({section(5, Bytes{1, 4, 0})}), Role::kService, kFeature);
  // The tag section of exceptions; a relaxed vector operator.
  expect_refused(module_of({section(13, Bytes{0})}), Role::kService, kBadSection);
  const Bytes relaxed = module_with_body(Bytes{0}, Bytes{0xfd, 0x80, 0x02});
  expect_refused(relaxed, Role::kService, kUnknownOpcode);
}

TEST(Gate, OnlyServicesNameTheMemoryOfAnAccess) {
  const auto loads = [](Bytes immediates) {
    const Bytes code = joined({Bytes{0, 0x41, 0, 0x28}, immediates, Bytes{0x1a, 0x0b}});
    return module_of({section(1, Bytes{1, 0x60, 0, 0}), section(3, Bytes{1, 0}),
                      section(5, Bytes{1, 0, 1}), section(10, joined({Bytes{1}, sized(code)}))});
  };
  EXPECT_TRUE(judged(loads({0x42, 0, 5}), Role::kService).ok());
  expect_refused(loads({0x42, 1, 5}), Role::kService, RefusalCode::kUnknownIndex);
  expect_refused(loads({0x42, 0, 5}), Role::kContract, RefusalCode::kFeature);
}

TEST(Gate, NamesTheFunctionAndTheOpcode) {
  const auto result = judged(assemble("(module (import \"a\" \"b\" (func)) (func) (func (drop)))"),
                             Role::kContract);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, RefusalCode::kBadType);
  EXPECT_EQ(result.error().function, 2u);
  EXPECT_EQ(result.error().detail, op::kDrop);
}

TEST(Gate, LimitsTheMemoryAtTheStart) {
  const Bytes bytes = assemble("(module (memory 11))");
  EXPECT_TRUE(read_valid_module(bytes, {Role::kService, 11}).ok());
  const auto refused = read_valid_module(bytes, {Role::kService, 10});
  EXPECT_EQ(refused.error().code, RefusalCode::kTooMuch);
}

TEST(Validate, Operands) {
  using enum RefusalCode;
  expect_invalid("(module (func (drop (i32.add (i32.const 1) (i64.const 1)))))", kBadType);
  expect_invalid("(module (func (i32.const 1)))", kBadType);
  expect_invalid("(module (func (result i32)))", kBadType);
  expect_invalid("(module (func (result i32) (block (br 0)) ))", kBadType);
  expect_invalid(
      "(module (func (result i32) (if (result i32) (i32.const 1) "
      "(then (i32.const 1)))))",
      kBadType);
  expect_invalid("(module (func (drop (select (i32.const 1) (i64.const 1) (i32.const 1)))))",
                 kBadType);
  expect_invalid("(module (func (param i32) (local.set 0 (i64.const 1))))", kBadType);
  expect_invalid("(module (global i32 (i32.const 1)) (func (global.set 0 (i32.const 1))))",
                 kBadType);
  expect_invalid(
      "(module (func (block (br_table 0 1 (i32.const 0)) (block (result i32) "
      "(br_table 0 1 (i32.const 0) (i32.const 0))) drop)))",
      kBadType);
  for (const char* text : {
           "(module (func (result i32) unreachable))",
           "(module (func unreachable i32.add drop))",
           "(module (func (result i64) (block (result i64) (br 0 (i64.const 1)) i32.add drop)))",
           "(module (func (result i32) (loop (result i32) (br 0))))",
           "(module (func (param i32) (result f32) (f32.const 1) unreachable (select "
           "(local.get 0))))",
       }) {
    expect_taken(text, Role::kContract);
  }
}

TEST(Validate, Indices) {
  using enum RefusalCode;
  for (const char* text : {
           "(module (func call 1))",
           "(module (func local.get 0 drop))",
           "(module (func global.get 0 drop))",
           "(module (func br 1))",
           "(module (func (drop (i32.load (i32.const 0)))))",
           "(module (func (drop (memory.size))))",
           "(module (type (func)) (func (call_indirect (type 0) (i32.const 0))))",
           "(module (data (i32.const 0) \"a\"))",
           "(module (func) (elem (i32.const 0) 0))",
           "(module (export \"a\" (func 0)))",
           "(module (start 0))",
           "(module (global i32 (i32.const 0)) (global i32 (global.get 0)))",
       }) {
    expect_invalid(text, kUnknownIndex);
  }
  // Without types of its own: a contract's function 0 has the type that metering adds.
  const Bytes body = {1, 2, 0, 0x0b};
  const auto of_type = [&](uint8_t type) {
    return module_of({section(3, Bytes{1, type}), section(10, body)});
  };
  EXPECT_TRUE(judged(of_type(0), Role::kContract).ok());
  expect_refused(of_type(1), Role::kContract, kUnknownIndex);
  expect_refused(of_type(0), Role::kService, kUnknownIndex);
}

TEST(Validate, Declarations) {
  using enum RefusalCode;
  expect_invalid("(module (memory 2 1))", kBadLimits);
  expect_invalid("(module (memory 65537))", kBadLimits);
  expect_invalid("(module (table 2 1 funcref))", kBadLimits);
  expect_invalid("(module (table 10000001 funcref))", kTooMuch);
  expect_invalid("(module (func) (export \"a\" (func 0)) (export \"a\" (func 0)))",
                 kDuplicateExport);
  expect_invalid("(module (func (param i32)) (start 0))", kBadStart);
  expect_invalid("(module (global i32 (i64.const 0)))", kBadConstant);
  expect_invalid("(module (global i32 (i32.const 0) (i32.const 0)))", kBadConstant);
  expect_invalid("(module (import \"a\" \"g\" (global (mut i32))) (global i32 (global.get 0)))",
                 kBadConstant);
  expect_invalid("(module (memory 1) (func (drop (i32.load align=8 (i32.const 0)))))",
                 kBadAlignment);
}

TEST(Validate, OperandsThatPileUp) {
  // Each call leaves a thousand results.
  std::string text = "(module (func (result";
  for (int i = 0; i < 1000; ++i) text += " i32";
  text += ") unreachable) (func";
  for (int i = 0; i < 1001; ++i) text += " call 0";
  expect_refused(assemble(text + "))"), Role::kService, RefusalCode::kTooMuch);
}

}  // namespace
}  // namespace mica::wasm
