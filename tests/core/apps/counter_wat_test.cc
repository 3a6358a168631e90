// A counter as real modules, on the engine of this build: state, result and fuel.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/core/apps/stage.h"
#include "tests/core/wasm/tested_engine.h"
#include "tests/core/wasm/wat.h"

namespace mica::apps {
namespace {

// What both modules have: an allocator (15 instructions), and a function that reads the value (11
// where there is one): the option is at 64, its pointer at 68. The key is that of an SDK's
// register.
constexpr std::string_view kCommon = R"(
  (import "linera:app/base-runtime-api" "read-value-bytes-new"
    (func $read_new (param i32 i32) (result i32)))
  (import "linera:app/base-runtime-api" "read-value-bytes-wait" (func $read_wait (param i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (data (i32.const 16) "\01\00\00\00\00")
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
    (local.set $at (i32.and
      (i32.sub (i32.add (global.get $top) (local.get 2)) (i32.const 1))
      (i32.sub (i32.const 0) (local.get 2))))
    (global.set $top (i32.add (local.get $at) (local.get 3)))
    (local.get $at))
  (func $value (result i64)
    (call $read_wait (call $read_new (i32.const 16) (i32.const 5)) (i32.const 64))
    (if (result i64) (i32.load8_u (i32.const 64))
      (then (i64.load (i32.load (i32.const 68))))
      (else (i64.const 0))))
  (func $answer (result i32)
    (i32.store (i32.const 192) (i32.const 128))
    (i32.store (i32.const 196) (i32.const 8))
    (i32.const 192))
)";

// The value is at 128; the batch of one put at 160.
const std::string kContract = R"((module
  (import "linera:app/contract-runtime-api" "write-batch" (func $write (param i32 i32))))" +
                              std::string(kCommon) + R"(
  (func $save
    (i32.store8 (i32.const 160) (i32.const 2))
    (i32.store (i32.const 164) (i32.const 16))
    (i32.store (i32.const 168) (i32.const 5))
    (i32.store (i32.const 172) (i32.const 128))
    (i32.store (i32.const 176) (i32.const 8))
    (call $write (i32.const 160) (i32.const 1)))
  (func (export "linera:app/contract-entrypoints#instantiate") (param i32 i32)
    (i64.store (i32.const 128) (i64.load (local.get 0)))
    (call $save))
  (func (export "linera:app/contract-entrypoints#execute-operation") (param i32 i32) (result i32)
    (i64.store (i32.const 128) (i64.add (call $value) (i64.load (local.get 0))))
    (call $save)
    (call $answer))
  (func (export "linera:app/contract-entrypoints#execute-message") (param i32 i32) unreachable)
  (func (export "linera:app/contract-entrypoints#finalize")))
)";

const std::string kService = R"((module
  (import "linera:app/service-runtime-api" "schedule-operation"
    (func $schedule (param i32 i32))))" +
                             std::string(kCommon) + R"(
  (func (export "linera:app/service-entrypoints#handle-query") (param i32 i32) (result i32)
    (if (local.get 1) (then (call $schedule (local.get 0) (local.get 1))))
    (i64.store (i32.const 128) (call $value))
    (call $answer)))
)";

Bytes number(uint64_t value) {
  Bytes out(8);
  std::memcpy(out.data(), &value, 8);
  return out;
}

class Counter : public testing::Test {
 protected:
  Counter() {
    id = stage.add(assemble(kContract), assemble(kService));
    Execution run = stage.execution();
    auto made = stage.runtime.instantiate(run, stage.context(), id, number(5));
    EXPECT_TRUE(made.ok()) << made.error().text;
  }

  TestedEngine engine;
  Stage stage{engine, ResourceControlPolicy::testnet()};
  ApplicationId id;
};

TEST_F(Counter, CountsValuesAndFuel) {
  // The argument's allocation, the entry point and what it calls.
  EXPECT_EQ(stage.resources.tracker().wasm_fuel, 15u + 5 + 18);
  EXPECT_EQ(*stage.state.users.view(id).get(Bytes{1, 0, 0, 0, 0}), number(5));
  EXPECT_TRUE(stage.outcome().operation_result.empty());
  const ResourceTracker before = stage.resources.tracker();
  const Amount balance = stage.state.system.balance.get();
  auto done = stage.operation(id, number(37));
  ASSERT_TRUE(done.ok()) << done.error().text;
  EXPECT_EQ(stage.outcome().operation_result, number(42));
  EXPECT_EQ(*stage.state.users.view(id).get(Bytes{1, 0, 0, 0, 0}), number(42));
  const ResourceTracker after = stage.resources.tracker();
  const uint64_t fuel = after.wasm_fuel - before.wasm_fuel;
  EXPECT_EQ(fuel, 15u + 8 + 11 + 15 + 18 + 7);
  // One read operation of 8 bytes, one write operation of 5 + 8.
  const u128 price = nanos(10).attos * fuel + micros(10).attos + nanos(10).attos * 8 +
                     micros(20).attos + nanos(100).attos * 13;
  EXPECT_EQ(balance.attos - stage.state.system.balance.get().attos, price);
}

TEST_F(Counter, ServiceReadsTheContractsState) {
  auto answer = stage.query(id);
  ASSERT_TRUE(answer.ok()) << answer.error().text;
  EXPECT_EQ(answer->response, number(5));
  EXPECT_TRUE(answer->operations.empty());
  answer = stage.query(id, number(3));
  EXPECT_EQ(answer->operations, (std::vector<Operation>{{Operation::User{id, number(3)}}}));
}

TEST_F(Counter, TrapsFailTheAction) {
  Amount grant = tokens(1);
  Execution run = stage.execution();
  auto done = stage.runtime.execute_message(run, {}, grant, {id, {}});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().kind, Kind::kFailed);
  EXPECT_NE(done.error().text.find("unreachable"), std::string::npos);
}

// A module that is no contract is refused when it is first used.
TEST_F(Counter, RolesAreKept) {
  const ApplicationId odd = stage.add(assemble(kService), assemble(kContract));
  EXPECT_NE(stage.operation(odd).error().text.find("it may not import"), std::string::npos);
  EXPECT_NE(stage.query(odd).error().text.find("it may not import"), std::string::npos);
  const ApplicationId broken = stage.add({1, 2, 3}, {4});
  EXPECT_NE(stage.operation(broken).error().text.find("Failed to load contract"),
            std::string::npos);
}

}  // namespace
}  // namespace mica::apps
