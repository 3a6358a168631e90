#include "core/app/inbox_order.h"

#include <gtest/gtest.h>

namespace mica::app {
namespace {

ChainId origin(size_t number) {
  ChainId id;
  id.hash.bytes[0] = static_cast<uint8_t>(number >> 8);
  id.hash.bytes[1] = static_cast<uint8_t>(number);
  return id;
}
IncomingBundle bundle(size_t number, uint64_t height = 0) {
  IncomingBundle incoming;
  incoming.origin = origin(number);
  incoming.bundle.height = {height};
  return incoming;
}
StagedBlock left_out(const InboxOrder::Bundles& bundles, std::optional<WaitReason> reason) {
  StagedBlock staged;
  for (const IncomingBundle& one : bundles) {
    staged.left_out.push_back(
        {one.origin, one.bundle.height, one.bundle.transaction_index, reason});
  }
  return staged;
}
StagedBlock accepted(const InboxOrder::Bundles& bundles) {
  StagedBlock staged;
  for (const IncomingBundle& one : bundles) {
    staged.proposed.transactions.push_back({Transaction::ReceiveMessages{one}});
  }
  return staged;
}

TEST(InboxOrder, AFloodThatFailsCrowdsNobodyOut) {
  InboxOrder order;
  InboxOrder::Bundles inbox;
  for (size_t i = 0; i < 700; ++i) inbox.push_back(bundle(i));
  inbox.push_back(bundle(9999));
  size_t blocks = 0;
  for (; blocks < 10; ++blocks) {
    const auto tried = order.choose(inbox);
    ASSERT_LE(tried.size(), 300u);
    if (tried[0].origin == origin(9999) || tried.back().origin == origin(9999)) break;
    if (std::any_of(tried.begin(), tried.end(),
                    [](const auto& one) { return one.origin == origin(9999); })) {
      break;
    }
    order.note(left_out(tried, WaitReason::Failed));
    EXPECT_TRUE(order.has_untried(inbox));
  }
  EXPECT_EQ(blocks, 2u) << "700 failing ones are three blocks' worth, tried once each";
}

TEST(InboxOrder, WhatFailedIsTriedAgainInTurn) {
  InboxOrder order;
  InboxOrder::Bundles inbox;
  for (size_t i = 0; i < 400; ++i) inbox.push_back(bundle(i));
  std::set<ChainId> tried;
  for (int block = 0; block < 2; ++block)
    order.note(left_out(order.choose(inbox), WaitReason::Failed));
  EXPECT_FALSE(order.has_untried(inbox));
  for (int block = 0; block < 2; ++block) {
    const auto chosen = order.choose(inbox);
    for (const IncomingBundle& one : chosen) tried.insert(one.origin);
    order.note(left_out(chosen, WaitReason::Failed));
  }
  EXPECT_EQ(tried.size(), 400u);
}

TEST(InboxOrder, CountsWhatWaitsWithThoseBehind) {
  InboxOrder order;
  const InboxOrder::Bundles inbox{bundle(1), bundle(1, 5), bundle(2), bundle(3)};
  order.note(left_out({bundle(1)}, WaitReason::Failed));
  order.note(left_out({bundle(2)}, WaitReason::NotSupported));
  order.note(left_out({bundle(3)}, std::nullopt));
  const auto waiting = order.waiting(inbox);
  ASSERT_EQ(waiting.size(), 2u);
  EXPECT_EQ(waiting[0].reason, WaitReason::Failed);
  EXPECT_EQ(waiting[0].bundles, 2u);
  EXPECT_EQ(waiting[1].reason, WaitReason::NotSupported);
  EXPECT_TRUE(order.has_untried(inbox)) << "3 was only put off";
  // The bundle that failed has gone: nothing is known of the next one.
  EXPECT_EQ(order.waiting({bundle(1, 5)}).size(), 0u);
  order.note(accepted({bundle(2)}));
  EXPECT_EQ(order.waiting(inbox).size(), 1u);
}

}  // namespace
}  // namespace mica::app
