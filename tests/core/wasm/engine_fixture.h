// What tests of engines begin with: an engine, fuel, a host, and modules as text.
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "tests/core/wasm/tested_engine.h"
#include "tests/core/wasm/wat.h"

namespace mica::wasm {

using Answer = std::optional<uint64_t>;
using Cells = std::span<const uint64_t>;

// A host of one function, which the test gives.
class TestHost : public Host {
 public:
  using Function = std::function<Answer(Instance&, uint32_t, Cells)>;
  explicit TestHost(Function function = {}) : function_(std::move(function)) {}
  Answer call(Instance& instance, uint32_t import, Cells cells) override {
    return function_(instance, import, cells);
  }

 private:
  Function function_;
};

inline void expect_stop(Stop expected, const Result<uint64_t, Stop>& result) {
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(stop_name(result.error()), stop_name(expected));
}

class EngineTest : public ::testing::Test {
 protected:
  // By now the test's programs and instances are gone.
  void TearDown() override { EXPECT_EQ(kept_outside(), 0u); }

  std::shared_ptr<const Program> compile(std::string_view text, Role role = Role::kContract) {
    auto program = engine_.compile(assemble(text), role);
    EXPECT_TRUE(program.ok()) << refusal_name(program.error().code) << "\n" << text;
    return std::move(program).value();
  }
  Result<std::unique_ptr<Instance>, Stop> attempt(std::string_view text, Host& host,
                                                  Role role = Role::kContract) {
    return engine_.instantiate(compile(text, role), host, fuel_);
  }
  std::unique_ptr<Instance> start(std::string_view text, Host& host, Role role = Role::kContract) {
    auto made = attempt(text, host, role);
    EXPECT_TRUE(made.ok()) << stop_name(made.error());
    return made.ok() ? std::move(made).value() : nullptr;
  }
  std::unique_ptr<Instance> start(std::string_view text, Role role = Role::kContract) {
    return start(text, quiet_, role);
  }
  // What the exported `f` of a module gives or ends with.
  Result<uint64_t, Stop> run(std::string_view text, const FunctionType& type = {},
                             std::vector<uint64_t> arguments = {}) {
    return start(text)->call("f", type, arguments);
  }

  TestedEngine engine_;
  TestHost quiet_;
  Fuel fuel_{0, 1'000'000};
};

}  // namespace mica::wasm
