#include "core/client/chain_sender.h"

#include <gtest/gtest.h>

#include "core/client/synchronize.h"
#include "tests/core/client/network_outside.h"

namespace mica::client {
namespace {

class ChainSenderTest : public testing::Test {
 protected:
  static constexpr size_t kNewcomer = 3;

  // A validator that was away while chain 0 grew, and a client that has all of it.
  void grow(size_t blocks) {
    for (size_t i = 0; i < blocks; ++i) {
      last_ = network_.confirm(0, network_.block(0, {crumb_to(network_.chain_id(1))}));
    }
    network_.nodes[kNewcomer] = std::make_unique<TestNode>(kNewcomer + 1, true, network_.genesis);
    bool done = false;
    make_flow<Synchronize>(outside_, Synchronize::Plan{.chain = network_.chain_id(0)})
        ->start([&](Synchronize::Outcome) { done = true; });
    ASSERT_TRUE(outside_.run_until([&] { return done; }, 60 * kSecond_us));
    outside_.asked.clear();
  }
  std::shared_ptr<ChainSender> sender(size_t validator) {
    return make_flow<ChainSender>(outside_, network_.names[validator]);
  }
  NodeStatus finish() {
    EXPECT_TRUE(outside_.run_until([&] { return status_.has_value(); }, 60 * kSecond_us));
    return status_.value_or(NodeError(NodeError::UnexpectedMessage{}));
  }
  ChainSender::Then then() {
    return [this](NodeStatus status) { status_ = std::move(status); };
  }
  uint64_t height_at(size_t validator) {
    return network_.worker(validator).read(network_.chain_id(0)).tip().next_block_height.height;
  }

  TestNetwork network_;
  NetworkOutside outside_{network_};
  LiteCertificate last_;
  std::optional<NodeStatus> status_;
};

TEST_F(ChainSenderTest, ABlockThatAloneIsMissingIsOneQuestion) {
  grow(1);
  sender(kNewcomer)->send_chain(network_.chain_id(0), {1}, false, then());
  EXPECT_TRUE(finish().ok());
  EXPECT_EQ(height_at(kNewcomer), 1u);
  EXPECT_LE(outside_.asked[kNewcomer], 2u);
}

TEST_F(ChainSenderTest, AllBlocksThatAreMissingAreSentInOrder) {
  grow(5);
  std::vector<uint64_t> sent;
  outside_.script[kNewcomer] = [&](const NodeRequest& request) {
    if (auto* full = std::get_if<NodeRequest::HandleConfirmedCertificate>(&request.kind)) {
      sent.push_back(full->certificate.value.header.height.height);
    }
    return Lie::honest();
  };
  sender(kNewcomer)->send_chain(network_.chain_id(0), {5}, false, then());
  EXPECT_TRUE(finish().ok());
  EXPECT_EQ(height_at(kNewcomer), 5u);
  // The newest is tried first, for often no more is missing.
  EXPECT_EQ(sent, (std::vector<uint64_t>{4, 0, 1, 2, 3, 4}));
}

TEST_F(ChainSenderTest, WhoHasThemIsSentNone) {
  grow(3);
  outside_.script[0] = [](const NodeRequest& request) {
    EXPECT_FALSE(std::get_if<NodeRequest::HandleConfirmedCertificate>(&request.kind));
    return Lie::honest();
  };
  sender(0)->send_chain(network_.chain_id(0), {3}, false, then());
  EXPECT_TRUE(finish().ok());
}

TEST_F(ChainSenderTest, BlocksThatAreNotHereAreNamed) {
  grow(1);
  sender(kNewcomer)->send_chain(network_.chain_id(0), {4}, false, then());
  const NodeStatus status = finish();
  ASSERT_FALSE(status.ok());
  const auto* missing = status.error().as<NodeError::MissingCertificatesByHeights>();
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->heights, (std::vector<BlockHeight>{{3}}));
}

TEST_F(ChainSenderTest, ADeliveryBringsWhatComesBefore) {
  grow(4);
  sender(kNewcomer)->deliver(network_.full(last_), then());
  EXPECT_TRUE(finish().ok());
  EXPECT_EQ(height_at(kNewcomer), 4u);
}

TEST_F(ChainSenderTest, BlobsThatTheBlockDoesNotNeedAreNotSent) {
  grow(1);
  outside_.script[kNewcomer] = [](const NodeRequest&) {
    const BlobId other = BlobContent{BlobType::Data, {1, 2, 3}}.id();
    return Lie{false, NodeResponse{NodeResponse::Failure{NodeError::BlobsNotFound{{other}}}}};
  };
  sender(kNewcomer)->deliver(network_.full(last_), then());
  const NodeStatus status = finish();
  ASSERT_FALSE(status.ok());
  EXPECT_TRUE(status.error().as<NodeError::UnexpectedEntriesInBlobsNotFound>());
}

// It says for ever that it is behind; it is not told for ever.
TEST_F(ChainSenderTest, WhoStaysBehindIsToldOnce) {
  grow(3);
  outside_.script[kNewcomer] = [this](const NodeRequest& request) {
    if (!std::get_if<NodeRequest::HandleConfirmedCertificate>(&request.kind)) return Lie::honest();
    ChainInfo info;
    info.chain_id = network_.chain_id(0);
    return Lie{false, outside_.signed_info(kNewcomer, info)};
  };
  sender(kNewcomer)->deliver(network_.full(last_), then());
  EXPECT_TRUE(finish().ok());
  EXPECT_LE(outside_.asked[kNewcomer], 6u);
}

}  // namespace
}  // namespace mica::client
