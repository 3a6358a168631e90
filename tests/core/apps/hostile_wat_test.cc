// Modules that mean harm, on the engine of this build: each ends its action and nothing else.
#include <gtest/gtest.h>

#include "tests/core/apps/stage.h"
#include "tests/core/wasm/tested_engine.h"
#include "tests/core/wasm/wat.h"

namespace mica::apps {
namespace {

const std::string kAllocator = R"(
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
    (global.set $top (i32.add (local.get $at) (local.get 3)))
    (local.get $at))
)";
const std::string kEmptyAnswer = "(i32.const 64)";
const std::string kOperation =
    R"((func (export "linera:app/contract-entrypoints#execute-operation")
      (param i32 i32) (result i32))";
const std::string kFinalize = R"((func (export "linera:app/contract-entrypoints#finalize")))";
const std::string kQuery = R"((func (export "linera:app/service-entrypoints#handle-query")
      (param i32 i32) (result i32))";
const std::string kMemory = R"((memory (export "memory") 1))";

class Hostile : public testing::Test {
 protected:
  static ResourceControlPolicy policy() {
    ResourceControlPolicy policy;
    policy.maximum_wasm_fuel_per_block = 300'000;
    return policy;
  }
  // A contract whose operation is this code; what else it has comes before.
  ApplicationId contract(const std::string& operation, const std::string& more = "",
                         const std::string& finalize = kFinalize) {
    return stage.add(assemble("(module " + more + kMemory + kAllocator + kOperation + operation +
                              ")" + finalize + ")"));
  }
  ApplicationId service(const std::string& query, const std::string& more = "") {
    return stage.add({},
                     assemble("(module " + more + kMemory + kAllocator + kQuery + query + "))"));
  }
  // Why the operation failed. The engine goes on with others.
  ExecutionError failure(const ApplicationId& id) {
    auto done = stage.operation(id);
    EXPECT_FALSE(done.ok());
    Stage next(engine);
    const Bytes tame = assemble("(module " + kMemory + kAllocator + kOperation + kEmptyAnswer +
                                ")" + kFinalize + ")");
    auto other = next.operation(next.add(tame));
    EXPECT_TRUE(other.ok()) << other.error().text;
    return done.ok() ? ExecutionError("none") : done.error();
  }
  bool says(const ExecutionError& error, std::string_view word) {
    if (error.text.find(word) != std::string::npos) return true;
    ADD_FAILURE() << error.text;
    return false;
  }

  TestedEngine engine;
  Stage stage{engine, policy()};
};

TEST_F(Hostile, AnEndlessLoopEndsWithItsFuel) {
  const auto error = failure(contract("(loop (br 0)) (i32.const 0)"));
  EXPECT_EQ(error.kind, Kind::kLimit);
}

TEST_F(Hostile, AnEndlessAllocatorEndsWithItsFuel) {
  const ApplicationId id =
      stage.add(assemble("(module " + kMemory +
                         R"((func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
           (loop (br 0)) (i32.const 0)))" +
                         kOperation + kEmptyAnswer + ")" + kFinalize + ")"));
  EXPECT_EQ(failure(id).kind, Kind::kLimit);
}

TEST_F(Hostile, MemoryEndsAtThisNodesLimit) {
  const auto error = failure(contract(R"(
    (loop (br_if 0 (i32.ne (memory.grow (i32.const 256)) (i32.const -1)))) (i32.const 64))"));
  EXPECT_EQ(error.kind, Kind::kUnsupported) << error.text;
}

TEST_F(Hostile, DeepRecursionIsAStop) {
  const auto error = failure(contract("(call $down (i32.const 1))", "",
                                      "(func $down (param i32) (result i32)"
                                      " (i32.add (call $down (local.get 0)) (i32.const 1)))" +
                                          kFinalize));
  EXPECT_TRUE(error.kind == Kind::kUnsupported || error.kind == Kind::kLimit) << error.text;
}

TEST_F(Hostile, PointersOutsideOfMemoryAreRefused) {
  // The answer's list is read from there, and then its bytes.
  for (const auto* at : {"(i32.const -4)", "(i32.const 0x7fffffff)", "(i32.const 65533)"}) {
    EXPECT_EQ(failure(contract(at)).kind, Kind::kFailed) << at;
  }
  const std::string beyond = R"((i32.store (i32.const 64) (i32.const 65530))
    (i32.store (i32.const 68) (i32.const 100)) (i32.const 64))";
  EXPECT_EQ(failure(contract(beyond)).kind, Kind::kFailed);
  const std::string wrapped = R"((i32.store (i32.const 64) (i32.const 16))
    (i32.store (i32.const 68) (i32.const -1)) (i32.const 64))";
  EXPECT_EQ(failure(contract(wrapped)).kind, Kind::kFailed);
}

