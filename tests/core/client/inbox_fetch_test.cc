#include "core/client/inbox_fetch.h"

#include <gtest/gtest.h>

#include "tests/core/client/network_outside.h"

namespace mica::client {
namespace {

constexpr size_t kLiar = 3;

ChainId nobody(uint64_t name) {
  ChainId id;
  id.hash.bytes.fill(0xee);
  for (size_t i = 0; i < 8; ++i) id.hash.bytes[i] = static_cast<uint8_t>(name >> (8 * i));
  return id;
}

std::vector<ChainOwnership> three_owners() {
  return {ChainOwnership::single(TestOwner{101}.owner()),
          ChainOwnership::single(TestOwner{102}.owner()),
          ChainOwnership::single(TestOwner{103}.owner())};
}

// Chains 0 and 2 pay chain 1, whose owner's node knows of nothing.
class InboxFetchTest : public testing::Test {
 protected:
  ~InboxFetchTest() override { inbox_->stop(); }

  LiteCertificate pay(size_t from, size_t transfers = 1) {
    const std::vector<Transaction> all(transfers, crumb_to(network_.chain_id(1)));
    const auto block = network_.block(from, all);
    return network_.confirm(from, block);
  }
  size_t received() {
    return outside_.worker().read(network_.chain_id(1)).pending_bundles().size();
  }
  std::optional<uint64_t> time_until(size_t bundles, uint64_t limit = 3'600 * kSecond_us) {
    return outside_.run_until([&] { return received() >= bundles; }, limit);
  }
  NodeResponse log_answer(size_t validator, std::vector<ChainAndHeight> entries) {
    ChainInfo info{.chain_id = network_.chain_id(1)};
    info.requested_received_log = std::move(entries);
    return outside_.signed_info(validator, std::move(info));
  }
  // It has a log of `entries` bogus senders, and shows no block.
  void lies_about(size_t validator, size_t entries, bool silent) {
    std::vector<ChainAndHeight> log;
    for (size_t i = 0; i < entries; ++i) log.push_back({nobody(i), {7}});
    outside_.script[validator] = [this, validator, log, silent](const NodeRequest& request) {
      if (asks_for_log(request)) return Lie{false, log_answer(validator, log)};
      if (asks_for_blocks(request)) return silent ? Lie::silent() : Lie::refused();
      return Lie::honest();
    };
  }
  // Unsigned blocks of an epoch that nobody knows, each after another: without end.
  void leads_back(size_t validator) {
    outside_.script[validator] = [this](const NodeRequest& request) {
      const auto* blocks = asks_for_blocks(request);
      if (blocks == nullptr) return Lie::honest();
      ConfirmedBlockCertificate bogus = network_.full(real_);
      bogus.signatures.clear();
      bogus.value.header.epoch = {99};
      bogus.value.header.height = blocks->heights.front();
      bogus.value.header.chain_id = blocks->chain_id;
      bogus.value.body.previous_message_blocks[network_.chain_id(1)] = {
          CryptoHash{}, {blocks->heights.front().height - 1}};
      return Lie{false, NodeResponse{NodeResponse::Certificates{{bogus}}}};
    };
  }

