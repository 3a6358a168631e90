// Guests and their hosts: what comes in between of them leaves either as it was.
#include "core/base/limits.h"
#include "core/wasm/engine.h"
#include "core/wasm/validate.h"
#include "tests/core/wasm/engine_fixture.h"

namespace mica::wasm {
namespace {

using enum ValueType;

TEST_F(EngineTest, NumbersPassTheHostBitByBit) {
  // Quiet and signalling NaNs with a payload, and what no double can say.
  const uint64_t sent[] = {0xffff'fffe, 0x8000'0000'0000'0001, 0x7fa0'1234, 0xfff4'0000'0000'4321};
  TestHost host([&](Instance&, uint32_t import, Cells cells) -> Answer {
    EXPECT_EQ(std::vector(cells.begin(), cells.end()), std::vector(sent, sent + 4));
    return sent[import];
  });
  const char* types[] = {"i32", "i64", "f32", "f64"};
  std::string text = "(module ";
  for (const char* type : types) {
    text += std::string("(import \"a\" \"") + type + "\" (func $" + type +
            " (param i32 i64 f32 f64) (result " + type + ")))";
  }
  for (const char* type : types) {
    text += std::string("(func (export \"") + type + "\") (param i32 i64 f32 f64) (result " + type +
            ") (call $" + type + " (local.get 0) (local.get 1) (local.get 2) (local.get 3)))";
  }
  const auto instance = start(text + ")", host);
  const ValueType results[] = {kI32, kI64, kF32, kF64};
  for (size_t i = 0; i < 4; ++i) {
    const auto got = instance->call(types[i], {{kI32, kI64, kF32, kF64}, {results[i]}}, sent);
    ASSERT_TRUE(got.ok()) << types[i] << " " << stop_name(got.error());
    EXPECT_EQ(*got, sent[i]) << types[i];
  }
}

TEST_F(EngineTest, FloatsAreComputedAlike) {
  struct Case {
    const char* expression;
    uint64_t expected;
  };
  const Case cases[] = {
      {"(f64.add (local.get 0) (f64.const 0.2))", 0x3fd3'3333'3333'3334},
      {"(f64.div (f64.const 1) (f64.sub (local.get 0) (f64.const 0.1)))", 0x7ff0'0000'0000'0000},
      {"(f64.mul (local.get 0) (f64.const 1e-323))", 0},
      {"(f64.mul (f64.const 0x1p-1074) (f64.const 0.75))", 1},
      {"(f64.min (f64.const 0) (f64.const -0))", 0x8000'0000'0000'0000},
      {"(f64.max (f64.const -0) (f64.const 0))", 0},
      {"(f64.sqrt (f64.const 2))", 0x3ff6'a09e'667f'3bcd},
      {"(f64.promote_f32 (f32.demote_f64 (local.get 0)))", 0x3fb9'9999'a000'0000},
      {"(f64.promote_f32 (f32.add (f32.const 16777216) (f32.const 1)))", 0x4170'0000'0000'0000},
      {"(f64.convert_i64_u (i64.const -1))", 0x43f0'0000'0000'0000},
      {"(f64.promote_f32 (f32.convert_i64_s (i64.const 0x7fffffbfffffffff)))",
       0x43df'ffff'e000'0000},
      {"(f64.floor (f64.neg (local.get 0)))", 0xbff0'0000'0000'0000},
      {"(f64.copysign (f64.const nan:0x4000000000001) (f64.const -1))", 0xfff4'0000'0000'0001},
      {"(f64.abs (f64.const -nan:0x4000000000001))", 0x7ff4'0000'0000'0001},
  };
  for (const auto& [expression, expected] : cases) {
    const auto got = run(
        std::string("(module (func (export \"f\") (param f64) (result f64) ") + expression + "))",
        {{kF64}, {kF64}}, {0x3fb9'9999'9999'999a});
    ASSERT_TRUE(got.ok()) << expression;
    EXPECT_EQ(*got, expected) << expression;
  }
}

TEST_F(EngineTest, FunctionsMayHaveAsManyParametersAsThereAre) {
  std::string params;
  std::string arguments;
  std::vector<uint64_t> sent;
  for (size_t i = 0; i < kMaxParams; ++i) {
    params += " i64";
    arguments += "(local.get " + std::to_string(i) + ")";
    sent.push_back(~uint64_t{i});
  }
  std::vector<uint64_t> got;
  TestHost host([&](Instance&, uint32_t, Cells cells) -> Answer {
    got.assign(cells.begin(), cells.end());
    return 0;
  });
  const auto instance =
      start("(module (import \"a\" \"b\" (func $b (param" + params +
                "))) (func (export \"f\") (param" + params + ") (call $b " + arguments + ")))",
            host);
  EXPECT_TRUE(instance->call("f", {std::vector(kMaxParams, kI64), {}}, sent).ok());
  EXPECT_EQ(got, sent);
}

TEST_F(EngineTest, ImportsOfOneNameAreApart) {
  // Also from the function that counts fuel, which a guest may import by hand.
  std::vector<uint32_t> asked;
  TestHost host([&](Instance&, uint32_t import, Cells cells) -> Answer {
    asked.push_back(import);
    return cells.empty() ? 7 : cells[0];
  });
  const auto instance = start(R"((module
      (import "linera:app/contract-runtime-api" "consume-fuel" (func $hand (param i64)))
      (import "__proto__" "0" (func $none (result i32)))
      (import "__proto__" "0" (func $one (param i32) (result i32)))
      (func (export "__proto__") (result i32) (call $hand (i64.const 500000))
        (i32.add (call $none) (call $one (i32.const 30))))
      (export "constructor" (func $none))))",
                              host);
  EXPECT_EQ(*instance->call("__proto__", {{}, {kI32}}, {}), 37u);
  EXPECT_EQ(*instance->call("constructor", {{}, {kI32}}, {}), 7u);
  EXPECT_EQ(asked, (std::vector<uint32_t>{0, 1, 2, 1}));
  EXPECT_LT(fuel_.used, 20u);
}

TEST_F(EngineTest, FuelMayBeUsedUpToItsLimit) {
  const auto program = compile("(module (func (export \"f\") (drop (i32.const 1))))");
  for (const uint64_t limit : {1, 0}) {
    fuel_ = {0, limit};
    const auto result = engine_.instantiate(program, quiet_, fuel_).value()->call("f", {}, {});
    EXPECT_EQ(result.ok(), limit == 1);
    EXPECT_EQ(fuel_.used, 1u);
  }
}

TEST_F(EngineTest, AHostFunctionMayLowerTheLimit) {
  TestHost host([&](Instance&, uint32_t, Cells) -> Answer {
    fuel_.limit = fuel_.used;
    return 0;
  });
  const auto instance = start(R"((module (import "a" "b" (func $b))
      (func (export "f") (call $b) (loop (drop (i32.const 1))))))",
                              host);
  expect_stop(Stop::kOutOfFuel, instance->call("f", {}, {}));
}

TEST_F(EngineTest, ManyTrapsLeaveTheCoreAsItWas) {
  TestHost host([](Instance& instance, uint32_t import, Cells) -> Answer {
    if (import == 0) return std::nullopt;
    EXPECT_FALSE(instance.call("trap", {}, {}).ok());
    return 5;
  });
  const auto program = compile(R"((module (import "a" "no" (func $no))
      (import "a" "nested" (func $nested (result i32))) (memory (export "memory") 1)
      (func (export "trap") unreachable) (func (export "refused") (call $no))
      (func (export "fuel") (loop (br 0)))
      (func (export "f") (result i32) (call $nested))))");
  struct Case {
    const char* name;
    Stop stop;
  };
  const Case cases[] = {
      {"trap", Stop::kUnreachable}, {"refused", Stop::kRefused}, {"fuel", Stop::kOutOfFuel}};
  for (size_t i = 0; i < 20'000; ++i) {
    fuel_ = {0, 20};
    const auto& [name, stop] = cases[i % 3];
    const auto result = engine_.instantiate(program, host, fuel_).value()->call(name, {}, {});
    ASSERT_FALSE(result.ok());
    ASSERT_EQ(stop_name(result.error()), stop_name(stop));
  }
  fuel_ = {0, 20};
  EXPECT_EQ(*engine_.instantiate(program, host, fuel_).value()->call("f", {{}, {kI32}}, {}), 5u);
}

TEST_F(EngineTest, EndlessRecursionIsStoppedAgainAndAgain) {
  const auto program = compile("(module (func $f (export \"f\") (call $f)))");
  for (size_t i = 0; i < 20; ++i) {
    fuel_ = {0, 1'000'000};
    expect_stop(Stop::kStack,
                engine_.instantiate(program, quiet_, fuel_).value()->call("f", {}, {}));
  }
}

TEST_F(EngineTest, RecursionThatAsksTheHostIsStoppedInTheGuest) {
  // Whatever is left of the stack where it ends, the host has enough for work of its own.
  const auto work = compile("(module (func (export \"f\") (result i32) (i32.const 1)))");
  size_t asked = 0;
  TestHost host([&](Instance&, uint32_t, Cells) -> Answer {
    ++asked;
    const auto instance = engine_.instantiate(work, quiet_, fuel_).value();
    EXPECT_EQ(*instance->call("f", {{}, {kI32}}, {}), 1u);
    return 0;
  });
  // Frames of several sizes, so that they end at different places.
  for (const size_t count : {0, 1, 5, 12}) {
    std::string params;
    std::string arguments;
    std::string zeros;
    for (size_t i = 0; i < count; ++i) {
      params += " i64";
      arguments += "(local.get " + std::to_string(i) + ")";
      zeros += "(i64.const 0)";
    }
    const auto instance =
        start("(module (import \"a\" \"b\" (func $b)) (func $r (param" + params + ") (call $b)" +
                  "(call $r " + arguments + ")) (func (export \"f\") (call $r " + zeros + ")))",
              host);
    fuel_ = {0, 10'000'000};
    asked = 0;
    expect_stop(Stop::kStack, instance->call("f", {}, {}));
    EXPECT_GT(asked, 500u);
  }
}

TEST_F(EngineTest, GuestsRunInsideOfOthers) {
  TestHost inner([](Instance& instance, uint32_t, Cells cells) -> Answer {
    EXPECT_EQ(instance.memory_bytes(), 0u);
    return cells[0] + 1;
  });
  const auto plus = compile(R"((module (import "a" "b" (func $b (param i32) (result i32)))
      (func (export "f") (param i32) (result i32) (call $b (local.get 0)))
      (func (export "g") (param i32) (result i32) unreachable)))");
  const FunctionType type{{kI32}, {kI32}};
  TestHost outer([&](Instance& instance, uint32_t import, Cells cells) -> Answer {
    EXPECT_EQ(instance.memory_bytes(), 65536u);
    const auto guest = engine_.instantiate(plus, inner, fuel_).value();
    if (import == 1) {
      expect_stop(Stop::kUnreachable, guest->call("g", type, cells));
      return 100;
    }
    const auto result = guest->call("f", type, cells);
    return result.ok() ? Answer(10 * *result) : std::nullopt;
  });
  const auto instance = start(R"((module (import "a" "b" (func $b (param i32) (result i32)))
      (import "a" "c" (func $c (param i32) (result i32))) (memory (export "memory") 1)
      (func (export "f") (result i32)
        (i32.add (call $b (i32.const 1))
          (i32.add (call $c (i32.const 0)) (call $b (i32.const 4)))))))",
                              outer);
  EXPECT_EQ(*instance->call("f", {{}, {kI32}}, {}), 20u + 100u + 50u);
}

TEST_F(EngineTest, AGuestThatCannotStartInsideOfAnotherLeavesItAlone) {
  const auto calls = compile("(module (import \"a\" \"b\" (func $b)) (start $b))");
  TestHost host([&](Instance&, uint32_t, Cells) -> Answer {
    const auto made = engine_.instantiate(calls, quiet_, fuel_);
    EXPECT_FALSE(made.ok());
    if (!made.ok()) EXPECT_EQ(stop_name(made.error()), "host-at-start");
    return 3;
  });
  const auto instance = start(R"((module (import "a" "b" (func $b (result i32)))
      (func (export "f") (result i32) (i32.add (call $b) (call $b)))))",
                              host);
  EXPECT_EQ(*instance->call("f", {{}, {kI32}}, {}), 6u);
}

TEST_F(EngineTest, MemoryIsReadAfterATrap) {
  const auto instance = start(R"((module (memory (export "memory") 1)
      (func (export "f") (i32.store8 (i32.const 9) (i32.const 77)) unreachable)))");
  expect_stop(Stop::kUnreachable, instance->call("f", {}, {}));
  Bytes got(1);
  EXPECT_TRUE(instance->read(9, got));
  EXPECT_EQ(got[0], 77);
}

TEST_F(EngineTest, MemoryThatThreadsShareIsNotGiven) {
  // Its waiting would be for ever, for there is nobody who could wake it.
  const auto program = engine_.compile(assemble("(module (memory 1 1 shared))"), Role::kService);
  ASSERT_FALSE(program.ok());
  EXPECT_EQ(program.error().code, RefusalCode::kTooMuch);
  const auto alone = start(R"((module (memory 1) (func (export "f")
      (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))))",
                           Role::kService);
  EXPECT_FALSE(alone->call("f", {}, {}).ok());
}

TEST_F(EngineTest, ProgramsOutliveNothing) {
  // A failed start and a program that is dropped while an instance runs.
  EXPECT_FALSE(attempt("(module (func $s unreachable) (start $s))", quiet_, Role::kService).ok());
  auto program = compile("(module (func (export \"f\") (result i32) (i32.const 4)))");
  const auto instance = engine_.instantiate(std::move(program), quiet_, fuel_).value();
  EXPECT_EQ(*instance->call("f", {{}, {kI32}}, {}), 4u);
}

}  // namespace
}  // namespace mica::wasm