TEST_F(Hostile, AnAllocatorThatPointsOutsideIsRefused) {
  const ApplicationId id = stage.add(assemble(
      "(module " + kMemory +
      R"((func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const -16)))" +
      kOperation + kEmptyAnswer + ")" + kFinalize + ")"));
  auto done = stage.operation(id, {1, 2, 3});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().kind, Kind::kFailed);
}

TEST_F(Hostile, TextThatIsNoneIsRefused) {
  const std::string import = R"((import "linera:app/base-runtime-api" "log"
    (func $log (param i32 i32 i32))))";
  const std::string log = R"((i32.store8 (i32.const 32) (i32.const 0xff))
    (call $log (i32.const 32) (i32.const 1) (i32.const 0)) (i32.const 64))";
  EXPECT_EQ(failure(contract(log, import)).kind, Kind::kFailed);
}

TEST_F(Hostile, AHugeAnswerOfAServiceIsBounded) {
  // Four gigabytes of it, and as much as there is.
  const std::string all = R"((i32.store (i32.const 64) (i32.const 0))
    (i32.store (i32.const 68) (i32.const -1)) (i32.const 64))";
  EXPECT_FALSE(stage.query(service(all)).ok());
  const std::string large = R"((drop (memory.grow (i32.const 1023)))
    (i32.store (i32.const 64) (i32.const 0))
    (i32.store (i32.const 68) (i32.const 0x4000000)) (i32.const 64))";
  auto answer = stage.query(service(large));
  ASSERT_TRUE(answer.ok()) << answer.error().text;
  EXPECT_EQ(answer->response.size(), 0x4000000u) << "all of its memory, and no more";
}

TEST_F(Hostile, ATrapInFinalizeFailsTheAction) {
  const auto error = failure(contract(kEmptyAnswer, "", R"(
    (func (export "linera:app/contract-entrypoints#finalize") unreachable))"));
  EXPECT_EQ(error.kind, Kind::kFailed);
  says(error, "finalize");
}

TEST_F(Hostile, StormsOfDeletedPrefixesArePaidFor) {
  const std::string import = R"((import "linera:app/contract-runtime-api" "write-batch"
    (func $write (param i32 i32))))";
  // A batch of one "delete all", again and again.
  const std::string storm = R"((i32.store8 (i32.const 160) (i32.const 1))
    (loop (call $write (i32.const 160) (i32.const 1)) (br 0)) (i32.const 64))";
  EXPECT_EQ(failure(contract(storm, import)).kind, Kind::kLimit);
}

TEST_F(Hostile, WhoseMemoryIsNotExportedIsRefused) {
  const ApplicationId id = stage.add(assemble("(module (memory 1)" + kAllocator + kOperation +
                                              kEmptyAnswer + ")" + kFinalize + ")"));
  EXPECT_EQ(failure(id).kind, Kind::kFailed);
}

TEST_F(Hostile, AStartFunctionMayAskNobody) {
  const std::string import = R"((import "linera:app/base-runtime-api" "get-block-height"
    (func $height (result i64))))";
  const ApplicationId id = stage.add(assemble("(module " + import + kMemory + kAllocator +
                                              "(func $begin (drop (call $height))) (start $begin)" +
                                              kOperation + kEmptyAnswer + ")" + kFinalize + ")"));
  EXPECT_EQ(failure(id).kind, Kind::kFailed);
}

TEST_F(Hostile, AnAllocatorMayAskNobodyForEver) {
  // Each answer of the host is allocated, and each allocation asks again.
  const std::string import = R"((import "linera:app/base-runtime-api" "application-parameters"
    (func $parameters (param i32))))";
  const ApplicationId id =
      stage.add(assemble("(module " + import + kMemory +
                         R"((func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
           (call $parameters (i32.const 128)) (i32.const 256)))" +
                         kOperation + kEmptyAnswer + ")" + kFinalize + ")"));
  const auto error = failure(id);
  EXPECT_TRUE(error.kind == Kind::kUnsupported || error.kind == Kind::kLimit) << error.text;
}

}  // namespace
}  // namespace mica::apps