  TestNetwork network_{three_owners()};
  NetworkOutside outside_{network_};
  std::shared_ptr<InboxFetch> inbox_ =
      make_flow<InboxFetch>(outside_, network_.chain_id(1), [this] { ++changes_; });
  size_t changes_ = 0;
  LiteCertificate real_;
};

TEST_F(InboxFetchTest, ReceivesWhatTheLogsNameOldestFirst) {
  for (int i = 0; i < 5; ++i) pay(0);
  pay(2);
  inbox_->read_logs();
  const auto took = time_until(6);
  ASSERT_TRUE(took);
  EXPECT_LT(*took, kSecond_us / 2);
  EXPECT_GT(changes_, 0u);
  outside_.run_for(kSecond_us);
  const auto trackers = outside_.worker().read(network_.chain_id(1)).received_log_trackers();
  for (const auto& name : network_.names) EXPECT_EQ(trackers.at(name), 6u);
}

TEST_F(InboxFetchTest, ALongLyingLogDelaysNobody) {
  for (const bool silent : {true, false}) {
    for (size_t liar = 0; liar < 4; ++liar) {
      outside_.script.clear();
      inbox_->stop();
      inbox_ = make_flow<InboxFetch>(outside_, network_.chain_id(1), [] {});
      lies_about(liar, 20'000, silent);
      pay(0);
      const size_t before = received();
      inbox_->read_logs();
      const auto took = time_until(before + 1);
      ASSERT_TRUE(took);
      EXPECT_LT(*took, kSecond_us);
      EXPECT_LE(inbox_->waiting(network_.names[liar]), limits::kReceivedLogPage);
    }
  }
}

TEST_F(InboxFetchTest, ALiarCostsEverFewerRequests) {
  lies_about(kLiar, 20'000, false);
  inbox_->read_logs();
  outside_.run_for(3'600 * kSecond_us);
  EXPECT_GE(outside_.asked[kLiar], 10u);
  EXPECT_LE(outside_.asked[kLiar], 60u);
}

TEST_F(InboxFetchTest, WhoIsSilentAboutASenderDelaysItByASecond) {
  for (size_t liar = 0; liar < 4; ++liar) {
    outside_.script.clear();
    outside_.script[liar] = [](const NodeRequest& request) {
      return asks_for_blocks(request) ? Lie::silent() : Lie::honest();
    };
    pay(0);
    const size_t before = received();
    inbox_->told(network_.names[liar], network_.chain_id(0), {liar});
    inbox_->read_logs();
    const auto took = time_until(before + 1);
    ASSERT_TRUE(took);
    EXPECT_LT(*took, 3 * kSecond_us / 2);
  }
}

// What all get wrong for a while, such as a network that comes back, is received soon afterwards.
TEST_F(InboxFetchTest, WhatNobodyShowsForAWhileIsReceivedAfterwards) {
  for (const bool forged : {false, true}) {
    const LiteCertificate paid = pay(0);
    const size_t before = received();
    for (size_t validator = 0; validator < 4; ++validator) {
      outside_.script[validator] = [&](const NodeRequest& request) {
        if (!asks_for_blocks(request)) return Lie::honest();
        if (!forged) return Lie::refused();
        ConfirmedBlockCertificate bad = network_.full(paid);
        bad.signatures.clear();
        return Lie{false, NodeResponse{NodeResponse::Certificates{{bad}}}};
      };
    }
    for (const auto& name : network_.names) {
      inbox_->told(name, network_.chain_id(0), {before});
    }
    outside_.run_for(3 * kSecond_us);
    EXPECT_EQ(received(), before);
    outside_.script.clear();
    const auto took = time_until(before + 1);
    ASSERT_TRUE(took) << forged;
    EXPECT_LT(*took, 10 * kSecond_us) << forged;
  }
}

// A lane that has room for another sender waits in peace for the one that it is at.
TEST_F(InboxFetchTest, SilenceAboutTheOnlySenderIsWaitedFor) {
  pay(0);
  inbox_->told(network_.names[0], network_.chain_id(0), {0});
  ASSERT_TRUE(time_until(1));
  pay(0);
  outside_.script[0] = [](const NodeRequest& request) {
    return asks_for_blocks(request) ? Lie::silent() : Lie::honest();
  };
  inbox_->told(network_.names[0], network_.chain_id(0), {1});
  inbox_->read_log(network_.names[0]);
  outside_.run_for(5 * kSecond_us);
  outside_.script.clear();
  EXPECT_TRUE(time_until(2, 20 * kSecond_us));
}

TEST_F(InboxFetchTest, AFloodOfNewsIsBoundedAndDelaysNobody) {
  pay(0);
  outside_.script[kLiar] = [](const NodeRequest&) { return Lie::silent(); };
  for (size_t i = 0; i < 30'000; ++i) inbox_->told(network_.names[kLiar], nobody(i), {1});
  EXPECT_LE(inbox_->waiting(network_.names[kLiar]), limits::kReceivedLogPage);
  inbox_->told(network_.names[0], network_.chain_id(0), {0});
  const auto took = time_until(1);
  ASSERT_TRUE(took);
  EXPECT_LT(*took, kSecond_us);
}

TEST_F(InboxFetchTest, NobodyIsFollowedIntoThePastWithoutACertificate) {
  real_ = pay(0);
  leads_back(kLiar);
  const size_t heap = heap_in_use();
  inbox_->told(network_.names[kLiar], network_.chain_id(0), {1'000'000});
  outside_.run_for(3'600 * kSecond_us);
  EXPECT_GE(outside_.asked[kLiar], 2u);
  EXPECT_LE(outside_.asked[kLiar], 30u);  // each try one block, and the admin chain once
  EXPECT_LT(outside_.heap, heap + 4'000'000);
  EXPECT_EQ(received(), 0u);
}

// Told only of the last of many big blocks: the way back is kept as heights.
TEST_F(InboxFetchTest, ManyBigBlocksAreNeverAllInMemory) {
  constexpr size_t kBlocks = 30, kTransfers = 400;
  size_t bytes = 0;
  for (size_t i = 0; i < kBlocks; ++i) {
    bytes = encode(network_.full(pay(0, kTransfers))).size();
  }
  ASSERT_GT(bytes, 50'000u);
  const size_t heap = heap_in_use();
  inbox_->told(network_.names[0], network_.chain_id(0), {kBlocks - 1});
  ASSERT_TRUE(time_until(kBlocks * kTransfers));
  const size_t stored = heap_in_use() - heap;  // by the node, which keeps them
  EXPECT_LT(outside_.heap, heap + stored + 30 * bytes);
}

TEST_F(InboxFetchTest, AnInterruptedWayBackIsTakenByAnother) {
  for (size_t i = 0; i < 20; ++i) pay(0);
  size_t answers = 0;
  outside_.script[0] = [&](const NodeRequest& request) {
    return asks_for_blocks(request) && ++answers > 10 ? Lie::silent() : Lie::honest();
  };
  inbox_->told(network_.names[0], network_.chain_id(0), {19});
  inbox_->told(network_.names[1], network_.chain_id(0), {19});
  const auto took = time_until(20);
  ASSERT_TRUE(took);
  EXPECT_LT(*took, 2 * kSecond_us);
}

TEST_F(InboxFetchTest, ALongWayBackGoesOnFromWhereItStood) {
  for (size_t i = 0; i < 20; ++i) pay(0);
  std::set<BlockHeight> heights = {{19}};
  size_t asked_before = 0;
  for (size_t part = 0; part < 5; ++part) {
    std::optional<SenderBlocks::Outcome> outcome;
    // Each part from another validator.
    make_flow<SenderBlocks>(outside_, network_.names[part % 4], network_.chain_id(1),
                            network_.chain_id(0), 5)
        ->start(heights, [&](SenderBlocks::Outcome o) { outcome = std::move(o); });
    ASSERT_TRUE(outside_.run_until([&] { return outcome.has_value(); }, 60 * kSecond_us));
    ASSERT_TRUE(outcome->status.ok()) << outcome->status.error().message();
    if (!outcome->more) break;
    EXPECT_GT(outcome->heights.size(), heights.size());
    heights = outcome->heights;
    EXPECT_LE(outside_.asked[part % 4], asked_before + 6);
  }
  EXPECT_EQ(received(), 20u);
}

TEST_F(InboxFetchTest, ALogOfManyPagesIsReadToItsEnd) {
  pay(0);
  for (size_t i = 1; i < 4; ++i) {
    outside_.script[i] = [](const NodeRequest&) { return Lie::silent(); };
  }
  std::vector<uint64_t> asked;
  outside_.script[0] = [&](const NodeRequest& request) {
    if (!asks_for_log(request)) return Lie::honest();
    const auto& query = std::get<NodeRequest::HandleChainInfoQuery>(request.kind).query;
    const uint64_t start = *query.request_received_log_excluding_first_n;
    asked.push_back(start);
    // Two pages of an old entry that waits in this chain's own future, then the one that counts.
    if (start >= 40'000) return Lie{false, log_answer(0, {{network_.chain_id(0), {0}}})};
    return Lie{false, log_answer(0, std::vector<ChainAndHeight>(20'000, {nobody(1), {0}}))};
  };
  inbox_->read_log(network_.names[0]);
  ASSERT_TRUE(time_until(1));
  EXPECT_EQ(asked, (std::vector<uint64_t>{0, 20'000, 40'000}));
}

TEST_F(InboxFetchTest, AnEndlessLogOfOldEntriesIsReadEverMoreSlowly) {
  pay(0);
  inbox_->read_logs();
  ASSERT_TRUE(time_until(1));
  size_t pages = 0;
  outside_.script[kLiar] = [&](const NodeRequest& request) {
    if (!asks_for_log(request)) return Lie::honest();
    ++pages;
    return Lie{false,
               log_answer(kLiar, std::vector<ChainAndHeight>(20'000, {network_.chain_id(0), {0}}))};
  };
  inbox_->read_log(network_.names[kLiar]);
  outside_.run_for(3'600 * kSecond_us);
  EXPECT_GE(pages, 3u);
  EXPECT_LE(pages, 60u);
}

TEST_F(InboxFetchTest, ALiarDoesNotKeepItFromBeingQuiet) {
  pay(0);
  lies_about(kLiar, 20'000, true);
  inbox_->read_logs();
  bool quiet = false;
  inbox_->when_quiet([&] { quiet = true; });
  const auto took = outside_.run_until([&] { return quiet; }, 60 * kSecond_us);
  ASSERT_TRUE(took);
  EXPECT_LT(*took, kSecond_us);
  EXPECT_EQ(received(), 1u);
}

}  // namespace
}  // namespace mica::client
