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
using Keys = std::vector<Bytes>;

const Bytes kLongest(limits::kMaxApplicationKeyBytes), kTooLong(kLongest.size() + 1);

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
  // What begins each kind of read, of this key or prefix.
  static std::vector<std::function<void(Scripted&)>> reads(const Bytes& key) {
    using One = uint32_t(Bytes);
    using Many = uint32_t(Keys);
    const Keys keys{Bytes{1}, key};
    return {[=](Scripted& guest) { guest.base<One>("contains-key-new", key); },
            [=](Scripted& guest) { guest.base<Many>("contains-keys-new", keys); },
            [=](Scripted& guest) { guest.base<Many>("read-multi-values-bytes-new", keys); },
            [=](Scripted& guest) { guest.base<One>("read-value-bytes-new", key); },
            [=](Scripted& guest) { guest.base<One>("find-keys-new", key); },
            [=](Scripted& guest) { guest.base<One>("find-key-values-new", key); }};
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

TEST_F(Storage, KeysAreWrittenUpToALength) {
  EXPECT_TRUE(
      write({{W::Put{kLongest, {1}}}, {W::Delete{kLongest}}, {W::DeletePrefix{kLongest}}}).ok());
  const std::string length = std::to_string(kTooLong.size());
  expect_unsupported(write({{W::Put{{1}, {1}}}, {W::Put{kTooLong, {1}}}}), length);
  expect_unsupported(write({{W::Delete{kTooLong}}}), length);
  expect_unsupported(write({{W::DeletePrefix{kTooLong}}}), length);
}

TEST_F(Storage, KeysAreReadUpToALength) {
  // Of a store that is not there all keys are absent.
  for (const auto& read : reads(kTooLong)) EXPECT_TRUE(run(read).ok());
  stage_.state.users.open(id_).put(Bytes{1}, Bytes{1});
  for (const auto& read : reads(kLongest)) EXPECT_TRUE(run(read).ok());
  for (const auto& read : reads(kTooLong)) {
    expect_unsupported(run(read), std::to_string(kTooLong.size()));
  }
}

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
