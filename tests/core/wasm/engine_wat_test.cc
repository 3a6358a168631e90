#include "core/wasm/engine.h"

#include "core/base/limits.h"
#include "tests/core/wasm/engine_fixture.h"

namespace mica::wasm {
namespace {

using enum ValueType;

TEST_F(EngineTest, KnownAnswers) {
  struct Case {
    const char* expression;
    uint64_t expected;
  };
  const Case cases[] = {
      {"(i64.extend_i32_u (i32.sub (i32.const 2) (i32.const 3)))", 0xffff'ffff},
      {"(i64.extend_i32_s (i32.const -5))", static_cast<uint64_t>(-5)},
      {"(i64.div_s (i64.const -7) (i64.const 2))", static_cast<uint64_t>(-3)},
      {"(i64.rem_u (i64.const -7) (i64.const 10))", 9},
      {"(i64.rotl (i64.const 1) (i64.const 65))", 2},
      {"(i64.clz (i64.const 1))", 63},
      {"(i64.popcnt (i64.const -1))", 64},
      {"(i64.shr_s (i64.const -8) (i64.const 1))", static_cast<uint64_t>(-4)},
      {"(i64.extend8_s (i64.const 0x80))", static_cast<uint64_t>(-128)},
      {"(i64.extend_i32_u (i32.extend16_s (i32.const 0x8000)))", 0xffff'8000},
      {"(i64.extend_i32_u (i32.lt_u (i32.const -1) (i32.const 1)))", 0},
      {"(i64.extend_i32_u (i32.lt_s (i32.const -1) (i32.const 1)))", 1},
      {"(i64.trunc_f64_s (f64.mul (f64.const 1.5) (f64.const -3)))", static_cast<uint64_t>(-4)},
      {"(i64.reinterpret_f64 (f64.neg (f64.const 0)))", 0x8000'0000'0000'0000},
      {"(i64.reinterpret_f64 (f64.nearest (f64.const 2.5)))", 0x4000'0000'0000'0000},
      {"(i64.extend_i32_u (i32.reinterpret_f32 (f32.demote_f64 (f64.const 0.1))))", 0x3dcccccd},
      {"(i64.load8_u (i32.const 1))", 'b'},
      {"(i64.extend_i32_u (call_indirect (result i32) (i32.const 1)))", 42},
      {"(i64.extend_i32_u (select (i32.const 1) (i32.const 2) (i32.const 0)))", 2},
      {"(block (result i64) (br_table 1 0 (i64.const 7) (i32.const 5)))", 7},
      {"(local.set 0 (i64.const 3)) (loop (local.set 1 (i64.add (local.get 1) (local.get 0))) "
       "(br_if 0 (i32.wrap_i64 (local.tee 0 (i64.sub (local.get 0) (i64.const 1)))))) "
       "(local.get 1)",
       6},
  };
  for (const auto& [expression, expected] : cases) {
    const std::string text =
        std::string("(module (memory 1) (data (i32.const 0) \"abc\")") +
        "(table 2 funcref) (elem (i32.const 1) $g)" + "(func $g (result i32) (i32.const 42))" +
        "(func (export \"f\") (result i64) (local i64 i64) " + expression + "))";
    const auto result = run(text, {{}, {kI64}});
    ASSERT_TRUE(result.ok()) << expression << stop_name(result.error());
    EXPECT_EQ(*result, expected) << expression;
  }
}

TEST_F(EngineTest, CellsCarryAllTypes) {
  const auto echo = [&](const char* type, ValueType value, uint64_t cell) {
    const std::string text = std::string("(module (func (export \"f\") (param ") + type +
                             ") (result " + type + ") (local.get 0)))";
    return *run(text, {{value}, {value}}, {cell});
  };
  EXPECT_EQ(echo("i32", kI32, 0xffff'ffff), 0xffff'ffffu);
  EXPECT_EQ(echo("i64", kI64, UINT64_MAX), UINT64_MAX);
  EXPECT_EQ(echo("f32", kF32, 0x7fa0'0001), 0x7fa0'0001u);
  EXPECT_EQ(echo("f64", kF64, 0x7ff4'0000'0000'0001), 0x7ff4'0000'0000'0001u);
}

TEST_F(EngineTest, EveryTrapHasItsStop) {
  struct Case {
    const char* body;
    Stop stop;
  };
  const Case cases[] = {
      {"unreachable", Stop::kUnreachable},
      {"(drop (i32.load (i32.const 65533)))", Stop::kMemoryAccess},
      {"(i32.store offset=0xffffffff (i32.const 1) (i32.const 0))", Stop::kMemoryAccess},
      {"(call_indirect (i32.const 9))", Stop::kTableAccess},
      {"(call_indirect (i32.const 0))", Stop::kIndirectCall},
      {"(call_indirect (param i32) (i32.const 0) (i32.const 1))", Stop::kIndirectCall},
      {"(drop (i32.div_s (i32.const 1) (i32.const 0)))", Stop::kDivision},
      {"(drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1)))", Stop::kDivision},
      {"(drop (i32.trunc_f32_s (f32.const nan)))", Stop::kConversion},
      {"(call $f)", Stop::kStack},
      {"(loop (br 0))", Stop::kOutOfFuel},
  };
  for (const auto& [body, stop] : cases) {
    SCOPED_TRACE(body);
    fuel_ = {0, 1'000'000};
    expect_stop(stop, run(std::string("(module (memory 1) (table 2 funcref) (func $g) "
                                      "(elem (i32.const 1) $g) (func $f (export \"f\") ") +
                          body + "))"));
  }
}

TEST_F(EngineTest, ExportsAreFoundByNameAndType) {
  const auto instance =
      start("(module (memory (export \"m\") 1) (func (export \"f\") (param i32)))");
  expect_stop(Stop::kNoExport, instance->call("g", {}, {}));
  expect_stop(Stop::kNoExport, instance->call("m", {}, {}));
  expect_stop(Stop::kNoExport, instance->call("f", {}, {}));
  const uint64_t one[] = {1};
  EXPECT_TRUE(instance->call("f", {{kI32}, {}}, one).ok());
}

TEST_F(EngineTest, CountsFuelAheadOfEachStretch) {
  fuel_ = {5, 100};
  const auto instance = start(
      "(module (func (export \"f\") (drop (i32.const 1)) nop "
      "(drop (i32.add (i32.const 1) (i32.const 1)))))");
  EXPECT_TRUE(instance->call("f", {}, {}).ok());
  EXPECT_EQ(fuel_.used, 9u);
  fuel_.limit = 12;
  expect_stop(Stop::kOutOfFuel, instance->call("f", {}, {}));
  EXPECT_EQ(fuel_.used, 13u);
}

TEST_F(EngineTest, ServicesAreMeteredToo) {
  const auto instance = start("(module (func (export \"f\") (loop (br 0))))", Role::kService);
  expect_stop(Stop::kOutOfFuel, instance->call("f", {}, {}));
}

TEST_F(EngineTest, TheHostAnswersAndRefuses) {
  std::vector<uint64_t> got;
  TestHost host([&](Instance&, uint32_t import, Cells cells) -> Answer {
    got.assign(cells.begin(), cells.end());
    if (import == 1) return std::nullopt;
    return cells[0] + cells[1];
  });
  const auto instance = start(R"((module
      (import "a" "add" (func $add (param i32 i64) (result i64))) (import "a" "no" (func $no))
      (func (export "f") (result i64) (call $add (i32.const -1) (i64.const 2)))
      (func (export "g") (call $no))))",
                              host);
  EXPECT_EQ(*instance->call("f", {{}, {kI64}}, {}), 0x1'0000'0001u);
  EXPECT_EQ(got, (std::vector<uint64_t>{0xffff'ffff, 2}));
  expect_stop(Stop::kRefused, instance->call("g", {}, {}));
  EXPECT_TRUE(got.empty());
}

constexpr const char* kAllocating = R"((module
    (import "a" "fill" (func $fill (result i32)))
    (memory (export "memory") 1)
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
      (drop (memory.grow (i32.const 1)))
      (i32.const 65536))
    (func (export "f") (result i32) (i32.load8_u (call $fill)))))";
const FunctionType kRealloc{{kI32, kI32, kI32, kI32}, {kI32}};

TEST_F(EngineTest, AHostFunctionCallsBackIntoTheInstance) {
  TestHost host([](Instance& instance, uint32_t, Cells) -> Answer {
    const uint64_t arguments[] = {0, 0, 1, 3};
    EXPECT_EQ(instance.memory_bytes(), 65536u);
    const auto at = instance.call("cabi_realloc", kRealloc, arguments);
    EXPECT_EQ(instance.memory_bytes(), 2 * 65536u);
    if (!at.ok() || !instance.write(static_cast<uint32_t>(*at), as_bytes("xyz"))) {
      return std::nullopt;
    }
    return *at;
  });
  const auto instance = start(kAllocating, host);
  EXPECT_EQ(*instance->call("f", {{}, {kI32}}, {}), uint64_t{'x'});
}

TEST_F(EngineTest, AGuestThatFailsInsideAHostFunctionFailsAsAWhole) {
  TestHost host([&](Instance& instance, uint32_t, Cells) -> Answer {
    expect_stop(Stop::kUnreachable, instance.call("g", {}, {}));
    return std::nullopt;
  });
  const auto instance = start(R"((module (import "a" "b" (func $b))
      (func (export "f") (call $b)) (func (export "g") unreachable)))",
                              host);
  expect_stop(Stop::kRefused, instance->call("f", {}, {}));
}

TEST_F(EngineTest, GuestsCallEachOtherOnlySoDeep) {
  size_t depth = 0;
  size_t deepest = 0;
  Stop innermost = Stop::kOther;
  TestHost host([&](Instance& instance, uint32_t, Cells) -> Answer {
    deepest = std::max(deepest, ++depth);
    const auto result = instance.call("f", {}, {});
    --depth;
    if (result.ok()) return 0;
    if (depth + 1 == deepest) innermost = result.error();
    return std::nullopt;
  });
  const auto instance =
      start("(module (import \"a\" \"b\" (func $b)) (func (export \"f\") (call $b)))", host);
  expect_stop(Stop::kRefused, instance->call("f", {}, {}));
  EXPECT_EQ(deepest, limits::kMaxGuestNesting);
  EXPECT_EQ(stop_name(innermost), stop_name(Stop::kStack));
}

TEST_F(EngineTest, MemoryIsReadAndWrittenWithinItsBounds) {
  const auto instance =
      start("(module (memory (export \"memory\") 1) (data (i32.const 1) \"abc\"))");
  Bytes got(3);
  EXPECT_TRUE(instance->read(1, got));
  EXPECT_EQ(as_text(got), "abc");
  EXPECT_TRUE(instance->write(65533, as_bytes("end")));
  EXPECT_FALSE(instance->write(65534, as_bytes("end")));
  EXPECT_FALSE(instance->read(UINT32_MAX, got));
  EXPECT_TRUE(instance->read(65536, std::span<uint8_t>()));
  const auto none = start("(module (memory (export \"other\") 1))");
  EXPECT_EQ(none->memory_bytes(), 0u);
  EXPECT_FALSE(none->read(0, got));
}

TEST_F(EngineTest, MemoryGrowsToTheModulesOwnMaximum) {
  const char* text = R"((module (memory (export "memory") 1 3)
      (func (export "f") (param i32) (result i32) (memory.grow (local.get 0)))))";
  const auto instance = start(text);
  const FunctionType type{{kI32}, {kI32}};
  const uint64_t two[] = {2};
  EXPECT_EQ(*instance->call("f", type, two), 1u);
  EXPECT_EQ(*instance->call("f", type, two), 0xffff'ffffu);
  EXPECT_EQ(instance->memory_bytes(), 3 * 65536u);
}

TEST_F(EngineTest, MemoryBeyondTheCapStopsTheGuest) {
  const char* text = R"((module (memory (export "memory") 1)
      (func (export "f") (loop (br_if 0 (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))))
      (func (export "g") (param i32) (result i32) (memory.grow (local.get 0)))))";
  expect_stop(Stop::kMemoryCap, start(text)->call("f", {}, {}));
  // More than the format has: validators say no as well.
  const uint64_t all[] = {65536};
  EXPECT_EQ(*start(text)->call("g", {{kI32}, {kI32}}, all), 0xffff'ffffu);
}

TEST_F(EngineTest, StartFunctions) {
  TestHost host([](Instance&, uint32_t, Cells) -> Answer { return 0; });
  const auto stop = [&](std::string_view text, Role role) -> std::string_view {
    const auto made = attempt(text, host, role);
    return made.ok() ? "started" : stop_name(made.error());
  };
  const char* free = "(module (func $s nop) (start $s))";
  const char* costs = "(module (func $s (drop (i32.const 1))) (start $s))";
  const char* calls = "(module (import \"a\" \"b\" (func $b)) (start $b))";
  const char* traps = "(module (func $s unreachable) (start $s))";
  EXPECT_EQ(stop(free, Role::kContract), "started");
  EXPECT_EQ(stop(costs, Role::kContract), "host-at-start");
  EXPECT_EQ(stop(costs, Role::kService), "started");
  EXPECT_EQ(stop(calls, Role::kService), "host-at-start");
  EXPECT_EQ(stop(traps, Role::kService), "unreachable");
}

TEST_F(EngineTest, ModulesThatCannotStart) {
  const auto stop = [&](std::string_view text, Role role = Role::kContract) {
    const auto made = attempt(text, quiet_, role);
    EXPECT_FALSE(made.ok());
    return stop_name(made.ok() ? Stop::kOther : made.error());
  };
  EXPECT_EQ(stop("(module (memory 1) (data (i32.const 65536) \"a\"))"), "segment");
  EXPECT_EQ(stop("(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))"), "segment");
  EXPECT_EQ(stop("(module (import \"a\" \"m\" (memory 1)))"), "unlinked");
  EXPECT_EQ(stop("(module (import \"a\" \"f\" (func (param v128))))", Role::kService), "unlinked");
}

TEST_F(EngineTest, TheInterfaceIsTheAuthorsOwn) {
  const auto program = compile(R"((module
      (import "a" "b" (func (param i32 i64) (result f64))) (import "a" "g" (global i32))
      (memory (export "memory") 1) (func (export "f") (param f32))))");
  const Interface expected{
      {{"a", "b", ExternKind::kFunction, {{kI32, kI64}, {kF64}}},
       {"a", "g", ExternKind::kGlobal, {}}},
      {{"memory", ExternKind::kMemory, {}}, {"f", ExternKind::kFunction, {{kF32}, {}}}}};
  EXPECT_EQ(program->interface().imports, expected.imports);
  EXPECT_EQ(program->interface().exports, expected.exports);
}

TEST_F(EngineTest, InstancesAreApart) {
  const auto program = compile(R"((module (global $n (mut i32) (i32.const 0))
      (func (export "f") (result i32)
        (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n))))");
  const FunctionType type{{}, {kI32}};
  const auto first = engine_.instantiate(program, quiet_, fuel_).value();
  EXPECT_EQ(*first->call("f", type, {}), 1u);
  EXPECT_EQ(*first->call("f", type, {}), 2u);
  const auto second = engine_.instantiate(program, quiet_, fuel_).value();
  EXPECT_EQ(*second->call("f", type, {}), 1u);
}

}  // namespace
}  // namespace mica::wasm
