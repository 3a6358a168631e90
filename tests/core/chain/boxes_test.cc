#include <gtest/gtest.h>

#include "core/chain/inbox.h"
#include "core/chain/outbox.h"
#include "core/chain/pending_blobs.h"
#include "core/storage/memory_store.h"

namespace mica::chain {
namespace {

MessageBundle bundle(uint64_t height, uint32_t index, MessageKind kind = MessageKind::Simple,
                     uint64_t attos = 0) {
  MessageBundle out;
  out.height = {height};
  out.transaction_index = index;
  PostedMessage message;
  message.kind = kind;
  message.message = {Message::System{
      {SystemMessage::Credit{AccountOwner::chain(), {attos}, AccountOwner::chain()}}}};
  out.messages.push_back(message);
  return out;
}

class InboxTest : public testing::Test {
 protected:
  bool add(const MessageBundle& bundle) {
    auto added = inbox.add_bundle(bundle);
    EXPECT_TRUE(added.ok()) << added.error().message();
    return added.ok() && *added;
  }
  bool remove(const MessageBundle& bundle) {
    auto known = inbox.remove_bundle({}, {}, bundle);
    EXPECT_TRUE(known.ok()) << known.error().message();
    return known.ok() && *known;
  }
  std::string refused(const NodeResult<bool>& result) {
    EXPECT_FALSE(result.ok());
    return result.ok() ? "" : result.error().message();
  }

  MemoryStore store;
  Overlay overlay{store};
  Inbox inbox{overlay, {7}};
};

TEST_F(InboxTest, ReceivedThenConsumedInOrder) {
  EXPECT_EQ(inbox.next_block_height_to_receive(), BlockHeight{0});
  EXPECT_TRUE(add(bundle(0, 0)));
  EXPECT_EQ(inbox.next_block_height_to_receive(), BlockHeight{1});
  EXPECT_TRUE(add(bundle(0, 1)));
  EXPECT_TRUE(add(bundle(2, 0)));
  EXPECT_FALSE(inbox.add_bundle(bundle(2, 0)).ok()) << "twice";
  EXPECT_FALSE(inbox.add_bundle(bundle(1, 0)).ok()) << "going back";
  EXPECT_TRUE(remove(bundle(0, 0)));
  EXPECT_NE(refused(inbox.remove_bundle({}, {}, bundle(0, 0))).find("out of order"),
            std::string::npos);
  EXPECT_TRUE(remove(bundle(0, 1)));
  EXPECT_TRUE(remove(bundle(2, 0)));
  EXPECT_TRUE(inbox.added_bundles.empty());
}

TEST_F(InboxTest, AnticipatedThenReceived) {
  EXPECT_FALSE(remove(bundle(3, 1)));
  EXPECT_FALSE(remove(bundle(4, 0)));
  EXPECT_FALSE(add(bundle(2, 0))) << "passed over: it may be skipped";
  EXPECT_FALSE(add(bundle(3, 1)));
  EXPECT_FALSE(inbox.add_bundle(bundle(4, 0, MessageKind::Simple, 9)).ok())
      << "not what was consumed";
  EXPECT_FALSE(add(bundle(4, 0)));
  EXPECT_TRUE(add(bundle(4, 1)));
  EXPECT_TRUE(inbox.removed_bundles.empty());
}

TEST_F(InboxTest, TrackedMessagesCannotBePassedOver) {
  EXPECT_TRUE(add(bundle(0, 0, MessageKind::Tracked)));
  EXPECT_TRUE(add(bundle(1, 0)));
  EXPECT_NE(refused(inbox.remove_bundle({}, {}, bundle(1, 0))).find("cannot be skipped"),
            std::string::npos);
  EXPECT_FALSE(remove(bundle(0, 0, MessageKind::Tracked)) == false);
  EXPECT_TRUE(remove(bundle(1, 0)));
  EXPECT_FALSE(remove(bundle(5, 0)));
  EXPECT_FALSE(inbox.add_bundle(bundle(4, 0, MessageKind::Tracked)).ok())
      << "the consumer skipped what it must not";
}

TEST_F(InboxTest, SkippableMessagesAreDropped) {
  EXPECT_TRUE(add(bundle(0, 0)));
  EXPECT_TRUE(add(bundle(1, 0, MessageKind::Bouncing)));
  EXPECT_TRUE(add(bundle(2, 0)));
  EXPECT_TRUE(remove(bundle(2, 0)));
  EXPECT_TRUE(inbox.added_bundles.empty());
  EXPECT_FALSE(inbox.remove_bundle({}, {}, bundle(1, 0)).ok());
}

TEST_F(InboxTest, AnotherContentOrAGapIsRefused) {
  EXPECT_TRUE(add(bundle(2, 0)));
  EXPECT_NE(refused(inbox.remove_bundle({}, {}, bundle(2, 0, MessageKind::Simple, 1)))
                .find("does not match"),
            std::string::npos);
  EXPECT_FALSE(inbox.remove_bundle({}, {}, bundle(1, 0)).ok()) << "it will never arrive";
  EXPECT_TRUE(remove(bundle(2, 0)));
}

TEST(Outbox, SchedulesOnceAndForgetsWhatArrived) {
  MemoryStore store;
  Overlay overlay(store);
  Outbox outbox(overlay, {7});
  auto heights = [&] { return outbox.queue.items(); };
  EXPECT_TRUE(outbox.schedule_message({0}));
  EXPECT_TRUE(outbox.schedule_message({2}));
  EXPECT_FALSE(outbox.schedule_message({0}));
  EXPECT_FALSE(outbox.schedule_message({2}));
  EXPECT_TRUE(outbox.schedule_message({3}));
  EXPECT_EQ(outbox.mark_messages_as_received({2}), (std::vector<BlockHeight>{{0}, {2}}));
  EXPECT_EQ(outbox.mark_messages_as_received({2}), std::vector<BlockHeight>{});
  EXPECT_EQ(heights(), std::vector<BlockHeight>{{3}});
  EXPECT_EQ(outbox.revert({{2}, {3}, {0}}), (std::vector<BlockHeight>{{2}, {0}}));
  EXPECT_EQ(heights(), (std::vector<BlockHeight>{{0}, {2}, {3}}));
  EXPECT_EQ(outbox.next_height_to_schedule.get(), BlockHeight{4});
  EXPECT_EQ(outbox.revert({{2}}), std::vector<BlockHeight>{});
}

TEST(PendingBlobs, LaterRoundsReplaceEarlierOnes) {
  MemoryStore store;
  Overlay overlay(store);
  PendingBlobs pending(overlay, {7});
  BlobContent one{BlobType::Data, {1}}, two{BlobType::Data, {2}};
  Round first{Round::MultiLeader{0}}, later{Round::MultiLeader{1}};
  ASSERT_TRUE(pending.update(later, false, {one.id()}, {{one.id(), std::nullopt}}).ok());
  EXPECT_FALSE(pending.maybe_insert(two.id(), two)) << "nobody expects it";
  EXPECT_TRUE(pending.maybe_insert(one.id(), one));
  EXPECT_EQ(pending.get(one.id()), one);
  EXPECT_FALSE(pending.update(first, false, {two.id()}, {}).ok());
  ASSERT_TRUE(pending.update({Round::MultiLeader{2}}, true, {two.id()}, {}).ok());
  EXPECT_EQ(pending.get(one.id()), std::nullopt);
  EXPECT_TRUE(pending.validated.get());
}

}  // namespace
}  // namespace mica::chain
