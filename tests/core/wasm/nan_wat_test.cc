// NaNs of contracts have the bits that upstream's engine gives them, on every engine and machine.
#include "tests/core/wasm/engine_fixture.h"

namespace mica::wasm {
namespace {

constexpr uint64_t kNan64 = 0x7ff8'0000'0000'0000, kMinusNan64 = 0xfff8'0000'0000'0000;
constexpr uint64_t kNan32 = 0x7fc0'0000, kMinusNan32 = 0xffc0'0000;

// $zero and $odd come from outside, so that no compiler computes with them before: 0, and a NaN
// with a payload and a sign.
class Nans : public EngineTest {
 protected:
  uint64_t bits64(const std::string& code) {
    return result(R"((func (export "f") (param i64 i64) (result i64)
        (local $zero f64) (local $odd f64) (local $x f64)
        (local.set $zero (f64.reinterpret_i64 (local.get 0)))
        (local.set $odd (f64.reinterpret_i64 (local.get 1)))
        (i64.reinterpret_f64 )" +
                      code + "))",
                  ValueType::kI64, 0xfff8'0000'0000'0123);
  }
  uint64_t bits32(const std::string& code) {
    return result(R"((func (export "f") (param i32 i32) (result i32)
        (local $zero f32) (local $odd f32) (local $x f32)
        (local.set $zero (f32.reinterpret_i32 (local.get 0)))
        (local.set $odd (f32.reinterpret_i32 (local.get 1)))
        (i32.reinterpret_f32 )" +
                      code + "))",
                  ValueType::kI32, 0xffc0'0123);
  }
  uint64_t result(const std::string& function, ValueType type, uint64_t odd) {
    const std::string module = R"((module (memory 1) (global $g (mut f64) (f64.const 0))
      (func $same (param f64) (result f64) (local.get 0)) )" +
                               function + ")";
    auto bits = run(module, {{type, type}, {type}}, {0, odd});
    EXPECT_TRUE(bits.ok()) << function;
    return bits.ok() ? *bits : 1;
  }
};

const std::string kNew64 = "(f64.div (local.get $zero) (local.get $zero))";
const std::string kNew32 = "(f32.div (local.get $zero) (local.get $zero))";

TEST_F(Nans, OfArithmeticAreCanonical) {
  for (const std::string name : {"add", "sub", "mul", "div", "min", "max"}) {
    const std::string one = "." + name + " (local.get $odd) (f", other = ".const 1))";
    EXPECT_EQ(bits64("(f64" + one + "64" + other), kNan64) << name;
    EXPECT_EQ(bits32("(f32" + one + "32" + other), kNan32) << name;
  }
  for (const std::string name : {"sqrt", "ceil", "floor", "trunc", "nearest"}) {
    EXPECT_EQ(bits64("(f64." + name + " (local.get $odd))"), kNan64) << name;
    EXPECT_EQ(bits32("(f32." + name + " (local.get $odd))"), kNan32) << name;
  }
  EXPECT_EQ(bits64(kNew64), kNan64);
  EXPECT_EQ(bits32(kNew32), kNan32);
  EXPECT_EQ(bits64("(f64.sqrt (f64.const -1))"), kNan64);
  EXPECT_EQ(bits64("(f64.add (local.get $zero) (f64.const 1.5))"), 0x3ff8'0000'0000'0000);
}

TEST_F(Nans, ThatOnlyPassKeepTheirBits) {
  EXPECT_EQ(bits64("(local.get $odd)"), 0xfff8'0000'0000'0123);
  EXPECT_EQ(bits64("(f64.neg (local.get $odd))"), 0x7ff8'0000'0000'0123);
  EXPECT_EQ(bits64("(f64.abs (local.get $odd))"), 0x7ff8'0000'0000'0123);
  EXPECT_EQ(bits64("(f64.copysign (local.get $odd) (f64.const 1))"), 0x7ff8'0000'0000'0123);
  EXPECT_EQ(bits64("(call $same (local.get $odd))"), 0xfff8'0000'0000'0123);
  EXPECT_EQ(bits64("(f64.promote_f32 (f32.demote_f64 (local.get $odd)))"), kMinusNan64);
  EXPECT_EQ(bits32("(f32.demote_f64 (f64.promote_f32 (local.get $odd)))"), 0xffc0'0123);
  EXPECT_EQ(bits32("(f32.neg (local.get $odd))"), 0x7fc0'0123);
  // A signalling one is quiet afterwards.
  EXPECT_EQ(bits32("(f32.demote_f64 (f64.reinterpret_i64 (i64.const 0xfff4000060000000)))"),
            0xffe0'0003);
  EXPECT_EQ(bits32("(f32.demote_f64 (f64.const 0.5))"), 0x3f00'0000);
}

// Upstream makes them canonical when their bits are looked at, which is after the sign was turned.
TEST_F(Nans, OfArithmeticHaveNoSignUntilTheyAreSeen) {
  EXPECT_EQ(bits64("(f64.neg " + kNew64 + ")"), kNan64);
  EXPECT_EQ(bits32("(f32.neg " + kNew32 + ")"), kNan32);
  EXPECT_EQ(bits64("(f64.neg (f64.neg " + kNew64 + "))"), kNan64);
  EXPECT_EQ(bits64("(f64.abs " + kNew64 + ")"), kNan64);
  EXPECT_EQ(bits64("(f64.neg (f64.abs " + kNew64 + "))"), kNan64);
  EXPECT_EQ(bits64("(f64.neg (local.tee $x " + kNew64 + "))"), kNan64);
  EXPECT_EQ(bits64("(f64.neg (f64.promote_f32 (f32.demote_f64 " + kNew64 + ")))"), kNan64);
  EXPECT_EQ(bits64("(f64.copysign (f64.const 1) (f64.neg " + kNew64 + "))"), 0x3ff0'0000'0000'0000);
  EXPECT_EQ(bits64(kNew64 + " (block (br_if 0 (i32.const 0)) (global.set $g (f64.const 1)))" +
                   " (drop (call $same (f64.const 2))) (f64.neg)"),
            kNan64);
}

TEST_F(Nans, ThatWereSeenHaveASign) {
  EXPECT_EQ(bits64("(f64.neg (f64.min " + kNew64 + " (f64.const 1)))"), kMinusNan64);
  EXPECT_EQ(bits32("(f32.neg (f32.max " + kNew32 + " (f32.const 1)))"), kMinusNan32);
  EXPECT_EQ(bits64("(local.set $x " + kNew64 + ") (f64.neg (local.get $x))"), kMinusNan64);
  EXPECT_EQ(bits64("(global.set $g " + kNew64 + ") (f64.neg (global.get $g))"), kMinusNan64);
  EXPECT_EQ(bits64("(f64.store (i32.const 8) " + kNew64 + ") (f64.neg (f64.load (i32.const 8)))"),
            kMinusNan64);
  EXPECT_EQ(bits64("(f64.neg (call $same " + kNew64 + "))"), kMinusNan64);
  EXPECT_EQ(bits64("(f64.neg (block (result f64) " + kNew64 + "))"), kMinusNan64);
  EXPECT_EQ(bits64("(f64.neg (if (result f64) (i32.const 1) (then " + kNew64 +
                   ") (else (unreachable))))"),
            kMinusNan64);
  EXPECT_EQ(bits64("(f64.neg (select " + kNew64 + " (f64.const 1) (i32.const 1)))"), kMinusNan64);
  EXPECT_EQ(bits64("(f64.neg (f64.copysign " + kNew64 + " (f64.const 1)))"), kMinusNan64);
}

TEST_F(Nans, CostNothing) {
  const std::string head = R"((module (func (export "f") (param i64) (result i64) )";
  const FunctionType type{{ValueType::kI64}, {ValueType::kI64}};
  ASSERT_TRUE(run(head + "(i64.reinterpret_f64 (f64.neg (f64.sqrt (f64.reinterpret_i64 " +
                      "(local.get 0)))))))",
                  type, {0})
                  .ok());
  EXPECT_EQ(fuel_.used, 5u);
}

// A service may say what its own machine says: nobody compares it here.
TEST_F(Nans, OfServicesAreTheEngines) {
  auto instance = start(R"((module (func (export "f") (param f64) (result f64)
    (f64.neg (f64.min (local.get 0) (f64.const 1))))))",
                        Role::kService);
  const uint64_t odd[] = {0x7ff8'0000'0000'0000};
  auto bits = instance->call("f", {{ValueType::kF64}, {ValueType::kF64}}, odd);
  ASSERT_TRUE(bits.ok());
  EXPECT_EQ(*bits & kNan64, kNan64);
}

}  // namespace
}  // namespace mica::wasm
