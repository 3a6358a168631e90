#include "core/wasm/adapter.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/wasm/validate.h"
#include "tests/core/wasm/wat.h"

namespace mica::wasm {
namespace {

using enum ValueType;
using enum ExternKind;

TEST(Adapter, CarriesEveryTypeBothWays) {
  const Interface interface {
    {{"a", "b", kFunction, {{kI32, kI64, kF32, kF64}, {kF32}}}}, {
      {"memory", kMemory, {}}, {"f", kFunction, {{kI32, kI64, kF32, kF64}, {kF32}}},
          {"g", kFunction, {}}, {"h", kFunction, {{kI32, kI64, kF32, kF64}, {kF32}}}, {
        "i", kFunction, {
          {}, { kI32, kI32 }
        }
      }
    }
  };
  const auto made = make_adapter(interface, 4096);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->caller, (std::vector<uint32_t>{0, 1, 2, 1, 0}));
  const std::string room = std::to_string(limits::kHostStackCalls);
  EXPECT_EQ(to_hex(made->bytes), to_hex(assemble(R"((module
      (type (func (param i32) (result i32))) (type (func))
      (type (func (param i32 i64 f32 f64) (result f32)))
      (import "" "0" (memory 0)) (import "" "1" (func $host (type 0)))
      (func $room (type 0) (if (result i32) (local.get 0)
        (then (i32.add (call $room (i32.sub (local.get 0) (i32.const 1))) (i32.const 1)))
        (else (i32.const 0))))
      (func $b (type 2) (drop (call $room (i32.const )" +
                                                 room + R"()))
        (i64.store (i32.const 4096) (i64.extend_i32_u (local.get 0)))
        (i64.store offset=8 (i32.const 4096) (local.get 1))
        (i64.store offset=16 (i32.const 4096)
          (i64.extend_i32_u (i32.reinterpret_f32 (local.get 2))))
        (i64.store offset=24 (i32.const 4096) (i64.reinterpret_f64 (local.get 3)))
        (if (i32.eqz (call $host (i32.const 0))) (then unreachable))
        (f32.reinterpret_i32 (i32.wrap_i64 (i64.load (i32.const 4096)))))
      (func $f (type 1)
        (i64.store (i32.const 4096) (i64.extend_i32_u (i32.reinterpret_f32 (call_indirect (type 2)
          (i32.wrap_i64 (i64.load (i32.const 4096)))
          (i64.load offset=8 (i32.const 4096))
          (f32.reinterpret_i32 (i32.wrap_i64 (i64.load offset=16 (i32.const 4096))))
          (f64.reinterpret_i64 (i64.load offset=24 (i32.const 4096)))
          (i32.const 0))))))
      (func $g (type 1) (call_indirect (type 1) (i32.const 0)))
      (table 1 funcref)
      (export "0" (func $b)) (export "1" (func $f)) (export "2" (func $g))
      (export "table" (table 0))))")));
  EXPECT_TRUE(read_valid_module(made->bytes, {Role::kContract}).ok());
}

TEST(Adapter, HasALimit) {
  const Import one{"a", "b", kFunction, {std::vector<ValueType>(1000, kI64), {}}};
  const auto made = make_adapter({{one}, {}}, 0);
  ASSERT_TRUE(made);
  const size_t most = limits::kMaxAdapterBytes / made->bytes.size() + 2;
  EXPECT_FALSE(make_adapter({std::vector<Import>(most, one), {}}, 0));
  std::vector<Export> exports;
  for (size_t i = 0; i < 2 * most; ++i) {
    exports.push_back({"", kFunction, {std::vector<ValueType>(1000 - i, kI64), {}}});
  }
  EXPECT_FALSE(make_adapter({{}, exports}, 0));
}

}  // namespace
}  // namespace mica::wasm
