// What an application may write and read in its store here, beside what it pays.
#include "core/apps/storage.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "tests/core/apps/scripted_engine.h"
#include "tests/core/apps/stage.h"

namespace mica::apps {
namespace {

using W = WriteOperation;
using Writes = std::vector<W>;

class Storage : public testing::Test {
 protected:
  // What an operation that makes these calls ends with.
  ExecutionStatus run(std::function<void(Scripted&)> calls) {
    application_.entries["execute-operation"] = [calls](Scripted& guest, Bytes) {
      calls(guest);
      return Bytes{};
    };
    return stage_.operation(id_);
  }
  ExecutionStatus write(Writes writes) {
    return run([&](Scripted& guest) { guest.contract<void(Writes)>("write-batch", writes); });
  }
  static void expect_unsupported(const ExecutionStatus& status, std::string_view word) {
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, Kind::kUnsupported);
    EXPECT_NE(status.error().text.find(word), std::string::npos) << status.error().text;
  }

  ScriptedEngine engine_;
  Stage stage_{engine_};
  Script& application_ = engine_.add({1}, Role::kContract);
  const ApplicationId id_ = stage_.add({1});

  void SetUp() override {
    application_.entries["finalize"] = [](Scripted&, Bytes) { return Bytes{}; };
  }
};

TEST_F(Storage, WritesCountForWhatAnActionMayKeep) {
  const W large{W::Put{{1}, Bytes(limits::kRunOutcomeBytes / 4)}};
  EXPECT_TRUE(write({large, large, large}).ok());
  expect_unsupported(write({large, large, large, large}), "more than is kept");
}

TEST_F(Storage, SmallWritesCountForTheirPlace) {
  const Writes some(1000, W{W::DeletePrefix{}});
  expect_unsupported(run([&](Scripted& guest) {
                       while (!guest.stopped()) guest.contract<void(Writes)>("write-batch", some);
                     }),
                     "more than is kept");
}

}  // namespace
}  // namespace mica::apps
