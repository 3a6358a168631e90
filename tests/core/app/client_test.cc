// The Client's doors, without a network behind them. Whole stories: tests/sim.
#include "core/app/client.h"

#include <gtest/gtest.h>

#include "core/bcs/json.h"
#include "tests/core/worker/network.h"

namespace mica::app {
namespace {

using C = ClientCommand;
using O = ClientOutput;

class ClientTest : public testing::Test {
 protected:
  ClientTest() { restart(); }
  void restart() { client_ = std::make_unique<Client>(store_, store_); }
  void feed(ClientEvent event) {
    client_->handle(ClientInput{{2'000'000}, std::move(event)});
    outputs_.clear();
    while (auto output = client_->next()) outputs_.push_back(*std::move(output));
  }
  void command(uint64_t id, C command) { feed({ClientEvent::Command{id, std::move(command)}}); }
  void open() { command(1, {C::OpenNetwork{to_json_text(network_.genesis), 1}}); }
  template <class T>
  const T* output() const {
    for (const ClientOutput& output : outputs_) {
      if (auto* found = std::get_if<T>(&output.kind)) return found;
    }
    return nullptr;
  }
  FailureCode failure(uint64_t id) const {
    const auto* failed = output<O::Failed>();
    EXPECT_NE(failed, nullptr);
    if (failed == nullptr) return FailureCode::Internal;
    EXPECT_EQ(failed->command_id, id);
    return failed->failure.code;
  }

  TestNetwork network_;
  ForgetfulStore store_;
  std::unique_ptr<Client> client_;
  std::vector<ClientOutput> outputs_;
};

TEST_F(ClientTest, NothingWorksBeforeANetworkIsOpen) {
  command(7, {C::ListChains{}});
  EXPECT_EQ(failure(7), FailureCode::Busy);
  feed({ClientEvent::Online{}});
  feed({ClientEvent::StreamClosed{1, ""}});
  feed({ClientEvent::Tick{}});
  EXPECT_TRUE(outputs_.empty());
}

TEST_F(ClientTest, BytesThatAreNoInputGiveALog) {
  client_->handle(ByteSpan(Bytes{1, 2, 3}));
  auto output = client_->next();
  ASSERT_TRUE(output);
  EXPECT_TRUE(std::holds_alternative<O::Log>(output->kind));
  EXPECT_FALSE(client_->next());
}

TEST_F(ClientTest, AnswersToQuestionsNobodyAskedAreIgnored) {
  open();
  feed({ClientEvent::Reply{999, 200, std::nullopt, "", {}}});
  feed({ClientEvent::SendFailed{999, ""}});
  feed({ClientEvent::Flushed{77'777}});
  feed({ClientEvent::Loaded{"nothing", true}});
  feed({ClientEvent::SignFailed{999, {}}});
  EXPECT_EQ(output<O::Failed>(), nullptr);
}

TEST_F(ClientTest, AnotherGenesisIsANetworkReset) {
  open();
  ASSERT_NE(output<O::Done>(), nullptr);
  EXPECT_TRUE(std::holds_alternative<ClientResult::Network>(output<O::Done>()->result.kind));
  GenesisConfig other = network_.genesis;
  other.network_name = "another";
  command(2, {C::OpenNetwork{to_json_text(other), 1}});
  EXPECT_EQ(failure(2), FailureCode::NetworkReset);
  restart();
  command(3, {C::OpenNetwork{to_json_text(other), 1}});
  EXPECT_EQ(failure(3), FailureCode::NetworkReset);
  open();
  EXPECT_NE(output<O::Done>(), nullptr);
}

TEST_F(ClientTest, AGenesisThatIsNoneIsRefused) {
  command(1, {C::OpenNetwork{"{", 1}});
  EXPECT_EQ(failure(1), FailureCode::InvalidInput);
}

TEST_F(ClientTest, AStoredRecordThatDoesNotDecodeIsToldAndNotSkipped) {
  open();
  Batch batch;
  Bytes key = {'W', 1};
  key.resize(34, 9);
  batch.put(std::move(key), {0xff});
  ASSERT_TRUE(store_.apply(batch).ok());
  restart();
  open();
  EXPECT_EQ(failure(1), FailureCode::StorageCorrupt);
}

TEST_F(ClientTest, AChainThatIsNotFollowedIsUnknown) {
  open();
  const ChainId chain = network_.chain_id(0);
  const C commands[] = {{C::ForgetChain{chain}},
                        {C::Synchronize{chain}},
                        {C::PrepareBlock{chain, {}, {}, false}},
                        {C::ReceiveIncoming{chain, {}}},
                        {C::RetryPending{chain}},
                        {C::GetHistory{chain, {}, 10}}};
  uint64_t id = 10;
  for (const C& one : commands) {
    command(++id, one);
    EXPECT_EQ(failure(id), FailureCode::UnknownChain);
  }
}

TEST_F(ClientTest, ARecordIsDoneWhenItIsDurable) {
  open();
  command(5, {C::PutRecord{"key", {1}}});
  EXPECT_EQ(output<O::Done>(), nullptr);
  const auto* flush = output<O::Flush>();
  ASSERT_NE(flush, nullptr);
  feed({ClientEvent::Flushed{flush->commit_id}});
  ASSERT_NE(output<O::Done>(), nullptr);
  EXPECT_EQ(output<O::Done>()->command_id, 5u);
  command(6, {C::ListRecords{"k"}});
  ASSERT_NE(output<O::Done>(), nullptr);
  EXPECT_EQ(std::get<ClientResult::Records>(output<O::Done>()->result.kind).records.size(), 1u);
}

TEST_F(ClientTest, AFlushThatFailsFailsWhatWaitedAndWhatComes) {
  open();
  command(5, {C::PutRecord{"key", {1}}});
  const uint64_t commit = output<O::Flush>()->commit_id;
  feed({ClientEvent::FlushFailed{commit, {FailureCode::StorageFull, "full", MoneyState::Unknown}}});
  EXPECT_EQ(failure(5), FailureCode::StorageFull);
  command(6, {C::PutRecord{"other", {1}}});
  EXPECT_EQ(failure(6), FailureCode::StorageFull);
  feed({ClientEvent::Flushed{commit}});
  EXPECT_EQ(output<O::Done>(), nullptr);
}

}  // namespace
}  // namespace mica::app
